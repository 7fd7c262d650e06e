// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/tls/certificate_authority.h"

#include "core/base/clock.h"
#include "core/base/logging.h"
#include "core/base/random.h"
#include "sync/server/tls/key_file.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Laptops with a clock some hours behind must not refuse a certificate made a minute ago.
constexpr std::int64_t kBackdateMs = kDayMs;

QStringList withLocalNames(const QStringList &hosts)
{
    QStringList all;
    const QStringList local{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    for (const QString &host : hosts + local) {
        const QString name = host.trimmed().toLower();
        const QHostAddress address(name);
        const QString canonical = address.isNull() ? name : address.toString();
        if (!canonical.isEmpty() && !all.contains(canonical))
            all.append(canonical);
    }
    return all;
}

} // namespace

CertificateAuthority::CertificateAuthority(QString folder, const base::Clock &clock)
    : m_folder(std::move(folder)), m_clock(&clock)
{
}

QString CertificateAuthority::authorityPath() const
{
    return QDir(m_folder).filePath(QStringLiteral("ca.crt"));
}

QString CertificateAuthority::authorityKeyPath() const
{
    return QDir(m_folder).filePath(QStringLiteral("ca.key"));
}

QString CertificateAuthority::certificatePath() const
{
    return QDir(m_folder).filePath(QStringLiteral("server.crt"));
}

QString CertificateAuthority::keyPath() const
{
    return QDir(m_folder).filePath(QStringLiteral("server.key"));
}

Result<CertificateAuthority> CertificateAuthority::create(const QString &folder, const QStringList &hosts,
                                                          const base::Clock &clock)
{
    CertificateAuthority authority(folder, clock);
    if (QFile::exists(authority.authorityPath()) || QFile::exists(authority.authorityKeyPath()))
        return base::Error{ErrorCode::AlreadyExists, authority.authorityPath(), {authority.authorityPath()}};

    // The name only tells two authorities apart in a list; the key is what counts.
    base::SystemRandom random;
    const QString name = QStringLiteral("Fieldfare private CA %1").arg(QString::fromLatin1(random.bytes(4).toHex()));
    const std::int64_t now = clock.wallMs();
    FIELDFARE_ASSIGN(authority.m_authority, makeAuthority(name, now - kBackdateMs, now + kAuthorityDays * kDayMs));
    FIELDFARE_ASSIGN(const CertificateFacts facts, readCertificate(authority.m_authority.certificate));
    authority.m_publicKeyHash = facts.publicKeyHash;

    // The leaf first: a wrong host name must not leave half an installation behind.
    FIELDFARE_TRY(authority.issue(hosts));
    FIELDFARE_TRY(replaceFile(authority.authorityKeyPath(), authority.m_authority.key, FileSecrecy::Secret));
    FIELDFARE_TRY(replaceFile(authority.authorityPath(), authority.m_authority.certificate, FileSecrecy::Public));
    return authority;
}

Result<CertificateAuthority> CertificateAuthority::open(const QString &folder, const base::Clock &clock)
{
    CertificateAuthority authority(folder, clock);
    FIELDFARE_ASSIGN(authority.m_authority.certificate, readPublicFile(authority.authorityPath()));
    FIELDFARE_ASSIGN(authority.m_authority.key, readKeyFile(authority.authorityKeyPath()));
    FIELDFARE_ASSIGN(const CertificateFacts facts, readCertificate(authority.m_authority.certificate));
    if (!keyBelongsTo(authority.m_authority.certificate, authority.m_authority.key)) {
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("ca.key does not belong to ca.crt"),
                           {authority.authorityKeyPath()}};
    }
    authority.m_publicKeyHash = facts.publicKeyHash;
    if (QFile::exists(authority.keyPath()))
        FIELDFARE_TRY(readKeyFile(authority.keyPath()));
    authority.readLeaf();
    return authority;
}

void CertificateAuthority::readLeaf()
{
    m_leafIsUsable = false;
    const Result<QByteArray> certificate = readPublicFile(certificatePath());
    if (!certificate)
        return;
    const Result<CertificateFacts> facts = readCertificate(certificate.value());
    if (!facts)
        return;
    m_leaf = facts.value();
    // A crash between the two renames of issue() leaves a key without its certificate: seen here and issued again.
    const Result<QByteArray> key = readKeyFile(keyPath());
    m_leafIsUsable = key.ok() && keyBelongsTo(certificate.value(), key.value())
        && isSignedBy(certificate.value(), m_authority.certificate);
}

bool CertificateAuthority::renewalIsDue() const
{
    return !m_leafIsUsable || m_leaf.notAfterMs - m_clock->wallMs() < kRenewBelowDays * kDayMs;
}

Result<bool> CertificateAuthority::renewIfDue()
{
    if (!renewalIsDue())
        return false;
    FIELDFARE_TRY(issue(m_leaf.hosts));
    qCInfo(lcServer, "server certificate renewed");
    return true;
}

Result<void> CertificateAuthority::issue(const QStringList &hosts)
{
    const std::int64_t now = m_clock->wallMs();
    FIELDFARE_ASSIGN(const CertificateAndKey leaf,
                     makeLeaf(m_authority, withLocalNames(hosts), now - kBackdateMs, now + kLeafDays * kDayMs));
    FIELDFARE_TRY(replaceFile(keyPath(), leaf.key, FileSecrecy::Secret));
    // The authority goes along, so that a device that holds only its fingerprint can check the chain.
    FIELDFARE_TRY(replaceFile(certificatePath(), leaf.certificate + m_authority.certificate, FileSecrecy::Public));
    readLeaf();
    return {};
}

QByteArray CertificateAuthority::fingerprint() const
{
    return m_publicKeyHash.toHex();
}

QStringList CertificateAuthority::hosts() const
{
    return m_leaf.hosts;
}

std::int64_t CertificateAuthority::leafEndsMs() const
{
    return m_leaf.notAfterMs;
}

} // namespace fieldfare::server
