// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/checksum.h"
#include "core/store/check/check_finding.h"
#include "core/store/store.h"

#include <QStringList>

#include <functional>

namespace fieldfare::store {

struct ProfileCheckReport {
    QList<CheckFinding> findings;  ///< All that follows, one by one; of each kind at most kMostFindings.
    QList<quint32> damagedPages;   ///< Of the encrypted file, free ones included.
    QStringList indexProblems;     ///< What PRAGMA integrity_check says beside "ok".
    QStringList searchProblems;
    QStringList versionProblems;   ///< Rows that cannot be read, by their field versions or otherwise.
    qint64 danglingReferences = 0; ///< Pointing to records that are not here.
    /// Nobody keeps records from this profile, so a reference that leads nowhere is wrong. In one that has a server it is allowed:
    /// what it points to may be outside one's rights.
    bool isStandAlone = false;
    qint64 rows = 0;
    changes::Checksum acknowledged; ///< Over what the server has confirmed, for comparison with its own.
    changes::Version cursor = 0;    ///< That the checksum is good for,
    changes::Version scope = 0;     ///< of what the scope of this number has,
    changes::Version latest = 0;    ///< as long as no row has a version after it: a verdict came before the pull that brings the rest.

    [[nodiscard]] bool isOk() const
    {
        return damagedPages.isEmpty() && indexProblems.isEmpty() && searchProblems.isEmpty() && versionProblems.isEmpty()
            && (!isStandAlone || danglingReferences == 0);
    }
};

/// Who watches a check or a repair.
struct CheckWatch {
    /// Called every few milliseconds while neither transaction nor statement of the store is open, so that others may write from
    /// within; true ends with Cancelled.
    std::function<bool()> cancelled = {};
    /// 0 to 100, never falling; on the store's thread.
    std::function<void(int percent)> progress = {};
};

inline constexpr qsizetype kMostFindings = 1000;

/// Looks through the whole profile on the store's thread; seconds per 100,000 records. The file (pages, indexes, references) is
/// read through a connection and on a thread of its own meanwhile, so that saves go on; only SQLite's own check of a search
/// table holds them up for as long as that table takes. Findings are no errors: those are for when it cannot look.
base::Result<ProfileCheckReport> checkProfile(Store &store, const CheckWatch &watch);
base::Result<ProfileCheckReport> checkProfile(Store &store, const std::function<bool()> &cancelled = {});

} // namespace fieldfare::store
