// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/model/validation.h"

#include <QCoreApplication>

namespace fieldfare::ui {

/// What is wrong with a field and what works, as it stands below the field.
class ProblemText {
    Q_DECLARE_TR_FUNCTIONS(ProblemText)

public:
    [[nodiscard]] static QString sentence(const model::Field &field, const model::Problem &problem);
};

} // namespace fieldfare::ui
