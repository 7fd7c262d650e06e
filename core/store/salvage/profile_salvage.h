// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/check/profile_check.h"
#include "core/store/profile.h"
#include "core/store/salvage/salvage_report.h"

namespace fieldfare::store {

/// Puts what can be read of a damaged profile into a new one (core/store/docs/salvage.md): past damaged pages, a damaged log, a file
/// that was cut off, with the key file or its previous copy. The new one has the same passphrase and data key, and opens like any
/// other. The damaged profile is only read, under its lock; wrong passphrases are counted there (storage::TryLimit).
///
/// NotFound (no database, no key file), ProfileInUse, WrongPassphrase, TooManyAttempts, KeyFileDamaged; AlreadyExists when `to` holds a profile; what
/// was begun there and cut off is begun anew. FileDamaged when no page can be read. DiskFull, Io, Cancelled.
base::Result<SalvageReport> salvageProfile(const QString &from, const QString &to, const base::Secret &passphrase, const base::Clock &clock,
                                           base::RandomSource &random, const CheckWatch &watch = {});

} // namespace fieldfare::store
