// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// vfs-overhead: the same four workloads on a plain and on an encrypted file, CPU seconds.
#include "app/bench/bench.h"
#include "core/base/platform.h"
#include "core/base/random.h"
#include "core/storage/connection.h"
#include "core/storage/data_key.h"
#include "core/storage/transaction.h"
#include "tests/bench/raw_workloads.h"

#include <QTemporaryDir>

namespace fieldfare::bench {

using base::Result;

Result<QList<Line>> vfsOverhead(const Options &options)
{
    constexpr int kRounds = 5;
    base::SystemRandom random;
    const auto key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(random));
    std::map<QString, std::pair<double, double>> best; // workload -> encrypted, plain
    for (int round = 0; round < kRounds; ++round) {
        const QTemporaryDir folder;
        for (const bool encrypted : {round % 2 == 0, round % 2 != 0}) {
            RawWorkloads workloads(folder.filePath(encrypted ? QStringLiteral("e.db") : QStringLiteral("p.db")), encrypted ? key : nullptr, options.rows);
            FIELDFARE_ASSIGN(const auto seconds, workloads.run());
            for (const auto &[name, cpu] : seconds) {
                auto &entry = best[name];
                double &slot = encrypted ? entry.first : entry.second;
                slot = slot == 0 ? cpu : std::min(slot, cpu);
            }
        }
    }
    QList<Line> lines;
    Line worst{QStringLiteral("vfs-overhead"), 0, QStringLiteral("CPU s"), 1, options.rows};
    for (const auto &[name, cpu] : best) {
        lines.append({QStringLiteral("vfs-overhead/") + name, cpu.first, QStringLiteral("CPU s"), cpu.second, options.rows});
        if (worst.value == 0 || cpu.first / cpu.second > worst.value / *worst.baseline) {
            worst.value = cpu.first;
            worst.baseline = cpu.second;
        }
    }
    lines.prepend(worst);
    return lines;
}

} // namespace fieldfare::bench
