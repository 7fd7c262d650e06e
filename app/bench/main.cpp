// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fieldfare-bench [NAME...] [--rows N] [--list]: one JSON object a line and measure (docs in COMMANDS).
#include "app/bench/bench.h"
#include "app/bench/line_json.h"
#include "core/base/secret.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace fieldfare;

constexpr qint64 kMostNameBytes = 4 << 20;

int main(int argc, char **argv)
{
    base::Secret::initializeHeap();
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Measures the product against a baseline in the same run."));
    parser.addHelpOption();
    const QCommandLineOption rows(QStringLiteral("rows"), QStringLiteral("Customers in the measured profile."), QStringLiteral("N"), QStringLiteral("100000"));
    const QCommandLineOption list(QStringLiteral("list"), QStringLiteral("Names the benches."));
    const QCommandLineOption names(QStringLiteral("names"), QStringLiteral("What Chinese people are called: a text file, one name a line."), QStringLiteral("FILE"));
    const QCommandLineOption company(QStringLiteral("company"), QStringLiteral("Keeps the sample company there, and takes it from there the next time."),
                                     QStringLiteral("FOLDER"));
    parser.addOptions({rows, list, names, company});
    parser.addPositionalArgument(QStringLiteral("NAME"), QStringLiteral("Benches to run; all without."));
    parser.process(application);
    QTextStream err(stderr);
    if (parser.isSet(list)) {
        for (const bench::Bench &entry : bench::allBenches())
            QTextStream(stdout) << entry.name << '\t' << entry.what << '\n';
        return 0;
    }
    bool isNumber = false;
    bench::Options options;
    options.rows = parser.value(rows).toLongLong(&isNumber);
    if (!isNumber || options.rows < 1000 || options.rows > 10'000'000) {
        err << "--rows takes 1000 to 10000000\n";
        return 2;
    }
    if (parser.isSet(names)) {
        QFile file(parser.value(names));
        if (!file.open(QIODevice::ReadOnly)) {
            err << "--names: " << file.errorString() << "\n";
            return 2;
        }
        options.names = QString::fromUtf8(file.read(kMostNameBytes)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    options.company = std::make_shared<bench::SampleCompany>(options.rows, options.names, parser.value(company));
    const QStringList wanted = parser.positionalArguments();
    int ran = 0;
    for (const bench::Bench &entry : bench::allBenches()) {
        if (!wanted.isEmpty() && !wanted.contains(QString::fromLatin1(entry.name)))
            continue;
        ++ran;
        const auto lines = entry.run(options);
        if (!lines.ok()) {
            err << entry.name << ": " << base::errorCodeName(lines.error().code) << ", " << lines.error().detail << "\n";
            return 1;
        }
        for (const bench::Line &line : *lines)
            QTextStream(stdout) << bench::toJson(line) << Qt::endl;
    }
    if (ran == 0) {
        err << "no bench of that name; --list names them\n";
        return 2;
    }
    return 0;
}
