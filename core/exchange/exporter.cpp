// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/exporter.h"

#include "core/exchange/column_matching.h"
#include "core/exchange/csv_writer.h"
#include "core/exchange/record_json.h"
#include "core/model/entities/entities.h"
#include "core/model/value_text.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSaveFile>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Field;

namespace {

constexpr size_t kPage = 500;

/// What a reference is written as, so that import finds the same record again.
class ReferenceNames {
public:
    explicit ReferenceNames(store::Store &store) : m_store(store) {}

    /// `title` is that of the record, as the row brought it.
    Result<QString> text(const Field &field, const model::Reference &reference, const QString &title)
    {
        if (const auto it = m_names.constFind(reference.id); it != m_names.constEnd())
            return it.value();
        FIELDFARE_ASSIGN(const QString name, find(field, reference, title));
        if (m_names.size() < kMostRemembered)
            m_names.insert(reference.id, name);
        return name;
    }

private:
    static constexpr qsizetype kMostRemembered = 10'000;

    Result<QString> find(const Field &field, const model::Reference &reference, const QString &title)
    {
        if (field.targets.size() < 2) {
            const auto back = title.trimmed().isEmpty() ? Result<Id>(Id()) : m_store.resolve(reference.entity, title);
            if (back.ok() && back.value() == reference.id)
                return title;
        }
        const model::Entity *target = m_store.catalog()->entity(reference.entity);
        const Field *number = target != nullptr ? target->numberField() : nullptr;
        if (number == nullptr)
            return reference.id.toString();
        const auto record = m_store.record(reference.entity, reference.id, false);
        const QString text = record.ok() ? record->value(*number).textOrEmpty() : QString();
        return text.isEmpty() ? reference.id.toString() : text;
    }

    store::Store &m_store;
    QHash<Id, QString> m_names;
};

class RecordWriter {
public:
    RecordWriter(store::Store &store, const model::Entity &entity, QList<const Field *> fields, ExportFormat format, QIODevice &device)
        : m_entity(entity), m_fields(std::move(fields)), m_isJson(format == ExportFormat::Json), m_device(device), m_names(store), m_csv(device)
    {
    }

    Result<void> begin()
    {
        if (m_isJson)
            return put("[");
        QStringList row{QString::fromLatin1(kIdColumn)};
        for (const Field *field : m_fields)
            row.append(field->name);
        return m_csv.writeRow(row);
    }

    Result<void> write(const store::RowView &row)
    {
        if (m_isJson) {
            QJsonObject object = recordJson(m_entity, row);
            FIELDFARE_TRY(put(m_isFirst ? "\n" : ",\n"));
            m_isFirst = false;
            return put(QJsonDocument(object).toJson(QJsonDocument::Compact));
        }
        QStringList cells{row.record.id.toString()};
        for (const Field *field : m_fields) {
            const model::Value &value = row.record.value(*field);
            if (field->type == model::FieldType::Tags) {
                cells.append(row.record.tags.join(QStringLiteral(", ")));
            } else if (const model::Reference *reference = value.reference()) {
                FIELDFARE_ASSIGN(const QString name, m_names.text(*field, *reference, row.referenceTitle(*field)));
                cells.append(name);
            } else {
                cells.append(model::formatValue(*field, value));
            }
        }
        return m_csv.writeRow(cells);
    }

    Result<void> finish() { return m_isJson ? put(m_isFirst ? "]\n" : "\n]\n") : m_csv.finish(); }

private:
    Result<void> put(const QByteArray &bytes)
    {
        if (m_device.write(bytes) != bytes.size())
            return {ErrorCode::Io, m_device.errorString()};
        return {};
    }

    const model::Entity &m_entity;
    QList<const Field *> m_fields;
    bool m_isJson;
    bool m_isFirst = true;
    QIODevice &m_device;
    ReferenceNames m_names;
    CsvWriter m_csv;
};

} // namespace

std::optional<ExportFormat> exportFormatFromText(const QString &text)
{
    if (text == QLatin1String("csv"))
        return ExportFormat::Csv;
    if (text == QLatin1String("json"))
        return ExportFormat::Json;
    return std::nullopt;
}

Result<ExportReport> exportRecords(store::Store &store, const ExportOptions &options, const store::FilterContext &context,
                                   const std::function<bool()> &cancelled)
{
    const model::CatalogPointer catalog = store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(options.entity));
    FIELDFARE_ASSIGN(const rights::Rights rights, store.rights());
    if (!rights.may(rights::Action::Export, entity->id()))
        return {ErrorCode::NotPermitted, QCoreApplication::translate("Details", "the role of this user may not export %1").arg(entity->name()), {entity->name()}};
    QList<const Field *> fields;
    for (const QString &name : options.fields) {
        FIELDFARE_ASSIGN(const Field *const field, catalog->findField(*entity, name));
        fields.append(field);
    }
    if (fields.isEmpty())
        fields = shownFields(*entity);

    store::ListQuery query{.entity = entity->id(), .filter = options.filter, .sorts = options.sorts};
    if (query.sorts.isEmpty())
        query.sorts = {{QString::fromLatin1(kIdColumn), false}};
    store::ListReader reader(store.connection(), catalog, context);
    FIELDFARE_ASSIGN(const store::RowOrder order, reader.order(query));

    QSaveFile file(options.file);
    if (!file.open(QIODevice::WriteOnly))
        return {ErrorCode::PermissionDenied, file.errorString(), {options.file}};
    RecordWriter writer(store, *entity, fields, options.format, file);
    FIELDFARE_TRY(writer.begin());
    ExportReport report;
    const std::span<const std::int64_t> rids(*order);
    for (size_t at = 0; at < rids.size(); at += kPage) {
        if (cancelled && cancelled())
            return {ErrorCode::Cancelled, QStringLiteral("the export was cancelled")};
        FIELDFARE_ASSIGN(const auto rows, reader.rows(entity->id(), rids.subspan(at, std::min(kPage, rids.size() - at))));
        for (const store::RowView &row : rows)
            FIELDFARE_TRY(writer.write(row));
        report.written += qint64(rows.size());
    }
    FIELDFARE_TRY(writer.finish());
    FIELDFARE_TRY(store.noteExport(entity->id(), report.written)); // before the file is there: none is without
    if (!file.commit())
        return {ErrorCode::Io, file.errorString(), {options.file}};
    return report;
}

} // namespace fieldfare::exchange
