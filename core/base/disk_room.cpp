// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/disk_room.h"

#include <filesystem>
#include <utility>

namespace fieldfare::base {

bool hasRoom(const QString &folder, std::int64_t bytes)
{
    std::error_code failed;
    const auto space = std::filesystem::space(std::filesystem::path(folder.toStdU16String()), failed);
    return failed || std::cmp_greater_equal(space.available, bytes);
}

} // namespace fieldfare::base
