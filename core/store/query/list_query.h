// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/filter.h"
#include "core/store/query/filter_sql.h"

#include <QList>

namespace fieldfare::store {

enum class TrashedRows { Hide, Only, All };

struct SortKey {
    QString field;          ///< A field's name, or created_at, modified_at, id.
    bool descending = false;
    friend bool operator==(const SortKey &, const SortKey &) = default;
};

/// Which rows of one entity, in which order. A value type.
///
/// Text sorts without regard to ASCII case, references by what their target is called (stages by their order), empty
/// values last in either direction. Ties go by creation on this device. Without keys: newest first. Rows whose parent lies
/// in the trash are hidden with it (TrashedRows::Hide).
struct ListQuery {
    model::EntityId entity = 0;
    Filter filter = {};
    QList<SortKey> sorts = {};
    TrashedRows trashed = TrashedRows::Hide;

    friend bool operator==(const ListQuery &, const ListQuery &) = default;
};

/// Reads "name", "name:desc" or "stage,amount:desc" as the command line and saved views write it; the names are not checked.
base::Result<QList<SortKey>> parseSorts(const QString &text);
[[nodiscard]] QString sortsText(const QList<SortKey> &sorts);

/// The statements of a list; the table's alias is t, so that conditions of compileFilter() fit. Fail as compileFilter()
/// does, with UnknownEntity, and with UnknownField for a sort key.
namespace list_sql {

/// What a statement begins with that reads a whole table or index on purpose: in the background, on a read connection, interrupted
/// when nobody waits for it any more. Every other statement of lists, records and search reads about what it shows, which tests
/// hold it to (tst_query_plans).
[[nodiscard]] inline QString background(QLatin1StringView what)
{
    return QStringLiteral("/* background: %1 */ ").arg(what);
}
/// SELECT t.rid in the order of the query; at most `limit` when above 0. A background statement when it is about all rows, or when
/// neither the sort nor the filter has an index that leads to the first rows.
base::Result<SqlCondition> rids(const model::Catalog &catalog, const ListQuery &query, const FilterContext &context, int limit);
/// " ORDER BY ..." for these keys. Ties go by rid, in the direction of the last key.
base::Result<QString> orderBy(const model::Catalog &catalog, const model::Entity &entity, const QList<SortKey> &sorts);
/// By what a reference to `target` sorts: columns, quoted; its order where it has one, then its title.
[[nodiscard]] QStringList targetOrder(const model::Entity &target);
/// SELECT count(*).
base::Result<SqlCondition> count(const model::Catalog &catalog, const ListQuery &query, const FilterContext &context);
/// " AND NOT EXISTS (...)" for each entity that an owned child's parent may be of, empty for others: for single rows of the
/// table that `alias` (quoted) names.
[[nodiscard]] QString parentIsNotTrashed(const model::Catalog &catalog, const model::Entity &entity, const QString &alias);
/// How many rows a run of the statement looks at: few (each one's parent is looked up), many (the parents in the trash are read
/// once a run), or all of the entity (what hangs on parents in the trash is read once a run, so that an index of the sort alone
/// tells the order: reading each row for its parent's sake took ten seconds of a million).
enum class RowsRead { All, Many, Few };
/// Of a statement that tells all that the query shows: a filter reads the rows itself, or finds a few of them.
[[nodiscard]] RowsRead rowsOfWhole(const ListQuery &query);
/// The condition alone: filter, trash and trashed parents; never empty.
base::Result<SqlCondition> where(const model::Catalog &catalog, const ListQuery &query, const FilterContext &context, RowsRead read = RowsRead::Many);

} // namespace list_sql
} // namespace fieldfare::store
