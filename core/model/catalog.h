// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/entity.h"

#include <memory>
#include <span>

namespace fieldfare::model {

/// A custom field as its definition record says (entity `custom_field`).
struct CustomField {
    base::Id definition;
    EntityId entity = 0;
    QString name;
    FieldType type = FieldType::Text;
    QString labelEnglish;
    QString labelChinese;
    QString choiceList;
    FieldFlags flags = NoFlags; ///< Required, InList, Searchable, Sortable are honoured.
    int maxLength = 0;
    int columnNumber = 0; ///< The n of x_<n>, local to this file.
};

/// All entities and fields that this program knows now. Immutable once shared: adding a custom field makes a new catalog,
/// and readers keep the one they have. Safe to read from any thread.
class Catalog {
public:
    static constexpr int kMaxCustomFields = 200; ///< an entity

    /// The entities of core/model/entities.
    static std::shared_ptr<const Catalog> standard();
    explicit Catalog(std::span<const EntitySpec *const> specs);

    /// The same catalog with these custom fields; unknown entities and doubled names are left out.
    [[nodiscard]] std::shared_ptr<const Catalog> withCustomFields(const QList<CustomField> &fields) const;
    /// The same catalog with one more built-in field: what adding a row to a table does.
    [[nodiscard]] std::shared_ptr<const Catalog> withField(const QString &entity, const FieldSpec &field) const;

    [[nodiscard]] const QList<Entity> &entities() const { return m_entities; }
    [[nodiscard]] const Entity *entity(EntityId id) const;
    [[nodiscard]] const Entity *entity(const QString &name) const;
    /// As entity(), with UnknownEntity for an unknown name.
    [[nodiscard]] base::Result<const Entity *> find(const QString &name) const;
    [[nodiscard]] base::Result<const Field *> findField(const Entity &entity, const QString &name) const;

    /// A hash over ids, names and types of all built-in fields: peers with the same one skip the unknown-field path, and
    /// the schema is checked against it at open.
    [[nodiscard]] QByteArray fingerprint() const;

private:
    void appendSpecs(Entity &entity, std::span<const FieldSpec> fields);
    QList<Entity> m_entities;
};

using CatalogPointer = std::shared_ptr<const Catalog>;

} // namespace fieldfare::model
