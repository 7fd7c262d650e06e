// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// import: a CSV file of customers into an empty profile, validated, numbered, logged and in history.
#include "app/bench/bench.h"
#include "app/bench/company_processes.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/base/platform.h"
#include "core/exchange/csv_writer.h"
#include "core/exchange/importer.h"
#include "core/model/value_text.h"
#include "tests/bench/bare_table.h"

#include <QFile>

namespace fieldfare::bench {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kRounds = 3;
constexpr int kBareRowsATransaction = 5000; // as the importer's chunks

Result<void> writeCsv(const QString &path, const model::Entity &customer, std::int64_t rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {ErrorCode::Io, file.errorString(), {path}};
    exchange::CsvWriter writer(file);
    for (std::int64_t i = 0; i < rows; ++i) {
        QStringList heading;
        QStringList cells;
        for (const changes::FieldValue &entry : sampleCustomer(customer, i).values) {
            const model::Field *field = customer.field(entry.field);
            heading.append(field->name);
            cells.append(model::formatValue(*field, entry.value));
        }
        if (i == 0)
            FIELDFARE_TRY(writer.writeRow(heading));
        FIELDFARE_TRY(writer.writeRow(cells));
    }
    return writer.finish();
}

struct Spent {
    double seconds = 0;
    double cpuSeconds = 0;
};

/// As `fieldfare-cli import` does it, from the first look at the file to the last commit.
Result<Spent> importOnce(SampleProfile &profile, const QString &path)
{
    const double cpuBefore = base::platform::cpuSeconds();
    const Stopwatch watch;
    exchange::ImportOptions options;
    options.file = path;
    options.entity = QStringLiteral("customer");
    FIELDFARE_ASSIGN(const store::ProfileInfo info, profile.store().profileInfo());
    FIELDFARE_ASSIGN(exchange::ImportPlan plan, exchange::planImport(options, profile.store().catalog(), info.currency));
    const qint64 rows = plan.records;
    FIELDFARE_ASSIGN(auto importer, exchange::Importer::begin(profile.store(), std::move(plan), exchange::Importer::Pace::Bulk));
    bool more = true;
    while (more) {
        FIELDFARE_ASSIGN(more, importer->step());
    }
    if (importer->report().created != rows)
        return {ErrorCode::Internal, QStringLiteral("%1 of %2 rows were imported").arg(importer->report().created).arg(rows)};
    importer.reset();
    return Spent{watch.seconds(), base::platform::cpuSeconds() - cpuBefore};
}

/// With its start and the derivation of the key.
Result<Line> throughTheProgram(const QString &path, std::int64_t rows)
{
    const auto company = CompanyProcesses::alone();
    const QString device = QStringLiteral("alone");
    FIELDFARE_TRY(company->run(device, {QStringLiteral("init"), QStringLiteral("--user"), QStringLiteral("bench")}));
    FIELDFARE_ASSIGN(const double seconds, company->run(device, {QStringLiteral("import"), QStringLiteral("customer"), path, QStringLiteral("--json")}));
    return Line{QStringLiteral("import/program"), double(rows) / seconds, QStringLiteral("rows/s"), std::nullopt, rows, company->lastCpuSeconds()};
}

} // namespace

Result<QList<Line>> importFile(const Options &options)
{
    std::vector<double> seconds;
    std::vector<double> cpu;
    std::vector<double> bareSeconds;
    QString path;
    QTemporaryDir folder;
    for (int round = 0; round < kRounds; ++round) {
        FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
        if (path.isEmpty()) {
            path = folder.filePath(QStringLiteral("customers.csv"));
            FIELDFARE_TRY(writeCsv(path, *profile->store().catalog()->entity(QStringLiteral("customer")), options.rows));
        }
        FIELDFARE_ASSIGN(const Spent spent, importOnce(*profile, path));
        seconds.push_back(spent.seconds);
        cpu.push_back(spent.cpuSeconds);
        FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(profile->store().connection(), QStringLiteral("customer"),
                                                           profile->otherPath(QStringLiteral("bare.db")), profile->key()));
        FIELDFARE_ASSIGN(const double baseline, bare.insertAllAgain(kBareRowsATransaction));
        bareSeconds.push_back(baseline);
    }
    const auto rows = double(options.rows);
    QList<Line> lines{{QStringLiteral("import"), rows / median(seconds), QStringLiteral("rows/s"), rows / median(bareSeconds), options.rows, median(cpu)}};
    FIELDFARE_ASSIGN(const Line program, throughTheProgram(path, options.rows));
    lines.append(program);
    return lines;
}

} // namespace fieldfare::bench
