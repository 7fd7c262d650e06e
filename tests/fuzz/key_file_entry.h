// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

/// The key file's part of storage_entry.h. Unless `isWhole`, the first byte of the input says whether the checksum, which
/// anybody can make, is put right after the edits that follow (bit 0), whether they are made to a file with records (bit 1), and
/// whether the passphrase is tried (which takes 40 ms; never with records, as each of them is authentic by itself): what
/// the page on the format calls well-formed is read and written as the same bytes, all else is refused, and only the untouched one opens.
void runKeyFileEntry(std::span<const std::uint8_t> input, bool isWhole, bool mayUnlock = true);
