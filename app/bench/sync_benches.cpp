// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// first-download, push, pull-1000, memory: whole processes over TLS on loopback. What starting a program and deriving its key
// costs is measured by the same command with nothing to do, and taken off.
#include "app/bench/bench.h"
#include "app/bench/company_processes.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "tests/bench/bare_table.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

const QString kAuthor = QStringLiteral("a");
const QStringList kSync{QStringLiteral("sync"), QStringLiteral("--json")};
constexpr int kPulledChanges = 1000;
constexpr int kPullRounds = 5;

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

/// Rewrites the next step of some customers by an import.
Result<void> editCustomers(CompanyProcesses &company, int count, int round)
{
    FIELDFARE_ASSIGN(const QList<QByteArray> numbers, company.customerNumbers(kAuthor, count));
    QFile edits(company.path(QStringLiteral("edits.csv")));
    if (!edits.open(QIODevice::WriteOnly))
        return {ErrorCode::Io, edits.errorString(), {edits.fileName()}};
    edits.write("number,next_step\n");
    for (const QByteArray &number : numbers)
        edits.write(number + ",Call back on day " + QByteArray::number(round) + '\n');
    edits.close();
    FIELDFARE_TRY(company.run(kAuthor, {QStringLiteral("import"), QStringLiteral("customer"), edits.fileName(), QStringLiteral("--key"), QStringLiteral("number"), QStringLiteral("--json")}));
    return {};
}

/// A number of a JSON line that a program printed.
double numberIn(const QByteArray &output, const char *name)
{
    return QJsonDocument::fromJson(output).object().value(QLatin1StringView(name)).toDouble();
}

/// What a device spends from asking for a thousand changes until they are on its disk, by its own clock; without what it spends
/// when there are none, which is the connection.
Result<double> medianPullMs(CompanyProcesses &company)
{
    std::vector<double> idle;
    std::vector<double> pulling;
    for (int round = 0; round < kPullRounds; ++round) {
        QByteArray said;
        FIELDFARE_TRY(company.run(QStringLiteral("b"), kSync, &said));
        idle.push_back(numberIn(said, "pull_ms"));
        FIELDFARE_TRY(editCustomers(company, kPulledChanges, round));
        FIELDFARE_TRY(company.run(kAuthor, kSync));
        FIELDFARE_TRY(company.run(QStringLiteral("b"), kSync, &said));
        if (numberIn(said, "pulled") != kPulledChanges)
            return {ErrorCode::Internal, QStringLiteral("%1 of %2 changes were pulled").arg(numberIn(said, "pulled")).arg(kPulledChanges)};
        pulling.push_back(numberIn(said, "pull_ms"));
    }
    return median(pulling) - median(idle);
}

} // namespace

Result<QList<Line>> syncProcesses(const Options &options)
{
    FIELDFARE_ASSIGN(const auto company, CompanyProcesses::start());
    QByteArray said;
    FIELDFARE_ASSIGN(const double emptyEnrol, company->enrol(QStringLiteral("empty")));
    const std::int64_t emptyPeak = company->lastPeakBytes();
    const double emptyCpu = company->lastCpuSeconds();
    FIELDFARE_TRY(company->enrol(kAuthor));
    FIELDFARE_ASSIGN(const double idleSync, company->run(kAuthor, kSync));
    FIELDFARE_TRY(generate(*company, options.rows));
    company->takeServerCpuSeconds();
    FIELDFARE_ASSIGN(const double pushing, company->run(kAuthor, kSync, &said));
    const double pushed = numberIn(said, "pushed");
    const double pushCpu = company->lastCpuSeconds() + company->takeServerCpuSeconds();
    FIELDFARE_ASSIGN(const double downloading, company->enrol(QStringLiteral("b"), &said));
    const double downloaded = numberIn(said, "pulled");
    const double downloadCpu = company->lastCpuSeconds() - emptyCpu + company->takeServerCpuSeconds();
    const std::int64_t peak = company->lastPeakBytes();
    FIELDFARE_ASSIGN(const double pullMs, medianPullMs(*company));
    FIELDFARE_ASSIGN(const double bare, bareInsertSeconds(options.rows));
    const auto rows = double(options.rows);
    const double smallest = 0.001; // a difference of two runs on a noisy machine
    return QList<Line>{
        {QStringLiteral("first-download"), downloaded / std::max(smallest, downloading - emptyEnrol), QStringLiteral("records/s"), rows / bare, std::int64_t(downloaded), downloadCpu},
        {QStringLiteral("push"), pushed / std::max(smallest, pushing - idleSync), QStringLiteral("edits/s"), rows / bare, std::int64_t(pushed), pushCpu},
        {QStringLiteral("pull-1000"), pullMs, QStringLiteral("ms"), bare / rows * kPulledChanges * 1000, kPulledChanges},
        {QStringLiteral("memory"), double(peak) / 1e6, QStringLiteral("peak MB"), double(emptyPeak) / 1e6, std::int64_t(downloaded)},
    };
}

} // namespace fieldfare::bench
