// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/transfer_output.h"

#include <QJsonArray>

namespace fieldfare::app {

using domain::TransferCounts;
using domain::TransferReport;

namespace {

constexpr qsizetype kShownLines = 20;
constexpr int kNameWidth = 16;
constexpr int kNumberWidth = 10;

struct Column {
    const char *key;
    const char *heading;
    qint64 TransferCounts::*count;
};

constexpr Column kColumns[] = {
    {"records", "records", &TransferCounts::records},
    {"taken", "taken", &TransferCounts::taken},
    {"in_trash", "in trash", &TransferCounts::trashed},
    {"present", "there", &TransferCounts::present},
    {"duplicates", "duplicate", &TransferCounts::duplicates},
    {"skipped", "skipped", &TransferCounts::skipped},
    {"renumbered", "new number", &TransferCounts::renumbered},
};

QString entityName(const model::Catalog &catalog, model::EntityId id)
{
    const model::Entity *entity = catalog.entity(id);
    return entity != nullptr ? entity->name() : QString();
}

QString fieldName(const model::Catalog &catalog, model::EntityId id, const model::FieldKey &key)
{
    const model::Entity *entity = catalog.entity(id);
    const model::Field *field = entity != nullptr ? entity->field(key) : nullptr;
    return field != nullptr ? field->name : QString();
}

QJsonObject recordJson(const domain::NamedRecord &record)
{
    return {{QStringLiteral("id"), record.id.toString()}, {QStringLiteral("number"), record.number}, {QStringLiteral("title"), record.title}};
}

QString recordText(const domain::NamedRecord &record)
{
    return record.number.isEmpty() ? record.title : record.number + QLatin1Char(' ') + record.title;
}

QString more(qint64 all, qsizetype shown)
{
    return all > shown ? QStringLiteral("  ... %1 more; --json lists up to %2\n").arg(all - shown).arg(TransferReport::kMostLines) : QString();
}

} // namespace

QJsonObject transferJson(const model::Catalog &catalog, const TransferReport &report)
{
    QJsonObject json;
    QJsonArray entities;
    for (const TransferCounts &counts : report.counts) {
        QJsonObject line{{QStringLiteral("entity"), entityName(catalog, counts.entity)}};
        for (const Column &column : kColumns)
            line.insert(QString::fromLatin1(column.key), counts.*column.count);
        entities.append(line);
    }
    for (const Column &column : kColumns)
        json.insert(QString::fromLatin1(column.key), report.total(column.count));
    json.insert(QStringLiteral("dropped_references"), report.droppedReferences);
    json.insert(QStringLiteral("entities"), entities);
    QJsonArray duplicates;
    for (const domain::DuplicatePair &pair : report.duplicates) {
        duplicates.append(QJsonObject{{QStringLiteral("entity"), entityName(catalog, pair.entity)}, {QStringLiteral("by"), fieldName(catalog, pair.entity, pair.by)},
                                      {QStringLiteral("own"), recordJson(pair.own)}, {QStringLiteral("present"), recordJson(pair.present)}});
    }
    json.insert(QStringLiteral("duplicate_list"), duplicates);
    QJsonArray renumbered;
    for (const domain::Renumbering &entry : report.renumbered) {
        renumbered.append(QJsonObject{{QStringLiteral("entity"), entityName(catalog, entry.entity)}, {QStringLiteral("id"), entry.record.id.toString()},
                                      {QStringLiteral("title"), entry.record.title}, {QStringLiteral("former"), entry.former},
                                      {QStringLiteral("number"), entry.record.number}});
    }
    json.insert(QStringLiteral("renumbered_list"), renumbered);
    QJsonArray fields;
    for (const auto &[former, name] : report.renamedFields)
        fields.append(QJsonObject{{QStringLiteral("former"), former}, {QStringLiteral("name"), name}});
    json.insert(QStringLiteral("renamed_fields"), fields);
    return json;
}

QString transferTable(const model::Catalog &catalog, const TransferReport &report)
{
    QString text = QString(kNameWidth, QLatin1Char(' '));
    for (const Column &column : kColumns)
        text += QString::fromLatin1(column.heading).rightJustified(kNumberWidth + 1);
    text += QLatin1Char('\n');
    for (const TransferCounts &counts : report.counts) {
        text += entityName(catalog, counts.entity).leftJustified(kNameWidth);
        for (const Column &column : kColumns)
            text += QString::number(counts.*column.count).rightJustified(kNumberWidth + 1);
        text += QLatin1Char('\n');
    }
    if (!report.duplicates.isEmpty())
        text += QStringLiteral("Perhaps at the server already:\n");
    for (const domain::DuplicatePair &pair : report.duplicates.first(std::min(kShownLines, report.duplicates.size()))) {
        text += QStringLiteral("  %1 %2 = %3 (same %4)\n").arg(entityName(catalog, pair.entity), recordText(pair.own), recordText(pair.present),
                                                               fieldName(catalog, pair.entity, pair.by));
    }
    text += more(report.total(&TransferCounts::duplicates), kShownLines);
    if (!report.renumbered.isEmpty())
        text += QStringLiteral("New numbers:\n");
    for (const domain::Renumbering &entry : report.renumbered.first(std::min(kShownLines, report.renumbered.size())))
        text += QStringLiteral("  %1 -> %2 %3\n").arg(entry.former, entry.record.number, entry.record.title);
    text += more(report.total(&TransferCounts::renumbered), kShownLines);
    for (const auto &[former, name] : report.renamedFields)
        text += QStringLiteral("The custom field %1 is called %2 there.\n").arg(former, name);
    if (report.droppedReferences > 0)
        text += QStringLiteral("%1 fields that named people or records nobody knows there are empty.\n").arg(report.droppedReferences);
    return text;
}

} // namespace fieldfare::app
