// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fieldfare::storage_test {

/// The bytes from `from` on are there in both and equal.
[[nodiscard]] bool isSame(const std::vector<std::uint8_t> &one, const std::vector<std::uint8_t> &other, std::size_t from,
                          std::size_t size);

/// A journal's end, and what no authentic header follows, cannot be told from one that was never written: a segment that is
/// missing as a whole, or a header whose code is gone too.
[[nodiscard]] bool looksNeverWritten(const std::vector<std::uint8_t> &sound, const std::vector<std::uint8_t> &now);

} // namespace fieldfare::storage_test
