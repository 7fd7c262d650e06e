// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_call.h"
#include "app/server/quarantine_commands.h"
#include "app/server/user_commands.h"

namespace fieldfare::app {

using base::Result;

namespace {

/// What somebody wrote must neither move the cursor nor look like another line: an administrator decides by what he sees.
QString shown(QString text)
{
    constexpr int kLongest = 200;
    for (QChar &character : text) {
        const QChar::Category category = character.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Separator_Line || category == QChar::Separator_Paragraph)
            character = QLatin1Char(' ');
    }
    return text.size() > kLongest ? text.left(kLongest) + QChar(0x2026) : text;
}

QString textOf(const QJsonObject &line, const char *name)
{
    const QJsonValue value = line.value(QString::fromLatin1(name));
    return value.isDouble() ? QString::number(value.toInteger()) : shown(value.toString());
}

/// "phone: 030 1 -> 030 2 (now 030 3)".
QString changeText(const QJsonObject &line)
{
    const QJsonObject fields = line.value(QStringLiteral("fields")).toObject();
    const QJsonObject before = line.value(QStringLiteral("before")).toObject();
    const QJsonObject standing = line.value(QStringLiteral("standing")).toObject();
    QStringList texts;
    for (auto it = fields.begin(); it != fields.end(); ++it) {
        QString text = it.key() + QStringLiteral(": ");
        if (before.contains(it.key()))
            text += QStringLiteral("%1 -> ").arg(shown(before.value(it.key()).toString()));
        text += shown(it.value().toString());
        if (standing.contains(it.key()) && standing.value(it.key()) != before.value(it.key()))
            text += QStringLiteral(" (now %1)").arg(shown(standing.value(it.key()).toString()));
        texts.append(text);
    }
    return texts.join(QStringLiteral(", "));
}

QString sentence(const QString &command, const QJsonObject &line)
{
    if (command == QLatin1StringView("list")) {
        const bool complete = line.value(QStringLiteral("complete")).toBool();
        return QStringLiteral("%1  %2  %3  %4%5  %6 waiting, %7 refused%8%9")
            .arg(textOf(line, "id"), textOf(line, "user"), textOf(line, "device"), textOf(line, "handed_in_at"),
                 complete ? QString() : QStringLiteral(" (more may come)"), textOf(line, "waiting"), textOf(line, "refused"),
                 line.value(QStringLiteral("disabled")).toBool() ? QString() : QStringLiteral("  account enabled"),
                 line.value(QStringLiteral("revoked")).toBool() ? QStringLiteral("  device revoked") : QString());
    }
    if (command == QLatin1StringView("show")) {
        const bool isErased = line.value(QStringLiteral("erased")).toBool();
        return QStringLiteral("%1  %2  %3 %4 %5  %6  %7 %8")
            .arg(textOf(line, "n"), textOf(line, "edited_at"), textOf(line, "kind"), textOf(line, "entity"), textOf(line, "title"),
                 isErased ? QStringLiteral("the record was erased") : changeText(line), textOf(line, "state"), textOf(line, "reason"));
    }
    const bool isRefused = line.value(QStringLiteral("refused")).toInt() > 0;
    return QStringLiteral("%1 decided: %2 accepted (%3 in conflict), %4 refused%5")
        .arg(textOf(line, "decided"), textOf(line, "accepted"), textOf(line, "conflicts"), textOf(line, "refused"),
             isRefused ? QStringLiteral("; quarantine show lists these for 90 days") : QString());
}

} // namespace

int runQuarantine(const QuarantineOptions &options, const Console &console)
{
    const QuarantineCommand command{options.command, options.id, {options.except.begin(), options.except.end()}, options.upTo};
    const auto answer = adminCall(options, toJson(command), [&](StoreSession &session) {
        return runQuarantineCommand(*session.storage, session.merger.get(), &session.accounts->audit(), *session.database->catalog(), command);
    });
    const auto lines = answer.ok() ? listFromJson(*answer, QStringLiteral("lines")) : Result<QJsonArray>(answer.error());
    if (!lines.ok())
        return console.failure(lines.error());
    for (const QJsonValue &line : *lines)
        console.result(sentence(options.command, line.toObject()), line.toObject());
    if (lines->isEmpty())
        console.message(QStringLiteral("Nothing is in the quarantine."));
    return Done;
}

} // namespace fieldfare::app
