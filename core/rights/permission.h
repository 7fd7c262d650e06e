// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/rights.h"

namespace fieldfare::rights {

/// Something that is to be done to a record.
struct Request {
    Action action = Action::Edit;
    model::Reference record;
    /// What a new record is to hang on (parentField), as it is not there to be asked yet.
    std::optional<model::Reference> parent = {};
};

/// Of an entity that the server alone writes: the fields by which a reviewer decides a conflict. Of others all.
[[nodiscard]] bool mayDeviceSet(const model::Entity &entity, const model::FieldKey &key);

/// Whether these rights allow it, as things stand in the source. What hangs on a record has that record's place; what says
/// something about it without being a record for people (a tagging) needs the right to edit it. What the server alone
/// writes has rules of its own, and is allowed here. UnknownEntity; errors of the source.
[[nodiscard]] base::Result<bool> isPermitted(const model::Catalog &catalog, RightsSource &source, const Rights &rights, const Request &request);

} // namespace fieldfare::rights
