// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/storage/connection.h"
#include "core/storage/field_columns.h"
#include "sync/server/merge/server_storage.h"

#include <QHash>

#include <memory>
#include <optional>

namespace fieldfare::server {

/// The server's table of one entity. Fields that the catalog does not know (custom ones among them, which the server has
/// no need to look into) are kept in the column `unknown` as CBOR: an array of key, value, key, value with a number or 16
/// bytes as key.
///
/// Keeps prepared statements: destroy it before the connection; same thread.
class EntityTable {
public:
    EntityTable(storage::Connection &connection, const model::Entity &entity);
    EntityTable(const EntityTable &) = delete;
    EntityTable &operator=(const EntityTable &) = delete;
    ~EntityTable();

    [[nodiscard]] base::Result<std::optional<LabelledRow>> find(const base::Id &id);
    [[nodiscard]] base::Result<std::vector<LabelledRow>> after(const base::Id &id, int limit);
    /// As ServerStorage::rowsLabelled().
    [[nodiscard]] base::Result<RowPage> labelledAfter(const base::Id &id, const LabelSet &labels, int limit);
    [[nodiscard]] base::Result<std::uint64_t> countLabelled(const LabelSet &labels);
    /// BadValue when a value has not its field's type: such a change is refused before it comes here.
    [[nodiscard]] base::Result<void> insert(const LabelledRow &row);
    [[nodiscard]] base::Result<void> setLabel(const base::Id &id, LabelNumber label, changes::Version since);
    /// Writes the named fields, all versions and the stamp. NotFound without the row.
    [[nodiscard]] base::Result<void> update(const changes::ReplicatedRow &row, const std::vector<model::FieldKey> &changed);
    [[nodiscard]] base::Result<void> remove(const base::Id &id);
    [[nodiscard]] base::Result<std::uint64_t> count();

    /// Moves values out of `unknown` whose fields have a column now.
    [[nodiscard]] base::Result<void> adoptUnknownValues();

private:
    using Prepared = std::unique_ptr<storage::Statement>;
    template <typename MakeSql>
    [[nodiscard]] base::Result<storage::Statement *> prepared(Prepared &statement, const MakeSql &makeSql);
    [[nodiscard]] base::Result<storage::Statement *> updateStatement(const std::vector<const storage::FieldColumn *> &columns,
                                                                     bool withUnknown);
    [[nodiscard]] QString selectSql(const QString &condition) const;
    [[nodiscard]] QString insertSql() const;
    [[nodiscard]] base::Result<LabelledRow> read(const storage::Statement &statement) const;
    [[nodiscard]] base::Result<std::vector<changes::FieldValue>> unknownValues(const base::Id &id);
    void bindStamp(storage::Statement &statement, int &index, const changes::ReplicatedRow &row) const;

    storage::Connection &m_connection;
    QString m_table;
    model::EntityId m_entity;
    storage::FieldColumns m_columns;
    Prepared m_find;
    Prepared m_after;
    Prepared m_labelled;
    Prepared m_setLabel;
    Prepared m_insert;
    Prepared m_remove;
    Prepared m_count;
    Prepared m_unknown;
    QHash<QByteArray, std::shared_ptr<storage::Statement>> m_updates; ///< By the columns that they write.
};

} // namespace fieldfare::server
