// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/compactor.h"

#include <algorithm>

namespace fieldfare::server {

using base::Result;
using changes::Version;

Result<bool> Compactor::step(Version wanted)
{
    FIELDFARE_ASSIGN(const auto leased, m_storage.lowestLeasedCursor(m_clock.wallMs()));
    FIELDFARE_ASSIGN(Version floor, m_storage.floor());
    const Version allowed = leased ? std::min(wanted, *leased) : wanted;
    if (allowed > floor) {
        floor = allowed;
        FIELDFARE_TRY(m_storage.setFloor(floor));
    }
    FIELDFARE_ASSIGN(const int forgotten, m_storage.dropDecidedQuarantine(m_clock.wallMs() - kKeptMs, kDecidedAStep));
    FIELDFARE_ASSIGN(const int dropped, m_storage.dropTombstones(floor, kTombstonesAStep));
    return dropped == kTombstonesAStep || forgotten == kDecidedAStep;
}

} // namespace fieldfare::server
