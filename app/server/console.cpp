// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/console.h"

#include "core/base/error_words.h"

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

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

void Console::result(const QString &sentence, const QJsonObject &object) const
{
    print(stdout, m_json ? line(object) : sentence.toUtf8());
}

void Console::message(const QString &text) const
{
    print(stderr, m_json ? line({{QStringLiteral("note"), text}}) : text.toUtf8());
}

int Console::wrongUsage(const QString &why, const QString &usage) const
{
    if (m_json) {
        QJsonObject object = base::errorJson({ErrorCode::InvalidArgument, why}, base::Occasion::Administering);
        object[QStringLiteral("message")] = why;
        object[QStringLiteral("advice")] = QStringLiteral("fieldfare-server COMMAND --help tells how it is written.");
        print(stderr, line(object));
    } else {
        print(stderr, QStringLiteral("fieldfare-server: %1\n\n%2").arg(why, usage).toUtf8());
    }
    return WrongUsage;
}

int Console::failure(const base::Error &error) const
{
    constexpr base::Occasion kHere = base::Occasion::Administering;
    const QString text = QStringLiteral("fieldfare-server: %1 [%2]").arg(base::errorText(error, kHere), base::errorCodeName(error.code));
    print(stderr, m_json ? line(base::errorJson(error, kHere)) : text.toUtf8());
    return Failed;
}

} // namespace fieldfare::app
