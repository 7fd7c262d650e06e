// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bring_back_list.h"

#include "app/cli/record_output.h"
#include "core/model/unit_separator.h"

#include <QJsonObject>

#include <algorithm>

namespace fieldfare::app {

using base::Result;
using changes::LocalChange;

namespace {

QString shortened(QString text)
{
    if (text.size() > BringBackList::kLongestValue)
        text = text.first(BringBackList::kLongestValue) + QStringLiteral("…");
    return text;
}

QJsonArray fieldsOf(store::Store &store, const model::Entity &entity, const model::Record &now, const LocalChange &change)
{
    QJsonArray fields;
    for (const changes::FieldValue &then : change.values) {
        const model::Field *field = entity.field(then.field);
        const bool isTags = field != nullptr && field->type == model::FieldType::Tags;
        const QString before = isTags ? now.tags.join(QStringLiteral(", ")) : field != nullptr ? valueText(store, &entity, then.field, now.value(*field)) : QString();
        const QString after = isTags ? then.value.textOrEmpty().replace(model::kUnitSeparator, QStringLiteral(", ")) : valueText(store, &entity, then.field, then.value);
        fields.append(QJsonObject{{QStringLiteral("field"), fieldName(&entity, then.field)}, {QStringLiteral("now"), shortened(before)}, {QStringLiteral("then"), shortened(after)}});
    }
    return fields;
}

/// Of a record that is not here: as it was.
QString titleOf(const model::Entity &entity, const LocalChange &create)
{
    const model::Field *const title = entity.titleField();
    const auto value = std::find_if(create.values.begin(), create.values.end(), [title](const changes::FieldValue &one) { return title != nullptr && one.field == title->key; });
    return value != create.values.end() ? value->value.textOrEmpty() : QString();
}

/// On one line, and to be seen where it is empty.
QString shown(const QJsonValue &value)
{
    const QString text = value.toString().simplified();
    return text.isEmpty() ? QStringLiteral("(empty)") : text;
}

} // namespace

QString BringBackList::text() const
{
    QString text;
    for (const QJsonValue &value : records) {
        const QJsonObject record = value.toObject();
        const QString trash = record.value(QStringLiteral("from_trash")).toBool() ? QStringLiteral("  (from the trash)")
            : record.value(QStringLiteral("lost")).toBool()                       ? QStringLiteral("  (lost, made anew)")
                                                                                  : QString();
        text += record.value(QStringLiteral("id")).toString() + QStringLiteral("  ") + record.value(QStringLiteral("title")).toString().simplified() + trash + QLatin1Char('\n');
        const QJsonArray fields = record.value(QStringLiteral("fields")).toArray();
        for (const QJsonValue &one : fields) {
            const QJsonObject field = one.toObject();
            text += QStringLiteral("    ") + field.value(QStringLiteral("field")).toString() + QStringLiteral(": ") + shown(field.value(QStringLiteral("now"))) + QStringLiteral(" -> ")
                + shown(field.value(QStringLiteral("then"))) + QLatin1Char('\n');
        }
    }
    if (more > 0)
        text += QStringLiteral("and %1 more\n").arg(more);
    return text;
}

Result<BringBackList> bringBackList(store::Store &store, const store::BringBackPlan &plan)
{
    const model::CatalogPointer catalog = store.catalog();
    const std::vector<LocalChange> &changes = plan.changes.changes;
    BringBackList list;
    for (size_t at = 0; at < changes.size();) {
        // What becomes of one record stands together.
        const LocalChange &first = changes[at];
        const size_t begin = at;
        while (at < changes.size() && changes[at].record == first.record)
            ++at;
        if (list.records.size() >= BringBackList::kMostRecords) {
            ++list.more;
            continue;
        }
        const model::Entity *const entity = catalog->entity(first.entity);
        if (entity == nullptr)
            return base::Error{base::ErrorCode::UnknownEntity, {}, {QString::number(first.entity)}};
        const bool isLost = first.kind == changes::OperationKind::Create;
        model::Record now;
        if (!isLost) {
            FIELDFARE_ASSIGN(now, store.record(first.entity, first.record));
        }
        FIELDFARE_ASSIGN(const QString title, isLost ? base::Result<QString>(titleOf(*entity, first)) : store.title({first.entity, first.record}));
        bool isFromTrash = false;
        QJsonArray fields;
        for (size_t i = begin; i < at; ++i) {
            isFromTrash = isFromTrash || changes[i].kind == changes::OperationKind::Restore;
            const QJsonArray some = fieldsOf(store, *entity, now, changes[i]);
            for (const QJsonValue &field : some)
                fields.append(field);
        }
        list.records.append(QJsonObject{{QStringLiteral("id"), first.record.toString()},
                                        {QStringLiteral("title"), title},
                                        {QStringLiteral("from_trash"), isFromTrash},
                                        {QStringLiteral("lost"), isLost},
                                        {QStringLiteral("fields"), fields}});
    }
    return list;
}

} // namespace fieldfare::app
