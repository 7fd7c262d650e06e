// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace fieldfare::base {

/// For what is small beside a large file that is to be written.
inline constexpr std::int64_t kSpareBytes = 1'000'000;

/// False only when the system says that less than that many bytes can be written in the folder; a system that does not tell
/// (no such folder, a disk it does not know) is no reason to refuse. From the system itself, not from its table of mounted
/// disks, which says nothing of the root in a container. Any thread.
[[nodiscard]] bool hasRoom(const QString &folder, std::int64_t bytes);

} // namespace fieldfare::base
