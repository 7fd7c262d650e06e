// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// One run of the storage over damaged files of a profile, all in memory; shared by the libFuzzer target and by the test of the
/// normal build. The samples are made by the program when it starts, and the input says what is done to them (file_edits.h).
///
/// The first byte chooses what is damaged (modulo kStorageEntryKinds); with its top bit set the rest of the input *is* the
/// file. Ends the program (qFatal) when an invariant breaks:
/// - what opens and can be read is exactly a state that was committed, the same one when opened again;
/// - what does not is refused with an error that names a page or frame that is indeed damaged, and the log or journal stays;
/// - the log ends where the rule of core/storage/docs/encrypted-file.md says, at no other frame.
/// Needs a QCoreApplication, as Qt's SQLite driver is a plug-in.
void runStorageEntry(const std::uint8_t *data, std::size_t size);

/// Key file, main file alone, log, main file with a log, journal, main file with a journal, the recovery's own rules.
inline constexpr int kStorageEntryKinds = 7;
