// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/message_reader.h"
#include "sync/protocol/message_writer.h"

#include <span>
#include <vector>

/// Columns: many values of one kind side by side, which zstd packs far better than rows (sync/protocol/docs/protocol.md,
/// "Columns"). Each is one item. The reader knows the count from elsewhere; a column of another length fails.
namespace fieldfare::protocol {

using Numbers = std::vector<std::uint64_t>;

/// Differences to the one before, zigzag varints: for what grows or repeats. Wraps modulo 2^64.
void writeNumbers(MessageWriter &writer, std::span<const std::uint64_t> numbers);
Numbers readNumbers(MessageReader &reader, std::uint64_t count);
Numbers readNumbers(MessageReader &reader); ///< As many as there are: the column that tells the count.

/// Varints as they are: for small numbers.
void writeCounts(MessageWriter &writer, std::span<const std::uint64_t> numbers);
Numbers readCounts(MessageReader &reader, std::uint64_t count);

/// Differences to something else, zigzag varints; of either sign, modulo 2^64.
void writeDifferences(MessageWriter &writer, std::span<const std::uint64_t> differences);
Numbers readDifferences(MessageReader &reader, std::uint64_t count);

/// As many as there are. All first bytes, then all second bytes and so on: for ids that differ each time.
void writeIds(MessageWriter &writer, std::span<const base::Id> ids);
std::vector<base::Id> readIds(MessageReader &reader);

/// Ids that repeat: a dictionary in order of first use, and per place a varint: 0 null, 1 the next of the dictionary,
/// 2 the same as at the place before, k + 3 entry k.
void writeRepeatedIds(MessageWriter &writer, std::span<const base::Id> ids);
std::vector<base::Id> readRepeatedIds(MessageReader &reader, std::uint64_t count);

/// Field keys that repeat: a dictionary in order of first use, and varints of its indexes.
void writeKeys(MessageWriter &writer, std::span<const model::FieldKey> keys);
std::vector<model::FieldKey> readKeys(MessageReader &reader, std::uint64_t count);

/// Values of any kind, empty ones included, in the smallest of four forms.
void writeValues(MessageWriter &writer, std::span<const model::Value *const> values);
std::vector<model::Value> readValues(MessageReader &reader, std::uint64_t count);

/// Milliseconds in the first six bytes of a UUIDv7 (RFC 9562): rows are mostly created when their id is made.
[[nodiscard]] std::int64_t timeOf(const base::Id &id);

} // namespace fieldfare::protocol
