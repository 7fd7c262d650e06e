// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/command_service.h"

#include "app/cli/backup_create.h"
#include "app/cli/sync_output.h"

#include <QPointer>
#include <QTimer>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kChecksumPatienceMs = 60'000;
constexpr int kReaderPatienceMs = 10'000; // for a program that does not take its output
constexpr int kBetweenLooksMs = 100;

/// Output of a command; on any thread.
class ReplyOutput final : public CommandOutput {
public:
    ReplyOutput(std::shared_ptr<CommandReply> reply, std::shared_ptr<std::atomic<bool>> isClosing)
        : m_reply(std::move(reply)), m_isClosing(std::move(isClosing))
    {
    }
    void out(const QByteArray &bytes) override
    {
        m_reply->out(bytes);
        for (int waited = 0; !m_isGivenUp && !m_reply->waitForRoom(kBetweenLooksMs); waited += kBetweenLooksMs)
            m_isGivenUp = *m_isClosing || waited > kReaderPatienceMs;
    }
    void err(const QByteArray &bytes) override { m_reply->err(bytes); }
    [[nodiscard]] bool isGivenUp() const { return m_isGivenUp; }

private:
    std::shared_ptr<CommandReply> m_reply;
    std::shared_ptr<std::atomic<bool>> m_isClosing;
    bool m_isGivenUp = false;
};

/// Output that is short, on the UI thread.
class ShortOutput final : public CommandOutput {
public:
    explicit ShortOutput(std::shared_ptr<CommandReply> reply) : m_reply(std::move(reply)) {}
    void out(const QByteArray &bytes) override { m_reply->out(bytes); }
    void err(const QByteArray &bytes) override { m_reply->err(bytes); }

private:
    std::shared_ptr<CommandReply> m_reply;
};

bool isCheck(const CommandLine &line)
{
    return QLatin1StringView(line.command->name) == QLatin1StringView("check");
}

} // namespace

CommandService::CommandService(store::DatabaseThread &database, SyncService &sync, store::BackupRunner &backups, QObject *parent)
    : QObject(parent), m_database(database), m_sync(sync), m_backups(backups),
      m_server([this](const CommandRequest &request, const std::shared_ptr<CommandReply> &reply) { take(request, reply); }),
      m_isClosing(std::make_shared<std::atomic<bool>>(false))
{
}

CommandService::~CommandService()
{
    close();
}

bool CommandService::listen(const QString &profileFolder)
{
    return m_server.listen(profileFolder);
}

void CommandService::close()
{
    *m_isClosing = true;
}

void CommandService::take(const CommandRequest &request, const std::shared_ptr<CommandReply> &reply)
{
    ShortOutput output(reply);
    if (request.words == command_wire::kActivate) {
        reply->finish(0);
        Q_EMIT activationRequested();
        return;
    }
    const auto parsed = parseCommandLine(request.words);
    if (const UsageText *usage = std::get_if<UsageText>(&parsed))
        return reply->finish(reportUsage(output, *usage));
    const CommandLine &line = std::get<CommandLine>(parsed);
    if (*m_isClosing || (needsClosedProfile(line.command->kind) && !isBackupOfOpenProfile(line)))
        return reply->finish(reportError(output, {ErrorCode::ProfileInUse, QString(), {}}, {.json = line.json}));
    const Command command{line, request.workingFolder, reply};
    if (line.command->kind == CommandKind::Sync)
        return sync(command);
    if (line.command->kind == CommandKind::Backup)
        return backUp(command);
    if (isCheck(line) && m_sync.hasServer())
        return askChecksum(command);
    runOnStore(command, {});
}

/// `--watch` gets one session: this program watches already.
void CommandService::sync(const Command &command)
{
    m_sync.sync([reply = command.reply, json = command.line.json](const Result<engine::SyncReport> &report) {
        ShortOutput output(reply);
        if (report.ok())
            printSync(output, json, *report);
        reply->finish(report.ok() ? 0 : reportError(output, report.error(), {.json = json}));
    });
}

void CommandService::backUp(const Command &command)
{
    if (isBringingBack(command.line))
        return bringBack(command);
    m_backups.write(backupOrder(command.line, command.workingFolder), this, [reply = command.reply, json = command.line.json](const Result<store::BackupDone> &done) {
        ShortOutput output(reply);
        if (done.ok())
            printBackup(output, json, *done);
        reply->finish(done.ok() ? 0 : reportError(output, done.error(), {.json = json, .occasion = base::Occasion::BackingUp}));
    });
}

/// What there is to do is found out beside the database thread, which then does it.
void CommandService::bringBack(const Command &command)
{
    m_backups.plan(bringBackOrder(command.line, command.workingFolder), m_database.catalog(), this, [this, command](const Result<store::BringBackPlan> &plan) {
        m_database.write<int>(
            [command, plan](store::Store &store) -> Result<int> {
                ShortOutput output(command.reply);
                return app::bringBack(command.line, output, store, plan);
            },
            this,
            [reply = command.reply, json = command.line.json](const Result<int> &exitCode) {
                ShortOutput output(reply);
                reply->finish(exitCode.ok() ? *exitCode : reportError(output, exitCode.error(), {.json = json}));
            });
    });
}

/// The check compares with what the server says about the cursor of now. It is asked first, as the database thread cannot wait
/// for an answer that may need the database itself.
void CommandService::askChecksum(const Command &command)
{
    const auto answered = std::make_shared<bool>(false);
    const auto go = [guard = QPointer<CommandService>(this), answered, command](Checksum checksum) {
        if (guard != nullptr && !std::exchange(*answered, true))
            guard->runOnStore(command, std::make_shared<const Checksum>(std::move(checksum)));
    };
    // A session that is cancelled takes the question with it, without an answer.
    QTimer::singleShot(kChecksumPatienceMs, this, [go] { go(Error{ErrorCode::TimedOut, QStringLiteral("no answer")}); });
    m_database.write<changes::ReplicaState>([](store::Store &store) { return store.replicaState(); }, this,
                                            [this, go](const Result<changes::ReplicaState> &state) {
                                                if (!state.ok())
                                                    return go(state.error());
                                                store::ProfileCheckReport report;
                                                report.cursor = state->cursor;
                                                m_sync.compareChecksum(report, go);
                                            },
                                            store::Priority::Background);
}

void CommandService::runOnStore(const Command &command, const std::shared_ptr<const Checksum> &checksum)
{
    m_database.write<int>(
        [command, checksum, isClosing = m_isClosing, database = &m_database](store::Store &store) -> Result<int> {
            ReplyOutput output(command.reply, isClosing);
            CommandContext context{.store = store, .output = output, .workingFolder = command.workingFolder};
            context.isShared = true;
            context.idle = [&output, isClosing, database] {
                database->runWaiting();
                return *isClosing || output.isGivenUp();
            };
            if (checksum != nullptr) {
                context.compareChecksum = [checksum](const store::ProfileCheckReport &report) -> Result<ChecksumComparison> {
                    if (!checksum->ok())
                        return checksum->error();
                    return compared(report, checksum->value());
                };
            }
            return runCommand(command.line, context);
        },
        this,
        [reply = command.reply, json = command.line.json](const Result<int> &exitCode) {
            ShortOutput output(reply);
            reply->finish(exitCode.ok() ? *exitCode : reportError(output, exitCode.error(), {.json = json}));
        },
        store::Priority::Background);
}

} // namespace fieldfare::app
