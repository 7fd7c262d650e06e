// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_matching.h"

namespace fieldfare::exchange {

namespace {

bool isSynonym(const model::Field &field, const QString &folded)
{
    return field.headings != nullptr && QString::fromUtf8(field.headings).split(QLatin1Char(' ')).contains(folded);
}

template <typename Match>
const model::Field *onlyField(const model::Entity &entity, Match match)
{
    const model::Field *found = nullptr;
    for (const model::Field &field : entity.fields()) {
        if (!isImportable(field) || !match(field))
            continue;
        if (found != nullptr)
            return nullptr;
        found = &field;
    }
    return found;
}

} // namespace

bool isImportable(const model::Field &field)
{
    if (field.has(model::Removed) || field.has(model::Hidden) || field.type == model::FieldType::Computed)
        return false;
    return !field.has(model::ReadOnly) || field.has(model::Number) || field.has(model::GivenAtCreate);
}

QString foldedHeading(const QString &heading)
{
    QString folded;
    for (const QChar c : heading.normalized(QString::NormalizationForm_KC).toCaseFolded()) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            folded += c;
    }
    return folded;
}

const model::Field *fieldForHeading(const model::Entity &entity, const QString &heading)
{
    const QString folded = foldedHeading(heading);
    if (folded.isEmpty())
        return nullptr;
    const auto byName = [&](const model::Field &field) { return foldedHeading(field.name) == folded; };
    if (const model::Field *field = onlyField(entity, byName))
        return field;
    const auto byLabel = [&](const model::Field &field) {
        return foldedHeading(field.label()) == folded
            || (field.labelSource != nullptr && foldedHeading(QString::fromUtf8(field.labelSource)) == folded)
            || (!field.customLabelEnglish.isEmpty() && foldedHeading(field.customLabelEnglish) == folded)
            || (!field.customLabelChinese.isEmpty() && foldedHeading(field.customLabelChinese) == folded);
    };
    if (const model::Field *field = onlyField(entity, byLabel))
        return field;
    // "Account" is a customer's name, not its parent, and in a deal its customer.
    const auto bySynonym = [&](bool isReference) {
        return onlyField(entity, [&](const model::Field &field) { return field.isReference() == isReference && isSynonym(field, folded); });
    };
    const model::Field *reference = bySynonym(true);
    const model::Field *own = bySynonym(false);
    const bool pointsToItsLike = reference != nullptr && reference->targets.contains(entity.id());
    return reference != nullptr && (own == nullptr || !pointsToItsLike) ? reference : own;
}

} // namespace fieldfare::exchange
