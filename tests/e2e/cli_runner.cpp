// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cli_runner.h"

#include <QFile>
#include <QJsonDocument>

namespace fieldfare::testing {

namespace {

constexpr int kPatienceMs = 120'000;

} // namespace

QJsonObject Said::error() const
{
    return QJsonDocument::fromJson(err.trimmed().split('\n').last()).object();
}

CliRunner::CliRunner(const QString &folder, const QString &profile)
    : m_folder(folder), m_profile(folder + QLatin1Char('/') + profile), m_environment(QProcessEnvironment::systemEnvironment())
{
    m_environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kPassphrase));
    m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8")); // what programs say is in English
    m_environment.remove(QStringLiteral("LANGUAGE"));
}

void CliRunner::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

QString CliRunner::program(const QString &name)
{
    return qEnvironmentVariable("FIELDFARE_BIN") + QLatin1Char('/') + name;
}

Said CliRunner::finished(QProcess &process)
{
    Said said;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(kPatienceMs)) {
        process.kill();
        process.waitForFinished();
        said.err = "did not end";
        return said;
    }
    said.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    said.out = process.readAllStandardOutput();
    said.err = process.readAllStandardError();
    for (const QByteArray &line : said.out.split('\n')) {
        if (!line.isEmpty())
            said.lines.append(QJsonDocument::fromJson(line).object());
    }
    return said;
}

std::unique_ptr<QProcess> CliRunner::start(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setWorkingDirectory(m_folder);
    const QStringList command = m_prefix + QStringList{program(QStringLiteral("fieldfare-cli")), QStringLiteral("--profile"), m_profile} + words;
    process->start(command.first(), command.mid(1));
    return process;
}

Said CliRunner::run(const QStringList &words) const
{
    return runPlain(words + QStringList{QStringLiteral("--json")});
}

Said CliRunner::runPlain(const QStringList &words) const
{
    const auto process = start(words);
    process->closeWriteChannel();
    return finished(*process);
}

QString CliRunner::file(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    return path(name);
}

} // namespace fieldfare::testing
