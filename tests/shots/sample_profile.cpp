// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/sample_profile.h"

#include <QDate>

namespace fieldfare::shots {

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

changes::LocalChange create(const model::Entity &entity, const QList<std::pair<const char *, model::Value>> &values)
{
    changes::LocalChange change;
    change.kind = changes::OperationKind::Create;
    change.entity = entity.id();
    for (const auto &[name, value] : values) {
        if (!value.isEmpty())
            change.values.push_back({entity.field(QString::fromLatin1(name))->key, value});
    }
    return change;
}

model::Value day(const QDate &date)
{
    return std::int64_t(QDate(1970, 1, 1).daysTo(date));
}

} // namespace

std::unique_ptr<store::DatabaseThread> openSampleProfile(const QString &folder, const base::Clock &clock, base::RandomSource &random)
{
    store::DatabaseThreadOptions options;
    options.store.path = folder + s("/sample.db");
    options.store.key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(random));
    options.store.createIfMissing = true;
    options.store.clock = &clock;
    options.store.random = &random;
    return std::make_unique<store::DatabaseThread>(std::move(options));
}

base::Result<bool> fillSampleProfile(store::Store &store)
{
    FIELDFARE_TRY(store.seed(s("Markita Hansen")));
    const model::CatalogPointer catalog = store.catalog();
    const model::Entity &deal = *catalog->entity(s("deal"));
    const model::Entity &ticket = *catalog->entity(s("ticket"));
    const model::Entity &stage = *catalog->entity(s("stage"));
    const char *const names[] = {"Prospecting", "Engaging", "Proposal", "Negotiation", "Won", "Lost"};
    std::vector<model::Value> stages;
    for (const char *name : names) {
        FIELDFARE_ASSIGN(const base::Id id, store.resolve(stage.id(), s(name)));
        stages.push_back(model::Reference{stage.id(), id});
    }
    store::ChangeSet set;
    set.label = s("Sample");
    for (int i = 0; i < 240; ++i) {
        const size_t at = size_t(i % 3 == 0 ? i % 4 : i % 9 == 1 ? 5 : 4);
        const QDate closed = QDate(2025, 1, 3).addDays((i * 67) % 690);
        set.changes.push_back(create(deal, {{"name", s("Deal %1").arg(i)}, {"stage", stages[at]},
                                            {"amount", model::Money::of((400 + (i * 733) % 5200) * 1000LL, s("USD"))},
                                            {"closed_at", at > 3 ? day(closed) : model::Value()}}));
    }
    const char *const statuses[] = {"new", "open", "open", "waiting", "solved"};
    for (int i = 0; i < 60; ++i)
        set.changes.push_back(create(ticket, {{"subject", s("Ticket %1").arg(i)}, {"status", s(statuses[i % 5])},
                                              {"due_at", model::Value(std::int64_t(kNow + (i % 7 - 1) * 3'600'000LL))}}));
    FIELDFARE_TRY(store.commit(set));
    return true;
}

ui::ReviewData sampleReview(const model::Catalog &catalog)
{
    const model::Entity &customer = *catalog.entity(s("customer"));
    const base::Id record = base::Id::fromName(s("shots"), s("iselectrics"));
    const base::Id other = base::Id::fromName(s("shots"), s("celia"));
    const base::Id own = base::Id::fromName(s("shots"), s("markita"));
    const auto conflict = [&](const char *field, const char *base, const char *mine, const char *theirs, bool mineIsShown) {
        store::ConflictView view;
        view.record = {customer.id(), record};
        view.field = customer.field(QString::fromLatin1(field))->key;
        view.base = s(base);
        view.mine = s(mine);
        view.theirs = s(theirs);
        view.shown = mineIsShown ? view.mine : view.theirs;
        view.mineIsShown = mineIsShown;
        view.mineBy = own;
        view.theirsBy = other;
        view.mineAt = kNow - 5 * 3'600'000LL;
        view.theirsAt = kNow - 6 * 3'600'000LL;
        view.mineDevice = s("West-07");
        view.theirsDevice = s("Office-3");
        return view;
    };
    ui::ReviewData data;
    data.open.push_back({{customer.id(), record}, s("Iselectrics"), s("C-20061"),
                         {conflict("phone", "+1 206 555 0118", "+1 206 555 0190", "+1 206 555 0109", true),
                          conflict("needs", "Screens for two halls. Budget in spring.", "Screens for three halls. Budget in spring.",
                                   "Screens for four halls. Budget in spring, 40,000.", false)},
                         kNow - 8 * 60'000LL});
    const model::EntityId users = catalog.entity(s("user"))->id();
    data.titles = {{{users, other}, s("Celia Rouche")}, {{users, own}, s("Markita Hansen")}};
    ui::TrayItem refused;
    refused.view.id = 1;
    refused.view.outcome = changes::Outcome::Denied;
    refused.view.refusedAt = kNow - 3'600'000LL;
    refused.view.operation.entity = customer.id();
    refused.view.operation.record = record;
    refused.view.operation.values = {{customer.field(s("phone"))->key, s("+1 415 555 0177")}};
    refused.title = s("Treequote");
    refused.number = s("C-20305");
    data.tray.push_back(refused);
    return data;
}

} // namespace fieldfare::shots
