// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/device_machine.h"
#include "tests/testlib/simulation/scheduler.h"
#include "tests/testlib/simulation/server_machine.h"

namespace fieldfare::simulation {

/// A whole store::Store - rows, history, search, derived fields - in an encrypted file on a disk in memory whose power goes
/// in the middle of transactions, and which then has what was synced, torn ends included. Backup and copy are those of the
/// files. After each crash the file must open and hold every acknowledged transaction.
[[nodiscard]] std::unique_ptr<DeviceMachine> makeStoreMachine(const base::Clock &clock, Dice &dice);

/// server::SqlServerStorage on such a disk.
[[nodiscard]] std::unique_ptr<ServerMachine> makeSqlServerMachine(Dice &dice);

} // namespace fieldfare::simulation
