// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/profile_session.h"

#include "core/domain/deal_stage_rule.h"

namespace fieldfare::app {

using base::Result;

std::vector<std::shared_ptr<store::CommitRule>> commitRules()
{
    return {std::make_shared<domain::DealStageRule>()};
}

Result<std::unique_ptr<ProfileSession>> ProfileSession::withStore(store::Profile profile, std::shared_ptr<const store::MigrationOptions> migration)
{
    std::unique_ptr<ProfileSession> session(new ProfileSession(std::move(profile)));
    FIELDFARE_ASSIGN(session->m_store, session->m_profile.openStore(session->m_clock, session->m_random, commitRules(), std::move(migration)));
    return session;
}

Result<std::unique_ptr<ProfileSession>> ProfileSession::create(const QString &folder, const base::Secret &passphrase)
{
    FIELDFARE_ASSIGN(store::Profile profile, store::Profile::create(folder, passphrase, {.isUnfinished = true}));
    return withStore(std::move(profile));
}

Result<std::unique_ptr<ProfileSession>> ProfileSession::open(const QString &folder, const base::Secret &passphrase,
                                                              std::shared_ptr<const store::MigrationOptions> migration)
{
    FIELDFARE_ASSIGN(store::Profile profile, store::Profile::open(folder, passphrase));
    return withStore(std::move(profile), std::move(migration));
}

} // namespace fieldfare::app
