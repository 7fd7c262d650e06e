// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replicated_row.h"
#include "core/model/catalog.h"
#include "core/storage/connection.h"

#include <QStringList>

#include <chrono>
#include <map>
#include <memory>

/// Keeps the search tables behind the rows (DESIGN 5). Two FTS5 tables an entity: <entity>_names with the Searchable
/// fields, <entity>_text with the FullText ones; one column each, contentless, rowid = rid, detail=none.
///
/// The index runs behind the data, on purpose: search_state.folded says up to which rid rows are indexed, search_pending
/// names those below that changed since, with the text that the index still holds (a contentless table needs it to take
/// the entry out again). So a new row costs nothing to note, an edit one small row, and only when a searchable field
/// changed. Queries look at what is not indexed yet themselves (search.h); foldSome() catches up in the background.
///
/// All of this runs on the write connection. ChangeNotes lives in the transaction of the changes, foldSome() makes its own.
namespace fieldfare::store {
class SearchedFields;
}

namespace fieldfare::store::search {

/// Registers the tokenizer; every connection to a profile needs it (OpenOptions::onOpened).
base::Result<void> registerOn(sqlite3 *handle);

/// Makes what is missing, and marks entities for a rebuild whose index another tokenizer, ICU or set of fields has made.
/// To be called at every open and after the catalog changed, in a transaction or not. Rebuilding happens in foldSome().
base::Result<void> prepareTables(storage::Connection &connection, const model::Catalog &catalog);

/// Tells the index what a transaction changed. One for each transaction, as it remembers how far the index is.
class ChangeNotes {
public:
    explicit ChangeNotes(storage::Connection &connection);
    ~ChangeNotes();

    /// A row was inserted; its values are not needed. Call after the insert.
    base::Result<void> inserted(const model::Entity &entity, std::int64_t rid);
    /// Fields of a row got other values. `before` are all values as they were, `after` the changed ones. Cheap when none of
    /// them is searchable.
    base::Result<void> changed(const model::Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before,
                               const std::vector<changes::FieldValue> &after);
    /// A row was removed.
    base::Result<void> removed(const model::Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before);
    /// Rows up to this rid are in the index; -1 for an entity without search.
    base::Result<std::int64_t> foldedUpTo(model::EntityId entity);

private:
    base::Result<void> keep(const model::Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before);

    storage::Connection &m_connection;
    std::map<model::EntityId, std::int64_t> m_folded;
    std::map<model::EntityId, std::unique_ptr<SearchedFields>> m_fields;
};

struct Progress {
    std::int64_t indexed = 0; ///< Rows in the index and up to date.
    std::int64_t total = 0;
    [[nodiscard]] bool isComplete() const { return indexed >= total; }
    /// 0 to 100, rounded down: "indexing, 80 %".
    [[nodiscard]] int percent() const { return total <= 0 ? 100 : int(indexed * 100 / total); }
};

/// Estimated from the numbers of rows, without counting them one by one.
base::Result<Progress> progress(storage::Connection &connection, const model::Catalog &catalog);

/// Indexes rows in one transaction that takes about `budget`: rows are taken for half of it, as writing what they come to
/// takes as long again. Now and then FTS5 merges what it wrote before, and a piece takes longer. True: something is left.
base::Result<bool> foldSome(storage::Connection &connection, const model::Catalog &catalog,
                            std::chrono::milliseconds budget = std::chrono::milliseconds(15));

/// Merges what many small transactions left scattered, once foldSome() has nothing left: in one transaction of about `budget`, and
/// cheap when there is nothing to do. True: something is left. Queries are right without it, only slower.
base::Result<bool> mergeSome(storage::Connection &connection, const model::Catalog &catalog,
                             std::chrono::milliseconds budget = std::chrono::milliseconds(15));

/// Throws the index of all entities away; foldSome() makes it anew.
base::Result<void> startRebuild(storage::Connection &connection, const model::Catalog &catalog);
/// The same for one entity; nothing to do for one without search.
base::Result<void> startRebuild(storage::Connection &connection, const model::Entity &entity);

/// Compares the index with the rows: FTS5's own check of each table, and the number of entries. Empty: all is well;
/// otherwise one line a finding. Seconds at a million rows.
base::Result<QStringList> check(storage::Connection &connection, const model::Catalog &catalog);
/// The same for one entity; nothing to say of one without search.
base::Result<QStringList> check(storage::Connection &connection, const model::Entity &entity);

} // namespace fieldfare::store::search
