// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/tls/x509_builder.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace fieldfare::base {
class Clock;
}

namespace fieldfare::server {

/// The private authority of one installation: `ca.crt` and `ca.key` (10 years), and the server's own `server.crt`
/// (leaf, then the authority, as the server sends them) and `server.key` (90 days). Devices pin the authority's public
/// key, so that leaves come and go without anybody being asked.
///
/// Keys are P-256, in files of mode 0600; a key file that others may read is refused (PermissionDenied). Files are
/// replaced in one step. Not thread safe; does not own the clock.
class CertificateAuthority {
public:
    static constexpr int kAuthorityDays = 3650;
    static constexpr int kLeafDays = 90;
    static constexpr int kRenewBelowDays = 30;

    /// Makes both in the folder, which must exist. localhost, 127.0.0.1 and ::1 are always added to the hosts.
    /// AlreadyExists when the folder holds an authority; InvalidArgument on a host that is neither name nor address.
    [[nodiscard]] static base::Result<CertificateAuthority> create(const QString &folder, const QStringList &hosts,
                                                                   const base::Clock &clock);

    /// Reads what create() made. NotFound, PermissionDenied, FileDamaged.
    [[nodiscard]] static base::Result<CertificateAuthority> open(const QString &folder, const base::Clock &clock);

    /// True when the leaf is missing, not of this authority, has a foreign key, or ends in under kRenewBelowDays.
    [[nodiscard]] bool renewalIsDue() const;

    /// Makes a new leaf and key for the same hosts if that is due; true when it did. Call at start and once a day, then
    /// give the new files to the listener (HttpServer::setTlsConfiguration).
    [[nodiscard]] base::Result<bool> renewIfDue();

    /// A new leaf for other hosts, whether due or not.
    [[nodiscard]] base::Result<void> issue(const QStringList &hosts);

    /// SHA-256 of the authority's SubjectPublicKeyInfo in lower-case hex: what people compare and devices pin.
    [[nodiscard]] QByteArray fingerprint() const;
    /// Names in the present leaf.
    [[nodiscard]] QStringList hosts() const;
    /// When the present leaf ends, in milliseconds since 1970-01-01 UTC.
    [[nodiscard]] std::int64_t leafEndsMs() const;

    [[nodiscard]] QString authorityPath() const;
    [[nodiscard]] QString certificatePath() const;
    [[nodiscard]] QString keyPath() const;

private:
    CertificateAuthority(QString folder, const base::Clock &clock);
    [[nodiscard]] QString authorityKeyPath() const;
    void readLeaf();

    QString m_folder;
    const base::Clock *m_clock;
    CertificateAndKey m_authority;
    QByteArray m_publicKeyHash;
    CertificateFacts m_leaf;
    bool m_leafIsUsable = false;
};

} // namespace fieldfare::server
