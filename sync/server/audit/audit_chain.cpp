// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/audit/audit_chain.h"

#include "core/base/hash.h"

#include <QtEndian>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;

namespace {

constexpr qsizetype kHashBytes = 32;
constexpr qsizetype kMaxDetailBytes = 64 * 1024;

void addNumber(base::Sha256 &hash, std::int64_t number)
{
    const qint64 bytes = qToBigEndian(qint64(number));
    hash.add(QByteArrayView(reinterpret_cast<const char *>(&bytes), sizeof bytes));
}

/// With its length before it: no two lists of texts look alike.
void addBytes(base::Sha256 &hash, const QByteArray &bytes)
{
    addNumber(hash, bytes.size());
    hash.add(bytes);
}

base::Error broken(std::int64_t number, const QString &why)
{
    return {ErrorCode::AuditBroken, QStringLiteral("entry %1: %2").arg(number).arg(why), {QString::number(number)}};
}

QString idText(const Id &id)
{
    return id.isNull() ? QString() : id.toString();
}

} // namespace

QByteArray auditDetailHash(const QByteArray &salt, const QByteArray &detail)
{
    base::Sha256 hash;
    addBytes(hash, salt);
    addBytes(hash, detail);
    return hash.result();
}

QByteArray firstAuditChain(const Id &company)
{
    return base::sha256(QByteArrayLiteral("fieldfare audit 1") + company.toBytes());
}

QByteArray auditChain(const QByteArray &before, const AuditEntry &entry)
{
    base::Sha256 hash;
    addBytes(hash, before);
    addNumber(hash, entry.number);
    addNumber(hash, entry.at);
    addBytes(hash, entry.kind.toUtf8());
    addBytes(hash, entry.user.toBytes());
    addBytes(hash, entry.device.toBytes());
    addNumber(hash, entry.amount);
    addBytes(hash, entry.detailHash);
    return hash.result();
}

Result<void> AuditCheck::add(const AuditEntry &entry)
{
    if (m_failure)
        return *m_failure;
    const std::int64_t number = m_head.number + 1;
    if (entry.number != number)
        m_failure = broken(number, QStringLiteral("it is missing"));
    else if (entry.detail && auditDetailHash(entry.salt, *entry.detail) != entry.detailHash)
        m_failure = broken(number, QStringLiteral("its details are not those it was written with"));
    else if (auditChain(m_head.chain, entry) != entry.chain)
        m_failure = broken(number, QStringLiteral("it, or one before it, is not as it was written"));
    else if (m_expected && m_expected->number == number && m_expected->chain != entry.chain)
        m_failure = broken(number, QStringLiteral("the chain is another one than expected"));
    if (m_failure)
        return *m_failure;
    m_head = {number, entry.chain};
    m_withoutDetail += entry.detail ? 0 : 1;
    return {};
}

Result<void> AuditCheck::finish() const
{
    if (m_failure)
        return *m_failure;
    if (m_expected && m_expected->number > m_head.number)
        return broken(m_head.number + 1, QStringLiteral("the log ends before %1").arg(m_expected->number));
    return {};
}

QJsonObject toJson(const AuditEntry &entry)
{
    QJsonObject line{{QStringLiteral("no"), qint64(entry.number)},
                     {QStringLiteral("at"), qint64(entry.at)},
                     {QStringLiteral("kind"), entry.kind},
                     {QStringLiteral("user"), idText(entry.user)},
                     {QStringLiteral("device"), idText(entry.device)},
                     {QStringLiteral("amount"), qint64(entry.amount)},
                     {QStringLiteral("detail_hash"), QString::fromLatin1(entry.detailHash.toHex())},
                     {QStringLiteral("chain"), QString::fromLatin1(entry.chain.toHex())}};
    if (entry.detail) { // as text: JSON written anew need not be the same bytes
        line.insert(QStringLiteral("salt"), QString::fromLatin1(entry.salt.toHex()));
        line.insert(QStringLiteral("detail"), QString::fromUtf8(*entry.detail));
    }
    return line;
}

Result<AuditEntry> auditEntryFromJson(const QJsonObject &line)
{
    const auto hex = [&line](const char *name) { return QByteArray::fromHex(line.value(QLatin1StringView(name)).toString().toLatin1()); };
    const auto id = [&line](const char *name) -> std::optional<Id> {
        const QString text = line.value(QLatin1StringView(name)).toString();
        return text.isEmpty() ? std::optional(Id()) : Id::fromString(text);
    };
    AuditEntry entry;
    entry.number = line.value(QStringLiteral("no")).toInteger();
    entry.at = line.value(QStringLiteral("at")).toInteger();
    entry.kind = line.value(QStringLiteral("kind")).toString();
    const auto user = id("user");
    const auto device = id("device");
    entry.amount = line.value(QStringLiteral("amount")).toInteger();
    entry.detailHash = hex("detail_hash");
    entry.chain = hex("chain");
    if (line.contains(QStringLiteral("detail"))) {
        entry.salt = hex("salt");
        entry.detail = line.value(QStringLiteral("detail")).toString().toUtf8();
    }
    const bool isEntry = entry.number > 0 && !entry.kind.isEmpty() && user && device && entry.detailHash.size() == kHashBytes
        && entry.chain.size() == kHashBytes && (!entry.detail || entry.detail->size() <= kMaxDetailBytes);
    if (!isEntry)
        return {ErrorCode::InvalidArgument, QStringLiteral("not an entry of an audit log")};
    entry.user = *user;
    entry.device = *device;
    return entry;
}

} // namespace fieldfare::server
