// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

/// What recovery reads from outside (core/storage/docs/recovery.md), part of file_parsers_entry.h. In the first byte bits 0 to 2 say
/// what the edits (file_edits.h) are made to: request, answer, the key file's record, an administrator's part, something sealed.
/// Bit 3: the checksum, which anybody can make, is put right. Bit 4: it is opened, too (0.1 ms). Bit 7: the rest is the file.
/// Ends the program when an invariant breaks: what the page on the format calls well-formed is read, and written as the same bytes,
/// all else is refused; and only what was not changed is genuine and opens.
void runRecoveryEntry(std::span<const std::uint8_t> input);
