// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace fieldfare::app {

/// An account to be made, as a line of a list has it.
struct ListedUser {
    int line = 0; ///< In the file, from 1.
    QString name;
    QString role;
    std::optional<QString> team;
};

/// Reads a list of accounts: CSV, whose first line names the columns `name`, and if there are `role` and `team`, in any order;
/// others are passed over. Empty lines are, too; an empty role is the usual one. At most kMostUsers.
/// NotFound, Io, EncodingUnknown; InvalidArgument without a column `name`, for a line without a name or with broken quotes, and for a name that
/// comes twice.
inline constexpr int kMostUsers = 10'000;
[[nodiscard]] base::Result<std::vector<ListedUser>> readUserList(const QString &path);

} // namespace fieldfare::app
