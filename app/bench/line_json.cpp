// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/line_json.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace fieldfare::bench {

namespace {

double rounded(double number)
{
    return number >= 100 ? std::round(number) : std::round(number * 1000) / 1000;
}

} // namespace

QByteArray toJson(const Line &line)
{
    QJsonObject object{{QStringLiteral("bench"), line.bench}, {QStringLiteral("value"), rounded(line.value)},
                       {QStringLiteral("unit"), line.unit}, {QStringLiteral("rows"), qint64(line.rows)}};
    if (line.baseline && *line.baseline != 0) {
        object.insert(QStringLiteral("baseline"), rounded(*line.baseline));
        object.insert(QStringLiteral("ratio"), rounded(line.value / *line.baseline));
    }
    if (line.cpuSeconds)
        object.insert(QStringLiteral("cpu"), rounded(*line.cpuSeconds));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<Line> lineFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Line line;
    line.bench = object.value(QLatin1String("bench")).toString();
    if (line.bench.isEmpty())
        return std::nullopt;
    line.value = object.value(QLatin1String("value")).toDouble();
    line.unit = object.value(QLatin1String("unit")).toString();
    line.rows = object.value(QLatin1String("rows")).toInteger();
    if (object.contains(QLatin1String("baseline")))
        line.baseline = object.value(QLatin1String("baseline")).toDouble();
    if (object.contains(QLatin1String("cpu")))
        line.cpuSeconds = object.value(QLatin1String("cpu")).toDouble();
    return line;
}

} // namespace fieldfare::bench
