// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/company_processes.h"

#include "app/bench/process_memory.h"
#include "app/bench/stopwatch.h"
#include "core/base/platform.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcessEnvironment>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kLongestRunMs = 900'000;

QProcessEnvironment environment()
{
    QProcessEnvironment values = QProcessEnvironment::systemEnvironment();
    values.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CompanyProcesses::passphrase()));
    values.insert(QStringLiteral("FIELDFARE_PASSWORD"), QStringLiteral("walnut-orbit-pelican-29-satchel"));
    return values;
}

QString program(const char *name)
{
    return QCoreApplication::applicationDirPath() + QLatin1Char('/') + QString::fromLatin1(name);
}

/// User and system CPU seconds of a running process; Linux only.
double cpuSecondsOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' '); // from field 3 on
    constexpr double kTicksASecond = 100; // USER_HZ, as /proc has it everywhere
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) / kTicksASecond;
}

} // namespace

QByteArray CompanyProcesses::passphrase()
{
    return QByteArrayLiteral("velvet-harbour-cinnamon-41-lantern"); // of a temporary folder that goes with this process
}

std::unique_ptr<CompanyProcesses> CompanyProcesses::alone()
{
    return std::unique_ptr<CompanyProcesses>(new CompanyProcesses);
}

Result<std::unique_ptr<CompanyProcesses>> CompanyProcesses::start()
{
    std::unique_ptr<CompanyProcesses> company(new CompanyProcesses);
    const QString data = company->path(QStringLiteral("server"));
    QByteArray output;
    FIELDFARE_TRY(company->runProgram(program("fieldfare-server"), {QStringLiteral("init"), QStringLiteral("--data"), data, QStringLiteral("--admin"), QStringLiteral("admin")}, &output));
    QProcess &server = company->m_server;
    server.setProcessEnvironment(environment());
    server.setStandardErrorFile(company->path(QStringLiteral("server.log")));
    server.start(program("fieldfare-server"), {QStringLiteral("serve"), QStringLiteral("--data"), data, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    static const QByteArray ready("listening ");
    QByteArray said;
    while (!said.contains('\n')) {
        if (!server.waitForReadyRead(30'000))
            return Error{ErrorCode::ServerFailed, QStringLiteral("the server did not start")};
        said += server.readAllStandardOutput();
    }
    company->m_url = QString::fromLatin1(said.mid(said.indexOf(ready) + ready.size()).split('\n').first().trimmed());
    return company;
}

CompanyProcesses::~CompanyProcesses()
{
    if (m_server.state() != QProcess::NotRunning) {
        m_server.terminate();
        if (!m_server.waitForFinished(10'000))
            m_server.kill();
    }
}

Result<double> CompanyProcesses::enrol(const QString &device, QByteArray *output)
{
    return run(device, {QStringLiteral("init"), QStringLiteral("--server"), m_url, QStringLiteral("--user"), QStringLiteral("admin"),
                        QStringLiteral("--ca"), path(QStringLiteral("server/ca.crt")), QStringLiteral("--json")}, output);
}

std::unique_ptr<QProcess> CompanyProcesses::begin(const QString &device, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment());
    process->start(program("fieldfare-cli"), QStringList{QStringLiteral("--profile"), path(device)} + arguments);
    return process;
}

Result<QList<QByteArray>> CompanyProcesses::customerNumbers(const QString &device, int count)
{
    const QString name = path(QStringLiteral("numbers.csv"));
    FIELDFARE_TRY(run(device, {QStringLiteral("export"), QStringLiteral("customer"), name, QStringLiteral("--fields"), QStringLiteral("number")}));
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, file.errorString(), {name}};
    const qsizetype column = file.readLine().trimmed().split(',').indexOf("number");
    if (column < 0)
        return {ErrorCode::Internal, QStringLiteral("the export has no numbers")};
    QList<QByteArray> numbers;
    while (numbers.size() < count && !file.atEnd())
        numbers.append(file.readLine().trimmed().split(',').value(column));
    return numbers;
}

double CompanyProcesses::takeServerCpuSeconds()
{
    const double now = cpuSecondsOf(m_server.processId());
    return now - std::exchange(m_serverCpuSeconds, now);
}

Result<double> CompanyProcesses::run(const QString &device, const QStringList &arguments, QByteArray *output)
{
    return runProgram(program("fieldfare-cli"), QStringList{QStringLiteral("--profile"), path(device)} + arguments, output);
}

Result<double> CompanyProcesses::runProgram(const QString &name, const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    const double cpuBefore = base::platform::childCpuSeconds();
    const Stopwatch watch;
    process.start(name, arguments);
    m_lastPeakBytes = 0;
    while (process.state() != QProcess::NotRunning && !process.waitForFinished(50)) {
        m_lastPeakBytes = std::max(m_lastPeakBytes, processBytes(process.processId(), "VmHWM"));
        if (watch.seconds() * 1000 > kLongestRunMs) {
            process.kill();
            process.waitForFinished();
        }
    }
    const double seconds = watch.seconds();
    m_lastCpuSeconds = base::platform::childCpuSeconds() - cpuBefore;
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return Error{ErrorCode::Internal, QStringLiteral("%1 %2: %3").arg(name, arguments.join(QLatin1Char(' ')), QString::fromUtf8(process.readAllStandardError().right(500)))};
    if (output != nullptr)
        *output = process.readAllStandardOutput();
    return seconds;
}

} // namespace fieldfare::bench
