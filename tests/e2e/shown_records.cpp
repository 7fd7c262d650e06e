// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shown_records.h"

#include "tests/e2e/real_company.h"

namespace fieldfare::testing {

Records shownRecords(const CliRunner &cli, const char *entity)
{
    const QString file = cli.path(QStringLiteral("shown.csv"));
    const Said said = cli.run({QStringLiteral("export"), QString::fromLatin1(entity), file});
    if (said.exitCode != 0)
        qFatal("%s", said.err.constData());
    const QList<QByteArray> lines = contentOf(file).trimmed().split('\n');
    const QList<QByteArray> names = lines.first().split(',');
    Records records;
    for (const QByteArray &line : lines.mid(1)) {
        const QList<QByteArray> cells = line.split(',');
        if (cells.size() != names.size())
            qFatal("a comma in a value: %s", line.constData());
        QMap<QString, QString> &record = records[QString::fromUtf8(cells.first())];
        for (qsizetype i = 0; i < names.size(); ++i)
            record.insert(QString::fromUtf8(names.at(i)), QString::fromUtf8(cells.at(i)));
    }
    return records;
}

QMap<QString, QString> recordNamed(const Records &records, const QByteArray &name)
{
    QMap<QString, QString> found;
    for (const auto &[id, record] : records) {
        if (record.value(QStringLiteral("name")) != QString::fromUtf8(name))
            continue;
        if (!found.isEmpty())
            qFatal("%s is there twice", name.constData());
        found = record;
    }
    return found;
}

} // namespace fieldfare::testing
