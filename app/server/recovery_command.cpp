// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator does with the company's recovery key. Passphrases and keys stay in this process; the store sees sealed bytes.
#include "app/server/admin_call.h"
#include "app/server/recovery_commands.h"
#include "app/server/secret_input.h"
#include "app/server/user_commands.h"
#include "core/storage/passphrase.h"
#include "core/storage/recovery/sealed_bytes.h"
#include "core/storage/secret_file.h"

#include <QDir>
#include <QFile>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using base::Secret;
using storage::RecoveryRequest;

namespace {

/// One `recovery` command.
class RecoveryCounter {
public:
    RecoveryCounter(const RecoveryOptions &options, const Console &console)
        : m_options(options), m_console(console), m_calls(options), m_folder(QDir(options.data).absolutePath())
    {
    }

    Result<void> run();

private:
    Result<QJsonArray> ask(const RecoveryCommand &command);
    Result<QJsonObject> askOne(const RecoveryCommand &command);
    RecoveryCommand about(const QString &what, const RecoveryRequest &request, const QString &reason = {}) const;
    [[nodiscard]] base::Error failed(const RecoveryRequest &request, const base::Error &error);
    QString secretFileOf(const QString &name) const;
    Result<RecoveryRequest> request() const;
    Result<void> init();
    Result<void> status();
    Result<void> audit();
    Result<void> show();
    Result<void> approve();
    Result<void> refuse();
    Result<void> requireFingerprint(const RecoveryRequest &request);
    Result<Secret> unlock(const server::RecoveryAdministrator &administrator);
    Result<void> open(const server::CompanyKey &key, const server::RecoveryApproval &first, const Secret &privateKey, const RecoveryRequest &request);
    void tellWho(const QJsonObject &line) const;

    const RecoveryOptions &m_options;
    const Console &m_console;
    AdminCalls m_calls;
    QString m_folder;
    base::SystemClock m_clock;
};

QString namesOf(const QJsonObject &line, const char *name)
{
    QStringList names;
    for (const QJsonValue &value : line.value(QString::fromLatin1(name)).toArray())
        names.append(value.toString());
    return names.join(QStringLiteral(", "));
}

QString textOf(const QJsonObject &line, const char *name)
{
    return line.value(QString::fromLatin1(name)).toVariant().toString();
}

/// The material is for this process alone.
QJsonObject shown(QJsonObject line)
{
    for (const char *name : {"material", "approvals", "number"})
        line.remove(QString::fromLatin1(name));
    return line;
}

Result<QJsonArray> RecoveryCounter::ask(const RecoveryCommand &command)
{
    FIELDFARE_ASSIGN(const QJsonObject answer, m_calls.call(toJson(command), [&](StoreSession &session) {
                         return runRecoveryCommand(*session.storage, *session.accounts, m_clock, command);
                     }));
    return listFromJson(answer, QStringLiteral("lines"));
}

Result<QJsonObject> RecoveryCounter::askOne(const RecoveryCommand &command)
{
    FIELDFARE_ASSIGN(const QJsonArray lines, ask(command));
    return lines.first().toObject();
}

RecoveryCommand RecoveryCounter::about(const QString &what, const RecoveryRequest &request, const QString &reason) const
{
    RecoveryCommand command;
    command.what = what;
    command.request = request.toBytes();
    command.administrator = m_options.administrators.value(0);
    command.reason = reason;
    return command;
}

/// A try that did not succeed is in the audit, too.
base::Error RecoveryCounter::failed(const RecoveryRequest &request, const base::Error &error)
{
    const auto noted = ask(about(QStringLiteral("fail"), request, base::errorCodeName(error.code)));
    if (!noted.ok())
        m_console.message(QStringLiteral("The audit could not be written: %1").arg(noted.error().detail));
    return error;
}

QString RecoveryCounter::secretFileOf(const QString &name) const
{
    for (const QString &secret : m_options.secrets) {
        const qsizetype sign = secret.indexOf(QLatin1Char('='));
        if (server::AccountStore::foldedName(secret.left(sign)) == server::AccountStore::foldedName(name))
            return secret.mid(sign + 1);
    }
    return {};
}

Result<RecoveryRequest> RecoveryCounter::request() const
{
    QFile file(m_options.file);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, file.errorString(), {m_options.file}};
    return RecoveryRequest::parse(file.read(RecoveryRequest::kSize + 1));
}

Result<void> RecoveryCounter::init()
{
    RecoveryCommand status;
    status.what = QStringLiteral("status");
    FIELDFARE_ASSIGN(const QJsonArray standing, ask(status));
    if (!standing.isEmpty() && !m_options.replaces) { // before anybody thinks of a passphrase
        return {ErrorCode::AlreadyExists, QStringLiteral("there is a recovery key; --replace makes another, and each device has to accept it"),
                {textOf(standing.first().toObject(), "fingerprint")}};
    }
    RecoveryCommand who;
    who.what = QStringLiteral("who");
    who.names = m_options.administrators;
    FIELDFARE_ASSIGN(const QJsonArray accounts, ask(who));
    std::vector<server::NewAdministrator> administrators;
    for (const QJsonValue &value : accounts) {
        const QJsonObject account = value.toObject();
        const QString name = textOf(account, "name");
        FIELDFARE_ASSIGN(const QString text, readRecoveryPassphrase(name, secretFileOf(name), m_folder, true, true));
        FIELDFARE_TRY(storage::requireStrongPassphrase(text));
        administrators.push_back({base::Id::fromString(textOf(account, "user")).value_or(base::Id()), name, storage::passphraseBytes(text)});
    }
    RecoveryCommand make;
    make.what = QStringLiteral("make");
    make.replaces = m_options.replaces;
    FIELDFARE_ASSIGN(make.key, server::makeCompanyKey(administrators, m_clock.wallMs()));
    FIELDFARE_ASSIGN(const QJsonObject made, askOne(make));
    m_console.result(QStringLiteral("Made the company's recovery key %1 for %2.\nAny two of them together open a forgotten profile, nobody alone. "
                                    "Devices seal to it at their next sync.")
                         .arg(textOf(made, "fingerprint"), namesOf(made, "administrators")),
                     made);
    return {};
}

Result<void> RecoveryCounter::status()
{
    RecoveryCommand command;
    command.what = QStringLiteral("status");
    FIELDFARE_ASSIGN(const QJsonArray lines, ask(command));
    if (lines.isEmpty()) {
        m_console.result(QStringLiteral("There is no recovery key; recovery init makes one."), {{QStringLiteral("fingerprint"), QString()}});
        return {};
    }
    const QJsonObject line = lines.first().toObject();
    QString text = QStringLiteral("Recovery key %1 of %2, administrators %3; the audit is %4")
                       .arg(textOf(line, "fingerprint"), textOf(line, "made_at"), namesOf(line, "administrators"),
                            line.value(QStringLiteral("audit_whole")).toBool() ? QStringLiteral("whole") : QStringLiteral("NOT WHOLE: lines were changed or removed"));
    for (const QJsonValue &value : line.value(QStringLiteral("requests")).toArray()) {
        const QJsonObject one = value.toObject();
        text += QStringLiteral("\n  %1  %2  %3  %4").arg(textOf(one, "first_seen"), textOf(one, "device"), textOf(one, "state"), textOf(one, "request").left(16));
    }
    m_console.result(text, line);
    return {};
}

Result<void> RecoveryCounter::audit()
{
    RecoveryCommand command;
    command.what = QStringLiteral("audit");
    for (;;) {
        FIELDFARE_ASSIGN(const QJsonArray lines, ask(command));
        for (const QJsonValue &value : lines) {
            const QJsonObject line = value.toObject();
            m_console.result(QStringLiteral("%1  %2  %3  %4  %5  %6  %7")
                                 .arg(textOf(line, "number"), textOf(line, "at"), textOf(line, "event"), textOf(line, "administrator"),
                                      textOf(line, "device"), textOf(line, "request").left(16), textOf(line, "detail")),
                             line);
            command.after = line.value(QStringLiteral("number")).toInteger();
        }
        if (lines.isEmpty())
            return {};
    }
}

void RecoveryCounter::tellWho(const QJsonObject &line) const
{
    m_console.message(QStringLiteral("Asks: %1, on device %2 \"%3\"%4, %5. Approved by: %6. State: %7")
                          .arg(textOf(line, "user"), textOf(line, "device_number"), textOf(line, "device"),
                               line.value(QStringLiteral("revoked")).toBool()    ? QStringLiteral(" (REVOKED)")
                               : line.value(QStringLiteral("disabled")).toBool() ? QStringLiteral(" (the account is DISABLED)")
                                                                                 : QString(),
                               textOf(line, "asked_at"), line.value(QStringLiteral("approved_by")).toArray().isEmpty() ? QStringLiteral("nobody yet") : namesOf(line, "approved_by"),
                               textOf(line, "state")));
}

Result<void> RecoveryCounter::show()
{
    FIELDFARE_ASSIGN(const RecoveryRequest asked, request());
    RecoveryCommand look = about(QStringLiteral("look"), asked);
    look.administrator.clear();
    FIELDFARE_ASSIGN(const QJsonObject line, askOne(look));
    tellWho(line);
    m_console.result(QStringLiteral("Fingerprint: %1\nCall the person, on a number that you knew before, and have it read out.").arg(asked.fingerprint()), line);
    return {};
}

/// Whoever could change the file on its way could have put in a key of his own: only the person at the device knows the fingerprint.
Result<void> RecoveryCounter::requireFingerprint(const RecoveryRequest &request)
{
    QString typed = m_options.fingerprint;
    if (typed.isEmpty()) {
        FIELDFARE_ASSIGN(typed, readLine(QStringLiteral("Fingerprint, as the person who asks reads it out")));
    }
    if (!storage::sealed_bytes::isSameFingerprint(typed, request.fingerprint()))
        return {ErrorCode::InvalidArgument, QStringLiteral("the fingerprint is another: the file was changed on its way, or is somebody else's")};
    return {};
}

Result<Secret> RecoveryCounter::unlock(const server::RecoveryAdministrator &administrator)
{
    FIELDFARE_ASSIGN(const QString text, readRecoveryPassphrase(administrator.name, secretFileOf(administrator.name), m_folder, false, false));
    return server::unlockAdministrator(administrator, storage::passphraseBytes(text));
}

/// The second approval. The audit has it before anybody has the answer.
Result<void> RecoveryCounter::open(const server::CompanyKey &key, const server::RecoveryApproval &first, const Secret &privateKey, const RecoveryRequest &request)
{
    auto answer = server::answer(key, first, privateKey, request);
    if (!answer.ok())
        return failed(request, answer.error());
    FIELDFARE_ASSIGN(QJsonObject line, askOne(about(QStringLiteral("open"), request)));
    const QString path = QDir::current().absoluteFilePath(m_options.answer.isEmpty() ? m_options.file + QStringLiteral(".answer") : m_options.answer);
    FIELDFARE_TRY(storage::secret_file::writeDurably(path, answer->toBytes()));
    line.insert(QStringLiteral("answer"), path);
    line.insert(QStringLiteral("complete"), true);
    m_console.result(QStringLiteral("Both have approved. Give this file to %1: %2").arg(textOf(line, "user"), path), line);
    return {};
}

Result<void> RecoveryCounter::approve()
{
    FIELDFARE_ASSIGN(const RecoveryRequest asked, request());
    RecoveryCommand look = about(QStringLiteral("look"), asked);
    look.administrator.clear(); // noted as asked, whatever comes
    FIELDFARE_ASSIGN(const QJsonObject standing, askOne(look));
    tellWho(standing);
    const auto material = askOne(about(QStringLiteral("look"), asked));
    if (!material.ok())
        return failed(asked, material.error());
    if (const auto isSame = requireFingerprint(asked); !isSame.ok())
        return failed(asked, isSame.error());
    FIELDFARE_ASSIGN(const server::CompanyKey key, companyKeyFromJson(material->value(QStringLiteral("material")).toObject()));
    const server::RecoveryAdministrator *const own = key.administrator(material->value(QStringLiteral("number")).toInt());
    if (own == nullptr)
        return {ErrorCode::ProtocolViolation, QStringLiteral("the store's answer names nobody")};
    const auto privateKey = unlock(*own);
    if (!privateKey.ok())
        return failed(asked, privateKey.error());
    const auto others = approvalsFromJson(material->value(QStringLiteral("approvals")).toArray());
    if (!others.empty())
        return open(key, others.front(), *privateKey, asked);
    RecoveryCommand approval = about(QStringLiteral("approve"), asked);
    FIELDFARE_ASSIGN(approval.approvals, server::approve(key, own->number, *privateKey, asked));
    FIELDFARE_ASSIGN(QJsonObject line, askOne(approval));
    line.insert(QStringLiteral("complete"), false);
    m_console.result(QStringLiteral("Approved by %1. Another administrator has to approve it within a week.").arg(own->name), shown(line));
    return {};
}

Result<void> RecoveryCounter::refuse()
{
    FIELDFARE_ASSIGN(const RecoveryRequest asked, request());
    FIELDFARE_ASSIGN(const QJsonObject material, askOne(about(QStringLiteral("look"), asked)));
    FIELDFARE_ASSIGN(const server::CompanyKey key, companyKeyFromJson(material.value(QStringLiteral("material")).toObject()));
    const server::RecoveryAdministrator *const own = key.administrator(material.value(QStringLiteral("number")).toInt());
    if (own == nullptr)
        return {ErrorCode::ProtocolViolation, QStringLiteral("the store's answer names nobody")};
    if (const auto privateKey = unlock(*own); !privateKey.ok()) // so that the audit names the right one
        return failed(asked, privateKey.error());
    FIELDFARE_ASSIGN(const QJsonObject line, askOne(about(QStringLiteral("refuse"), asked, m_options.reason)));
    m_console.result(QStringLiteral("Refused. The person would have to ask anew."), shown(line));
    return {};
}

Result<void> RecoveryCounter::run()
{
    if (m_options.command == QLatin1StringView("init"))
        return init();
    if (m_options.command == QLatin1StringView("show"))
        return show();
    if (m_options.command == QLatin1StringView("approve"))
        return approve();
    if (m_options.command == QLatin1StringView("refuse"))
        return refuse();
    return m_options.command == QLatin1StringView("audit") ? audit() : status();
}

} // namespace

int runRecovery(const RecoveryOptions &options, const Console &console)
{
    const auto done = RecoveryCounter(options, console).run();
    return done.ok() ? Done : console.failure(done.error());
}

} // namespace fieldfare::app
