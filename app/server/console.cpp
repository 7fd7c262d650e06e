// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/console.h"

#include <QJsonDocument>

#include <cstdio>

namespace fieldfare::app {

using base::ErrorCode;

namespace {

void print(std::FILE *stream, const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

/// What an administrator can do about it.
QString advice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::WrongPassphrase:
        return QStringLiteral("The passphrase is wrong. Nothing was changed.");
    case ErrorCode::WeakPassphrase:
        return QStringLiteral("The passphrase is too easy to guess. Take several unrelated words.");
    case ErrorCode::ProfileInUse:
        return QStringLiteral("Another program uses this data folder. Nothing was changed.");
    case ErrorCode::AlreadyExists:
        return QStringLiteral("It is there already. Nothing was changed.");
    case ErrorCode::KeyFileMissing:
        return QStringLiteral("The key file is missing. Put data.key back from a backup.");
    case ErrorCode::DiskFull:
        return QStringLiteral("The disk is full. What was confirmed before is kept.");
    default:
        return {};
    }
}

} // namespace

void Console::result(const QString &sentence, const QJsonObject &object) const
{
    print(stdout, m_json ? QJsonDocument(object).toJson(QJsonDocument::Compact) : sentence.toUtf8());
}

void Console::message(const QString &text) const
{
    print(stderr, text.toUtf8());
}

int Console::failure(const base::Error &error) const
{
    const QString hint = advice(error.code);
    QString text = QStringLiteral("fieldfare-server: ") + (hint.isEmpty() ? QString() : hint + QLatin1Char(' '))
        + QStringLiteral("[%1] %2").arg(base::errorCodeName(error.code), error.detail);
    if (!error.arguments.isEmpty())
        text += QStringLiteral(" (%1)").arg(error.arguments.join(QStringLiteral(", ")));
    message(text);
    if (m_json) {
        print(stdout, QJsonDocument(QJsonObject{{QStringLiteral("error"), base::errorCodeName(error.code)},
                                                {QStringLiteral("detail"), error.detail}})
                          .toJson(QJsonDocument::Compact));
    }
    return Failed;
}

} // namespace fieldfare::app
