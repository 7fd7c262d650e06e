// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_plan.h"

#include "core/base/hash.h"
#include "core/exchange/column_matching.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;
using model::Field;
using model::FieldType;

namespace {

constexpr int kSamples = 5;
constexpr qsizetype kPieceBytes = 256 * 1024;

Result<QByteArray> hashOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, file.errorString(), {path}};
    base::Sha256 hash;
    QByteArray piece(kPieceBytes, Qt::Uninitialized);
    for (;;) {
        const qint64 size = file.read(piece.data(), piece.size());
        if (size < 0)
            return {ErrorCode::Io, file.errorString(), {path}};
        if (size == 0)
            return hash.result();
        hash.add(QByteArrayView(piece).first(size));
    }
}

/// Everything that changes what a record becomes; not where rejects go.
QByteArray fingerprintOf(const ImportPlan &plan, const QByteArray &content)
{
    QByteArray text = content + plan.entity->name().toUtf8() + '\0' + plan.currency.toUtf8() + '\0' + QByteArray::number(plan.keyColumn);
    for (const PlannedColumn &column : plan.columns) {
        text += '\0' + (column.field != nullptr ? column.field->name.toUtf8() : QByteArray(column.isId ? "#id" : "-"));
        text += char('0' + int(column.unknown));
    }
    return base::sha256(text);
}

Result<const Field *> fieldNamed(const ImportPlan &plan, const QString &name)
{
    const Field *field = plan.entity->field(name);
    if (field == nullptr)
        field = fieldForHeading(*plan.entity, name);
    if (field == nullptr)
        return {ErrorCode::UnknownField, QStringLiteral("%1 has no field %2").arg(plan.entity->name(), name), {plan.entity->name(), name}};
    if (!isImportable(*field))
        return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "%1 cannot be imported: the program sets it").arg(name), {name}};
    return field;
}

Result<void> mapColumns(ImportPlan &plan)
{
    QSet<QString> asked;
    for (auto it = plan.options.columns.cbegin(); it != plan.options.columns.cend(); ++it)
        asked.insert(foldedHeading(it.key()));
    QSet<const Field *> taken;
    for (PlannedColumn &column : plan.columns) {
        for (auto it = plan.options.columns.cbegin(); it != plan.options.columns.cend(); ++it) {
            if (foldedHeading(it.key()) != foldedHeading(column.heading) || column.field != nullptr)
                continue;
            asked.remove(foldedHeading(it.key()));
            if (it.value() == QLatin1String(kIdColumn))
                column.isId = true;
            else if (!it.value().isEmpty()) {
                FIELDFARE_ASSIGN(column.field, fieldNamed(plan, it.value()));
                if (taken.contains(column.field))
                    return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "two columns are mapped to %1").arg(column.field->name), {column.field->name}};
                taken.insert(column.field);
            }
        }
    }
    if (!asked.isEmpty()) {
        for (auto it = plan.options.columns.cbegin(); it != plan.options.columns.cend(); ++it) {
            if (asked.contains(foldedHeading(it.key())))
                return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "the file has no column %1").arg(it.key()), {it.key()}};
        }
    }
    const auto isMapped = [&](const QString &heading) {
        for (auto it = plan.options.columns.cbegin(); it != plan.options.columns.cend(); ++it) {
            if (foldedHeading(it.key()) == foldedHeading(heading))
                return true;
        }
        return false;
    };
    for (PlannedColumn &column : plan.columns) {
        if (column.field != nullptr || column.isId || isMapped(column.heading))
            continue;
        if (column.heading.compare(QLatin1String(kIdColumn), Qt::CaseInsensitive) == 0) {
            column.isId = true;
            continue;
        }
        const Field *field = fieldForHeading(*plan.entity, column.heading);
        if (field != nullptr && !taken.contains(field)) {
            column.field = field;
            taken.insert(field);
        }
    }
    if (taken.isEmpty())
        return {ErrorCode::MappingIncomplete, QCoreApplication::translate("Details", "no column of the file is a field of %1; name them with --map COLUMN=FIELD").arg(plan.entity->name())};
    return {};
}

Result<void> findKey(ImportPlan &plan)
{
    for (size_t i = 0; i < plan.columns.size(); ++i) {
        const PlannedColumn &column = plan.columns[i];
        const bool byId = column.isId && (plan.options.key.isEmpty() || plan.options.key == QLatin1String(kIdColumn));
        if (byId || (column.field != nullptr && column.field->name == plan.options.key))
            plan.keyColumn = int(i);
    }
    if (plan.keyColumn >= 0 || plan.options.key.isEmpty())
        return {};
    if (plan.options.key != QLatin1String(kIdColumn))
        FIELDFARE_TRY(fieldNamed(plan, plan.options.key));
    return {ErrorCode::MappingIncomplete, QCoreApplication::translate("Details", "no column holds the key %1").arg(plan.options.key), {plan.options.key}};
}

Result<void> choosePolicies(ImportPlan &plan)
{
    for (auto it = plan.options.unknown.cbegin(); it != plan.options.unknown.cend(); ++it)
        FIELDFARE_TRY(fieldNamed(plan, it.key()));
    for (PlannedColumn &column : plan.columns) {
        if (column.field != nullptr)
            column.unknown = plan.options.unknown.value(column.field->name, defaultPolicy(*column.field));
    }
    return {};
}

/// Looks at every value of the columns whose form has to be found.
struct ColumnFinders {
    DateOrderFinder dates;
    DecimalMarkFinder numbers;
};

bool holdsDates(const Field &field)
{
    return field.type == FieldType::Date || field.type == FieldType::Instant;
}

bool holdsNumbers(const Field &field)
{
    return field.type == FieldType::Money || field.type == FieldType::Decimal || field.type == FieldType::Integer;
}

void takeFindings(PlannedColumn &column, const ColumnFinders &finders)
{
    if (column.field == nullptr)
        return;
    if (holdsDates(*column.field)) {
        const DateColumn found = finders.dates.finding();
        column.format.order = found.order;
        column.isAmbiguous = found.isAmbiguous;
        column.contradicting = found.contradicting + found.unreadable;
    } else if (holdsNumbers(*column.field)) {
        const NumberColumn found = finders.numbers.finding();
        column.format.mark = found.mark;
        column.isAmbiguous = found.isAmbiguous;
        column.contradicting = found.contradicting;
    }
}

Result<void> readThrough(ImportPlan &plan, CsvReader &reader, const std::function<bool()> &cancelled)
{
    std::vector<ColumnFinders> finders(plan.columns.size());
    CsvRecord record;
    for (;;) {
        FIELDFARE_ASSIGN(const bool more, reader.next(record));
        if (!more)
            break;
        ++plan.records;
        if (plan.records % 4096 == 0 && cancelled && cancelled())
            return {ErrorCode::Cancelled, QCoreApplication::translate("Details", "the import was cancelled")};
        for (size_t i = 0; i < plan.columns.size(); ++i) {
            PlannedColumn &column = plan.columns[i];
            const QStringView cell = record.field(qsizetype(i)).trimmed();
            if (cell.isEmpty())
                continue;
            if (column.samples.size() < kSamples)
                column.samples.append(cell.left(80).toString());
            if (column.field == nullptr || isBroken(record.problem()))
                continue;
            if (holdsDates(*column.field))
                finders[i].dates.add(cell);
            else if (holdsNumbers(*column.field))
                finders[i].numbers.add(cell);
        }
    }
    for (size_t i = 0; i < plan.columns.size(); ++i)
        takeFindings(plan.columns[i], finders[i]);
    return {};
}

} // namespace

UnknownPolicy defaultPolicy(const Field &field)
{
    if (field.type == FieldType::Choice)
        return field.has(model::Classification) ? UnknownPolicy::Create : UnknownPolicy::Empty;
    return field.has(model::CreateIfMissing) ? UnknownPolicy::Create : UnknownPolicy::Empty;
}

std::optional<UnknownPolicy> policyFromText(const QString &text)
{
    if (text == QLatin1String("create"))
        return UnknownPolicy::Create;
    if (text == QLatin1String("empty"))
        return UnknownPolicy::Empty;
    if (text == QLatin1String("reject"))
        return UnknownPolicy::Reject;
    return std::nullopt;
}

Result<ImportPlan> planImport(const ImportOptions &options, const model::CatalogPointer &catalog, const QString &currency,
                              const std::function<bool()> &cancelled)
{
    ImportPlan plan;
    plan.options = options;
    plan.catalog = catalog;
    plan.currency = currency;
    FIELDFARE_ASSIGN(plan.entity, catalog->find(options.entity));
    QFile file(options.file);
    if (!file.exists())
        return {ErrorCode::NotFound, QStringLiteral("no file %1").arg(options.file), {options.file}};
    if (!file.open(QIODevice::ReadOnly))
        return {ErrorCode::Io, file.errorString(), {options.file}};
    plan.bytes = file.size();
    CsvReader reader(file, plan.csv);
    FIELDFARE_TRY(reader.open());
    CsvRecord heading;
    do {
        FIELDFARE_ASSIGN(const bool more, reader.next(heading));
        if (!more)
            return {ErrorCode::CsvMalformed, QCoreApplication::translate("Details", "%1 holds no records").arg(options.file), {options.file}};
    } while (heading.isBlank());
    if (isBroken(heading.problem()))
        return {ErrorCode::CsvMalformed, QCoreApplication::translate("Details", "the heading of %1 cannot be read").arg(options.file), {options.file}};
    for (const QString &text : heading.toStringList()) {
        PlannedColumn column;
        column.heading = text.trimmed();
        plan.columns.push_back(std::move(column));
    }
    plan.encoding = reader.encoding();
    plan.isDelimiterCertain = reader.isDelimiterCertain();
    FIELDFARE_TRY(mapColumns(plan));
    FIELDFARE_TRY(findKey(plan));
    FIELDFARE_TRY(choosePolicies(plan));
    FIELDFARE_TRY(readThrough(plan, reader, cancelled));
    plan.csv.encoding = plan.encoding.name;
    plan.csv.delimiter = reader.delimiter();
    plan.csv.expectedColumns = qsizetype(plan.columns.size());
    plan.malformedBytes = reader.decodingReport().malformedBytes;
    FIELDFARE_ASSIGN(const QByteArray content, hashOf(options.file));
    plan.fingerprint = fingerprintOf(plan, content);
    return plan;
}

} // namespace fieldfare::exchange
