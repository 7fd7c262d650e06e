// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store/profile.h"
#include "core/store/store.h"

#include <memory>

namespace fieldfare::app {

/// The business rules that every program gives to its store.
[[nodiscard]] std::vector<std::shared_ptr<store::CommitRule>> commitRules();

/// A profile that is open on this thread: its lock, its key and its store. For programs without a database thread.
class ProfileSession {
public:
    /// Fail as store::Profile and store::Store do. What create() makes is no profile before complete(): a killed init is begun
    /// anew by the next one.
    static base::Result<std::unique_ptr<ProfileSession>> create(const QString &folder, const base::Secret &passphrase);
    /// `migration` watches while an older file is brought up to date.
    static base::Result<std::unique_ptr<ProfileSession>> open(const QString &folder, const base::Secret &passphrase,
                                                              std::shared_ptr<const store::MigrationOptions> migration = {});

    [[nodiscard]] base::Result<void> complete() const { return m_profile.complete(); }

    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] const store::ProfilePaths &paths() const { return m_profile.paths(); }
    [[nodiscard]] const std::shared_ptr<const storage::DataKey> &key() const { return m_profile.key(); }
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }
    [[nodiscard]] base::RandomSource &random() { return m_random; }

private:
    explicit ProfileSession(store::Profile profile) : m_profile(std::move(profile)) {}
    static base::Result<std::unique_ptr<ProfileSession>> withStore(store::Profile profile, std::shared_ptr<const store::MigrationOptions> migration = {});

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    store::Profile m_profile;
    std::unique_ptr<store::Store> m_store;
};

} // namespace fieldfare::app
