// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/enrolment.h"
#include "core/domain/record_transfer.h"
#include "core/store/joining_files.h"
#include "core/store/profile.h"

#include <optional>

namespace fieldfare::app {

/// A stand-alone profile on its way to a server (DESIGN 6, rule 17; core/changes/docs/joining.md): a database beside the
/// profile's own takes the enrolment and the first download, a copy of it takes the profile's records, and the copy takes the
/// place of the profile's database in one step. Until then the profile is as it was, whatever ends the program.
///
/// The order of calls: begin(); enrolled() unless earlier() tells of a download; syncing download() to its end is the caller's
/// business, as the network is; build(); then replace(), or nothing for a dry run. Holds the profile's lock. Synchronous, on
/// one thread.
class ProfileAttachment {
public:
    /// Fails as store::Profile does.
    static base::Result<std::unique_ptr<ProfileAttachment>> begin(const QString &folder, const base::Secret &passphrase, const base::Clock &clock,
                                                                  base::RandomSource &random);

    /// The same for a profile that is unlocked already; no store is on it. It is taken unless that fails.
    static base::Result<std::unique_ptr<ProfileAttachment>> begin(store::Profile &profile, const base::Clock &clock, base::RandomSource &random);

    /// Where and as whom an earlier run enrolled, when its download is here; none otherwise.
    base::Result<std::optional<store::ProfileInfo>> earlier();
    /// The profile itself; with a server when it joined one already.
    [[nodiscard]] const store::ProfileInfo &profile() const { return m_info; }
    /// Forgets what an earlier run downloaded.
    base::Result<void> discard();

    /// Begins the download as this device.
    base::Result<void> enrolled(const Enrolled &enrolled);
    /// After enrolled() or earlier(). Gone with build().
    [[nodiscard]] store::Store &download() { return *m_download; }
    base::Result<std::vector<std::pair<model::EntityId, qint64>>> numbersNeeded() { return domain::RecordTransfer::numbersNeeded(*m_own); }

    /// The profile as it would be; again with other options if need be. What it makes goes with this object unless replace()
    /// follows.
    base::Result<domain::TransferReport> build(const domain::TransferOptions &options, domain::RecordTransfer::Progress progress);
    /// After a failure the profile is as it was; otherwise it is the joined one, closed until reopen().
    base::Result<void> replace();
    base::Result<void> reopen() { return openOwn(); }
    /// Closes every store and hands the profile back. The last call.
    [[nodiscard]] store::Profile takeProfile();
    /// The profile's store, for the sync that follows replace() and reopen().
    [[nodiscard]] store::Store &own() { return *m_own; }
    /// Where the profile as it was is kept after replace().
    [[nodiscard]] QString former() const { return m_files.former(); }

    [[nodiscard]] model::CatalogPointer catalog() const { return m_own->catalog(); }
    ~ProfileAttachment();

private:
    ProfileAttachment(store::Profile profile, const base::Clock &clock, base::RandomSource &random);
    base::Result<void> openOwn();
    base::Result<void> copySettings(store::Store &to);

    const base::Clock &m_clock;
    base::RandomSource &m_random;
    store::Profile m_profile;
    store::JoiningFiles m_files;
    store::ProfileInfo m_info;
    std::unique_ptr<store::Store> m_own;
    std::unique_ptr<store::Store> m_download;
    std::unique_ptr<store::Store> m_joined;
};

} // namespace fieldfare::app
