// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fieldfare-bench-stall ROWS [FOLDER]: what `fieldfare-bench stall` starts. Prints its lines as that does. With
// FIELDFARE_STALL_STACKS set it says on standard error where each stall was.
#include "app/bench/line_json.h"
#include "app/bench/stall_session.h"
#include "app/bench/stall_stacks.h"
#include "core/base/secret.h"

#include <QApplication>
#include <QTextStream>

#include <optional>

using namespace fieldfare;

int main(int argc, char **argv)
{
    base::Secret::initializeHeap();
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // nobody looks
    const QApplication application(argc, argv);
    std::optional<bench::StallStacks> stacks;
    if (qEnvironmentVariableIsSet("FIELDFARE_STALL_STACKS"))
        stacks.emplace();
    bench::Options options;
    if (argc > 1)
        options.rows = QByteArray(argv[1]).toLongLong();
    const auto lines = argc > 2 ? bench::measureDesk(QString::fromLocal8Bit(argv[2])) : bench::measureStalls(options);
    if (!lines.ok()) {
        QTextStream(stderr) << base::errorCodeName(lines.error().code) << ", " << lines.error().detail << "\n";
        return 1;
    }
    for (const bench::Line &line : *lines)
        QTextStream(stdout) << bench::toJson(line) << Qt::endl;
    return 0;
}
