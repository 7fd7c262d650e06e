// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// A list of damages to a file, read from a fuzzer's input: an encrypted file cannot be the input itself, as it differs in every
/// run and nothing behind a tag can be reached by chance.
///
/// Each edit is 6 bytes: what, where (3, big-endian, modulo the file's size), how much, value. `unit` is the size of the
/// file's pages or frames and `start` where the first of them begins; whole units are moved about with their bounds kept, other
/// pieces are shorter than the 64 bytes that could carry something authentic to another place.
void applyEdits(std::vector<std::uint8_t> &file, std::span<const std::uint8_t> edits, std::size_t start, std::size_t unit);
[[nodiscard]] std::vector<std::uint8_t> withEdits(std::vector<std::uint8_t> file, std::span<const std::uint8_t> edits,
                                                  std::size_t start, std::size_t unit);

inline constexpr std::size_t kEditSize = 6;
inline constexpr std::size_t kMaxEdits = 12;
