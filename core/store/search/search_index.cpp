// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/search_index.h"

#include "core/store/search/index_segments.h"

#include "core/storage/tokenizer/fts_tokenizer.h"
#include "core/storage/transaction.h"
#include "core/store/query/sql_condition.h"
#include "core/store/search/searched_fields.h"

#include <memory>

namespace fieldfare::store::search {

using base::Result;
using model::Catalog;
using model::Entity;
using storage::Connection;
using storage::Statement;
using storage::StatementReset;

namespace {

using Time = std::chrono::steady_clock;

/// The catalog's entities that have something to search, with their fields.
std::vector<SearchedFields> searchedEntities(const Catalog &catalog)
{
    std::vector<SearchedFields> all;
    for (const Entity &entity : catalog.entities()) {
        SearchedFields fields(entity);
        if (fields.hasNames() || fields.hasBody())
            all.push_back(std::move(fields));
    }
    return all;
}

/// Rows up to this rid are indexed; -1 for an entity without search.
Result<std::int64_t> foldedUpTo(Connection &connection, model::EntityId entity)
{
    Statement &query = connection.statement(QLatin1StringView("SELECT folded FROM search_state WHERE entity = ?"));
    const StatementReset reset(query);
    query.bind(1, int(entity));
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? std::int64_t(query.int64(0)) : std::int64_t(-1);
}

Result<void> setFolded(Connection &connection, model::EntityId entity, std::int64_t rid)
{
    Statement &update = connection.statement(QLatin1StringView("UPDATE search_state SET folded = ? WHERE entity = ?"));
    update.bind(1, qint64(rid));
    update.bind(2, int(entity));
    return update.run();
}

void bindTextOrNull(Statement &statement, int index, const QString &text)
{
    if (text.isEmpty())
        statement.bindNull(index);
    else
        statement.bindText(index, text);
}

/// Keeps what the index holds of a row, unless it is kept already: only the oldest text can be taken out of the index.
Result<void> addPending(Connection &connection, model::EntityId entity, std::int64_t rid, const SearchedTexts &indexed)
{
    Statement &insert = connection.statement(
        QLatin1StringView("INSERT OR IGNORE INTO search_pending(entity, rid, names, body) VALUES (?, ?, ?, ?)"));
    insert.bind(1, int(entity));
    insert.bind(2, qint64(rid));
    bindTextOrNull(insert, 3, indexed.names);
    bindTextOrNull(insert, 4, indexed.body);
    return insert.run();
}

Result<void> dropIndex(Connection &connection, const SearchedFields &fields)
{
    const QString entity = QString::number(fields.entity().id());
    FIELDFARE_TRY(connection.execute(
        QStringLiteral("INSERT INTO search_state(entity, identity, folded) VALUES (%1, '', 0) "
                       "ON CONFLICT(entity) DO UPDATE SET identity = '', folded = 0;"
                       "DELETE FROM search_pending WHERE entity = %1;"
                       "DROP TABLE IF EXISTS %2; DROP TABLE IF EXISTS %3")
            .arg(entity, fields.namesTable(), fields.bodyTable())));
    return {};
}

Result<void> makeIndex(Connection &connection, const SearchedFields &fields)
{
    FIELDFARE_TRY(dropIndex(connection, fields));
    const QString options = QStringLiteral("content='', detail=none, tokenize='%1'").arg(QLatin1StringView(storage::kTokenizerName));
    if (fields.hasNames()) {
        FIELDFARE_TRY(connection.execute(QStringLiteral("CREATE VIRTUAL TABLE %1 USING fts5(words, %2, prefix='1 2 3 4 5 6 7 8')")
                                             .arg(fields.namesTable(), options)));
    }
    if (fields.hasBody())
        FIELDFARE_TRY(connection.execute(QStringLiteral("CREATE VIRTUAL TABLE %1 USING fts5(words, %2)").arg(fields.bodyTable(), options)));
    Statement &state = connection.statement(QLatin1StringView("UPDATE search_state SET identity = ? WHERE entity = ?"));
    state.bindText(1, fields.identity());
    state.bind(2, int(fields.entity().id()));
    return state.run();
}

/// Writes one row's difference to the index.
class IndexWriter {
public:
    IndexWriter(Connection &connection, const SearchedFields &fields) : m_names(connection), m_body(connection)
    {
        if (fields.hasNames())
            m_names.open(fields.namesTable());
        if (fields.hasBody())
            m_body.open(fields.bodyTable());
    }

    Result<void> replace(std::int64_t rid, const SearchedTexts &before, const SearchedTexts &after)
    {
        FIELDFARE_TRY(m_names.replace(rid, before.names, after.names));
        return m_body.replace(rid, before.body, after.body);
    }

private:
    /// One of the two tables; nothing happens when the entity lacks it. Its statements are looked up once, not for each row.
    class Table {
    public:
        explicit Table(Connection &connection) : m_connection(connection) {}

        void open(const QString &table)
        {
            m_insert = &m_connection.statement(QStringLiteral("INSERT INTO %1(rowid, words) VALUES (?, ?)").arg(table));
            m_remove = &m_connection.statement(QStringLiteral("INSERT INTO %1(%1, rowid, words) VALUES ('delete', ?, ?)").arg(table));
        }
        Result<void> replace(std::int64_t rid, const QString &before, const QString &after)
        {
            if (m_insert == nullptr || before == after)
                return {};
            if (!before.isEmpty())
                FIELDFARE_TRY(run(*m_remove, rid, before));
            return after.isEmpty() ? Result<void>() : run(*m_insert, rid, after);
        }

    private:
        static Result<void> run(Statement &statement, std::int64_t rid, const QString &words)
        {
            statement.bind(1, qint64(rid));
            statement.bindText(2, words);
            return statement.run();
        }

        Connection &m_connection;
        Statement *m_insert = nullptr;
        Statement *m_remove = nullptr;
    };

    Table m_names;
    Table m_body;
};

struct PendingRow {
    std::int64_t rid;
    SearchedTexts indexed;
};

Result<std::vector<PendingRow>> pendingRows(Connection &connection, model::EntityId entity, int limit)
{
    Statement &query = connection.statement(
        QLatin1StringView("SELECT rid, names, body FROM search_pending WHERE entity = ? ORDER BY rid LIMIT ?"));
    const StatementReset reset(query);
    query.bind(1, int(entity));
    query.bind(2, limit);
    std::vector<PendingRow> rows;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return rows;
        rows.push_back({query.int64(0), {query.text(1), query.text(2)}});
    }
}

/// True: the time is up, something may be left.
Result<bool> foldPending(Connection &connection, const SearchedFields &fields, Time::time_point end)
{
    constexpr int kChunk = 64;
    const QString read = QStringLiteral("SELECT %1 FROM %2 WHERE rid = ?").arg(fields.columns(), quotedName(fields.entity().table()));
    IndexWriter index(connection, fields);
    for (;;) {
        FIELDFARE_ASSIGN(const std::vector<PendingRow> rows, pendingRows(connection, fields.entity().id(), kChunk));
        if (rows.empty())
            return false;
        for (const PendingRow &pending : rows) {
            SearchedTexts now;
            {
                Statement &row = connection.statement(read);
                const StatementReset reset(row);
                row.bind(1, qint64(pending.rid));
                FIELDFARE_ASSIGN(const bool present, row.step());
                if (present)
                    now = fields.texts(row, 0);
            }
            FIELDFARE_TRY(index.replace(pending.rid, pending.indexed, now));
            Statement &done = connection.statement(QLatin1StringView("DELETE FROM search_pending WHERE entity = ? AND rid = ?"));
            done.bind(1, int(fields.entity().id()));
            done.bind(2, qint64(pending.rid));
            FIELDFARE_TRY(done.run());
            if (Time::now() >= end)
                return true;
        }
    }
}

Result<bool> foldNew(Connection &connection, const SearchedFields &fields, Time::time_point end)
{
    FIELDFARE_ASSIGN(std::int64_t folded, foldedUpTo(connection, fields.entity().id()));
    const std::int64_t before = folded;
    IndexWriter index(connection, fields);
    Statement &rows = connection.statement(QStringLiteral("SELECT rid, %1 FROM %2 WHERE rid > ? ORDER BY rid")
                                               .arg(fields.columns(), quotedName(fields.entity().table())));
    const StatementReset reset(rows);
    rows.bind(1, qint64(folded));
    bool more = false;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, rows.step());
        if (!row)
            break;
        folded = rows.int64(0);
        FIELDFARE_TRY(index.replace(folded, {}, fields.texts(rows, 1)));
        if (Time::now() >= end) {
            more = true;
            break;
        }
    }
    if (folded != before)
        FIELDFARE_TRY(setFolded(connection, fields.entity().id(), folded));
    return more;
}

Result<bool> hasWork(Connection &connection, const SearchedFields &fields)
{
    FIELDFARE_ASSIGN(const std::vector<PendingRow> pending, pendingRows(connection, fields.entity().id(), 1));
    if (!pending.empty())
        return true;
    FIELDFARE_ASSIGN(const std::int64_t folded, foldedUpTo(connection, fields.entity().id()));
    Statement &query = connection.statement(
        QStringLiteral("SELECT 1 FROM %1 WHERE rid > ? LIMIT 1").arg(quotedName(fields.entity().table())));
    const StatementReset reset(query);
    query.bind(1, qint64(folded));
    return query.step();
}

Result<std::int64_t> number(Connection &connection, const QString &sql)
{
    Statement &query = connection.statement(sql);
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? std::int64_t(query.int64(0)) : std::int64_t(0);
}

} // namespace

Result<void> registerOn(sqlite3 *handle)
{
    return storage::registerTokenizer(handle);
}

Result<void> prepareTables(Connection &connection, const Catalog &catalog)
{
    FIELDFARE_TRY(connection.execute(QLatin1StringView(
        "CREATE TABLE IF NOT EXISTS search_state(entity INTEGER PRIMARY KEY, identity TEXT, folded INTEGER);"
        "CREATE TABLE IF NOT EXISTS search_pending(entity INTEGER, rid INTEGER, names TEXT, body TEXT, "
        "PRIMARY KEY(entity, rid)) WITHOUT ROWID")));
    for (const SearchedFields &fields : searchedEntities(catalog)) {
        Statement &query = connection.statement(QLatin1StringView("SELECT identity FROM search_state WHERE entity = ?"));
        QString identity;
        {
            const StatementReset reset(query);
            query.bind(1, int(fields.entity().id()));
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (row)
                identity = query.text(0);
        }
        if (identity != fields.identity())
            FIELDFARE_TRY(makeIndex(connection, fields));
    }
    return {};
}

ChangeNotes::ChangeNotes(Connection &connection) : m_connection(connection) {}

ChangeNotes::~ChangeNotes() = default;

Result<std::int64_t> ChangeNotes::foldedUpTo(model::EntityId entity)
{
    if (const auto known = m_folded.find(entity); known != m_folded.end())
        return known->second;
    FIELDFARE_ASSIGN(const std::int64_t folded, search::foldedUpTo(m_connection, entity));
    m_folded.emplace(entity, folded);
    return folded;
}

Result<void> ChangeNotes::inserted(const Entity &entity, std::int64_t rid)
{
    // Rids only grow, but for the one that the last row of a table leaves when it is removed.
    FIELDFARE_ASSIGN(const std::int64_t folded, foldedUpTo(entity.id()));
    return rid <= folded ? addPending(m_connection, entity.id(), rid, {}) : Result<void>();
}

Result<void> ChangeNotes::changed(const Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before,
                                  const std::vector<changes::FieldValue> &after)
{
    bool isSearched = false;
    for (const changes::FieldValue &value : after) {
        const model::Field *field = entity.field(value.field);
        isSearched = isSearched || (field != nullptr && (field->has(model::Searchable) || field->has(model::FullText)));
    }
    return isSearched ? keep(entity, rid, before) : Result<void>();
}

Result<void> ChangeNotes::removed(const Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before)
{
    return keep(entity, rid, before);
}

Result<void> ChangeNotes::keep(const Entity &entity, std::int64_t rid, const changes::ReplicatedRow &before)
{
    FIELDFARE_ASSIGN(const std::int64_t folded, foldedUpTo(entity.id()));
    if (rid > folded)
        return {};
    std::unique_ptr<SearchedFields> &fields = m_fields[entity.id()];
    if (fields == nullptr)
        fields = std::make_unique<SearchedFields>(entity);
    return addPending(m_connection, entity.id(), rid, fields->texts(before));
}

Result<Progress> progress(Connection &connection, const Catalog &catalog)
{
    Progress sum;
    for (const SearchedFields &fields : searchedEntities(catalog)) {
        FIELDFARE_ASSIGN(const std::int64_t last, number(connection, QStringLiteral("SELECT ifnull(max(rid), 0) FROM %1").arg(quotedName(fields.entity().table()))));
        FIELDFARE_ASSIGN(const std::int64_t folded, foldedUpTo(connection, fields.entity().id()));
        sum.total += last;
        sum.indexed += std::clamp<std::int64_t>(folded, 0, last);
    }
    FIELDFARE_ASSIGN(const std::int64_t pending, number(connection, QStringLiteral("SELECT count(*) FROM search_pending")));
    sum.indexed = std::max<std::int64_t>(0, sum.indexed - pending);
    return sum;
}

Result<bool> foldSome(Connection &connection, const Catalog &catalog, std::chrono::milliseconds budget)
{
    // The other half goes into writing what FTS5 gathered, at the commit.
    const Time::time_point end = Time::now() + budget / 2;
    const std::vector<SearchedFields> all = searchedEntities(catalog);
    std::vector<const SearchedFields *> behind;
    for (const SearchedFields &fields : all) {
        FIELDFARE_ASSIGN(const bool work, hasWork(connection, fields));
        if (work)
            behind.push_back(&fields);
    }
    if (behind.empty())
        return false;
    FIELDFARE_ASSIGN(storage::Transaction transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    bool more = false;
    for (const SearchedFields *fields : behind) {
        FIELDFARE_ASSIGN(more, foldPending(connection, *fields, end));
        if (!more) {
            FIELDFARE_ASSIGN(more, foldNew(connection, *fields, end));
        }
        if (more)
            break;
    }
    FIELDFARE_TRY(transaction.commit());
    return more;
}

Result<bool> mergeSome(Connection &connection, const Catalog &catalog, std::chrono::milliseconds budget)
{
    const Time::time_point end = Time::now() + budget / 2; // the other half for the commit
    QStringList scattered;
    for (const SearchedFields &fields : searchedEntities(catalog)) {
        for (const QString &table : fields.tableNames()) {
            FIELDFARE_ASSIGN(const bool isScattered, search::isScattered(connection, table));
            if (isScattered)
                scattered.append(table);
        }
    }
    if (scattered.isEmpty())
        return false;
    FIELDFARE_ASSIGN(storage::Transaction transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    bool more = false;
    for (const QString &table : std::as_const(scattered)) {
        do {
            FIELDFARE_ASSIGN(more, mergeSegments(connection, table));
        } while (more && Time::now() < end);
        if (more)
            break;
    }
    FIELDFARE_TRY(transaction.commit());
    return more;
}

Result<void> startRebuild(Connection &connection, const Catalog &catalog)
{
    for (const Entity &entity : catalog.entities())
        FIELDFARE_TRY(startRebuild(connection, entity));
    return {};
}

Result<void> startRebuild(Connection &connection, const Entity &entity)
{
    const SearchedFields fields(entity);
    return fields.hasNames() || fields.hasBody() ? makeIndex(connection, fields) : Result<void>();
}

Result<QStringList> check(Connection &connection, const Catalog &catalog)
{
    QStringList findings;
    for (const Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(const QStringList ofEntity, check(connection, entity));
        findings += ofEntity;
    }
    return findings;
}

Result<QStringList> check(Connection &connection, const Entity &searched)
{
    const SearchedFields fields(searched);
    QStringList findings;
    QStringList tables;
    if (fields.hasNames())
        tables.append(fields.namesTable());
    if (fields.hasBody())
        tables.append(fields.bodyTable());
    for (const QString &table : tables) {
        const auto whole = connection.execute(QStringLiteral("INSERT INTO %1(%1) VALUES ('integrity-check')").arg(table));
        if (!whole.ok())
            findings.append(QStringLiteral("search table %1: %2").arg(table, whole.error().detail));
    }
    if (!fields.hasNames())
        return findings;
    // Each indexed row with a text has one entry; rows that wait are not counted on either side.
    const QString entity = QString::number(fields.entity().id());
    const QString docsize = quotedName(fields.entity().table() + QStringLiteral("_names_docsize"));
    const QString notPending = QStringLiteral("NOT IN (SELECT rid FROM search_pending WHERE entity = %1)").arg(entity);
    FIELDFARE_ASSIGN(const std::int64_t orphans,
                     number(connection, QStringLiteral("SELECT count(*) FROM %1 WHERE id %2 AND id NOT IN (SELECT rid FROM %3)")
                                            .arg(docsize, notPending, quotedName(fields.entity().table()))));
    if (orphans > 0)
        findings.append(QStringLiteral("search table %1: %2 entries without a row").arg(fields.namesTable()).arg(orphans));
    FIELDFARE_ASSIGN(const std::int64_t folded, foldedUpTo(connection, fields.entity().id()));
    std::int64_t missing = 0;
    FIELDFARE_ASSIGN(const auto rows, connection.prepare(
        QStringLiteral("SELECT %1 FROM %2 WHERE rid <= %3 AND rid %4 AND rid NOT IN (SELECT id FROM %5)")
            .arg(fields.columns(), quotedName(fields.entity().table())).arg(folded).arg(notPending, docsize)));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, rows->step());
        if (!row)
            break;
        if (!fields.texts(*rows, 0).names.isEmpty())
            ++missing;
    }
    if (missing > 0)
        findings.append(QStringLiteral("search table %1: %2 rows without an entry").arg(fields.namesTable()).arg(missing));
    return findings;
}

} // namespace fieldfare::store::search
