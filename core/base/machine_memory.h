// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace fieldfare::base::platform {

/// Memory that this machine has, whoever uses it; 0 if unknown. For sizes of caches.
[[nodiscard]] std::int64_t machineMemoryBytes();

} // namespace fieldfare::base::platform
