// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recover_command.h"

#include "app/cli/open_profile.h"
#include "app/cli/secret_input.h"
#include "app/composition/keychain_unlock.h"
#include "app/composition/profile_session.h"
#include "app/composition/recovery_keeper.h"
#include "core/storage/secret_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using storage::DeviceRecovery;
using storage::RecoveryAnswer;

namespace {

/// A locked profile whose passphrase nobody knows.
class RecoverCommand {
public:
    RecoverCommand(const CommandLine &line, CommandOutput &output)
        : m_line(line), m_output(output), m_paths{QDir::current().absoluteFilePath(line.profile)}, m_keyFile(m_paths.keyFile()), m_steps(m_paths.folder, m_keyFile)
    {
    }

    Result<void> run();

private:
    Result<void> request(const QString &file);
    Result<void> finish(const QString &file);
    Result<void> cancel();
    Result<void> status();
    Result<void> accept(const QString &fingerprint);
    void tell(const QJsonObject &object, const QString &sentence) const;

    const CommandLine &m_line;
    CommandOutput &m_output;
    store::ProfilePaths m_paths;
    storage::KeyFile m_keyFile;
    DeviceRecovery m_steps;
};

void RecoverCommand::tell(const QJsonObject &object, const QString &sentence) const
{
    m_output.out(m_line.json ? QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n' : sentence.toUtf8() + '\n');
}

Result<void> RecoverCommand::request(const QString &file)
{
    const base::SystemClock clock;
    const auto asked = m_steps.ask(clock, m_line.arguments.has("again"));
    if (!asked.ok() && asked.error().code == ErrorCode::NotFound) {
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "this profile is not sealed to a company's recovery key: it stands alone, or the company has none, or there "
                                           "was no sync since it has one, or none with this version of the program. Without the passphrase nobody can open it.")};
    }
    FIELDFARE_TRY(asked.ok() ? Result<void>() : Result<void>(asked.error()));
    const QString path = QDir::current().absoluteFilePath(file);
    FIELDFARE_TRY(storage::secret_file::writeDurably(path, asked->request.toBytes()));
    const QString fingerprint = asked->request.fingerprint();
    tell({{QStringLiteral("request"), path},
          {QStringLiteral("fingerprint"), fingerprint},
          {QStringLiteral("repeated"), asked->isRepeated},
          {QStringLiteral("device"), asked->request.record.device().toString()},
          {QStringLiteral("recovery_key"), storage::companyKeyFingerprint(asked->request.record.companyKey())}},
         QCoreApplication::translate("Details", "Send %1 to two administrators. Each will call you: read out this fingerprint, and give it to nobody who cannot say who they are:\n  %2\n"
            "Keep this profile as it is; the answer goes into: recover finish ANSWER")
             .arg(path, fingerprint));
    return {};
}

Result<void> RecoverCommand::finish(const QString &file)
{
    QFile answer(file);
    if (!answer.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, answer.errorString(), {file}};
    const QByteArray bytes = answer.read(RecoveryAnswer::kSize + 1);
    FIELDFARE_TRY(RecoveryAnswer::parse(bytes)); // before anybody thinks of a passphrase
    FIELDFARE_TRY(storage::ProfileLock::acquire(m_paths.folder)); // given back at once
    FIELDFARE_ASSIGN(const base::Secret passphrase, readNewPassphrase({m_line.arguments.value("new-secret-file"), "FIELDFARE_NEW_PASSPHRASE", QStringLiteral("New passphrase"), true}));
    // Not while somebody types, who may never end. What happened meanwhile is seen by DeviceRecovery::finish(), which reads all anew.
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(m_paths.folder));
    const std::unique_ptr<SecretStore> keychain = makeKeychain();
    const QString item = KeychainUnlock(m_paths.keyFile(), *keychain).item();
    FIELDFARE_TRY(m_steps.finish(bytes, passphrase, {}));
    static_cast<void>(forgetNow(*keychain, item)); // it opens nothing any more
    tell({{QStringLiteral("recovered"), true}}, QCoreApplication::translate("Details", "The profile opens with the new passphrase. All that was not sent yet is still there; sync sends it."));
    return {};
}

Result<void> RecoverCommand::cancel()
{
    const bool isWaiting = m_steps.isWaiting();
    FIELDFARE_TRY(m_steps.giveUp());
    tell({{QStringLiteral("cancelled"), isWaiting}}, isWaiting ? QCoreApplication::translate("Details", "The request is void: an answer to it opens nothing.") : QCoreApplication::translate("Details", "No request waits here."));
    return {};
}

Result<void> RecoverCommand::status()
{
    const auto record = m_keyFile.recovery();
    if (!record.ok() && record.error().code != ErrorCode::NotFound)
        return record.error();
    const QString key = record.ok() ? storage::companyKeyFingerprint(record->companyKey()) : QString();
    tell({{QStringLiteral("sealed"), record.ok()}, {QStringLiteral("recovery_key"), key}, {QStringLiteral("waiting"), m_steps.isWaiting()}},
         (record.ok() ? QCoreApplication::translate("Details", "A forgotten passphrase can be replaced by two administrators (recovery key %1).").arg(key)
                      : QCoreApplication::translate("Details", "A forgotten passphrase could not be replaced: the profile is not sealed to a company's recovery key."))
             + (m_steps.isWaiting() ? QLatin1Char(' ') + QCoreApplication::translate("Details", "A request waits for its answer.") : QString()));
    return {};
}

Result<void> RecoverCommand::accept(const QString &fingerprint)
{
    base::Secret passphrase;
    FIELDFARE_ASSIGN(const store::Profile profile, openProfile(m_line, &passphrase));
    const base::SystemClock clock;
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const auto store, profile.openStore(clock, random, commitRules()));
    FIELDFARE_ASSIGN(const changes::ReplicaState state, store->replicaState());
    const RecoveryKeeper keeper(m_paths, [&] { return profile.key(); });
    FIELDFARE_TRY(keeper.accept(*store, *profile.key(), state.device, fingerprint));
    tell({{QStringLiteral("accepted"), fingerprint}}, QCoreApplication::translate("Details", "The profile is sealed to the recovery key %1 from now on.").arg(fingerprint));
    return {};
}

Result<void> RecoverCommand::run()
{
    if (!m_paths.exists())
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no profile there; init makes one"), {m_paths.folder}};
    const QString word = m_line.arguments.words.value(0);
    const QString subject = m_line.arguments.words.value(1);
    if (word == QLatin1String("status"))
        return status();
    if (word == QLatin1String("accept"))
        return accept(subject);
    if (word == QLatin1String("finish"))
        return finish(subject);
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(m_paths.folder));
    return word == QLatin1String("request") ? request(subject) : cancel();
}

bool isWellFormed(const Arguments &arguments)
{
    const QString word = arguments.words.value(0);
    const bool hasSubject = word == QLatin1String("request") || word == QLatin1String("finish") || word == QLatin1String("accept");
    const bool isKnown = hasSubject || word == QLatin1String("status") || word == QLatin1String("cancel");
    return isKnown && arguments.words.size() == (hasSubject ? 2 : 1);
}

} // namespace

int runRecover(const CommandLine &line, CommandOutput &output)
{
    if (!isWellFormed(line.arguments)) {
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("usage: recover request FILE | finish ANSWER | cancel | status | accept FINGERPRINT")},
                           {.json = line.json, .isWrongUsage = true});
    }
    const Result<void> done = RecoverCommand(line, output).run();
    return done.ok() ? 0 : reportError(output, done.error(), {.json = line.json});
}

} // namespace fieldfare::app
