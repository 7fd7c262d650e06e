// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace fieldfare::bench {

/// A real server process on loopback and real command-line devices, in a temporary folder. The programs stand beside this one.
class CompanyProcesses {
public:
    static base::Result<std::unique_ptr<CompanyProcesses>> start();
    /// Without a server: devices that stand alone.
    static std::unique_ptr<CompanyProcesses> alone();
    ~CompanyProcesses();

    /// A new device of the one user, downloaded. Seconds of the whole process.
    base::Result<double> enrol(const QString &device, QByteArray *output = nullptr);
    /// Runs fieldfare-cli on the device. Seconds of the whole process; its standard output in *output.
    base::Result<double> run(const QString &device, const QStringList &arguments, QByteArray *output = nullptr);
    /// Starts fieldfare-cli on the device and does not wait; the caller owns the process.
    std::unique_ptr<QProcess> begin(const QString &device, const QStringList &arguments);
    /// The human numbers of that many customers of the device.
    base::Result<QList<QByteArray>> customerNumbers(const QString &device, int count);
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString url() const { return m_url; }
    /// Of every profile here.
    [[nodiscard]] static QByteArray passphrase();
    /// Peak resident bytes of the last run() or enrol(); 0 where the system does not tell.
    [[nodiscard]] std::int64_t lastPeakBytes() const { return m_lastPeakBytes; }
    /// CPU seconds of the last run() or enrol(), and of the server since it was last asked for them; 0 where the system does not tell.
    [[nodiscard]] double lastCpuSeconds() const { return m_lastCpuSeconds; }
    double takeServerCpuSeconds();

private:
    CompanyProcesses() = default;
    base::Result<double> runProgram(const QString &program, const QStringList &arguments, QByteArray *output);

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_url;
    std::int64_t m_lastPeakBytes = 0;
    double m_lastCpuSeconds = 0;
    double m_serverCpuSeconds = 0;
};

} // namespace fieldfare::bench
