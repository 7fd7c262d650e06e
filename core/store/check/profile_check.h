// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/checksum.h"
#include "core/store/store.h"

#include <QStringList>

#include <functional>

namespace fieldfare::store {

struct ProfileCheckReport {
    QList<quint32> damagedPages;   ///< Of the encrypted file, free ones included.
    QStringList indexProblems;     ///< What PRAGMA integrity_check says beside "ok".
    QStringList searchProblems;
    QStringList versionProblems;   ///< Rows whose field versions cannot be read.
    qint64 danglingReferences = 0; ///< Pointing to records that are not here: allowed, they may be outside one's rights.
    qint64 rows = 0;
    changes::Checksum acknowledged; ///< Over what the server has confirmed, for comparison with its own.
    changes::Version cursor = 0;    ///< That the checksum is good for.

    [[nodiscard]] bool isOk() const
    {
        return damagedPages.isEmpty() && indexProblems.isEmpty() && searchProblems.isEmpty() && versionProblems.isEmpty();
    }
};

/// Looks through the whole profile on the store's thread; seconds per 100,000 records. `cancelled` may be empty; true ends with
/// Cancelled. Findings are no errors: those are for when it cannot look.
base::Result<ProfileCheckReport> checkProfile(Store &store, const std::function<bool()> &cancelled = {});

} // namespace fieldfare::store
