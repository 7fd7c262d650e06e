// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/attach_command.h"

#include "app/cli/secret_input.h"
#include "app/cli/server_access.h"
#include "app/cli/transfer_output.h"
#include "app/composition/profile_attachment.h"
#include "core/storage/passphrase.h"

#include <QDir>
#include <QJsonDocument>
#include <QSysInfo>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kRecordsBetweenLines = 20'000;

/// One run of the command.
class AttachRun {
public:
    AttachRun(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
        : m_line(line), m_output(output), m_isStopped(isStopped)
    {
    }

    Result<void> run();
    [[nodiscard]] bool isWrongUsage() const { return m_isWrongUsage; }

private:
    Result<void> enrolUnlessDone();
    Result<void> enrol();
    Result<void> goOnSyncing();
    Result<domain::TransferReport> build();
    [[nodiscard]] Result<bool> isMeant(const store::ProfileInfo &info) const;
    void addSync(const Result<engine::SyncReport> &synced);
    void note(const QString &text) { writeNote(m_output, m_line.json, text); }
    void print();

    const CommandLine &m_line;
    CommandOutput &m_output;
    const std::function<bool()> &m_isStopped;
    const base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<ProfileAttachment> m_attachment;
    QJsonObject m_answer;
    bool m_isWrongUsage = false;
};

Result<void> AttachRun::run()
{
    const Arguments &arguments = m_line.arguments;
    const QString folder = QDir::current().absoluteFilePath(m_line.profile);
    if (!store::ProfilePaths{folder}.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile there; init makes one"), {folder}};
    if (arguments.has("duplicates") && arguments.value("duplicates") != QLatin1String("keep") && arguments.value("duplicates") != QLatin1String("skip")) {
        m_isWrongUsage = true;
        return {ErrorCode::InvalidArgument, QStringLiteral("--duplicates takes keep or skip")};
    }
    FIELDFARE_ASSIGN(const QString text, readSecret({m_line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    FIELDFARE_ASSIGN(m_attachment, ProfileAttachment::begin(folder, storage::passphraseBytes(text), m_clock, m_random));
    if (arguments.has("discard")) {
        FIELDFARE_TRY(m_attachment->discard());
        m_answer = {{QStringLiteral("discarded"), true}};
        print();
        return {};
    }
    if (!m_attachment->profile().isStandAlone())
        return goOnSyncing();
    FIELDFARE_TRY(enrolUnlessDone());
    SyncOptions download{.json = m_line.json, .isStopped = m_isStopped};
    FIELDFARE_ASSIGN(download.numbers, m_attachment->numbersNeeded());
    FIELDFARE_TRY(syncNow(m_attachment->download(), m_clock, m_random, m_output, download));
    const store::ProfileInfo server = *m_attachment->earlier().value();
    FIELDFARE_ASSIGN(const domain::TransferReport report, build());
    m_answer = transferJson(*m_attachment->catalog(), report);
    const bool isDryRun = arguments.has("dry-run");
    m_answer.insert(QStringLiteral("server"), server.serverUrl);
    m_answer.insert(QStringLiteral("user"), server.userName);
    m_answer.insert(QStringLiteral("company"), server.company);
    m_answer.insert(QStringLiteral("dry_run"), isDryRun);
    m_answer.insert(QStringLiteral("attached"), !isDryRun);
    if (!m_line.json)
        m_output.out(transferTable(*m_attachment->catalog(), report).toUtf8());
    if (isDryRun) {
        note(QStringLiteral("Dry run: the profile is as it was. The same command without --dry-run goes on from what was downloaded; --discard forgets it."));
        print();
        return {};
    }
    FIELDFARE_TRY(m_attachment->replace());
    m_answer.insert(QStringLiteral("former"), m_attachment->former());
    if (!m_line.json)
        m_output.out(QStringLiteral("Attached to %1. The profile as it was is kept in %2.\n").arg(server.serverUrl, m_attachment->former()).toUtf8());
    FIELDFARE_TRY(m_attachment->reopen());
    addSync(syncNow(m_attachment->own(), m_clock, m_random, m_output, {.json = m_line.json, .isStopped = m_isStopped}));
    print();
    return {};
}

/// A run that was killed behind its last step, or that could not send: the same command goes on.
Result<void> AttachRun::goOnSyncing()
{
    const store::ProfileInfo &info = m_attachment->profile();
    FIELDFARE_ASSIGN(const bool meant, isMeant(info));
    if (!meant || m_line.arguments.has("dry-run"))
        return {ErrorCode::AlreadyExists, QStringLiteral("the profile has joined a server already: %1, as %2").arg(info.serverUrl, info.userName), {info.serverUrl}};
    note(QStringLiteral("note: the profile is attached already; what waits is sent now"));
    m_answer = {{QStringLiteral("server"), info.serverUrl}, {QStringLiteral("user"), info.userName}, {QStringLiteral("attached"), true},
                {QStringLiteral("resumed"), true}};
    addSync(syncNow(m_attachment->own(), m_clock, m_random, m_output, {.json = m_line.json, .isStopped = m_isStopped}));
    print();
    return {};
}

/// The options name this server and user, or none.
Result<bool> AttachRun::isMeant(const store::ProfileInfo &info) const
{
    const Arguments &arguments = m_line.arguments;
    if (arguments.has("server")) {
        FIELDFARE_ASSIGN(const QUrl url, net::parseServerUrl(arguments.value("server")));
        if (url.toString() != info.serverUrl)
            return false;
    }
    return !arguments.has("user") || arguments.value("user").compare(info.userName, Qt::CaseInsensitive) == 0;
}

Result<void> AttachRun::enrolUnlessDone()
{
    FIELDFARE_ASSIGN(const auto earlier, m_attachment->earlier());
    if (!earlier)
        return enrol();
    FIELDFARE_ASSIGN(const bool meant, isMeant(*earlier));
    if (meant) {
        note(QStringLiteral("note: going on with what was downloaded from %1 as %2").arg(earlier->serverUrl, earlier->userName));
        return {};
    }
    note(QStringLiteral("note: what was downloaded from %1 as %2 is forgotten").arg(earlier->serverUrl, earlier->userName));
    return enrol();
}

Result<void> AttachRun::enrol()
{
    const Arguments &arguments = m_line.arguments;
    if (!arguments.has("server") || !arguments.has("user")) {
        m_isWrongUsage = true;
        return {ErrorCode::InvalidArgument, QStringLiteral("attach needs --server URL and --user NAME")};
    }
    FIELDFARE_ASSIGN(const net::ServerAddress address, serverAddress(arguments, m_output));
    FIELDFARE_ASSIGN(const QString password, readSecret({arguments.value("password-file"), "FIELDFARE_PASSWORD", QStringLiteral("Password of the account"), false}));
    const QString device = arguments.has("device-name") ? arguments.value("device-name") : QSysInfo::machineHostName();
    FIELDFARE_ASSIGN(const Enrolled enrolled, enrolHere(address, {arguments.value("user"), password, device}, m_clock, m_random, m_isStopped));
    return m_attachment->enrolled(enrolled);
}

Result<domain::TransferReport> AttachRun::build()
{
    domain::TransferOptions options;
    options.label = QStringLiteral("Records of the stand-alone profile");
    if (m_line.arguments.value("duplicates") == QLatin1String("skip"))
        options.duplicates = domain::DuplicatePolicy::Skip;
    qint64 shown = 0;
    return m_attachment->build(options, [&](qint64 done, qint64 total) {
        if (done >= shown + kRecordsBetweenLines) {
            shown = done;
            note(QStringLiteral("%1 of %2 records taken over").arg(done).arg(total));
        }
        return m_isStopped && m_isStopped();
    });
}

/// Sending is sync's business: what cannot be sent now waits, and the profile is attached all the same.
void AttachRun::addSync(const Result<engine::SyncReport> &synced)
{
    m_answer.insert(QStringLiteral("synced"), synced.ok());
    if (!synced.ok())
        return note(QStringLiteral("Not sent yet: %1").arg(base::errorText(synced.error())));
    m_answer.insert(QStringLiteral("pushed"), qint64(synced->pushed));
    m_answer.insert(QStringLiteral("conflicts"), qint64(synced->conflicts));
    m_answer.insert(QStringLiteral("refused"), qint64(synced->refused));
    if (!m_line.json)
        m_output.out(QStringLiteral("%1 changes sent, %2 not accepted.\n").arg(synced->pushed).arg(synced->refused).toUtf8());
}

void AttachRun::print()
{
    if (m_line.json)
        m_output.out(QJsonDocument(m_answer).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace

int runAttach(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    AttachRun run(line, output, isStopped);
    const Result<void> result = run.run();
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json, .isWrongUsage = run.isWrongUsage(), .occasion = base::Occasion::Enrolling});
}

} // namespace fieldfare::app
