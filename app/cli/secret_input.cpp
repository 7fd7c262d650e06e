// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/secret_input.h"

#include "core/base/platform.h"
#include "core/storage/passphrase.h"

#include <QFile>
#include <QTextStream>

#include <cstdio>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

QString askOnce(const QString &prompt)
{
    base::platform::setTerminalEcho(false); // before anybody is asked: what is typed earlier is dropped
    QTextStream terminal(stderr);
    terminal << prompt << ": " << Qt::flush;
    QTextStream input(stdin);
    const QString line = input.readLine();
    base::platform::setTerminalEcho(true);
    terminal << Qt::endl;
    return line;
}

} // namespace

Result<QString> readSecret(const SecretSources &sources, bool *fromFile)
{
    if (fromFile != nullptr)
        *fromFile = !sources.file.isEmpty();
    if (!sources.file.isEmpty()) {
        QFile file(sources.file);
        if (!file.open(QIODevice::ReadOnly))
            return {ErrorCode::Io, file.errorString(), {sources.file}};
        QByteArray line = file.readLine(64 * 1024);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        return QString::fromUtf8(line);
    }
    if (sources.variable != nullptr && qEnvironmentVariableIsSet(sources.variable)) {
        const QString text = qEnvironmentVariable(sources.variable);
        qunsetenv(sources.variable);
        return text;
    }
    if (!base::platform::standardInputIsTerminal())
        return {ErrorCode::InvalidArgument, QStringLiteral("no %1: set %2, or use a secret file").arg(sources.prompt.toLower(), QString::fromLatin1(sources.variable != nullptr ? sources.variable : "it"))};
    const QString text = askOnce(sources.prompt);
    if (sources.isAskedTwice && askOnce(sources.prompt + QStringLiteral(" again")) != text)
        return {ErrorCode::InvalidArgument, QStringLiteral("the two differ")};
    return text;
}

Result<base::Secret> readNewPassphrase(const SecretSources &sources)
{
    bool fromFile = false;
    FIELDFARE_ASSIGN(const QString text, readSecret(sources, &fromFile));
    if (!fromFile)
        FIELDFARE_TRY(storage::requireStrongPassphrase(text));
    if (text.isEmpty())
        return {ErrorCode::WeakPassphrase, QStringLiteral("the passphrase is empty")};
    return storage::passphraseBytes(text);
}

} // namespace fieldfare::app
