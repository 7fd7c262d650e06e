// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field.h"

#include <QHash>
#include <QList>

namespace fieldfare::model {

/// An entity at run time: its fields in the order of their table, custom ones last. Immutable after the catalog is made.
class Entity {
public:
    explicit Entity(const EntitySpec &spec);

    [[nodiscard]] EntityId id() const { return m_spec->id; }
    [[nodiscard]] const QString &name() const { return m_name; }
    /// SQL identifier.
    [[nodiscard]] const QString &table() const { return m_name; }
    [[nodiscard]] QString label() const;
    [[nodiscard]] QString pluralLabel() const;
    [[nodiscard]] QString icon() const { return QString::fromLatin1(m_spec->icon ? m_spec->icon : ""); }
    /// "C" for C-000123; empty without numbers.
    [[nodiscard]] QString numberPrefix() const { return QString::fromLatin1(m_spec->numberPrefix ? m_spec->numberPrefix : ""); }
    [[nodiscard]] bool has(EntityFlag flag) const { return (m_spec->flags & flag) != 0; }

    [[nodiscard]] const QList<Field> &fields() const { return m_fields; }
    [[nodiscard]] const Field *field(const FieldKey &key) const;
    [[nodiscard]] const Field *field(const QString &name) const;
    [[nodiscard]] const Field *titleField() const;
    [[nodiscard]] const Field *numberField() const;
    [[nodiscard]] const Field *parentField() const;
    /// The user whose record it is (Mine); null where records are nobody's.
    [[nodiscard]] const Field *mineField() const;
    /// Fields with the flag, without removed ones.
    [[nodiscard]] QList<const Field *> fieldsWith(FieldFlag flag) const;
    /// Fields of the guard group (not 0).
    [[nodiscard]] QList<FieldKey> guardGroup(std::uint8_t group) const;

private:
    friend class Catalog;
    void append(Field field);

    const EntitySpec *m_spec;
    QString m_name;
    QList<Field> m_fields;
    QHash<FieldKey, int> m_byKey;
    QHash<QString, int> m_byName;
};

} // namespace fieldfare::model
