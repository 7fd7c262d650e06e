// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// stall: starts fieldfare-bench-stall, which has the window.
#include "app/bench/bench.h"
#include "app/bench/line_json.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace fieldfare::bench {

using base::ErrorCode;
using base::Result;

Result<QList<Line>> stall(const Options &options)
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/fieldfare-bench-stall");
    if (!QFileInfo::exists(program))
        return {ErrorCode::NotFound, QStringLiteral("build the target fieldfare-bench-stall first"), {program}};
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, {QString::number(options.rows)});
    process.waitForFinished(-1);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {ErrorCode::Internal, QStringLiteral("fieldfare-bench-stall failed")};
    QList<Line> lines;
    for (const QByteArray &json : process.readAllStandardOutput().split('\n')) {
        if (const auto line = lineFromJson(json))
            lines.append(*line);
    }
    return lines;
}

} // namespace fieldfare::bench
