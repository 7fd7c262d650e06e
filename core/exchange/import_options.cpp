// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_options.h"

#include <algorithm>

namespace fieldfare::exchange {

void ImportReport::noteCreation(const QString &field, const QString &name)
{
    ++alsoCreated;
    auto it = std::find_if(creations.begin(), creations.end(), [&](const ImportCreation &creation) { return creation.field == field; });
    if (it == creations.end())
        it = creations.insert(creations.end(), {field, 0, {}});
    ++it->count;
    if (it->names.size() < ImportCreation::kMaxNames)
        it->names.append(name);
}

} // namespace fieldfare::exchange
