// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/composition/sample_company.h"

namespace fieldfare::app::commands_impl {

using base::Result;

Result<void> generate(CommandContext &context, const Arguments &arguments)
{
    SampleSize size;
    const auto number = [&](const char *name, int fallback) -> Result<int> {
        if (!arguments.has(name))
            return fallback;
        bool ok = false;
        const int value = arguments.value(name).toInt(&ok);
        if (!ok || value < 0 || value > 10'000'000)
            return context.usage(QStringLiteral("--%1 needs a number from 0 to 10000000").arg(QString::fromLatin1(name)));
        return value;
    };
    FIELDFARE_ASSIGN(size.customers, number("customers", 0));
    FIELDFARE_ASSIGN(size.deals, number("deals", 0));
    FIELDFARE_ASSIGN(size.tickets, number("tickets", 0));
    FIELDFARE_ASSIGN(size.interactions, number("interactions", size.interactions));
    FIELDFARE_ASSIGN(const int seed, number("seed", 1));
    size.seed = quint64(seed);
    if (size.customers + size.deals + size.tickets == 0)
        return context.usage(QStringLiteral("usage: generate --customers N [--deals N] [--tickets N] [--interactions N] [--seed S]"));
    FIELDFARE_ASSIGN(const SampleReport report, makeSampleCompany(context.store, size, context.idle));
    if (context.json) {
        context.print({{QStringLiteral("customers"), report.customers}, {QStringLiteral("contacts"), report.contacts},
                       {QStringLiteral("interactions"), report.interactions}, {QStringLiteral("deals"), report.deals},
                       {QStringLiteral("tickets"), report.tickets}});
    }
    context.say(QStringLiteral("%1 customers, %2 contacts, %3 interactions, %4 deals, %5 tickets")
                    .arg(report.customers).arg(report.contacts).arg(report.interactions).arg(report.deals).arg(report.tickets));
    return {};
}

} // namespace fieldfare::app::commands_impl
