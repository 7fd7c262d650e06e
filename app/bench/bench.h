// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace fieldfare::bench {

struct Options {
    std::int64_t rows = 100'000; ///< Customers in the profile that is measured.
};

/// One printed line. The baseline is measured in the same run and has the same unit; a fixed target stands there where
/// COMMANDS names a number.
struct Line {
    QString bench;
    double value = 0;
    QString unit;
    std::optional<double> baseline;
    std::int64_t rows = 0;
    /// CPU seconds (user and system) behind the value, where the wall clock depends on who else uses the machine.
    std::optional<double> cpuSeconds = {};
};

struct Bench {
    const char *name;
    const char *what;
    base::Result<QList<Line>> (*run)(const Options &options);
};

/// In the order in which they run.
[[nodiscard]] const QList<Bench> &allBenches();

base::Result<QList<Line>> bulkInsert(const Options &options);
/// A CSV file of customers: by the importer in this process, and by the whole command line program.
base::Result<QList<Line>> importFile(const Options &options);
base::Result<QList<Line>> localEdit(const Options &options);
base::Result<QList<Line>> vfsOverhead(const Options &options);
/// Folding new rows into the search index, in the pieces of the desktop and in those of the command line.
base::Result<QList<Line>> searchFold(const Options &options);
base::Result<QList<Line>> searchTypeahead(const Options &options);
base::Result<QList<Line>> listWindow(const Options &options);
base::Result<QList<Line>> start(const Options &options);
base::Result<QList<Line>> wire(const Options &options);
/// first-download, push, pull-1000 and memory in one company.
base::Result<QList<Line>> syncProcesses(const Options &options);
base::Result<QList<Line>> disk(const Options &options);
/// The main window over a profile that a server process keeps changing; runs the program fieldfare-bench-stall beside this one.
base::Result<QList<Line>> stall(const Options &options);

} // namespace fieldfare::bench
