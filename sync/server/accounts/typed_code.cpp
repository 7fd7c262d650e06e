// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/typed_code.h"

#include "sync/server/accounts/one_time_code.h"

#include <QStringList>

#include <algorithm>

namespace fieldfare::server {

namespace {

constexpr qsizetype kCodeBytes = 10;
constexpr qsizetype kGroup = 4;

} // namespace

QByteArray newTypedCode(base::RandomSource &random)
{
    return base32(random.bytes(kCodeBytes));
}

QString legibleCode(const QByteArray &letters)
{
    QStringList groups;
    for (qsizetype at = 0; at < letters.size(); at += kGroup)
        groups.append(QString::fromLatin1(letters.sliced(at, std::min(kGroup, letters.size() - at))));
    return groups.join(QLatin1Char('-'));
}

QByteArray typedLetters(const QString &code)
{
    QByteArray letters;
    for (const QChar letter : code.toUpper()) {
        if (letter == u'0')
            letters += 'O';
        else if (letter == u'1')
            letters += 'I';
        else if (letter == u'8')
            letters += 'B';
        else if (!letter.isSpace() && letter != u'-')
            letters += letter.toLatin1();
    }
    return letters;
}

} // namespace fieldfare::server
