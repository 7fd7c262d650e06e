// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "sync/protocol/message_reader.h"
#include "sync/protocol/message_writer.h"

#include <vector>

namespace fieldfare::protocol {

/// Operations of one device and incarnation as columns, one item (protocol.md, "Operations"). Lossless: what is read has
/// the same content bytes and hash as what was written, or reading fails.
void writeOperations(MessageWriter &writer, const std::vector<changes::Operation> &operations);
std::vector<changes::Operation> readOperations(MessageReader &reader, const base::Id &device, std::uint32_t incarnation);

} // namespace fieldfare::protocol
