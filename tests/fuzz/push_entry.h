// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// One run of the server's merge over pushes of hostile devices, on a store in memory with a few rows; shared by the libFuzzer
/// target and by the test of the normal build.
///
/// First byte below 0x80: the rest is a script of pushes (push_script.h). From 0x80 on: the rest is the CBOR of one PushRequest, as
/// a frame carries it; from 0xC0 on its names and hashes are put right first, so that mutations get behind them.
///
/// Ends the program (qFatal) when a push fails with an error, which a device would repeat for ever; when the reply does not answer
/// each operation, or is no fixed point of encode and decode; when what was refused changed something, or a row changed that no
/// operation is about; when a verdict says other than the row; when the same push sent again changes anything or is answered
/// differently.
void runPushEntry(const std::uint8_t *data, std::size_t size);
