// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deal_stage_rule.h"
#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"

#include <QTest>

using namespace fieldfare;
using model::Value;

class TestDealStageRule : public QObject {
    Q_OBJECT

private:
    model::CatalogPointer m_catalog = model::Catalog::standard();
    const model::Entity &deal() const { return *m_catalog->entity(model::entities::kDeal.id); }

    Value moved(const char *kind, const Value &standingClose, const char *field, const Value &callersClose = {})
    {
        const model::Entity &stages = *m_catalog->entity(model::entities::kStage.id);
        model::Record stage;
        stage.setValue(*stages.field(QStringLiteral("kind")), Value(QString::fromLatin1(kind)));
        stage.setValue(*stages.field(QStringLiteral("probability")), Value(std::int64_t(80)));
        model::Record standing;
        standing.setValue(*deal().field(QStringLiteral("closed_at")), standingClose);
        const base::Id stageId = model::stageSeedId("won");
        store::CommitRule::Context context{*m_catalog,
                                           [&](model::EntityId entity, const base::Id &) -> base::Result<std::optional<model::Record>> {
                                               return std::optional(entity == stages.id() ? stage : standing);
                                           },
                                           [](const store::ListQuery &) -> base::Result<std::optional<model::Record>> { return std::optional<model::Record>(); },
                                           86'400'000LL * 20'000, base::Id()};
        changes::LocalChange change;
        change.kind = changes::OperationKind::Set;
        change.entity = deal().id();
        change.record = base::Id::fromName(QStringLiteral("deal"), QStringLiteral("one"));
        change.values = {{deal().field(QStringLiteral("stage"))->key, Value(model::Reference{stages.id(), stageId})}};
        if (!callersClose.isEmpty())
            change.values.push_back({deal().field(QStringLiteral("closed_at"))->key, callersClose});
        if (!domain::DealStageRule().complete(context, change).ok())
            return Value(QStringLiteral("failed"));
        Value found(QStringLiteral("absent"));
        for (const changes::FieldValue &entry : change.values) {
            if (entry.field == deal().field(QString::fromLatin1(field))->key)
                found = entry.value;
        }
        return found;
    }

private Q_SLOTS:
    void aWonDealIsClosedToday() { QCOMPARE(moved("won", Value(), "closed_at"), Value(std::int64_t(20'000))); }
    void aClosingDateStaysAsItWas() { QCOMPARE(moved("lost", Value(std::int64_t(5)), "closed_at"), Value(QStringLiteral("absent"))); }
    void theCallersDateHolds() { QCOMPARE(moved("won", Value(), "closed_at", Value(std::int64_t(7))), Value(std::int64_t(7))); }
    void anOpenDealHasNoClosingDate() { QCOMPARE(moved("open", Value(std::int64_t(5)), "closed_at"), Value()); }
    void aNewDealStandsInTheFirstOpenStage()
    {
        const model::Entity &stages = *m_catalog->entity(model::entities::kStage.id);
        model::Record stage;
        stage.id = model::stageSeedId("prospecting");
        stage.setValue(*stages.field(QStringLiteral("kind")), Value(QStringLiteral("open")));
        stage.setValue(*stages.field(QStringLiteral("probability")), Value(std::int64_t(10)));
        store::ListQuery asked;
        const store::CommitRule::Context context{*m_catalog,
                                                 [](model::EntityId, const base::Id &) -> base::Result<std::optional<model::Record>> { return std::optional<model::Record>(); },
                                                 [&](const store::ListQuery &query) -> base::Result<std::optional<model::Record>> {
                                                     asked = query;
                                                     return std::optional(stage);
                                                 },
                                                 0, base::Id()};
        const model::FieldKey pipeline = deal().field(QStringLiteral("pipeline"))->key;
        const model::FieldKey stageKey = deal().field(QStringLiteral("stage"))->key;
        changes::LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = deal().id();
        const base::Id own = base::Id::fromName(QStringLiteral("pipeline"), QStringLiteral("own"));
        change.values = {{pipeline, Value(model::Reference{model::entities::kPipeline.id, own})}, {stageKey, Value()}};
        QVERIFY(domain::DealStageRule().complete(context, change).ok());
        QCOMPARE(asked.entity, stages.id());
        QVERIFY(asked.filter.toText().contains(own.toString()));
        QCOMPARE(change.values.size(), size_t(3)); // and the probability
        QCOMPARE(change.values[1].value, Value(model::Reference{stages.id(), stage.id}));
        QCOMPARE(change.values[2].value, Value(std::int64_t(10)));
        change.kind = changes::OperationKind::Set; // who takes the stage away means it
        change.values = {{stageKey, Value()}};
        QVERIFY(domain::DealStageRule().complete(context, change).ok());
        QCOMPARE(change.values.size(), size_t(1));
    }
    void theStageGivesTheProbability() { QCOMPARE(moved("open", Value(), "probability"), Value(std::int64_t(80))); }
};

QTEST_APPLESS_MAIN(TestDealStageRule)
#include "tst_deal_stage_rule.moc"
