// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/postgres_server.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <libpq-fe.h>

#include <csignal>
#include <memory>
#include <unistd.h>

namespace fieldfare::testlib {

namespace {

constexpr int kPatienceMs = 60'000;

/// Where Debian keeps the programs of a server: they are in nobody's PATH.
QString folderOfPrograms()
{
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    for (const QString &version : versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        const QString programs = versions.filePath(version) + QStringLiteral("/bin");
        if (QFile::exists(programs + QStringLiteral("/initdb")))
            return programs;
    }
    return {};
}

QString run(QProcess &process)
{
    process.start();
    if (!process.waitForFinished(kPatienceMs))
        return process.program() + QStringLiteral(" did not end: ") + process.errorString();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    return process.program() + QStringLiteral(": ") + QString::fromUtf8(process.readAllStandardError());
}

} // namespace

PostgresServer::~PostgresServer()
{
    stop();
}

PostgresServer &PostgresServer::ofThisProgram()
{
    static PostgresServer server;
    static const QString wrong = server.start();
    if (!wrong.isEmpty())
        qFatal("PostgreSQL: %s", qPrintable(wrong));
    return server;
}

QProcess &PostgresServer::prepared(QProcess &process, const QString &program, const QStringList &words) const
{
    // It ends with the test, also where that crashes.
    QStringList before{QStringLiteral("--pdeathsig=INT")};
    if (geteuid() == 0)
        before += {QStringLiteral("--reuid=postgres"), QStringLiteral("--regid=postgres"), QStringLiteral("--clear-groups")};
    process.setProgram(QStringLiteral("setpriv"));
    process.setArguments(before + QStringList{m_programs + QLatin1Char('/') + program} + words);
    process.setWorkingDirectory(m_folder.path()); // its user must be able to be there
    return process;
}

QString PostgresServer::makeCluster()
{
    m_programs = folderOfPrograms();
    if (m_programs.isEmpty())
        return QStringLiteral("PostgreSQL is not installed (Debian: postgresql)");
    if (geteuid() == 0) {
        QProcess give;
        give.setProgram(QStringLiteral("chown"));
        give.setArguments({QStringLiteral("postgres:postgres"), m_folder.path()});
        if (const QString wrong = run(give); !wrong.isEmpty())
            return wrong;
    }
    QProcess make;
    return run(prepared(make, QStringLiteral("initdb"),
                        {QStringLiteral("--pgdata=") + m_folder.filePath(QStringLiteral("data")), QStringLiteral("--username=fieldfare"),
                         QStringLiteral("--auth=trust"), QStringLiteral("--encoding=UTF8"), QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")}));
}

QString PostgresServer::start()
{
    if (m_programs.isEmpty()) {
        if (const QString wrong = makeCluster(); !wrong.isEmpty())
            return wrong;
    }
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    prepared(m_server, QStringLiteral("postgres"),
             {QStringLiteral("-D"), m_folder.filePath(QStringLiteral("data")), QStringLiteral("-k"), m_folder.path(), QStringLiteral("-c"),
              QStringLiteral("listen_addresses="), QStringLiteral("-c"), QStringLiteral("max_connections=200"), QStringLiteral("-c"), QStringLiteral("fsync=off"),
              QStringLiteral("-c"), QStringLiteral("logging_collector=off")})
        .start();
    QByteArray log;
    while (!log.contains("ready to accept connections")) {
        if (!m_server.waitForReadyRead(kPatienceMs))
            return QStringLiteral("the server does not start: ") + QString::fromUtf8(log);
        log += m_server.readAll();
    }
    // Nobody reads its log from here on; a full pipe would stop it.
    m_server.closeReadChannel(QProcess::StandardOutput);
    return {};
}

void PostgresServer::end(int signal)
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(m_server.processId()), signal);
    if (!m_server.waitForFinished(kPatienceMs)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

void PostgresServer::crash()
{
    end(SIGQUIT);
}

void PostgresServer::stop()
{
    end(SIGINT);
}

QString PostgresServer::newDatabase()
{
    const QString name = QStringLiteral("company%1").arg(++m_databases);
    static_cast<void>(query(QStringLiteral("postgres"), QStringLiteral("CREATE DATABASE %1").arg(name)));
    return name;
}

QString PostgresServer::url(const QString &database) const
{
    return QStringLiteral("postgres://fieldfare@/%1?host=%2").arg(database, QString::fromLatin1(QUrl::toPercentEncoding(m_folder.path())));
}

QString PostgresServer::query(const QString &database, const QString &sql) const
{
    const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(PQconnectdb(url(database).toUtf8().constData()), &PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(PQexec(connection.get(), sql.toUtf8().constData()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        qFatal("%s: %s", qPrintable(sql), PQerrorMessage(connection.get()));
    return PQntuples(result.get()) > 0 ? QString::fromUtf8(PQgetvalue(result.get(), 0, 0)) : QString();
}

int PostgresServer::terminateBackends(const QString &database) const
{
    return query(database, QStringLiteral("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname=current_database() AND pid<>pg_backend_pid()"))
        .toInt();
}

} // namespace fieldfare::testlib
