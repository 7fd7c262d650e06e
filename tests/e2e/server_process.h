// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>

#include <memory>

namespace fieldfare::tests {

inline const QString kServerPassphrase = QStringLiteral("velvet-harbour-cinnamon-41-lantern");
inline const QString kAdminPassword = QStringLiteral("walnut-orbit-pelican-29-satchel");
inline constexpr int kPatienceMs = 60'000; ///< A slow machine; nothing waits this long when all is well.

/// What a run of fieldfare-server said.
struct ServerRun {
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
    /// The object of the error: the last line.
    [[nodiscard]] QJsonObject error() const { return QJsonDocument::fromJson(errors.trimmed().split('\n').last()).object(); }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output.split('\n').value(0)).object(); }
};

/// A data folder and the real fieldfare-server program over it.
class ServerProcess {
public:
    explicit ServerProcess(QString data) : m_data(std::move(data)) {}
    ~ServerProcess() { kill(); }

    void setPassphrase(const QString &passphrase) { m_passphrase = passphrase; }

    [[nodiscard]] static QString program() { return qEnvironmentVariable("FIELDFARE_BIN") + QStringLiteral("/fieldfare-server"); }

    /// Runs a command to its end; --data and --json are added.
    ServerRun run(const QStringList &arguments, const QString &password = kAdminPassword) const
    {
        QProcess process;
        process.setProcessEnvironment(environment(password));
        process.start(program(), arguments + QStringList{QStringLiteral("--data"), m_data, QStringLiteral("--json")});
        ServerRun run;
        if (!process.waitForFinished(kPatienceMs))
            return run;
        run.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        run.output = process.readAllStandardOutput();
        run.errors = process.readAllStandardError();
        return run;
    }
    ServerRun init() const { return run({QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("admin")}); }

    /// Starts `serve` and waits for its line; empty when it ended instead.
    QString serve(const QStringList &more = {})
    {
        m_server = std::make_unique<QProcess>();
        m_server->setProcessEnvironment(environment(QString()));
        m_server->start(program(), QStringList{QStringLiteral("serve"), QStringLiteral("--data"), m_data, QStringLiteral("--listen"),
                                               QStringLiteral("127.0.0.1:0")} + more);
        QByteArray line;
        while (!line.endsWith('\n') && m_server->state() != QProcess::NotRunning) {
            if (!m_server->waitForReadyRead(kPatienceMs))
                break;
            line += m_server->readAllStandardOutput();
        }
        const QByteArray word("listening ");
        return line.startsWith(word) ? QString::fromLatin1(line.mid(word.size()).trimmed()) : QString();
    }
    /// SIGTERM; the exit code.
    int terminate()
    {
        m_server->terminate();
        return end();
    }
    void kill()
    {
        if (m_server && m_server->state() != QProcess::NotRunning) {
            m_server->kill();
            m_server->waitForFinished(kPatienceMs);
        }
    }
    [[nodiscard]] QByteArray log() { return m_server->readAllStandardError(); }
    [[nodiscard]] int end()
    {
        if (m_server->state() != QProcess::NotRunning && !m_server->waitForFinished(kPatienceMs))
            return -1;
        return m_server->exitStatus() == QProcess::NormalExit ? m_server->exitCode() : -1;
    }

private:
    [[nodiscard]] QProcessEnvironment environment(const QString &password) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("FIELDFARE_PASSPHRASE"));
        if (!m_passphrase.isNull())
            environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), m_passphrase);
        environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), password);
        return environment;
    }

    QString m_data;
    QString m_passphrase = kServerPassphrase;
    std::unique_ptr<QProcess> m_server;
};

} // namespace fieldfare::tests
