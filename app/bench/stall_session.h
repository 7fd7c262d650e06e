// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bench/bench.h"

namespace fieldfare::bench {

/// The real main window over a whole company's profile, while a colleague's edits arrive through a real server. Needs a
/// QApplication on this thread; takes about a minute beside the time to make the company.
base::Result<QList<Line>> measureStalls(const Options &options);

/// The same script over the kept company in `folder` (SampleProfile::finish()), which stands alone, while an import runs in the
/// background; with the memory that it takes and the time to the first list. The edits stay in the profile.
base::Result<QList<Line>> measureDesk(const QString &folder);

} // namespace fieldfare::bench
