// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fuzz/recovery_entry.h"

#include <cstdint>
#include <span>

/// The readers of the encrypted file alone, without SQLite and without key derivation, so that a run takes microseconds: what
/// SQLite asks of them when it opens a file is asked here. The input is a list of edits (file_edits.h) to a sample that the program
/// makes when it starts; a first byte from 0x80 on means that the rest is the file. End the program when an invariant breaks.
///
/// A page reads as it was written, or is damaged and named: it was changed then.
void runPageOneEntry(std::span<const std::uint8_t> input);
/// Recovery ends where the rule says, or is refused and names the frame that the rule names.
void runLogEntry(std::span<const std::uint8_t> input);
/// Rolling back writes every page that the journal held, or is refused.
void runJournalEntry(std::span<const std::uint8_t> input);
/// As runKeyFileEntry(), without asking a passphrase.
void runKeyFileFormatEntry(std::span<const std::uint8_t> input);
// And runRecoveryEntry(), see recovery_entry.h.

struct FileParser {
    const char *name;
    void (*run)(std::span<const std::uint8_t>);
};
inline constexpr FileParser kFileParsers[] = {
    {"page_one", runPageOneEntry}, {"log", runLogEntry}, {"journal", runJournalEntry}, {"key_file", runKeyFileFormatEntry},
    {"recovery", runRecoveryEntry}};
