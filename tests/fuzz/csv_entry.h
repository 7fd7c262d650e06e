// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// One run of the CSV reader over hostile bytes; shared by the libFuzzer target and by the test of the normal build.
/// The first byte chooses the options, the rest is the file. Ends the program (qFatal) when an invariant breaks:
/// the reader ends, its limits hold, lines grow, and rows that are not broken survive being written and read again.
void runCsvEntry(const std::uint8_t *data, std::size_t size);
