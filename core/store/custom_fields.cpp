// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/custom_fields.h"

#include "core/model/entities/entities.h"
#include "core/store/schema.h"
#include "core/store/unknown_values.h"

#include <QRegularExpression>
#include <QSet>

namespace fieldfare::store {

using base::Result;
using model::CustomField;
using model::Entity;
using model::FieldType;
using model::Record;

namespace {

struct TypeName {
    const char *name;
    FieldType type;
};

constexpr TypeName kTypes[] = {
    {"text", FieldType::Text},         {"long_text", FieldType::LongText}, {"integer", FieldType::Integer},
    {"decimal", FieldType::Decimal},   {"money", FieldType::Money},        {"date", FieldType::Date},
    {"instant", FieldType::Instant},   {"duration", FieldType::Duration},  {"yes_no", FieldType::YesNo},
    {"choice", FieldType::Choice},     {"phone", FieldType::Phone},        {"email", FieldType::Email},
    {"url", FieldType::Url},           {"address", FieldType::Address},    {"reference", FieldType::Reference},
    {"user", FieldType::User},
};

Result<std::vector<Record>> definitions(storage::Connection &connection, const TableLayout &layout)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("SELECT %1 FROM %2 ORDER BY id")
                                                              .arg(layout.selectList(), layout.table())));
    std::vector<Record> records;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return records;
        records.push_back(layout.readRecord(*query));
    }
}

/// What the definition says, without its column; nothing when it does not count.
std::optional<CustomField> understood(const model::Catalog &catalog, const Entity &definitionEntity, const Record &record)
{
    static const QRegularExpression name(QStringLiteral("\\A[a-z][a-z0-9_]{0,59}\\z"));
    const auto text = [&](const char *field) { return record.value(*definitionEntity.field(QString::fromLatin1(field))).textOrEmpty(); };
    const auto number = [&](const char *field) { return record.value(*definitionEntity.field(QString::fromLatin1(field))).integerOr(0); };
    const Entity *entity = catalog.entity(text("entity"));
    const auto type = customFieldType(text("type"));
    if (entity == nullptr || !type || !name.match(text("name")).hasMatch() || entity->field(text("name")) != nullptr)
        return std::nullopt;
    CustomField custom;
    custom.definition = record.id;
    custom.entity = entity->id();
    custom.name = text("name");
    custom.type = *type;
    custom.labelEnglish = text("label_en");
    custom.labelChinese = text("label_zh");
    custom.choiceList = text("choice_list");
    custom.maxLength = int(std::clamp(number("max_length"), std::int64_t(0), std::int64_t(65536)));
    const auto set = [&](const char *field, model::FieldFlag flag) { custom.flags |= number(field) == 1 ? flag : model::NoFlags; };
    set("required", model::Required);
    set("in_list", model::InList);
    set("searchable", model::Searchable);
    if (record.trashed || number("retired") == 1)
        custom.flags = model::Hidden;
    return custom;
}

/// The n of x_<n>; a new one makes the column. `isNew` says so.
Result<int> columnNumber(storage::Connection &connection, const Entity &entity, const CustomField &custom, bool &isNew)
{
    {
        storage::Statement &query = connection.statement(QLatin1StringView("SELECT n FROM custom_column WHERE definition = ?"));
        const storage::StatementReset reset(query);
        bindId(query, 1, custom.definition);
        FIELDFARE_ASSIGN(const bool row, query.step());
        isNew = !row;
        if (row)
            return int(query.int64(0));
    }
    int n = 1;
    {
        storage::Statement &query = connection.statement(QLatin1StringView("SELECT max(n) FROM custom_column WHERE entity = ?"));
        const storage::StatementReset reset(query);
        query.bind(1, qint64(entity.id()));
        FIELDFARE_TRY(query.step());
        n = int(query.int64(0)) + 1;
    }
    storage::Statement &insert = connection.statement(
        QLatin1StringView("INSERT INTO custom_column(definition, entity, n) VALUES (?, ?, ?)"));
    bindId(insert, 1, custom.definition);
    insert.bind(2, qint64(entity.id()));
    insert.bind(3, n);
    FIELDFARE_TRY(insert.run());
    return n;
}

Result<void> makeColumn(storage::Connection &connection, const Entity &entity, const model::Field &field)
{
    for (const QString &definition : schema::columnDefinitions(field))
        FIELDFARE_TRY(connection.execute(QStringLiteral("ALTER TABLE %1 ADD COLUMN %2").arg(quoted(entity.table()), definition)));
    for (const schema::Index &index : schema::indexes(entity)) {
        if (index.name.startsWith(schema::indexPrefix(entity) + field.column + QStringLiteral("__")))
            FIELDFARE_TRY(connection.execute(index.statement));
    }
    return {};
}

} // namespace

std::optional<FieldType> customFieldType(const QString &name)
{
    for (const TypeName &known : kTypes) {
        if (name == QLatin1StringView(known.name))
            return known.type;
    }
    return std::nullopt;
}

QString fieldTypeName(FieldType type)
{
    for (const TypeName &known : kTypes) {
        if (type == known.type)
            return QString::fromLatin1(known.name);
    }
    return type == FieldType::Tags ? QStringLiteral("tags") : type == FieldType::File ? QStringLiteral("file") : QStringLiteral("computed");
}

Result<model::CatalogPointer> applyCustomFields(storage::Connection &connection, const model::CatalogPointer &builtIn)
{
    const Entity *definitionEntity = builtIn->entity(model::entities::kCustomField.id);
    if (definitionEntity == nullptr)
        return builtIn;
    FIELDFARE_ASSIGN(const std::vector<Record> records, definitions(connection, TableLayout(builtIn, *definitionEntity)));
    QList<CustomField> fields;
    QSet<base::Id> made;
    QHash<model::EntityId, int> counts;
    QSet<std::pair<model::EntityId, QString>> names;
    for (const Record &record : records) {
        auto custom = understood(*builtIn, *definitionEntity, record);
        if (!custom || names.contains({custom->entity, custom->name}) || counts.value(custom->entity) >= model::Catalog::kMaxCustomFields)
            continue;
        bool isNew = false;
        FIELDFARE_ASSIGN(custom->columnNumber, columnNumber(connection, *builtIn->entity(custom->entity), *custom, isNew));
        if (isNew)
            made.insert(custom->definition);
        names.insert({custom->entity, custom->name});
        ++counts[custom->entity];
        fields.append(*custom);
    }
    if (fields.isEmpty())
        return builtIn;
    const model::CatalogPointer catalog = builtIn->withCustomFields(fields);
    QSet<model::EntityId> grown;
    for (const CustomField &custom : std::as_const(fields)) {
        if (!made.contains(custom.definition))
            continue;
        const Entity *entity = catalog->entity(custom.entity);
        FIELDFARE_TRY(makeColumn(connection, *entity, *entity->field(model::FieldKey(custom.definition))));
        grown.insert(custom.entity);
    }
    for (const model::EntityId id : std::as_const(grown))
        FIELDFARE_TRY(replayUnknownValues(connection, TableLayout(catalog, *catalog->entity(id))));
    return catalog;
}

} // namespace fieldfare::store
