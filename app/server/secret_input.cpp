// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/secret_input.h"

#include "core/base/platform.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <iostream>
#include <string>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

Result<QString> firstLine(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, QStringLiteral("cannot read the secret"), {path}};
    QByteArray line = file.readLine(64 * 1024);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    if (line.isEmpty())
        return {ErrorCode::InvalidArgument, QStringLiteral("%1 holds an empty line").arg(path), {path}};
    return QString::fromUtf8(line);
}

Result<QString> ask(const QString &prompt, bool isSecret = true)
{
    if (!base::platform::standardInputIsTerminal())
        return {ErrorCode::InvalidArgument, QStringLiteral("%1 is not given and there is no terminal to ask").arg(prompt)};
    if (isSecret)
        base::platform::setTerminalEcho(false); // before anybody is asked: what is typed earlier is dropped
    std::fprintf(stderr, "%s: ", qPrintable(prompt));
    std::fflush(stderr);
    std::string line;
    const bool read = bool(std::getline(std::cin, line));
    if (isSecret) {
        base::platform::setTerminalEcho(true);
        std::fputc('\n', stderr);
    }
    if (!read || line.empty())
        return {ErrorCode::Cancelled, QStringLiteral("nothing was typed")};
    return QString::fromStdString(line);
}

Result<QString> askTwice(const QString &prompt)
{
    FIELDFARE_ASSIGN(const QString first, ask(prompt));
    FIELDFARE_ASSIGN(const QString second, ask(prompt + QStringLiteral(" again")));
    if (first != second)
        return {ErrorCode::InvalidArgument, QStringLiteral("the two differ")};
    return first;
}

} // namespace

Result<QString> readSecretFile(const QString &path, const QString &dataFolder)
{
    const QFileInfo info(path);
    if (!info.isFile())
        return {ErrorCode::NotFound, QStringLiteral("no such secret file"), {path}};
    const QString real = info.canonicalFilePath();
    const QString folder = QFileInfo(dataFolder).canonicalFilePath();
    if (!folder.isEmpty() && (real + QLatin1Char('/')).startsWith(folder + QLatin1Char('/')))
        return {ErrorCode::PermissionDenied, QStringLiteral("the secret file lies inside the data folder"), {path}};
#ifndef Q_OS_WIN // access lists of Windows are not looked at
    constexpr QFile::Permissions kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if ((info.permissions() & kOthers) != 0)
        return {ErrorCode::PermissionDenied, QStringLiteral("others may read the secret file; make it 0600"), {path}};
#endif
    return firstLine(path);
}

Result<QString> readPassphrase(const QString &secretFile, const QString &dataFolder, bool isNew)
{
    if (!secretFile.isEmpty())
        return readSecretFile(secretFile, dataFolder);
    if (qEnvironmentVariableIsSet("FIELDFARE_PASSPHRASE"))
        return qEnvironmentVariable("FIELDFARE_PASSPHRASE");
    // systemd.exec(5), LoadCredential: a folder that only this service may read.
    const QString credentials = qEnvironmentVariable("CREDENTIALS_DIRECTORY");
    const QString credential = credentials + QStringLiteral("/fieldfare-passphrase");
    if (!credentials.isEmpty() && QFileInfo(credential).isFile())
        return firstLine(credential);
    const QString prompt = QStringLiteral("Passphrase of the server's data");
    return isNew ? askTwice(prompt) : ask(prompt);
}

Result<QString> readPassword(const QString &user)
{
    if (qEnvironmentVariableIsSet("FIELDFARE_PASSWORD"))
        return qEnvironmentVariable("FIELDFARE_PASSWORD");
    return askTwice(QStringLiteral("Password of %1").arg(user));
}

Result<QString> readRecoveryPassphrase(const QString &administrator, const QString &file, const QString &dataFolder, bool isNew, bool isOneOfSeveral)
{
    if (!file.isEmpty())
        return readSecretFile(file, dataFolder);
    if (!isOneOfSeveral && qEnvironmentVariableIsSet("FIELDFARE_RECOVERY_PASSPHRASE"))
        return qEnvironmentVariable("FIELDFARE_RECOVERY_PASSPHRASE");
    const QString prompt = QStringLiteral("Recovery passphrase of %1").arg(administrator);
    return isNew ? askTwice(prompt) : ask(prompt);
}

Result<QString> readLine(const QString &prompt)
{
    return ask(prompt, false);
}

} // namespace fieldfare::app
