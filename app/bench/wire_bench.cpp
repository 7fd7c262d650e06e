// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// wire: what a customer weighs in a page of a first download, against compact JSON.
#include "app/bench/bench.h"
#include "app/bench/sample_profile.h"
#include "core/model/value_text.h"
#include "sync/protocol/codec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::bench {

using base::Result;

Result<QList<Line>> wire(const Options &options)
{
    const auto catalog = model::Catalog::standard();
    const model::Entity &customer = *catalog->entity(QStringLiteral("customer"));
    base::SystemClock clock;
    base::SystemRandom random;
    base::IdGenerator ids(clock, random);
    const base::Id user = ids.next();
    std::int64_t sent = 0;
    std::int64_t json = 0;
    for (std::int64_t first = 0; first < options.rows; first += protocol::kDownloadPageRows) {
        protocol::DownloadPage page;
        page.entity = customer.id();
        QJsonArray array;
        for (std::int64_t i = first; i < std::min<std::int64_t>(first + protocol::kDownloadPageRows, options.rows); ++i) {
            changes::ReplicatedRow row;
            row.entity = customer.id();
            row.id = ids.next();
            row.versions = changes::RowVersions((std::uint64_t(1) << changes::kCounterBits) + std::uint64_t(i));
            row.stamp = {1'790'000'000'000 + i * 37, user, 1'790'000'000'000 + i * 37, user};
            QJsonObject object{{QStringLiteral("id"), row.id.toString()}};
            for (const changes::FieldValue &entry : sampleCustomer(customer, i).values) {
                row.setValue(entry.field, entry.value);
                const model::Field *field = customer.field(entry.field);
                object.insert(field->name, model::formatValue(*field, entry.value));
            }
            array.append(object);
            page.rows.push_back(std::move(row));
        }
        sent += protocol::encode(page).size();
        json += QJsonDocument(array).toJson(QJsonDocument::Compact).size();
    }
    const auto rows = double(options.rows);
    return QList<Line>{{QStringLiteral("wire"), double(sent) / rows, QStringLiteral("bytes/record"), double(json) / rows, options.rows}};
}

} // namespace fieldfare::bench
