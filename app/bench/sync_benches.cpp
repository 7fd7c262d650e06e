// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// first-download, push, pull-1000, memory: whole processes over TLS on loopback. What starting a program and deriving its key
// costs is measured by the same command with nothing to do, and taken off.
#include "app/bench/bench.h"
#include "app/bench/company_processes.h"
#include "app/bench/sample_profile.h"
#include "tests/bench/bare_table.h"

#include <QFile>
#include <QTextStream>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

const QString kAuthor = QStringLiteral("a");
const QStringList kSync{QStringLiteral("sync"), QStringLiteral("--json")};
constexpr int kPulledChanges = 1000;

/// A bare sorted bulk insert of as many customers into an encrypted file: seconds.
Result<double> bareInsertSeconds(std::int64_t rows)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, rows));
    FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(profile->store().connection(), QStringLiteral("customer"),
                                                       profile->otherPath(QStringLiteral("bare.db")), profile->key()));
    return bare.insertAllAgain(10'000);
}

Result<double> generate(CompanyProcesses &company, std::int64_t rows)
{
    return company.run(kAuthor, {QStringLiteral("generate"), QStringLiteral("--customers"), QString::number(rows), QStringLiteral("--seed"), QStringLiteral("7"), QStringLiteral("--json")});
}

/// Rewrites the next step of the first customers by an import.
Result<void> editCustomers(CompanyProcesses &company, int count)
{
    QByteArray listed;
    FIELDFARE_TRY(company.run(kAuthor, {QStringLiteral("export"), QStringLiteral("customer"), company.path(QStringLiteral("all.csv")), QStringLiteral("--json")}, &listed));
    QFile all(company.path(QStringLiteral("all.csv")));
    QFile edits(company.path(QStringLiteral("edits.csv")));
    if (!all.open(QIODevice::ReadOnly) || !edits.open(QIODevice::WriteOnly))
        return {ErrorCode::Io, QStringLiteral("the exported file cannot be read")};
    const QList<QByteArray> heading = all.readLine().trimmed().split(',');
    const qsizetype number = heading.indexOf("number");
    if (number < 0)
        return {ErrorCode::Internal, QStringLiteral("the export has no numbers")};
    edits.write("number,next_step\n");
    for (int i = 0; i < count && !all.atEnd(); ++i)
        edits.write(all.readLine().split(',').value(number) + ",Call back " + QByteArray::number(i) + "\n");
    edits.close();
    FIELDFARE_TRY(company.run(kAuthor, {QStringLiteral("import"), QStringLiteral("customer"), edits.fileName(), QStringLiteral("--key"), QStringLiteral("number"), QStringLiteral("--json")}));
    return {};
}

} // namespace

Result<QList<Line>> syncProcesses(const Options &options)
{
    FIELDFARE_ASSIGN(const auto company, CompanyProcesses::start());
    FIELDFARE_ASSIGN(const double emptyEnrol, company->enrol(QStringLiteral("empty")));
    const std::int64_t emptyPeak = company->lastPeakBytes();
    FIELDFARE_TRY(company->enrol(kAuthor));
    FIELDFARE_ASSIGN(const double idleSync, company->run(kAuthor, kSync));
    FIELDFARE_TRY(generate(*company, options.rows));
    FIELDFARE_ASSIGN(const double pushing, company->run(kAuthor, kSync));
    FIELDFARE_ASSIGN(const double downloading, company->enrol(QStringLiteral("b")));
    const std::int64_t peak = company->lastPeakBytes();
    FIELDFARE_ASSIGN(const double idleB, company->run(QStringLiteral("b"), kSync));
    FIELDFARE_TRY(editCustomers(*company, kPulledChanges));
    FIELDFARE_TRY(company->run(kAuthor, kSync));
    FIELDFARE_ASSIGN(const double pulling, company->run(QStringLiteral("b"), kSync));
    FIELDFARE_ASSIGN(const double bare, bareInsertSeconds(options.rows));
    const auto rows = double(options.rows);
    const double smallest = 0.001; // a difference of two runs on a noisy machine
    return QList<Line>{
        {QStringLiteral("first-download"), rows / std::max(smallest, downloading - emptyEnrol), QStringLiteral("records/s"), rows / bare, options.rows},
        {QStringLiteral("push"), rows / std::max(smallest, pushing - idleSync), QStringLiteral("edits/s"), rows / bare, options.rows},
        {QStringLiteral("pull-1000"), std::max(smallest, pulling - idleB) * 1000, QStringLiteral("ms"), bare / rows * kPulledChanges * 1000, options.rows},
        {QStringLiteral("memory"), double(peak) / 1e6, QStringLiteral("peak MB"), double(emptyPeak) / 1e6, options.rows},
    };
}

} // namespace fieldfare::bench
