// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/attaching.h"
#include "core/model/catalog.h"

namespace fieldfare::testlib {

/// What a person who worked alone for a while is told before joining: some of everything.
inline domain::AttachPlan attachPlan(const model::Catalog &catalog)
{
    domain::AttachPlan plan;
    plan.server = QStringLiteral("crm.sonron.example");
    plan.userName = QStringLiteral("anna");
    plan.company = QStringLiteral("Sonron");
    const auto id = [&catalog](const char *name) { return catalog.entity(QString::fromLatin1(name))->id(); };
    domain::TransferReport &report = plan.report;
    report.counts = {
        {.entity = id("customer"), .records = 412, .taken = 410, .trashed = 3, .present = 2, .duplicates = 2, .renumbered = 409},
        {.entity = id("contact"), .records = 530, .taken = 530},
        {.entity = id("deal"), .records = 180, .taken = 180, .renumbered = 180},
        {.entity = id("ticket"), .records = 84, .taken = 84, .renumbered = 84},
        {.entity = id("tag"), .records = 9, .present = 9},
    };
    const model::FieldKey email = catalog.entity(id("customer"))->field(QStringLiteral("email"))->key;
    const auto record = [](const char *number, const char *title) { return domain::NamedRecord{{}, QString::fromLatin1(number), QString::fromLatin1(title)}; };
    report.duplicates = {{id("customer"), email, record("C-000003", "ACME"), record("C-000871", "Acme Ltd")},
                         {id("customer"), email, record("C-000017", "Zoomit"), record("C-000412", "Zoomit")}};
    report.renumbered = {{id("customer"), record("C-001291", "ACME"), QStringLiteral("C-000003")},
                         {id("deal"), record("D-000877", "Roof"), QStringLiteral("D-000001")}};
    report.droppedReferences = 4;
    return plan;
}

} // namespace fieldfare::testlib
