// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/sample_company.h"

namespace fieldfare::shots {

/// The sample company of the tests and what pictures need beyond it, all as a server would have sent it: two years of closed
/// deals for the dashboard, a queue of conflicts (one bulk edit among them), and a change that was not accepted. The same
/// values in each run.
base::Result<testlib::SampleCompany> fillShownCompany(store::Store &store, testlib::FixedClock &clock, bool chinese);

} // namespace fieldfare::shots
