// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

/// The key file's part of storage_entry.h. Unless `isWhole`, the first byte of the input says whether the checksum, which
/// anybody can make, is put right after the edits that follow, and whether the passphrase is tried (which takes 40 ms):
/// a file that is read is written as the same bytes, and only the untouched one opens.
void runKeyFileEntry(std::span<const std::uint8_t> input, bool isWhole, bool mayUnlock = true);
