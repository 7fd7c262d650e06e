// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// vfs-overhead: the same four workloads on a plain file, on the encrypted one, and through SQLCipher where it is installed; CPU
// seconds.
#include "app/bench/bench.h"
#include "core/base/random.h"
#include "core/storage/connection.h"
#include "core/storage/data_key.h"
#include "tests/bench/raw_workloads.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <map>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kRounds = 5;

enum Peer : size_t { Plain, Encrypted, SqlCipher, kPeers };

Result<std::vector<WorkloadTime>> runOurs(const QString &path, const std::shared_ptr<const storage::DataKey> &key, std::int64_t rows)
{
    std::unique_ptr<storage::Connection> connection;
    std::optional<Error> refused;
    const RawPeer peer{[&](int cacheKiB) -> sqlite3 * {
                           storage::OpenOptions options;
                           options.path = path;
                           options.key = key;
                           options.createIfMissing = true;
                           options.cacheKiB = cacheKiB;
                           auto opened = storage::Connection::open(options);
                           if (!opened.ok()) {
                               refused = opened.error();
                               return nullptr;
                           }
                           connection = std::move(opened).value();
                           return connection->handle();
                       },
                       [&](sqlite3 *) { connection.reset(); }};
    std::vector<WorkloadTime> times = runRawWorkloads(peer, rows);
    if (times.empty())
        return refused ? *refused : Error{ErrorCode::Internal, QStringLiteral("a workload failed")};
    return times;
}

QString sqlCipherProgram()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/fieldfare-bench-sqlcipher");
}

Result<std::vector<WorkloadTime>> runSqlCipher(const QString &path, std::int64_t rows)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(sqlCipherProgram(), {path, QString::number(rows)});
    process.waitForFinished(-1);
    std::vector<WorkloadTime> times;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0)
            times.push_back({line.mid(blank + 1).toStdString(), line.left(blank).toDouble()});
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0 || times.empty())
        return {ErrorCode::Internal, QStringLiteral("fieldfare-bench-sqlcipher failed")};
    return times;
}

} // namespace

Result<QList<Line>> vfsOverhead(const Options &options)
{
    base::SystemRandom random;
    const auto key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(random));
    const bool hasSqlCipher = QFileInfo::exists(sqlCipherProgram());
    std::map<std::string, std::array<double, kPeers>> least; // 0: not run
    for (int round = 0; round < kRounds; ++round) {
        const QTemporaryDir folder;
        for (size_t turn = 0; turn < kPeers; ++turn) { // another one goes first in each round
            const size_t peer = (turn + size_t(round)) % kPeers;
            if (peer == SqlCipher && !hasSqlCipher)
                continue;
            const QString path = folder.filePath(QStringLiteral("%1.db").arg(peer));
            FIELDFARE_ASSIGN(const auto times, peer == SqlCipher ? runSqlCipher(path, options.rows)
                                                                 : runOurs(path, peer == Encrypted ? key : nullptr, options.rows));
            for (const WorkloadTime &time : times) {
                double &slot = least[time.name][peer];
                slot = slot == 0 ? time.cpuSeconds : std::min(slot, time.cpuSeconds);
            }
        }
    }
    QList<Line> lines;
    Line worst{QStringLiteral("vfs-overhead"), 0, QStringLiteral("CPU s"), 1, options.rows};
    for (const auto &[name, cpu] : least) {
        const QString bench = QStringLiteral("vfs-overhead/") + QString::fromStdString(name);
        lines.append({bench, cpu[Encrypted], QStringLiteral("CPU s"), cpu[Plain], options.rows});
        if (hasSqlCipher)
            lines.append({bench + QStringLiteral(", SQLCipher"), cpu[SqlCipher], QStringLiteral("CPU s"), cpu[Plain], options.rows});
        if (worst.value == 0 || cpu[Encrypted] / cpu[Plain] > worst.value / *worst.baseline) {
            worst.value = cpu[Encrypted];
            worst.baseline = cpu[Plain];
        }
    }
    lines.prepend(worst);
    return lines;
}

} // namespace fieldfare::bench
