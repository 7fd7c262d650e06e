// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// One run of the decoders over hostile bytes; shared by the libFuzzer target and by the test of the normal build.
/// The first byte chooses the message (modulo their number); with its top bit set the rest is CBOR that is put into a frame
/// first, so that mutations reach the readers behind zstd. Ends the program (qFatal) when an invariant breaks: what decodes
/// is a fixed point of encode and decode.
void runCodecEntry(const std::uint8_t *data, std::size_t size);

/// Messages that the first byte can choose.
inline constexpr int kCodecEntryMessages = 23;
