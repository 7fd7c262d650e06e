// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/stamp_columns.h"

#include "sync/protocol/columns.h"

namespace fieldfare::protocol {

using base::Id;
using changes::RowStamp;

void writeRowStamps(MessageWriter &writer, const std::vector<Id> &rows, const std::vector<RowStamp> &stamps)
{
    Numbers created;
    std::vector<Id> createdBy;
    Numbers modified;
    std::vector<Id> modifiedBy;
    for (size_t i = 0; i < stamps.size(); ++i) {
        created.push_back(std::uint64_t(stamps[i].createdAt) - std::uint64_t(timeOf(rows[i])));
        createdBy.push_back(stamps[i].createdBy);
        modified.push_back(std::uint64_t(stamps[i].modifiedAt) - std::uint64_t(stamps[i].createdAt));
        modifiedBy.push_back(stamps[i].modifiedBy);
    }
    writeDifferences(writer, created);
    writeRepeatedIds(writer, createdBy);
    writeDifferences(writer, modified);
    writeRepeatedIds(writer, modifiedBy);
}

std::vector<RowStamp> readRowStamps(MessageReader &reader, const std::vector<Id> &rows)
{
    const Numbers created = readDifferences(reader, rows.size());
    const std::vector<Id> createdBy = readRepeatedIds(reader, rows.size());
    const Numbers modified = readDifferences(reader, rows.size());
    const std::vector<Id> modifiedBy = readRepeatedIds(reader, rows.size());
    std::vector<RowStamp> stamps;
    for (size_t i = 0; i < rows.size() && !reader.failed(); ++i) {
        const std::uint64_t createdAt = std::uint64_t(timeOf(rows[i])) + created[i];
        stamps.push_back({std::int64_t(createdAt), createdBy[i], std::int64_t(createdAt + modified[i]), modifiedBy[i]});
    }
    return stamps;
}

} // namespace fieldfare::protocol
