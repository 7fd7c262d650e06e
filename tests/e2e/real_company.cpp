// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTcpServer>

namespace fieldfare::testing {

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("nothing there");
}

QString wrongOf(const Said &said, const QString &what)
{
    if (said.exitCode == 0)
        return {};
    return QStringLiteral("%1 ended with %2: %3 %4").arg(what).arg(said.exitCode).arg(QString::fromUtf8(said.err), QString::fromUtf8(said.out));
}

RealCompany::RealCompany(const QString &dataName)
    : m_data(QDir(m_folder.path()).absoluteFilePath(dataName)), m_environment(QProcessEnvironment::systemEnvironment())
{
    m_environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    m_environment.remove(QStringLiteral("LANGUAGE"));
}

RealCompany::~RealCompany()
{
    kill();
}

void RealCompany::setEnvironment(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

Said RealCompany::server(const QStringList &arguments) const
{
    QProcessEnvironment environment = m_environment;
    environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kServerPassphrase));
    environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), QString::fromLatin1(kUserPassword));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(CliRunner::program(QStringLiteral("fieldfare-server")), arguments + QStringList{QStringLiteral("--data"), m_data, QStringLiteral("--json")});
    process.closeWriteChannel();
    return CliRunner::finished(process);
}

QString RealCompany::begin(const QStringList &users, quint16 port)
{
    const QString made = wrongOf(server(QStringList{QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("admin")} + m_initWords), QStringLiteral("init"));
    if (!made.isEmpty())
        return made;
    QString wrong = takePort(port);
    if (wrong.isEmpty())
        wrong = start();
    for (const QString &user : users) {
        if (wrong.isEmpty())
            wrong = wrongOf(server({QStringLiteral("user"), QStringLiteral("add"), user, QStringLiteral("--team"), QStringLiteral("Central")}), QStringLiteral("user add"));
    }
    return wrong;
}

QString RealCompany::takePort(quint16 port)
{
    m_port = port;
    QTcpServer probe;
    if (port == 0 && !probe.listen(QHostAddress::LocalHost))
        return probe.errorString();
    if (port == 0)
        m_port = probe.serverPort();
    return {};
}

QString RealCompany::join(const RealCompany &first)
{
    QDir().mkpath(m_data);
    const QDir from(first.data());
    for (const QString &name : from.entryList(QDir::Files)) { // no sockets
        if (name != QLatin1String("lock") && !QFile::copy(from.filePath(name), QDir(m_data).filePath(name)))
            return QStringLiteral("copying ") + name;
    }
    const QString wrong = takePort(0);
    return wrong.isEmpty() ? start() : wrong;
}

QString RealCompany::start()
{
    QProcessEnvironment environment = m_environment;
    environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(kServerPassphrase));
    m_server.setProcessEnvironment(environment);
    m_server.setWorkingDirectory(m_folder.path());
    m_server.setStandardErrorFile(m_folder.filePath(QStringLiteral("server.log")), QIODevice::Append);
    const QStringList command = m_prefix
        + QStringList{CliRunner::program(QStringLiteral("fieldfare-server")), QStringLiteral("serve"), QStringLiteral("--data"), m_data,
                      QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port)};
    m_server.start(command.first(), command.mid(1) + m_serveWords);
    QByteArray said;
    while (!said.contains("listening https://")) {
        if (!m_server.waitForReadyRead(kPatienceMs))
            return QStringLiteral("the server did not start: ") + QString::fromUtf8(serverLog().right(2000));
        said += m_server.readAllStandardOutput();
    }
    return {};
}

QString RealCompany::stop()
{
    m_server.terminate();
    if (!m_server.waitForFinished(kPatienceMs))
        return QStringLiteral("the server did not stop");
    return m_server.exitStatus() == QProcess::NormalExit && m_server.exitCode() == 0 ? QString() : QStringLiteral("the server ended with %1").arg(m_server.exitCode());
}

void RealCompany::kill()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    m_server.kill();
    m_server.waitForFinished(kPatienceMs);
}

CliRunner RealCompany::device(const QString &name) const
{
    CliRunner runner(m_folder.path(), name);
    for (const QString &key : m_environment.keys())
        runner.setEnvironment(key, m_environment.value(key));
    runner.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CliRunner::kPassphrase));
    runner.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), QString::fromLatin1(kUserPassword));
    return runner;
}

QStringList RealCompany::enrolWords(const QString &user, quint16 port) const
{
    return {QStringLiteral("init"), QStringLiteral("--server"), QStringLiteral("https://127.0.0.1:%1").arg(port), QStringLiteral("--user"), user,
            QStringLiteral("--ca"), m_data + QStringLiteral("/ca.crt")};
}

QString RealCompany::enrol(const QString &name, const QString &user) const
{
    const QString wrong = wrongOf(device(name).run(enrolWords(user)), QStringLiteral("enrolment of ") + name);
    return wrong.isEmpty() ? quicken(name) : wrong;
}

QString RealCompany::quicken(const QString &name) const
{
    storage::KeyFile file(device(name).profile() + QStringLiteral("/fieldfare.key"));
    const base::Secret passphrase = storage::passphraseBytes(QString::fromLatin1(CliRunner::kPassphrase));
    const auto key = file.unlock(passphrase);
    if (!key.ok())
        return key.error().detail;
    const auto stored = file.store(*key, passphrase, {.logN = 14});
    return stored.ok() ? QString() : stored.error().detail;
}

QByteArray RealCompany::serverLog() const
{
    return contentOf(m_folder.filePath(QStringLiteral("server.log")));
}

QString RealCompany::agree(const QStringList &devices) const
{
    QList<QByteArray> first;
    for (const QString &name : devices) {
        const CliRunner runner = device(name);
        const Said check = runner.run(words("check"));
        if (check.exitCode != 0 || check.text("server") != QLatin1String("equal"))
            return QStringLiteral("check of %1: %2 %3").arg(name, QString::fromUtf8(check.out), QString::fromUtf8(check.err));
        QList<QByteArray> content;
        for (const char *entity : {"customer", "deal"}) {
            const QString file = runner.path(QStringLiteral("agree-%1.csv").arg(name));
            const QString wrong = wrongOf(runner.run({QStringLiteral("export"), QString::fromLatin1(entity), file}), QStringLiteral("export"));
            if (!wrong.isEmpty())
                return wrong;
            content.append(contentOf(file));
        }
        content.append(QByteArray::number(runner.run(words("conflicts list --all")).lines.size()));
        if (first.isEmpty())
            first = content;
        if (content != first)
            return QStringLiteral("%1 and %2 show different records").arg(devices.first(), name);
    }
    return {};
}

} // namespace fieldfare::testing
