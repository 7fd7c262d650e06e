// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/running_server.h"

#include "core/base/logging.h"
#include "sync/server/merge/compactor.h"
#include "sync/server/tls/server_tls.h"

#include <QDir>
#include <QHostAddress>
#include <QHostInfo>
#include <QUrl>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

using namespace std::chrono_literals;

constexpr int kReadThreads = 2;
constexpr auto kDrain = 15s;
constexpr auto kDay = 24h;
constexpr auto kCompactEvery = 1h;
constexpr auto kLookForBackupEvery = 10min;
constexpr auto kLookForAlertsEvery = 10s;
constexpr qint64 kHourMs = 3'600'000;
/// Commits within this time make one wake-up: many devices at work must not each wake all the others each time.
constexpr auto kWakeEvery = 200ms;

struct ListenAddress {
    QString host; ///< As typed.
    QHostAddress address;
    quint16 port = 0;
};

Result<ListenAddress> parseListen(const QString &text)
{
    const QUrl url(QStringLiteral("https://") + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.port(-1) < 0 || !url.path().isEmpty())
        return {ErrorCode::InvalidArgument, QStringLiteral("--listen wants ADDRESS:PORT, not %1").arg(text)};
    ListenAddress listen{url.host(), QHostAddress(url.host()), quint16(url.port())};
    if (listen.address.isNull() && url.host() == QLatin1StringView("localhost"))
        listen.address = QHostAddress(QHostAddress::LocalHost);
    if (listen.address.isNull())
        return {ErrorCode::InvalidArgument, QStringLiteral("--listen wants an address such as 127.0.0.1 or 0.0.0.0, not %1").arg(url.host())};
    return listen;
}

base::Error busy()
{
    return {ErrorCode::ServerBusy, QStringLiteral("too many requests wait")};
}

} // namespace

RunningServer::RunningServer(std::unique_ptr<server::ServerDatabase> database, server::TokenSigner signer, const base::Clock &clock,
                             base::RandomSource &random, const server::HttpLimits &limits)
    : m_database(std::move(database)), m_signer(std::move(signer)), m_clock(clock), m_log(clock, stderr),
      m_writes(*m_database, m_signer, clock, random), m_reads(*m_database, clock), m_longReads(*m_database, clock),
      m_handler({m_writes, m_reads, m_longReads, m_passwords, m_signer, m_log, clock, m_database->catalog()}),
      m_http(m_handler, clock, limits),
      m_admin([this](const QJsonObject &request, const AdminSocket::Reply &reply) { onCommand(request, reply); })
{
    m_handler.setHttpStatistics([this] { return m_http.statistics(); });
    m_wake.setSingleShot(true);
    m_wake.setInterval(kWakeEvery);
    connect(&m_wake, &QTimer::timeout, this, &RunningServer::broadcast);
    m_renewal.setInterval(kDay);
    connect(&m_renewal, &QTimer::timeout, this, &RunningServer::renewCertificate);
    m_compaction.setInterval(kCompactEvery);
    connect(&m_compaction, &QTimer::timeout, this, &RunningServer::compact);
    m_alertLook.setInterval(kLookForAlertsEvery);
    connect(&m_alertLook, &QTimer::timeout, this, &RunningServer::lookForAlerts);
    m_backupLook.setInterval(kLookForBackupEvery);
    connect(&m_backupLook, &QTimer::timeout, this, &RunningServer::backUpIfDue);
    connect(&m_http, &server::HttpServer::drained, this, [this](bool clean) {
        m_writes.stop();
        m_reads.stop();
        m_longReads.stop();
        m_log.write("info", QStringLiteral("stopped"), {{QStringLiteral("clean"), clean}});
        Q_EMIT stopped();
    });
}

RunningServer::~RunningServer() = default;

Result<void> RunningServer::start(const ServeOptions &options)
{
    m_options = options;
    FIELDFARE_ASSIGN(const ListenAddress listen, parseListen(options.listen));
    if (!options.backupTo.isEmpty())
        FIELDFARE_TRY(requireOwnStore(*m_database));
    FIELDFARE_TRY(m_writes.start([this](changes::Version) { onCommitted(); }));
    FIELDFARE_TRY(m_reads.start(kReadThreads));
    FIELDFARE_TRY(m_longReads.start(1));
    if (options.certificate.isEmpty()) {
        FIELDFARE_ASSIGN(m_authority, server::CertificateAuthority::open(m_database->folder(), m_clock));
        FIELDFARE_TRY(m_authority->renewIfDue());
    }
    FIELDFARE_TRY(loadCertificate());
    const auto listens = m_admin.listen(m_database->folder());
    if (!listens.ok()) { // only `user` commands beside this server are lost
        m_log.write("warning", QStringLiteral("no-command-socket"), {{QStringLiteral("detail"), listens.error().detail}});
    }
    FIELDFARE_TRY(m_http.listen(listen.address, listen.port));
    const QString host = listen.host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(listen.host) : listen.host;
    m_url = QStringLiteral("https://%1:%2").arg(host).arg(m_http.port());
    if (m_database->address())
        m_listener = std::make_unique<server::PostgresListener>(*m_database->address(), [this] { onCommitted(); });
    m_renewal.start();
    m_compaction.start();
    compact();
    lookForAlerts();
    m_alertLook.start();
    m_log.write("info", QStringLiteral("listening"), {{QStringLiteral("url"), m_url}});
    if (!m_options.backupTo.isEmpty()) {
        m_backupLook.start();
        QMetaObject::invokeMethod(this, &RunningServer::backUpIfDue, Qt::QueuedConnection); // one may have been missed
    }
    return {};
}

Result<void> RunningServer::loadCertificate()
{
    const QString certificate = m_authority ? m_authority->certificatePath() : m_options.certificate;
    const QString key = m_authority ? m_authority->keyPath() : m_options.key;
    FIELDFARE_ASSIGN(const QSslConfiguration tls, server::serverTlsConfiguration(certificate, key));
    m_http.setTlsConfiguration(tls);
    return {};
}

/// Once a day: the authority's leaf when it is due, or an own certificate that somebody has replaced.
void RunningServer::renewCertificate()
{
    if (m_authority) {
        const auto renewed = m_authority->renewIfDue();
        if (!renewed.ok()) {
            m_log.write("error", QStringLiteral("certificate"), {{QStringLiteral("detail"), renewed.error().detail}});
            return;
        }
        if (!*renewed)
            return;
    }
    const auto loaded = loadCertificate();
    m_log.write(loaded.ok() ? "info" : "error", QStringLiteral("certificate"),
                {{QStringLiteral("detail"), loaded.ok() ? QStringLiteral("renewed") : loaded.error().detail}});
}

/// Tombstones of more than 90 days ago go, a step at a time behind what devices push (rule 10).
void RunningServer::compact()
{
    const auto more = std::make_shared<bool>(false);
    server::WriteQueue::Job job;
    job.isBulk = true;
    job.work = [this, more](server::WriteContext &context) -> Result<void> {
        const std::int64_t now = m_clock.wallMs();
        FIELDFARE_TRY(context.storage.noteDay(now));
        FIELDFARE_ASSIGN(const changes::Version old, context.storage.newestVersionBefore(now - server::Compactor::kKeptMs));
        FIELDFARE_ASSIGN(*more, server::Compactor(context.storage, m_clock).step(old));
        return {};
    };
    job.done = [this, more](const Result<void> &done) {
        if (!done.ok())
            m_log.write("error", QStringLiteral("compaction"), {{QStringLiteral("detail"), done.error().detail}});
        else if (*more)
            QMetaObject::invokeMethod(this, &RunningServer::compact, Qt::QueuedConnection);
    };
    (void)m_writes.post(std::move(job)); // full: the next hour does it
}

/// On a thread and a connection of its own: devices are served meanwhile.
void RunningServer::backUp(const BackupCommand &command, std::function<void(const BackedUp &)> done)
{
    m_backup.run<server::ServerBackups::Written>(
        [source = m_database->backupSource(), command, clock = &m_clock](const storage::BackupWatch &watch) {
            return server::ServerBackups(command.folder).write(source, command.wish, command.keepsAll, *clock, watch);
        },
        this,
        [this, done = std::move(done)](const BackedUp &written) {
            QJsonObject line = written.ok() ? toJson(*written).value(QStringLiteral("written")).toArray().first().toObject() : QJsonObject{{QStringLiteral("detail"), written.error().detail}};
            m_log.write(written.ok() ? "info" : "error", QStringLiteral("backup"), std::move(line));
            done(written);
        });
}

void RunningServer::backUpIfDue()
{
    if (m_backup.isRunning())
        return;
    const QString folder = QDir::current().absoluteFilePath(m_options.backupTo);
    const qint64 now = m_clock.wallMs();
    const auto last = storage::BackupFolder(folder).newestOf(m_database->backupSource().key, now);
    if (last && last->manifest.at + m_options.backupEveryHours * kHourMs > now)
        return;
    backUp({folder, server::ServerBackups::Wish::Increment, false}, [](const BackedUp &) {}); // a failure is tried again at the next look
}

void RunningServer::onBackupCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = backupCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    if (const auto own = requireOwnStore(*m_database); !own.ok())
        return reply(toJson(own.error()));
    backUp(*command, [reply](const BackedUp &written) { reply(written.ok() ? toJson(*written) : toJson(written.error())); });
}

/// On the write queue's thread, or the listener's.
void RunningServer::onCommitted()
{
    if (m_wakeIsDue.exchange(true))
        return;
    QMetaObject::invokeMethod(this, [this] { m_wake.start(); }, Qt::QueuedConnection);
}

void RunningServer::broadcast()
{
    m_wakeIsDue = false;
    m_http.broadcast(QByteArrayLiteral("changed"));
}

void RunningServer::onQuarantineCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = quarantineCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const auto run = [this, answer, command = *command](server::SqlServerStorage &storage, server::Merger *merger, server::AuditLog *audit) -> Result<void> {
        FIELDFARE_ASSIGN(*answer, runQuarantineCommand(storage, merger, audit, *m_database->catalog(), command));
        return {};
    };
    const auto done = [this, answer, reply, command = *command](const Result<void> &result) {
        if (command.decides())
            noteDecision(command, result, *answer);
        reply(result.ok() ? *answer : toJson(result.error()));
    };
    // A look at thousands of operations must not make devices wait.
    const bool posted = command->decides() ? m_writes.post({[run](server::WriteContext &context) { return run(context.storage, &context.merger, &context.accounts.audit()); }, done, true})
                                           : m_longReads.post({[run](server::ReadContext &context) { return run(context.storage, nullptr, nullptr); }, done});
    if (!posted)
        reply(toJson(busy()));
}

/// What the rules found goes into the log, where monitoring sees it, whichever program wrote it.
void RunningServer::lookForAlerts()
{
    struct Found {
        std::vector<server::AuditEntry> entries;
        std::int64_t seen = 0;
    };
    const auto found = std::make_shared<Found>();
    (void)m_reads.post({[found, after = m_auditSeen](server::ReadContext &context) -> Result<void> { // full: the next look does it
                            server::AuditStore audit(context.storage.connection());
                            if (after < 0) {
                                FIELDFARE_ASSIGN(const server::AuditHead head, audit.head());
                                found->seen = head.number;
                                return {};
                            }
                            FIELDFARE_ASSIGN(found->entries, audit.after(after, AuditCommand::kMostEntries));
                            found->seen = found->entries.empty() ? after : found->entries.back().number;
                            return {};
                        },
                        [this, found](const Result<void> &done) {
                            if (done.ok())
                                QMetaObject::invokeMethod(this, [this, found] {
                                    m_auditSeen = std::max(m_auditSeen, found->seen);
                                    for (const server::AuditEntry &entry : found->entries)
                                        noteAlert(entry);
                                }, Qt::QueuedConnection);
                        }});
}

void RunningServer::noteAlert(const server::AuditEntry &entry)
{
    if (!entry.kind.startsWith(QLatin1StringView(server::audit::kAlertPrefix)))
        return;
    m_log.write("warning", QStringLiteral("alert"), {{QStringLiteral("rule"), entry.kind.mid(qsizetype(qstrlen(server::audit::kAlertPrefix)))},
                                                     {QStringLiteral("entry"), qint64(entry.number)},
                                                     {QStringLiteral("user"), entry.user.isNull() ? QString() : entry.user.toString()}});
}

/// A look at the whole log must not make devices wait.
void RunningServer::onAuditCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = auditCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const auto run = [answer, command = *command](storage::Connection &connection, server::AuditLog *log) -> Result<void> {
        FIELDFARE_ASSIGN(*answer, runAuditCommand(connection, log, command));
        return {};
    };
    const auto done = [answer, reply](const Result<void> &result) { reply(result.ok() ? *answer : toJson(result.error())); };
    const bool writes = command->command == QLatin1StringView("forget");
    const bool posted = writes ? m_writes.post({[run](server::WriteContext &context) { return run(context.storage.connection(), &context.accounts.audit()); }, done, true})
                               : m_longReads.post({[run](server::ReadContext &context) { return run(context.storage.connection(), nullptr); }, done});
    if (!posted)
        reply(toJson(busy()));
}

/// Who had which account, and what was let in of it, must be found out later. Ids and counts: no record's text, no name.
void RunningServer::noteDecision(const QuarantineCommand &command, const Result<void> &done, const QJsonObject &answer)
{
    QJsonObject line = answer.value(QStringLiteral("lines")).toArray().first().toObject(); // the counts
    line.insert(QStringLiteral("command"), command.command);
    line.insert(QStringLiteral("id"), command.id);
    line.insert(QStringLiteral("except"), toJson(command).value(QStringLiteral("except")));
    line.insert(QStringLiteral("upTo"), qint64(command.upTo));
    line.insert(QStringLiteral("ok"), done.ok());
    if (!done.ok())
        line.insert(QStringLiteral("code"), base::errorCodeName(done.error().code));
    m_log.write(done.ok() ? "info" : "warning", QStringLiteral("quarantine"), std::move(line));
}

void RunningServer::noteAccount(const UserCommand &command, const Result<void> &done, const QJsonObject &answer)
{
    if (command.command == QLatin1StringView("list"))
        return;
    QJsonObject line{{QStringLiteral("command"), command.command}, {QStringLiteral("ok"), done.ok()}};
    if (command.isStolen)
        line.insert(QStringLiteral("stolen"), true);
    if (done.ok())
        line.insert(QStringLiteral("user"), answer.value(QStringLiteral("users")).toArray().first().toObject().value(QStringLiteral("id")));
    else
        line.insert(QStringLiteral("code"), base::errorCodeName(done.error().code));
    m_log.write(done.ok() ? "info" : "warning", QStringLiteral("account"), std::move(line));
}

/// Sealed bytes come and go; who did what is in the audit, in the same transaction.
void RunningServer::onRecoveryCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = recoveryCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const bool posted = m_writes.post({[this, answer, command = *command](server::WriteContext &context) -> Result<void> {
                                           FIELDFARE_ASSIGN(*answer, runRecoveryCommand(context.storage, context.accounts, m_clock, command));
                                           return {};
                                       },
                                       [this, answer, reply, what = command->what](const Result<void> &done) {
                                           QJsonObject line{{QStringLiteral("command"), what}, {QStringLiteral("ok"), done.ok()}};
                                           if (!done.ok())
                                               line.insert(QStringLiteral("code"), base::errorCodeName(done.error().code));
                                           m_log.write(done.ok() ? "info" : "warning", QStringLiteral("recovery"), std::move(line));
                                           reply(done.ok() ? *answer : toJson(done.error()));
                                       }});
    if (!posted)
        reply(toJson(busy()));
}

void RunningServer::onRightCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = rightCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const bool posted = m_writes.post({[this, answer, command = *command](server::WriteContext &context) -> Result<void> {
                                           FIELDFARE_ASSIGN(*answer, runRightCommand(context.storage, context.merger, context.accounts.audit(), m_database->catalog(), command));
                                           return {};
                                       },
                                       [this, answer, reply, command = *command](const Result<void> &done) {
                                           if (command.isSet()) {
                                               QJsonObject line = done.ok() ? answer->value(QStringLiteral("rights")).toArray().first().toObject() : QJsonObject{{QStringLiteral("code"), base::errorCodeName(done.error().code)}};
                                               line.insert(QStringLiteral("ok"), done.ok());
                                               m_log.write(done.ok() ? "info" : "warning", QStringLiteral("right"), std::move(line));
                                           }
                                           reply(done.ok() ? *answer : toJson(done.error()));
                                       }});
    if (!posted)
        reply(toJson(busy()));
}

/// The answer is secret: what was done to whom is written down, nothing else.
void RunningServer::onSecondFactorCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = secondFactorCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const bool posted = m_writes.post({[answer, command = *command](server::WriteContext &context) -> Result<void> {
                                           FIELDFARE_ASSIGN(*answer, runSecondFactorCommand(context.storage, context.accounts, command));
                                           return {};
                                       },
                                       [this, answer, reply, what = command->command](const Result<void> &done) {
                                           QJsonObject line{{QStringLiteral("command"), what}, {QStringLiteral("ok"), done.ok()}};
                                           if (done.ok())
                                               line.insert(QStringLiteral("user"), answer->value(QStringLiteral("user")));
                                           else
                                               line.insert(QStringLiteral("code"), base::errorCodeName(done.error().code));
                                           m_log.write(done.ok() ? "info" : "warning", QStringLiteral("second-factor"), std::move(line));
                                           reply(done.ok() ? *answer : toJson(done.error()));
                                       }});
    if (!posted)
        reply(toJson(busy()));
}

void RunningServer::onDeviceCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    const auto command = deviceCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const bool posted = m_writes.post({[answer, command = *command](server::WriteContext &context) -> Result<void> {
                                           FIELDFARE_ASSIGN(*answer, runDeviceCommand(context.accounts, command));
                                           return {};
                                       },
                                       [this, answer, reply, command = *command](const Result<void> &done) {
                                           if (command.isRevoke()) {
                                               const QJsonValue device = answer->value(QStringLiteral("devices")).toArray().first().toObject().value(QStringLiteral("device"));
                                               QJsonObject line{{QStringLiteral("id"), command.id}, {QStringLiteral("ok"), done.ok()}};
                                               if (done.ok())
                                                   line.insert(QStringLiteral("device"), device);
                                               m_log.write(done.ok() ? "info" : "warning", QStringLiteral("device-revoked"), std::move(line));
                                               if (done.ok()) // its next request is refused anyway
                                                   m_http.closeLive(base::Id::fromString(device.toString()).value_or(base::Id()).toBytes().toHex());
                                           }
                                           reply(done.ok() ? *answer : toJson(done.error()));
                                       }});
    if (!posted)
        reply(toJson(busy()));
}

void RunningServer::onCommand(const QJsonObject &request, const AdminSocket::Reply &reply)
{
    if (request.contains(QStringLiteral("audit")))
        return onAuditCommand(request, reply);
    if (request.contains(QStringLiteral("quarantine")))
        return onQuarantineCommand(request, reply);
    if (request.contains(QStringLiteral("second_factor")))
        return onSecondFactorCommand(request, reply);
    if (request.contains(QStringLiteral("device")))
        return onDeviceCommand(request, reply);
    if (request.contains(QStringLiteral("right")))
        return onRightCommand(request, reply);
    if (request.contains(QStringLiteral("backup")))
        return onBackupCommand(request, reply);
    if (request.contains(QStringLiteral("recovery")))
        return onRecoveryCommand(request, reply);
    const auto command = userCommandFromJson(request);
    if (!command.ok())
        return reply(toJson(command.error()));
    const auto answer = std::make_shared<QJsonObject>();
    const auto barred = std::make_shared<std::vector<base::Id>>();
    const bool posted = m_writes.post({[answer, barred, command = *command](server::WriteContext &context) -> Result<void> {
                                           FIELDFARE_ASSIGN(*answer, runUserCommand(context.accounts, command));
                                           if (command.command == QLatin1StringView("disable")) {
                                               FIELDFARE_ASSIGN(*barred, context.accounts.devicesOf(command.name));
                                           }
                                           return {};
                                       },
                                       [this, answer, barred, reply, command = *command](const Result<void> &done) {
                                           noteAccount(command, done, *answer);
                                           reply(done.ok() ? *answer : toJson(done.error()));
                                           if (!done.ok())
                                               return;
                                           for (const base::Id &device : *barred) // the next request is refused anyway
                                               m_http.closeLive(device.toBytes().toHex());
                                       }});
    if (!posted)
        reply(toJson(busy()));
}

void RunningServer::stop()
{
    m_log.write("info", QStringLiteral("stopping"));
    m_backupLook.stop();
    m_backup.cancel();
    m_http.shutdown(kDrain);
}

} // namespace fieldfare::app
