// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica.h"
#include "core/model/catalog.h"
#include "core/model/record.h"
#include "core/store/change_set.h"
#include "core/store/query/list_query.h"

#include <functional>
#include <optional>

namespace fieldfare::store {

/// Completes a change by what follows from it, before it is checked and logged: a deal that moves to a won stage gets its
/// closing date in the same group. Implementations live in core/domain and are given to the store by app.
class CommitRule {
public:
    struct Context {
        const model::Catalog &catalog;
        /// A record as it stands, in the transaction; empty when it is not here.
        std::function<base::Result<std::optional<model::Record>>(model::EntityId, const base::Id &)> find;
        /// The first record of a list, likewise; empty when there is none.
        std::function<base::Result<std::optional<model::Record>>(const ListQuery &)> first;
        qint64 nowMs = 0; ///< UTC
        base::Id user;
        Cause cause = Cause::User;
    };

    virtual ~CommitRule() = default;
    /// May add values to a Create or Set; must leave what the caller gave. Called for these two kinds only.
    virtual base::Result<void> complete(const Context &context, changes::LocalChange &change) const = 0;
};

} // namespace fieldfare::store
