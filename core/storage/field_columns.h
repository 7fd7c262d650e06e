// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/model/value.h"
#include "core/storage/statement.h"

#include <QStringList>

#include <vector>

namespace fieldfare::storage {

/// The column or columns of one field (core/model/docs: one description of each entity).
struct FieldColumn {
    enum class Kind {
        Text,
        Integer,
        Money,         ///< <name> INTEGER, <name>_currency TEXT
        Reference,     ///< BLOB of 16: the field has one target
        WideReference, ///< BLOB of 18: two bytes of the entity, big endian, then the id
    };

    model::FieldKey key;
    QString name;
    Kind kind = Kind::Text;
    model::EntityId target = 0; ///< Reference

    /// The value has the shape of the column: reading gives back what was bound. Empty values always do.
    [[nodiscard]] bool holds(const model::Value &value) const;
    [[nodiscard]] int width() const { return kind == Kind::Money ? 2 : 1; }
};

/// How the fields of an entity stand in its table, the same on devices and on the server. Immutable; safe in any thread.
class FieldColumns {
public:
    enum class Fields {
        Replicated, ///< What the server keeps: no computed fields.
        Stored,     ///< Computed ones too.
    };

    FieldColumns(const model::Entity &entity, Fields fields);

    /// Sorted by key; the trashed mark is the column `trashed`.
    [[nodiscard]] const std::vector<FieldColumn> &columns() const { return m_columns; }
    /// Null when the field has no column here.
    [[nodiscard]] const FieldColumn *find(const model::FieldKey &key) const;

    /// SQL names in order, `amount_currency` after `amount`.
    [[nodiscard]] QStringList names() const;
    /// "amount INTEGER", "amount_currency TEXT" and so on, in order.
    [[nodiscard]] QStringList definitions() const;
    [[nodiscard]] static QStringList namesOf(const FieldColumn &column);
    [[nodiscard]] static QStringList definitionsOf(const FieldColumn &column);

    /// Binds at `index`, which moves on by width(). The value must fit (holds()); NULL is bound otherwise.
    static void bind(Statement &statement, int &index, const FieldColumn &column, const model::Value &value);
    /// Reads at `at`, which moves on by width().
    [[nodiscard]] static model::Value read(const Statement &statement, int &at, const FieldColumn &column);

private:
    std::vector<FieldColumn> m_columns;
};

} // namespace fieldfare::storage
