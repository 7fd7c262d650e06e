// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/company_seeds.h"

#include "core/model/choice_seeds.h"

#include <QHash>

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::FieldValue;
using model::Value;

namespace {

/// The fields of one entity by name.
class RowValues {
public:
    explicit RowValues(const model::Entity &entity) : m_entity(entity) {}

    RowValues &set(const char *field, const Value &value)
    {
        const model::Field *found = m_entity.field(QString::fromLatin1(field));
        Q_ASSERT(found != nullptr);
        m_values.push_back({found->key, value});
        return *this;
    }
    [[nodiscard]] const std::vector<FieldValue> &values() const { return m_values; }

private:
    const model::Entity &m_entity;
    std::vector<FieldValue> m_values;
};

} // namespace

Result<void> seedCompany(Merger &merger, const model::Catalog &catalog)
{
    FIELDFARE_ASSIGN(const model::Entity *const choice, catalog.find(QStringLiteral("choice_value")));
    QHash<QString, std::int64_t> orders;
    for (const model::ChoiceSeed &seed : model::choiceSeeds()) {
        const QString list = QString::fromLatin1(seed.list);
        const QString key = QString::fromLatin1(seed.key);
        RowValues row(*choice);
        row.set("list", Value(list)).set("key", Value(key));
        row.set("label_en", Value(QString::fromUtf8(seed.labelEnglish))).set("label_zh", Value(QString::fromUtf8(seed.labelChinese)));
        row.set("sort_order", Value(++orders[list]));
        FIELDFARE_TRY(merger.writeAsServer(choice->id(), model::choiceValueId(list, key), row.values(), Id()));
    }
    FIELDFARE_ASSIGN(const model::Entity *const pipeline, catalog.find(QStringLiteral("pipeline")));
    RowValues sales(*pipeline);
    sales.set("name", Value(QStringLiteral("Sales"))).set("name_zh", Value(QString::fromUtf8("销售"))).set("sort_order", Value(std::int64_t(1)));
    FIELDFARE_TRY(merger.writeAsServer(pipeline->id(), model::defaultPipelineId(), sales.values(), Id()));
    FIELDFARE_ASSIGN(const model::Entity *const stage, catalog.find(QStringLiteral("stage")));
    std::int64_t order = 0;
    for (const model::StageSeed &seed : model::stageSeeds()) {
        RowValues row(*stage);
        row.set("pipeline", Value(model::Reference{pipeline->id(), model::defaultPipelineId()}));
        row.set("name", Value(QString::fromUtf8(seed.nameEnglish))).set("name_zh", Value(QString::fromUtf8(seed.nameChinese)));
        row.set("kind", Value(QString::fromLatin1(seed.kind))).set("probability", Value(std::int64_t(seed.probability)));
        row.set("sort_order", Value(++order));
        FIELDFARE_TRY(merger.writeAsServer(stage->id(), model::stageSeedId(seed.key), row.values(), Id()));
    }
    return {};
}

} // namespace fieldfare::server
