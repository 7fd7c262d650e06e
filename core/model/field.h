// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field_spec.h"

#include <QList>
#include <QString>

#include <optional>

namespace fieldfare::model {

class Entity;

/// A field at run time, built-in or custom. Owned by its Entity, immutable after the catalog is made.
struct Field {
    FieldKey key;
    QString name;
    QString column; ///< SQL identifier: the name, or x_<n> for custom fields. Money adds column_currency.
    FieldType type = FieldType::Text;
    FieldFlags flags = NoFlags;
    int maxLength = 0;
    Merge merge = Merge::Latest;
    std::uint8_t guardGroup = 0;
    QString choiceList;
    QList<EntityId> targets;
    const ComputedSpec *computed = nullptr;
    const char *labelSource = nullptr; ///< Untranslated label of a built-in field.
    QString customLabelEnglish;
    QString customLabelChinese;
    const char *helpSource = nullptr;
    const char *headings = nullptr; ///< See FieldSpec.
    int index = -1; ///< Position in Entity::fields() and in Record::values.

    [[nodiscard]] bool has(FieldFlag flag) const { return (flags & flag) != 0; }
    /// The type of the values: that of the result for computed fields.
    [[nodiscard]] FieldType valueType() const { return type == FieldType::Computed && computed ? computed->resultType : type; }
    /// False for tags (no column of their own).
    [[nodiscard]] bool hasColumn() const { return type != FieldType::Tags; }
    /// Replicated as a field of the row: has a column and is not derived.
    [[nodiscard]] bool isReplicated() const { return hasColumn() && type != FieldType::Computed; }
    [[nodiscard]] bool isReference() const { return type == FieldType::Reference || type == FieldType::User; }
    [[nodiscard]] bool isNumeric() const;
    [[nodiscard]] QString currencyColumn() const { return column + QStringLiteral("_currency"); }
    /// In the language of the program (installed translators); custom fields by `chinese`.
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString help() const;
};

} // namespace fieldfare::model
