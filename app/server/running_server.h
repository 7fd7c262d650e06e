// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/server/admin_socket.h"
#include "app/server/audit_commands.h"
#include "app/server/backup_commands.h"
#include "app/server/commands.h"
#include "app/server/device_commands.h"
#include "app/server/quarantine_commands.h"
#include "app/server/recovery_commands.h"
#include "app/server/right_commands.h"
#include "app/server/second_factor_commands.h"
#include "app/server/user_commands.h"
#include "core/storage/backup/backup_thread.h"
#include "sync/server/api/sync_handler.h"
#include "sync/server/http/http_server.h"
#include "sync/server/storage/postgresql/postgres_listener.h"
#include "sync/server/tls/certificate_authority.h"

#include <QObject>
#include <QTimer>

namespace fieldfare::app {

/// A server at work: the store's queues, the handler, the HTTPS front end, the administrator's socket, and what happens by
/// the clock. Lives on the main thread. Put together here and taken apart in the reverse order.
class RunningServer : public QObject {
    Q_OBJECT

public:
    RunningServer(std::unique_ptr<server::ServerDatabase> database, server::TokenSigner signer, const base::Clock &clock,
                  base::RandomSource &random, const server::HttpLimits &limits);
    ~RunningServer() override;

    /// Serves from the return on. An error says what could not be opened.
    [[nodiscard]] base::Result<void> start(const ServeOptions &options);
    /// The address that clients take: host as asked for, port as bound.
    [[nodiscard]] QString url() const { return m_url; }

    /// Stops accepting, lets what runs end, writes what waits; stopped() follows.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    [[nodiscard]] base::Result<void> loadCertificate();
    void renewCertificate();
    void compact();
    void onCommitted();
    void broadcast();
    void onCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void onBackupCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    using BackedUp = base::Result<server::ServerBackups::Written>;
    void backUp(const BackupCommand &command, std::function<void(const BackedUp &)> done);
    void backUpIfDue();
    void onRecoveryCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void onRightCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void onSecondFactorCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void onDeviceCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void lookForAlerts();
    void noteAlert(const server::AuditEntry &entry);
    void onAuditCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void onQuarantineCommand(const QJsonObject &request, const AdminSocket::Reply &reply);
    void noteDecision(const QuarantineCommand &command, const base::Result<void> &done, const QJsonObject &answer);
    void noteAccount(const UserCommand &command, const base::Result<void> &done, const QJsonObject &answer);

    const std::unique_ptr<server::ServerDatabase> m_database;
    const server::TokenSigner m_signer;
    const base::Clock &m_clock;
    server::RequestLog m_log;
    server::WriteQueue m_writes;
    server::ReadPool m_reads;
    server::ReadPool m_longReads;
    server::SyncHandler m_handler;
    server::PasswordQueue m_passwords; ///< Ends before the handler, which it calls; a client may have gone meanwhile.
    server::HttpServer m_http;
    AdminSocket m_admin;
    std::optional<server::CertificateAuthority> m_authority;
    ServeOptions m_options;
    QString m_url;
    QTimer m_renewal;
    QTimer m_wake;
    QTimer m_compaction;
    QTimer m_backupLook;
    QTimer m_alertLook;
    std::int64_t m_auditSeen = -1; ///< Entries up to this one were looked at for alerts; -1: those of before the start are not known yet.
    storage::BackupThread m_backup;
    std::atomic<bool> m_wakeIsDue{false};
    std::unique_ptr<server::PostgresListener> m_listener; ///< Where other processes may serve the same store.
};

} // namespace fieldfare::app
