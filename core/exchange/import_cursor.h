// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_options.h"

#include <optional>

namespace fieldfare::exchange {

/// Where an import stands, stored with every chunk (ChangeSet::resumeCursor) so that a killed one goes on without counting or
/// writing anything twice. CBOR array of [1, fingerprint, phase, records, the report's seven numbers, alsoCreated, deferred,
/// rejectsBytes, creations as [[field, count, [names]]]; cursors of former versions lack the last].
struct ImportCursor {
    enum class Phase : std::uint8_t { Rows = 0, Links = 1 };

    QByteArray fingerprint;  ///< ImportPlan::fingerprint
    Phase phase = Phase::Rows;
    qint64 records = 0;      ///< Of the file, in this phase, that are done; blank ones counted.
    ImportReport counts;     ///< Numbers only.
    qint64 deferred = 0;     ///< References within the file that wait for the second phase.
    qint64 rejectsBytes = 0; ///< Length of the rejects file then.

    [[nodiscard]] QByteArray toBytes() const;
    [[nodiscard]] static std::optional<ImportCursor> fromBytes(const QByteArray &bytes);
};

} // namespace fieldfare::exchange
