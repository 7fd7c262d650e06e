// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace fieldfare::bench {

class SampleProfile;

/// A company of so many customers and interactions, a fifth as many deals and tickets, with people; folded into the search
/// index. Made when it is first asked for, then the same for each bench of the run that only reads.
class SampleCompany {
public:
    /// `folder`: where it is kept for later runs; empty: in a temporary one. What is there is taken, whatever its size.
    SampleCompany(std::int64_t customers, QStringList names, QString folder);
    ~SampleCompany();
    SampleCompany(const SampleCompany &) = delete;
    SampleCompany &operator=(const SampleCompany &) = delete;
    base::Result<SampleProfile *> profile();

private:
    std::int64_t m_customers;
    QStringList m_names;
    QString m_folder;
    std::unique_ptr<SampleProfile> m_profile;
};

struct Options {
    std::int64_t rows = 100'000; ///< Customers in the profile that is measured.
    QStringList names = {};      ///< What Chinese people of the sample company are called; empty: names made up.
    std::shared_ptr<SampleCompany> company = {};
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
/// Every statement that a list waits for, on a large company: what reads more rows than it shows.
base::Result<QList<Line>> indexAdvisor(const Options &options);
base::Result<QList<Line>> listWindow(const Options &options);
base::Result<QList<Line>> start(const Options &options);
/// A full backup, an increment of 1,000 edits, and the restore of both.
base::Result<QList<Line>> restore(const Options &options);
base::Result<QList<Line>> wire(const Options &options);
/// first-download, push, pull-1000 and memory in one company.
base::Result<QList<Line>> syncProcesses(const Options &options);
base::Result<QList<Line>> disk(const Options &options);
/// The main window over a profile that a server process keeps changing; runs the program fieldfare-bench-stall beside this one.
base::Result<QList<Line>> stall(const Options &options);

} // namespace fieldfare::bench
