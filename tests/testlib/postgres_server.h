// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace fieldfare::testlib {

/// A PostgreSQL server of the test's own, in a temporary folder: it listens on a socket in that folder only, so that no port can be
/// taken, and nobody else is let in. Root runs it as the user postgres, since PostgreSQL refuses root. Stopped at the end.
/// Functions that return a QString say what went wrong; empty: nothing.
class PostgresServer {
public:
    PostgresServer() = default;
    ~PostgresServer();
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    /// The program's one, started at the first call; qFatal() when that fails.
    [[nodiscard]] static PostgresServer &ofThisProgram();

    /// Makes the cluster at the first call, and returns once connections are accepted.
    [[nodiscard]] QString start();
    /// SIGQUIT: every backend ends at once, as in a crash; the next start() recovers.
    void crash();
    void stop();

    /// An empty database; its name.
    [[nodiscard]] QString newDatabase();
    /// For fieldfare-server and libpq; without a password, which the socket does not ask for.
    [[nodiscard]] QString url(const QString &database) const;
    /// Runs SQL; the first column of the first row.
    [[nodiscard]] QString query(const QString &database, const QString &sql) const;
    /// Ends every other connection to the database, as an administrator or a fail-over does; how many.
    int terminateBackends(const QString &database) const;

private:
    [[nodiscard]] QString makeCluster();
    [[nodiscard]] QProcess &prepared(QProcess &process, const QString &program, const QStringList &words) const;
    void end(int signal);

    QTemporaryDir m_folder;
    QString m_programs;
    QProcess m_server;
    int m_databases = 0;
};

} // namespace fieldfare::testlib
