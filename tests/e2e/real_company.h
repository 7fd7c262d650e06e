// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/e2e/cli_runner.h"

namespace fieldfare::testing {

/// A server and its devices as real programs, in a temporary folder. Functions that return a QString say what went wrong;
/// empty: nothing. Everything that still runs is killed at the end.
class RealCompany {
public:
    static constexpr const char *kUserPassword = "sales-password-88-heron";
    static constexpr const char *kServerPassphrase = "server-passphrase-19-birch";

    /// `dataName`: the server's folder within folder(), or an absolute path.
    explicit RealCompany(const QString &dataName = QStringLiteral("server"));
    ~RealCompany();

    /// Makes the server, starts it and adds the users.
    /// `port` 0: a free one.
    [[nodiscard]] QString begin(const QStringList &users = {QStringLiteral("anna"), QStringLiteral("bo")}, quint16 port = 0);
    /// Instead of begin(): another server over the database of one that has begun, with a copy of its folder (postgresql.md).
    [[nodiscard]] QString join(const RealCompany &first);
    /// `serve` on the same port each time; returns once it listens. Its log is appended to folder()/server.log.
    [[nodiscard]] QString start();
    /// SIGTERM.
    [[nodiscard]] QString stop();
    /// SIGKILL.
    void kill();
    [[nodiscard]] QProcess &process() { return m_server; }
    /// A fieldfare-server command, with --data and --json.
    [[nodiscard]] Said server(const QStringList &words) const;

    [[nodiscard]] CliRunner device(const QString &name) const;
    [[nodiscard]] QStringList enrolWords(const QString &user) const { return enrolWords(user, m_port); }
    [[nodiscard]] QStringList enrolWords(const QString &user, quint16 port) const;
    /// A device that is enrolled and downloaded, and is quicken()ed.
    [[nodiscard]] QString enrol(const QString &name, const QString &user) const;
    /// Lets the passphrase of a profile cost each program that opens it as little as a key file may ask for. For tests
    /// that are not about key files: most of what they take would be scrypt.
    [[nodiscard]] QString quicken(const QString &name) const;

    /// Sets a variable for the server and for the devices that are asked for from now on.
    void setEnvironment(const QString &name, const QString &value);
    [[nodiscard]] const QProcessEnvironment &environment() const { return m_environment; }
    /// Runs `serve` as the last words of another command, such as a shell that sets limits first.
    void setServePrefix(const QStringList &prefix) { m_prefix = prefix; }
    /// More words of `init`.
    void setInitWords(const QStringList &words) { m_initWords = words; }
    /// More words of `serve`, from its next start on.
    void setServeWords(const QStringList &words) { m_serveWords = words; }

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString data() const { return m_data; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QByteArray serverLog() const;

    /// After every device has synced: each says `check` ok and "equal", and all export the same customers, deals and conflicts.
    [[nodiscard]] QString agree(const QStringList &devices) const;

private:
    [[nodiscard]] QString takePort(quint16 port);

    QTemporaryDir m_folder;
    QString m_data;
    quint16 m_port = 0;
    QProcessEnvironment m_environment;
    QStringList m_prefix;
    QStringList m_initWords;
    QStringList m_serveWords;
    QProcess m_server;
};

/// The words of a line, split at blanks.
[[nodiscard]] QStringList words(const char *line);
/// Of a file; "nothing there" when it cannot be read.
[[nodiscard]] QByteArray contentOf(const QString &path);
/// Empty when the program ended with 0, else what it said.
[[nodiscard]] QString wrongOf(const Said &said, const QString &what);

} // namespace fieldfare::testing

/// In a test: fails with what the expression says is wrong; empty: nothing.
#define VERIFY_EMPTY(expression)                                                                                       \
    do {                                                                                                               \
        const QString wrong = (expression);                                                                            \
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));                                                                  \
    } while (false)
