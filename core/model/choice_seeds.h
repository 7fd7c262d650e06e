// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <QString>

#include <span>

namespace fieldfare::model {

/// A choice value that every new company starts with. Code tests the key; people see the label of their language.
struct ChoiceSeed {
    const char *list;
    const char *key;
    const char *labelEnglish;
    const char *labelChinese;
};

[[nodiscard]] std::span<const ChoiceSeed> choiceSeeds();

/// The id of a choice value: the same on every device, so that two devices that create it agree.
[[nodiscard]] base::Id choiceValueId(const QString &list, const QString &key);
/// The key for a label that somebody typed or imported: folded, spaces and signs to underscores, at most 64.
[[nodiscard]] QString choiceKeyFor(const QString &label);

/// The id of a tag by its name: trimmed, NFC, case folded.
[[nodiscard]] base::Id tagId(const QString &name);

/// A stage of the pipeline that every new company starts with.
struct StageSeed {
    const char *key;
    const char *nameEnglish;
    const char *nameChinese;
    const char *kind; ///< open, won, lost
    int probability;  ///< per cent
};

[[nodiscard]] std::span<const StageSeed> stageSeeds();
[[nodiscard]] base::Id defaultPipelineId();
[[nodiscard]] base::Id stageSeedId(const char *key);

} // namespace fieldfare::model
