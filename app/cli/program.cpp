// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/program.h"

#include "app/cli/attach_command.h"
#include "app/cli/backup_command.h"
#include "app/cli/backup_create.h"
#include "app/cli/init_command.h"
#include "app/cli/key_command.h"
#include "app/cli/recover_command.h"
#include "app/cli/salvage_command.h"
#include "app/cli/secret_input.h"
#include "app/cli/sync_output.h"
#include "app/cli/wait_for.h"
#include "app/cli/wipe_command.h"
#include "app/cli/open_profile.h"
#include "app/composition/secret_store.h"
#include "app/composition/command_client.h"
#include "core/base/platform.h"
#include "core/storage/passphrase.h"
#include "core/store/migrations.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QEventLoop>
#include <QTimer>

#include <atomic>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kPatienceMs = 15'000; // for another program that is just about to end, or to listen
constexpr int kBetweenTriesMs = 50;

std::atomic<bool> isTerminating = false;

bool terminating()
{
    return isTerminating;
}

/// Tells how far the change of an older profile is, as that may take minutes; it can be ended, and goes on at the next start.
std::shared_ptr<const store::MigrationOptions> watchedMigration(CommandOutput &output, bool json)
{
    constexpr int kStep = 10;
    auto options = std::make_shared<store::MigrationOptions>();
    options->progress = [&output, json, told = -kStep](int percent) mutable {
        if (percent >= told + kStep) {
            told = percent / kStep * kStep;
            writeNote(output, json, QCoreApplication::translate("Details", "bringing the profile up to date: %1 %").arg(told));
        }
        return isTerminating.load();
    };
    return options;
}

/// Output of a command that another program asked for.
class ReplyOutput final : public CommandOutput {
public:
    explicit ReplyOutput(std::shared_ptr<CommandReply> reply) : m_reply(std::move(reply)) {}
    void out(const QByteArray &bytes) override { m_reply->out(bytes); }
    void err(const QByteArray &bytes) override { m_reply->err(bytes); }

private:
    std::shared_ptr<CommandReply> m_reply;
};

/// Tells the sync service of edits that other command lines make while it watches.
class EditObserver final : public store::StoreObserver {
public:
    explicit EditObserver(SyncService &service) : m_service(service) {}
    void rowsChanged(model::EntityId, const std::vector<base::Id> &) override {}
    void stateChanged() override { m_service.noteLocalChange(); }

private:
    SyncService &m_service;
};

bool isStatementMissing(const CommandLine &line)
{
    return qstrcmp(line.command->name, "sql") == 0 && line.arguments.words.isEmpty();
}

QString statementFromInput()
{
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? QString::fromUtf8(input.readAll()) : QString();
}

} // namespace

int Program::run(const QStringList &given)
{
    base::platform::onTerminationRequest([] { isTerminating = true; });
    QStringList words = given;
    auto parsed = parseCommandLine(words);
    if (const CommandLine *asked = std::get_if<CommandLine>(&parsed); asked != nullptr && isStatementMissing(*asked)) {
        // Here, as the program that has the profile open has another standard input.
        words += {QStringLiteral("--"), statementFromInput()};
        parsed = parseCommandLine(words);
    }
    if (const UsageText *usage = std::get_if<UsageText>(&parsed))
        return reportUsage(m_output, *usage);
    const CommandLine &line = std::get<CommandLine>(parsed);
    switch (line.command->kind) {
    case CommandKind::Init:
        return runInit(line, m_output);
    case CommandKind::Passphrase:
        return runPassphrase(line, m_output);
    case CommandKind::Attach:
        return runAttach(line, m_output, terminating);
    case CommandKind::Backup:
        return isBackupOfOpenProfile(line) ? runOnStore(line, words) : runBackup(line, m_output, terminating);
    case CommandKind::Salvage:
        return runSalvage(line, m_output, terminating);
    case CommandKind::Wipe:
        return runWipe(line, m_output, *makeKeychain());
    case CommandKind::Key:
        return runKey(line, m_output, terminating);
    case CommandKind::Recover:
        return runRecover(line, m_output);
    case CommandKind::Store:
    case CommandKind::Sync:
        break;
    }
    return runOnStore(line, words);
}

int Program::runOnStore(const CommandLine &line, const QStringList &words)
{
    const auto opened = openOrForward(line, words);
    if (!opened.ok())
        return reportError(m_output, opened.error(), {.json = line.json});
    if (opened.value())
        return *opened.value();
    m_server = std::make_unique<CommandServer>([this](const CommandRequest &request, const std::shared_ptr<CommandReply> &reply) { serve(request, reply); });
    m_server->listen(m_session->paths().folder);
    return runHere(line, m_output, QDir::currentPath());
}

/// The exit code when the program that has the profile open ran the command; none when it is open here.
Result<std::optional<int>> Program::openOrForward(const CommandLine &line, const QStringList &words)
{
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    if (!store::ProfilePaths{folder}.exists())
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no profile there; init makes one"), {folder}};
    const auto pass = [this](const CommandAnswer &answer) {
        if (answer.kind == CommandAnswer::Kind::Output)
            m_output.out(answer.bytes);
        else
            m_output.err(answer.bytes);
    };
    std::optional<base::Secret> passphrase;
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        const auto exitCode = runElsewhere(folder, {words, QDir::currentPath()}, pass);
        if (exitCode == kWentAway)
            return {ErrorCode::Cancelled, QCoreApplication::translate("Details", "the program that has the profile open went away; look whether it was done")};
        if (exitCode)
            return exitCode;
        if (!passphrase) {
            FIELDFARE_ASSIGN(const QString text, readSecret({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
            passphrase = storage::passphraseBytes(text);
        }
        auto session = ProfileSession::open(folder, *passphrase, watchedMigration(m_output, line.json));
        if (session.ok()) {
            m_session = std::move(session).value();
            return std::optional<int>();
        }
        if (session.error().code != ErrorCode::ProfileInUse || waited.elapsed() > kPatienceMs)
            return withTriesLeft(session.error(), store::ProfilePaths{folder}.keyFile());
        FIELDFARE_TRY(waitFor<void>([](auto done) { QTimer::singleShot(kBetweenTriesMs, [done] { done(Result<void>()); }); }, terminating));
    }
}

int Program::runHere(const CommandLine &line, CommandOutput &output, const QString &workingFolder)
{
    CommandContext context{.store = m_session->store(), .output = output, .workingFolder = workingFolder};
    context.json = line.json;
    context.idle = [] {
        QCoreApplication::processEvents(); // other command lines
        return isTerminating.load();
    };
    context.compareChecksum = [this](const store::ProfileCheckReport &report) { return compareChecksum(report); };
    if (isBackupOfOpenProfile(line))
        return runBackupOfOpenProfile(line, output, workingFolder, {m_session->paths(), m_session->key()}, m_session->store(), context.idle);
    if (line.command->kind != CommandKind::Sync)
        return runCommand(line, context);
    // Another command line that wants to watch gets one session: this program is there already.
    const bool isWatch = line.arguments.has("watch") && &output == &m_output;
    const Result<void> result = isWatch ? syncAndWatch(context) : syncOnce(context);
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json});
}

Result<void> Program::loadSync()
{
    if (m_sync != nullptr)
        return {};
    m_access = std::make_unique<DirectStoreAccess>(m_session->store());
    m_sync = std::make_unique<SyncService>(*m_access, m_session->clock(), m_session->random());
    m_sync->keepSealed(std::make_shared<RecoveryKeeper>(m_session->paths(), [this] { return m_session->key(); }));
    const Result<void> loaded = waitFor<void>([this](auto done) { m_sync->load(std::move(done)); }, terminating);
    if (!loaded.ok())
        m_sync.reset();
    return loaded;
}

Result<void> Program::syncOnce(CommandContext &context)
{
    FIELDFARE_TRY(loadSync());
    const auto synced = waitFor<engine::SyncReport>([this](auto done) { m_sync->sync(std::move(done)); }, terminating);
    if (!synced.ok() && synced.error().code == base::ErrorCode::AccountDisabled) {
        FIELDFARE_ASSIGN(const store::StateCounts counts, context.store.counts());
        printHandedIn(context.output, context.json, counts);
    }
    FIELDFARE_ASSIGN(const engine::SyncReport report, synced);
    noteOfferedKey(context);
    FIELDFARE_ASSIGN(const store::StateCounts counts, context.store.counts());
    if (counts.auditBrokenAt != 0)
        context.note(base::errorText({base::ErrorCode::AuditBroken, QStringLiteral("entry %1").arg(counts.auditBrokenAt)}));
    printSync(context.output, context.json, report);
    return {};
}

/// Whoever has the server could name a key of their own: a person compares it with what the administrators say.
void Program::noteOfferedKey(CommandContext &context) const
{
    const QString offered = m_sync->offeredRecoveryKey();
    if (offered.isEmpty())
        return;
    context.note(QCoreApplication::translate("Details", "The company has another recovery key: %1. This profile stays sealed to the former one until you have compared "
                                                        "the fingerprint with an administrator and said: recover accept %1").arg(offered));
}

/// Until the program is told to end. Each session that did something gives a line.
Result<void> Program::syncAndWatch(CommandContext &context)
{
    FIELDFARE_TRY(loadSync());
    EditObserver observer(*m_sync);
    m_session->store().addObserver(&observer);
    QEventLoop loop;
    QTimer signal;
    QObject::connect(&signal, &QTimer::timeout, &loop, [&loop] {
        if (isTerminating)
            loop.quit();
    });
    signal.start(100);
    bool isFirst = true;
    QObject::connect(m_sync.get(), &SyncService::sessionEnded, &loop, [&] {
        const store::LinkState state = m_sync->state();
        if (state.link != store::LinkState::Link::Synced)
            return context.note(QStringLiteral("not synced: %1").arg(base::errorText(state.error)));
        const engine::SyncReport &report = m_sync->lastReport();
        if (isFirst)
            noteOfferedKey(context);
        if (isFirst || report.pushed + report.pulled > 0)
            printSync(context.output, context.json, report);
        isFirst = false;
    });
    m_sync->watch();
    loop.exec();
    m_session->store().removeObserver(&observer);
    return {};
}

Result<ChecksumComparison> Program::compareChecksum(const store::ProfileCheckReport &report)
{
    FIELDFARE_TRY(loadSync());
    FIELDFARE_ASSIGN(const auto reply, waitFor<protocol::ChecksumReply>([&](auto done) { m_sync->compareChecksum(report, std::move(done)); }, terminating));
    return compared(report, reply);
}

void Program::serve(const CommandRequest &request, const std::shared_ptr<CommandReply> &reply)
{
    ReplyOutput output(reply);
    const auto parsed = parseCommandLine(request.words);
    if (const UsageText *usage = std::get_if<UsageText>(&parsed))
        return reply->finish(reportUsage(output, *usage));
    const CommandLine &line = std::get<CommandLine>(parsed);
    if (needsClosedProfile(line.command->kind) && !isBackupOfOpenProfile(line))
        return reply->finish(reportError(output, {ErrorCode::ProfileInUse, QString(), {}}, {.json = line.json}));
    reply->finish(runHere(line, output, request.workingFolder));
}

} // namespace fieldfare::app
