// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/storage/storage_fixture.h"

#include <random>

namespace fieldfare::storage_test {

/// A ledger whose sum never changes: a transaction moves an amount between accounts and writes down that it did. What a
/// crash leaves is right when the sum is, every acknowledged transfer is there, and at most one more.
inline constexpr int kAccounts = 60;
inline constexpr qint64 kTotal = kAccounts * 1000;

/// False on any failure. Not in a transaction of its own.
bool makeLedger(storage::Connection &connection);
base::Result<void> transfer(storage::Connection &connection, qint64 number, std::mt19937_64 &random);
/// As transfer(), with the number after the last one, which is returned: for several at a time.
base::Result<qint64> transferNext(storage::Connection &connection, std::mt19937_64 &random);
/// What is wrong with the ledger after a crash; empty: nothing. `underWay` may be there beyond the acknowledged ones.
QString wrongAfter(storage::Connection &connection, qint64 acknowledged, qint64 underWay = 1);
QString describe(const base::Result<std::unique_ptr<storage::Connection>> &result);

} // namespace fieldfare::storage_test
