// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/text_merge.h"

namespace fieldfare::changes {

std::optional<QString> mergeTexts(const QString &, const QString &, const QString &)
{
    return std::nullopt;
}

} // namespace fieldfare::changes
