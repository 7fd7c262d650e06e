// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replicated_row.h"
#include "sync/protocol/message_reader.h"
#include "sync/protocol/message_writer.h"

#include <vector>

namespace fieldfare::protocol {

/// Stamps of rows, four columns: created less the time in the row's UUIDv7, by whom, modified less created, by whom.
inline constexpr std::uint64_t kStampColumns = 4;
void writeRowStamps(MessageWriter &writer, const std::vector<base::Id> &rows, const std::vector<changes::RowStamp> &stamps);
std::vector<changes::RowStamp> readRowStamps(MessageReader &reader, const std::vector<base::Id> &rows);

} // namespace fieldfare::protocol
