// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replicated_row.h"
#include "core/model/entity.h"
#include "core/storage/field_columns.h"

#include <functional>
#include <optional>
#include <vector>

namespace fieldfare::store {

/// What the index holds of one row. Both must come out to the letter whenever they are made from the same values: a
/// contentless table is told the old text to take an entry out.
struct SearchedTexts {
    QString names;
    QString body;
    friend bool operator==(const SearchedTexts &, const SearchedTexts &) = default;
};

/// Which fields of an entity are searched, and the texts made of them: values as they stand, telephone numbers in the
/// forms of storage::phoneSearchText(), names with their pinyin, numbers without leading zeros. Immutable; holds pointers
/// into the entity, so it must not outlive the catalog.
class SearchedFields {
public:
    explicit SearchedFields(const model::Entity &entity);

    [[nodiscard]] const model::Entity &entity() const { return *m_entity; }
    [[nodiscard]] bool hasNames() const { return !m_names.empty(); }
    [[nodiscard]] bool hasBody() const { return !m_body.empty(); }
    [[nodiscard]] bool isSearched(const model::FieldKey &field) const;

    /// Quoted; unique to the entity.
    [[nodiscard]] QString namesTable() const;
    [[nodiscard]] QString bodyTable() const;
    /// Plain names of the tables that there are.
    [[nodiscard]] QStringList tableNames() const;
    /// Changes whenever an index made before would hold other texts or tokens.
    [[nodiscard]] QString identity() const;

    [[nodiscard]] SearchedTexts texts(const changes::ReplicatedRow &row) const;
    /// Quoted columns for texts(statement, from).
    [[nodiscard]] QString columns() const;
    [[nodiscard]] SearchedTexts texts(const storage::Statement &statement, int from) const;
    /// The single texts of the searched fields as people see them, without derived forms; names fields, then long ones.
    [[nodiscard]] std::vector<QString> shownNames(const storage::Statement &statement, int from) const;
    [[nodiscard]] std::vector<QString> shownBody(const storage::Statement &statement, int from) const;

private:
    struct Part {
        const model::Field *field;
        storage::FieldColumn column;
        int at; ///< In columns().
    };
    using ValueOf = std::function<model::Value(const Part &)>;
    [[nodiscard]] SearchedTexts compose(const ValueOf &valueOf) const;

    const model::Entity *m_entity;
    std::vector<Part> m_names;
    std::vector<Part> m_body;
};

} // namespace fieldfare::store
