// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/recovery_store.h"

#include "core/base/hash.h"
#include "core/storage/recovery/sealed_bytes.h"
#include "sync/server/storage/all_rows.h"
#include "sync/server/storage/id_binding.h"

namespace fieldfare::server {

using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

QByteArray chainOf(const QByteArray &before, const RecoveryNote &note)
{
    QByteArray bytes = before;
    storage::sealed_bytes::append64(bytes, note.number);
    storage::sealed_bytes::append64(bytes, note.at);
    for (const QByteArray &part : {note.event.toUtf8(), note.administrator.toUtf8(), note.request, note.device.toBytes(), note.detail.toUtf8()}) {
        storage::sealed_bytes::append32(bytes, std::uint32_t(part.size()));
        bytes += part;
    }
    return base::sha256(bytes);
}

RecoveryCase readCase(const Statement &row)
{
    return {row.blob(0), readId(row, 1), row.int64(2), RecoveryState(row.int64(3))};
}

RecoveryNote readNote(const Statement &row)
{
    return {row.int64(0), row.int64(1), row.text(2), row.text(3), row.blob(4), readId(row, 5), row.text(6), row.blob(7)};
}

RecoveryApproval readApproval(const Statement &row)
{
    return {row.blob(0), int(row.int64(1)), int(row.int64(2)), row.blob(3), row.int64(4)};
}

} // namespace

Result<QByteArray> RecoveryStore::currentPublicKey()
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT public_key FROM recovery_keys ORDER BY no DESC LIMIT 1"));
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? query.blob(0) : QByteArray();
}

Result<std::optional<CompanyKey>> RecoveryStore::key(const QByteArray &publicKey)
{
    CompanyKey key;
    qint64 number = 0;
    {
        Statement &query = m_connection.statement(QLatin1StringView("SELECT no, made_at FROM recovery_keys WHERE public_key=?1"));
        const StatementReset reset(query);
        query.bindBlob(1, publicKey);
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return std::optional<CompanyKey>();
        number = query.int64(0);
        key.madeAt = query.int64(1);
    }
    key.publicKey = publicKey;
    FIELDFARE_TRY(readAdministrators(number, key));
    FIELDFARE_TRY(readHalves(number, key));
    return std::optional<CompanyKey>(std::move(key));
}

Result<void> RecoveryStore::readAdministrators(std::int64_t number, CompanyKey &key)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT administrator, user, name, public_key, sealed_key FROM recovery_administrators WHERE company_key=?1 ORDER BY administrator"));
    query.bind(1, qint64(number));
    FIELDFARE_ASSIGN(key.administrators, allRows<RecoveryAdministrator>(query, [](const Statement &row) {
                         return RecoveryAdministrator{int(row.int64(0)), readId(row, 1), row.text(2), row.blob(3), row.blob(4)};
                     }));
    return {};
}

Result<void> RecoveryStore::readHalves(std::int64_t number, CompanyKey &key)
{
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT administrator, partner, sealed FROM recovery_halves WHERE company_key=?1 ORDER BY administrator, partner"));
    query.bind(1, qint64(number));
    FIELDFARE_ASSIGN(key.halves, allRows<RecoveryHalf>(query, [](const Statement &row) {
                         return RecoveryHalf{int(row.int64(0)), int(row.int64(1)), row.blob(2)};
                     }));
    return {};
}

Result<void> RecoveryStore::putKey(const CompanyKey &key)
{
    FIELDFARE_ASSIGN(const qint64 number, m_connection.queryInt64(QLatin1StringView("SELECT coalesce(max(no), 0) + 1 FROM recovery_keys")));
    Statement &put = m_connection.statement(QLatin1StringView("INSERT INTO recovery_keys(no, public_key, made_at) VALUES(?1,?2,?3)"));
    put.bind(1, number);
    put.bindBlob(2, key.publicKey);
    put.bind(3, qint64(key.madeAt));
    FIELDFARE_TRY(put.run());
    for (const RecoveryAdministrator &one : key.administrators) {
        Statement &person = m_connection.statement(QLatin1StringView(
            "INSERT INTO recovery_administrators(company_key, administrator, user, name, public_key, sealed_key) VALUES(?1,?2,?3,?4,?5,?6)"));
        person.bind(1, number);
        person.bind(2, one.number);
        bindId(person, 3, one.user);
        person.bindText(4, one.name);
        person.bindBlob(5, one.publicKey);
        person.bindBlob(6, one.sealedKey);
        FIELDFARE_TRY(person.run());
    }
    for (const RecoveryHalf &one : key.halves) {
        Statement &half =
            m_connection.statement(QLatin1StringView("INSERT INTO recovery_halves(company_key, administrator, partner, sealed) VALUES(?1,?2,?3,?4)"));
        half.bind(1, number);
        half.bind(2, one.administrator);
        half.bind(3, one.partner);
        half.bindBlob(4, one.sealed);
        FIELDFARE_TRY(half.run());
    }
    return {};
}

Result<std::optional<RecoveryCase>> RecoveryStore::request(const QByteArray &hash)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT hash, device, first_seen, state FROM recovery_requests WHERE hash=?1"));
    const StatementReset reset(query);
    query.bindBlob(1, hash);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::optional<RecoveryCase>(readCase(query)) : std::nullopt;
}

Result<std::vector<RecoveryCase>> RecoveryStore::requests(int limit)
{
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT hash, device, first_seen, state FROM recovery_requests ORDER BY first_seen DESC LIMIT ?1"));
    query.bind(1, limit);
    return allRows(query, &readCase);
}

Result<void> RecoveryStore::putRequest(const RecoveryCase &request)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("INSERT INTO recovery_requests(hash, device, first_seen, state) VALUES(?1,?2,?3,?4) "
                          "ON CONFLICT(hash) DO UPDATE SET device=?2, first_seen=?3, state=?4"));
    put.bindBlob(1, request.request);
    bindId(put, 2, request.device);
    put.bind(3, qint64(request.firstSeen));
    put.bind(4, int(request.state));
    return put.run();
}

Result<std::vector<RecoveryApproval>> RecoveryStore::approvals(const QByteArray &request)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT request, administrator, partner, sealed, at FROM recovery_approvals WHERE request=?1 ORDER BY administrator, partner"));
    query.bindBlob(1, request);
    return allRows(query, &readApproval);
}

Result<void> RecoveryStore::putApproval(const RecoveryApproval &approval)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO recovery_approvals(request, administrator, partner, sealed, at) VALUES(?1,?2,?3,?4,?5)"));
    put.bindBlob(1, approval.request);
    put.bind(2, approval.administrator);
    put.bind(3, approval.partner);
    put.bindBlob(4, approval.sealed);
    put.bind(5, qint64(approval.at));
    return put.run();
}

Result<void> RecoveryStore::removeApprovals(const QByteArray &request)
{
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM recovery_approvals WHERE request=?1"));
    remove.bindBlob(1, request);
    return remove.run();
}

Result<void> RecoveryStore::removeApprovals(const QByteArray &request, int administrator)
{
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM recovery_approvals WHERE request=?1 AND administrator=?2"));
    remove.bindBlob(1, request);
    remove.bind(2, administrator);
    return remove.run();
}

Result<void> RecoveryStore::voidApprovals(const base::Id &user, std::int64_t nowMs)
{
    struct Given {
        QByteArray request;
        int administrator = 0;
        QString name;
        base::Id device;
    };
    // Each key numbers its administrators anew; whose number it was, the line of the approval tells.
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT DISTINCT a.request, a.administrator, n.administrator, n.device, a.at FROM recovery_approvals a "
        "JOIN recovery_audit n ON n.request=a.request AND n.event='approved' AND n.at=a.at "
        "JOIN recovery_administrators p ON p.administrator=a.administrator AND p.name=n.administrator WHERE p.user=?1 ORDER BY a.at"));
    bindId(query, 1, user);
    FIELDFARE_ASSIGN(const auto given, allRows<Given>(query, [](const Statement &row) {
                         return Given{row.blob(0), int(row.int64(1)), row.text(2), readId(row, 3)};
                     }));
    for (const Given &one : given) {
        FIELDFARE_TRY(removeApprovals(one.request, one.administrator));
        RecoveryNote line;
        line.at = nowMs;
        line.event = QStringLiteral("voided");
        line.administrator = one.name;
        line.request = one.request;
        line.device = one.device;
        FIELDFARE_TRY(note(std::move(line)));
    }
    return {};
}

Result<void> RecoveryStore::noteFinished(const QByteArray &hash, const base::Id &device, std::int64_t nowMs)
{
    FIELDFARE_ASSIGN(auto standing, request(hash));
    if (!standing || standing->state != RecoveryState::Opened || standing->device != device)
        return {};
    standing->state = RecoveryState::Finished;
    FIELDFARE_TRY(putRequest(*standing));
    FIELDFARE_TRY(removeApprovals(hash));
    RecoveryNote line;
    line.at = nowMs;
    line.event = QStringLiteral("finished");
    line.request = hash;
    line.device = device;
    return note(std::move(line));
}

Result<void> RecoveryStore::note(RecoveryNote note)
{
    QByteArray before;
    {
        Statement &last = m_connection.statement(QLatin1StringView("SELECT no, chain FROM recovery_audit ORDER BY no DESC LIMIT 1"));
        const StatementReset reset(last);
        FIELDFARE_ASSIGN(const bool found, last.step());
        note.number = found ? last.int64(0) + 1 : 1;
        before = found ? last.blob(1) : QByteArray();
    }
    note.chain = chainOf(before, note);
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO recovery_audit(no, at, event, administrator, request, device, detail, chain) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)"));
    put.bind(1, qint64(note.number));
    put.bind(2, qint64(note.at));
    put.bindText(3, note.event);
    put.bindText(4, note.administrator);
    put.bindBlob(5, note.request);
    bindId(put, 6, note.device);
    put.bindText(7, note.detail);
    put.bindBlob(8, note.chain);
    return put.run();
}

Result<std::vector<RecoveryNote>> RecoveryStore::notes(std::int64_t after, int limit)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT no, at, event, administrator, request, device, detail, chain FROM recovery_audit WHERE no>?1 ORDER BY no LIMIT ?2"));
    query.bind(1, qint64(after));
    query.bind(2, limit);
    return allRows(query, &readNote);
}

Result<bool> RecoveryStore::isWhole()
{
    constexpr int kAtOnce = 1000;
    QByteArray before;
    std::int64_t number = 0;
    for (;;) {
        FIELDFARE_ASSIGN(const auto lines, notes(number, kAtOnce));
        for (const RecoveryNote &note : lines) {
            if (note.number != ++number || note.chain != chainOf(before, note))
                return false;
            before = note.chain;
        }
        if (lines.empty())
            return true;
    }
}

} // namespace fieldfare::server
