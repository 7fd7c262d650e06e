// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entities/entities.h"
#include "tests/testlib/open_profile.h"

namespace fieldfare::testlib {

/// Makes the profile's user a sales representative, and says what that role may do with customers; what is not named it may not. Only in
/// a profile without a server: with one, nobody writes his own rights.
[[nodiscard]] inline base::Result<int> limitRole(OpenProfile &profile, const std::vector<std::pair<const char *, model::Value>> &says)
{
    return profile.onStore<int>([&says](store::Store &store) -> base::Result<int> {
        const model::Entity &rights = *store.catalog()->entity(model::entities::kRoleRight.id);
        const model::Entity &users = *store.catalog()->entity(model::entities::kUser.id);
        FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
        const model::Value role(QStringLiteral("sales_representative")); // the maker of a company may everything
        changes::LocalChange user;
        user.entity = users.id();
        user.record = state.user;
        user.values = {{users.field(QStringLiteral("role"))->key, role}};
        store::ChangeSet own;
        own.label = QStringLiteral("Role");
        own.changes.push_back(std::move(user));
        FIELDFARE_TRY(store.commit(std::move(own)));
        changes::LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = rights.id();
        const auto put = [&](const char *name, const model::Value &value) { change.values.push_back({rights.field(QLatin1StringView(name))->key, value}); };
        put("role", role);
        put("entity", model::Value(QStringLiteral("customer")));
        for (const auto &[name, value] : says)
            put(name, value);
        store::ChangeSet set;
        set.label = QStringLiteral("Rights");
        set.changes.push_back(std::move(change));
        FIELDFARE_TRY(store.commit(std::move(set)));
        return 1;
    });
}

} // namespace fieldfare::testlib
