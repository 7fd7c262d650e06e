// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entities/entities.h"
#include "sync/server/merge/quarantine.h"
#include "tests/sync/server_store_fixture.h"

namespace fieldfare::tests {

/// A device's outbox, as its replica would write it.
struct Author {
    base::Id device;
    base::Id user;
    std::uint64_t n = 0;
    std::vector<changes::Operation> outbox;
    std::vector<QByteArray> hashes;
    std::vector<QByteArray> rolling;

    const changes::Operation &add(changes::Operation operation)
    {
        operation.name = {device, 1, ++n};
        operation.user = user;
        operation.stamp = {1'795'000'000'000, 1, QByteArray(16, '\0')};
        const QByteArray hash = operation.origin ? operation.origin->hash : changes::contentHash(operation, changes::encodeContent(operation));
        rolling.push_back(changes::nextRollingHash(rolling.empty() ? changes::firstRollingHash() : rolling.back(), hash));
        hashes.push_back(hash);
        outbox.push_back(std::move(operation));
        return outbox.back();
    }
    /// Operations `from` to `to`, numbered from 1.
    [[nodiscard]] protocol::PushRequest request(std::uint64_t from, std::uint64_t to) const
    {
        protocol::PushRequest request;
        request.device = device;
        request.incarnation = 1;
        request.epoch = 1;
        request.operations.assign(outbox.begin() + qptrdiff(from - 1), outbox.begin() + qptrdiff(to));
        request.rolling = rolling[size_t(to - 1)];
        return request;
    }
    [[nodiscard]] protocol::PushRequest all() const { return request(1, n); }
    [[nodiscard]] protocol::HandInRequest part(std::uint64_t from, std::uint64_t to, bool isLast) const { return {request(from, to), isLast, {}}; }
    [[nodiscard]] protocol::HandInRequest whole() const { return part(1, n, true); }
};

/// A company with an account that is disabled, and what its device does meanwhile.
struct QuarantineFixture : ServerStore {
    server::Quarantine quarantine;
    Author bo;   ///< Whose account is disabled.
    Author anna; ///< A colleague.
    base::Id acme; ///< A customer that both know.
    changes::Version known = 0;

    QuarantineFixture() : ServerStore(model::Catalog::standard(), true), quarantine(*tables, clock)
    {
        bo = author("Bo");
        anna = author("Anna");
        acme = ids.next();
        anna.add(create(acme, "Acme"));
        known = push(anna.all())->verdicts.at(0).version;
        setDisabled(true);
    }

    Author author(const char *name)
    {
        server::DeviceRecord record;
        record.device = ids.next();
        record.incarnation = 1;
        record.user = ids.next();
        record.name = QString::fromLatin1(name);
        record.rolling = changes::firstRollingHash();
        if (!tables->write([&] { return tables->putDevice(record); }).ok())
            qFatal("device");
        return {record.device, record.user, 0, {}, {}, {}};
    }
    changes::Operation create(const base::Id &id, const char *name) const
    {
        changes::Operation operation;
        operation.kind = changes::OperationKind::Create;
        operation.entity = entity("customer");
        operation.record = id;
        operation.values = {{key("customer", "name"), model::Value(QString::fromLatin1(name))}};
        return operation;
    }
    /// An edit that is based on the customer as it was made.
    changes::Operation set(const char *field, const QString &value) const
    {
        changes::Operation operation;
        operation.entity = entity("customer");
        operation.record = acme;
        operation.values = {{key("customer", field), model::Value(value)}};
        operation.base.version = known;
        return operation;
    }
    void setDisabled(bool disabled)
    {
        const auto written = tables->write([&]() -> base::Result<void> {
            FIELDFARE_ASSIGN(auto device, tables->device(bo.device));
            if (disabled && !device->userDisabled)
                FIELDFARE_TRY(quarantine.reopen(bo.device));
            device->userDisabled = disabled;
            return tables->putDevice(*device);
        });
        if (!written.ok())
            qFatal("disable");
    }
    template <typename T>
    base::Result<T> written(const std::function<base::Result<T>()> &work)
    {
        std::optional<base::Result<T>> reply;
        FIELDFARE_TRY(tables->write([&]() -> base::Result<void> {
            reply = work();
            return reply->ok() ? base::Result<void>() : base::Result<void>(reply->error());
        }));
        return *reply;
    }
    base::Result<protocol::PushReply> push(const protocol::PushRequest &request)
    {
        return written<protocol::PushReply>([&] { return merger->push(request); });
    }
    base::Result<protocol::HandInReply> handIn(const protocol::HandInRequest &request)
    {
        return written<protocol::HandInReply>([&] { return quarantine.take(request); });
    }
    base::Result<std::vector<changes::Verdict>> decide(const std::set<std::uint64_t> &rejected = {})
    {
        return written<std::vector<changes::Verdict>>([&] { return merger->decideHandedIn(bo.device, rejected); });
    }
    [[nodiscard]] std::vector<server::QuarantinedOperation> kept() { return *tables->quarantined(bo.device, 0, 100'000); }
    [[nodiscard]] std::int64_t waiting() { return tables->quarantineCounts(bo.device)->waiting; }
    [[nodiscard]] QString valueOf(const base::Id &id, const char *field)
    {
        const auto row = tables->row(entity("customer"), id);
        return *row ? (*row)->value(key("customer", field)).textOrEmpty() : QStringLiteral("(no row)");
    }
    [[nodiscard]] std::uint64_t conflicts() { return *tables->rowCount(model::entities::kConflict.id); }
};

} // namespace fieldfare::tests
