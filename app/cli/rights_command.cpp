// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the profile's user may do (core/rights/docs/rights.md), as this device knows it.
#include "app/cli/command.h"

namespace fieldfare::app::commands_impl {

using base::Result;

Result<void> rights(CommandContext &context, const Arguments &)
{
    FIELDFARE_ASSIGN(const rights::Rights own, context.store.rights());
    context.say(QStringLiteral("entity\tsee\tchange\tremove\tcreate\texport"));
    const auto yesNo = [](bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); };
    for (const model::Entity &entity : context.store.catalog()->entities()) {
        if (entity.has(model::System))
            continue;
        const rights::EntityRights may = own.of(entity.id());
        if (context.json) {
            context.print({{QStringLiteral("entity"), entity.name()},
                           {QStringLiteral("see"), rights::reachKey(may.see)},
                           {QStringLiteral("pool"), may.seePool},
                           {QStringLiteral("edit"), rights::reachKey(may.edit)},
                           {QStringLiteral("remove"), rights::reachKey(may.remove)},
                           {QStringLiteral("create"), may.create},
                           {QStringLiteral("export"), may.exports}});
        }
        context.say(QStringList{entity.name(), rights::reachKey(may.see), rights::reachKey(may.edit), rights::reachKey(may.remove), yesNo(may.create), yesNo(may.exports)}.join(QLatin1Char('\t')));
    }
    return {};
}

} // namespace fieldfare::app::commands_impl
