// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/search.h"

#include "core/store/query/list_query.h"
#include "core/store/query/sql_condition.h"
#include "core/store/search/match_ranges.h"
#include "core/store/search/search_index.h"
#include "core/store/search/searched_fields.h"

#include <QSet>

#include <algorithm>

namespace fieldfare::store {

using base::Result;
using model::Entity;
using model::Field;
using storage::Connection;
using storage::Statement;
using storage::StatementReset;

namespace {

constexpr int kContextBefore = 30; ///< UTF-16 units of a note before and after the first match
constexpr int kContextAfter = 70;
constexpr int kNumberDigits = 6;   ///< of a human number: C-000123

struct Candidate {
    std::int64_t rid;
    HitRank rank;
};

/// The text is the beginning of a human number of this entity: C-, C-0012, C-7-3.
bool isNumberOf(const Entity &entity, const QString &text)
{
    const QString prefix = entity.numberPrefix() + QLatin1Char('-');
    const QStringView typed = QStringView(text).trimmed();
    return prefix.size() > 1 && entity.numberField() != nullptr && typed.startsWith(prefix, Qt::CaseInsensitive)
        && std::all_of(typed.begin() + prefix.size(), typed.end(), [](QChar c) { return c == u'-' || (c >= u'0' && c <= u'9'); });
}

/// The search of one entity. Candidates come in the order of their worth; what is shown is read at the end.
class EntitySearch {
public:
    EntitySearch(Connection &connection, const model::Catalog &catalog, const SearchRequest &request, const SearchedFields &fields,
                 const storage::SearchQuery &query, const MatchExpression &expression, int mostByWord)
        : m_mostByWord(mostByWord), m_connection(connection), m_request(request), m_fields(fields), m_query(query), m_expression(expression),
          m_table(quotedName(fields.entity().table())), m_andShown(list_sql::parentIsNotTrashed(catalog, fields.entity(), m_table))
    {
    }

    Result<EntityHits> find(int &pendingLeft, bool &behind)
    {
        FIELDFARE_TRY(byKey());
        FIELDFARE_TRY(recent());
        FIELDFARE_TRY(pending(pendingLeft, behind));
        // The letters of a number are in every row: C-00 by the index of words would go through all of them.
        const bool isDone = isNumber() && m_isKeyFound;
        if (!isDone)
            FIELDFARE_TRY(byIndex(m_fields.hasNames() ? m_fields.namesTable() : QString(), HitRank::Word));
        if (m_request.withText)
            FIELDFARE_TRY(byIndex(m_fields.hasBody() ? m_fields.bodyTable() : QString(), HitRank::Text));
        return readHits();
    }

private:
    struct ReadHit {
        SearchHit hit;
        std::vector<QString> shown; ///< The searched fields, each as people see it.
    };

    void add(std::int64_t rid, HitRank rank)
    {
        if (m_seen.contains(rid))
            return;
        m_seen.insert(rid);
        m_candidates.push_back({rid, rank});
    }

    bool isNumber() const { return isNumberOf(m_fields.entity(), m_request.text); }

    /// Titles and numbers that begin with the text, from their indexes (trashed, field). C-12 is C-000012 first.
    Result<void> byKey()
    {
        const QString typed = m_request.text.trimmed();
        const Field *number = m_fields.entity().numberField();
        if (isNumber()) {
            const QString digits = typed.mid(typed.indexOf(QLatin1Char('-')) + 1);
            if (!digits.isEmpty() && !digits.contains(QLatin1Char('-')) && digits.size() < kNumberDigits)
                FIELDFARE_TRY(byKey(number, typed.left(typed.indexOf(QLatin1Char('-')) + 1) + digits.rightJustified(kNumberDigits, QLatin1Char('0'))));
        }
        FIELDFARE_TRY(byKey(number, typed));
        return byKey(m_fields.entity().titleField(), typed);
    }

    Result<void> byKey(const Field *field, const QString &typed)
    {
        if (field != nullptr && !typed.isEmpty() && field->has(model::Sortable) && field->type == model::FieldType::Text) {
            const QString column = quotedName(field->column);
            Statement &query = m_connection.statement(
                QStringLiteral("SELECT rid, %1 FROM %2 WHERE trashed = 0 AND %1 >= ? AND %1 < ?%3 ORDER BY %1 LIMIT ?")
                    .arg(column, m_table, m_andShown));
            const StatementReset reset(query);
            const char32_t last = 0x10FFFF;
            query.bindText(1, typed);
            query.bindText(2, typed + QString::fromUcs4(&last, 1));
            query.bind(3, isNumber() ? Search::kMaxCandidates + 1 : m_request.limit);
            for (;;) {
                FIELDFARE_ASSIGN(const bool row, query.step());
                if (!row)
                    break;
                const bool isExact = query.text(1).compare(typed, Qt::CaseInsensitive) == 0;
                m_isKeyFound = true;
                add(query.int64(0), isExact ? HitRank::Exact : HitRank::Prefix);
            }
        }
        return {};
    }

    Result<void> recent()
    {
        for (const model::Reference &reference : m_request.recent) {
            if (reference.entity != m_fields.entity().id())
                continue;
            Statement &find = m_connection.statement(QStringLiteral("SELECT rid, %1 FROM %2 WHERE id = ?").arg(m_fields.columns(), m_table));
            const StatementReset reset(find);
            find.bindBlob(1, reference.id.toBytes());
            FIELDFARE_ASSIGN(const bool row, find.step());
            if (row && m_expression.matches(m_fields.texts(find, 1).names))
                add(find.int64(0), HitRank::Recent);
        }
        return {};
    }

    /// Rows that the index does not know in their present form: those after the last indexed one, and changed ones.
    Result<void> pending(int &left, bool &behind)
    {
        const QString columns = m_fields.columns();
        const QString entity = QString::number(m_fields.entity().id());
        const QString changed = QStringLiteral("SELECT p.waiting_rid, %1 FROM (SELECT rid AS waiting_rid FROM search_pending "
                                               "WHERE entity = %3) p LEFT JOIN %2 t ON t.rid = p.waiting_rid "
                                               "ORDER BY p.waiting_rid DESC LIMIT ?");
        const QString added = QStringLiteral("SELECT t.rid, %1 FROM %2 t WHERE t.rid > "
                                             "ifnull((SELECT folded FROM search_state WHERE entity = %3), 0) ORDER BY t.rid DESC LIMIT ?");
        for (const QString &sql : {added, changed}) {
            Statement &query = m_connection.statement(sql.arg(columns, m_table, entity));
            const StatementReset reset(query);
            query.bind(1, left + 1);
            for (;;) {
                FIELDFARE_ASSIGN(const bool row, query.step());
                if (!row)
                    break;
                if (left == 0) {
                    behind = true;
                    break;
                }
                --left;
                const std::int64_t rid = query.int64(0);
                const SearchedTexts texts = m_fields.texts(query, 1);
                m_unindexed.insert(rid);
                if (m_expression.matches(texts.names))
                    add(rid, HitRank::Word);
                else if (m_request.withText && m_expression.matches(texts.body))
                    add(rid, HitRank::Text);
            }
        }
        return {};
    }

    Result<void> byIndex(const QString &table, HitRank rank)
    {
        if (table.isEmpty())
            return {};
        Statement &query = m_connection.statement(
            QStringLiteral("SELECT rowid FROM %1 WHERE %1 MATCH ? ORDER BY rowid DESC LIMIT ?").arg(table));
        const StatementReset reset(query);
        query.bindText(1, m_query.ftsMatch);
        query.bind(2, m_mostByWord + 1);
        int count = 0;
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                return {};
            if (++count > m_mostByWord) {
                m_more = true;
                return {};
            }
            // Entries of rows that changed since stand for what the row was.
            if (!m_unindexed.contains(query.int64(0)))
                add(query.int64(0), rank);
        }
    }

    Result<EntityHits> readHits()
    {
        EntityHits result;
        result.entity = m_fields.entity().id();
        result.moreThanFound = m_more || m_candidates.size() > size_t(Search::kMaxCandidates);
        result.found = int(std::min(m_candidates.size(), size_t(Search::kMaxCandidates)));
        // "Mine" is only known once a row is read: so a few more than are shown.
        const size_t wanted = size_t(m_request.limit) + size_t(m_request.user.isNull() ? 0 : m_request.limit);
        std::vector<ReadHit> read;
        for (const Candidate &candidate : m_candidates) {
            if (read.size() >= wanted)
                break;
            FIELDFARE_ASSIGN(std::optional<ReadHit> hit, readHit(candidate));
            if (hit)
                read.push_back(std::move(*hit));
            else
                --result.found;
        }
        std::stable_sort(read.begin(), read.end(), [](const ReadHit &a, const ReadHit &b) { return a.hit.rank < b.hit.rank; });
        if (read.size() > size_t(m_request.limit))
            read.resize(size_t(m_request.limit));
        for (ReadHit &one : read) {
            highlight(one);
            result.hits.push_back(std::move(one.hit));
        }
        return result;
    }

    /// Empty: gone, in the trash (itself or its parent), or a hit of the index whose text does not stand the checks.
    Result<std::optional<ReadHit>> readHit(const Candidate &candidate)
    {
        const Entity &entity = m_fields.entity();
        const Field *title = entity.titleField();
        const Field *number = entity.numberField();
        const auto columnOf = [](const Field *field) {
            return field != nullptr && field->hasColumn() ? quotedName(field->column) : QStringLiteral("NULL");
        };
        const Field *owner = nullptr;
        for (const char *name : {"owner", "assignee"}) {
            if (owner == nullptr)
                owner = entity.field(QLatin1StringView(name));
        }
        Statement &read = m_connection.statement(QStringLiteral("SELECT id, NOT (trashed = 0%6), %1, %2, %3, %4 FROM %5 WHERE rid = ?")
                                                     .arg(columnOf(title), columnOf(number), columnOf(owner), m_fields.columns(), m_table, m_andShown));
        constexpr int kFirstSearched = 5;
        const StatementReset reset(read);
        read.bind(1, qint64(candidate.rid));
        FIELDFARE_ASSIGN(const bool present, read.step());
        if (!present || read.int64(1) == 1)
            return std::optional<ReadHit>();
        if (candidate.rank >= HitRank::Word && !m_query.checks.isEmpty()) {
            const SearchedTexts texts = m_fields.texts(read, kFirstSearched);
            if (!storage::verify(candidate.rank == HitRank::Text ? texts.body : texts.names, m_query))
                return std::optional<ReadHit>();
        }
        SearchHit hit;
        hit.record = {entity.id(), base::Id::fromBytes(read.blob(0))};
        hit.rid = candidate.rid;
        hit.rank = candidate.rank;
        hit.title = read.text(2);
        hit.number = read.text(3);
        if (hit.rank == HitRank::Word && !m_request.user.isNull() && read.bytesView(4) == m_request.user.toBytes())
            hit.rank = HitRank::Mine;
        ReadHit result{std::move(hit), {}};
        result.shown = candidate.rank == HitRank::Text ? m_fields.shownBody(read, kFirstSearched) : m_fields.shownNames(read, kFirstSearched);
        return std::optional(std::move(result));
    }

    /// Finds the field that matched, when the title does not show it, and the stretches to be marked.
    void highlight(ReadHit &read) const
    {
        SearchHit &hit = read.hit;
        hit.titleRanges = matchRanges(hit.title, m_expression);
        if (!hit.titleRanges.isEmpty() && hit.rank != HitRank::Text)
            return;
        for (const QString &shown : read.shown) {
            const QList<TextRange> ranges = shown == hit.title ? QList<TextRange>() : matchRanges(shown, m_expression);
            if (ranges.isEmpty())
                continue;
            const int from = std::max(0, ranges.first().start - kContextBefore);
            hit.context = shown.mid(from, kContextBefore + kContextAfter).simplified();
            hit.contextRanges = matchRanges(hit.context, m_expression);
            return;
        }
    }

    int m_mostByWord; ///< Candidates of the index of words.
    Connection &m_connection;
    const SearchRequest &m_request;
    const SearchedFields &m_fields;
    const storage::SearchQuery &m_query;
    const MatchExpression &m_expression;
    QString m_table;
    QString m_andShown; ///< Owned children hide with their parent.
    std::vector<Candidate> m_candidates;
    QSet<std::int64_t> m_seen;
    QSet<std::int64_t> m_unindexed;
    bool m_more = false;
    bool m_isKeyFound = false;
};

} // namespace

Result<SearchResult> Search::find(const SearchRequest &asked)
{
    SearchRequest request = asked;
    request.limit = std::clamp(request.limit, 1, kMaxCandidates);
    SearchResult result;
    const storage::SearchQuery query = storage::buildMatch(request.text);
    if (query.isEmpty())
        return result;
    const MatchExpression expression(query);

    QList<model::EntityId> entities = request.entities;
    if (entities.isEmpty()) {
        for (const Entity &entity : m_catalog.entities()) {
            if (!entity.has(model::System))
                entities.append(entity.id());
        }
    }
    // A letter and digits stand together in many rows that nobody means who types a number: enough of them to be shown, not all.
    const bool isNumber = std::any_of(entities.begin(), entities.end(), [&](model::EntityId id) {
        const Entity *entity = m_catalog.entity(id);
        return entity != nullptr && isNumberOf(*entity, request.text);
    });
    const int mostByWord = isNumber ? std::min(2 * request.limit, kMaxCandidates) : kMaxCandidates;
    int pendingLeft = kMaxPendingRows;
    for (const model::EntityId id : entities) {
        const Entity *entity = m_catalog.entity(id);
        if (entity == nullptr)
            continue;
        const SearchedFields fields(*entity);
        if (!fields.hasNames() && !(request.withText && fields.hasBody()))
            continue;
        FIELDFARE_ASSIGN(EntityHits hits, EntitySearch(m_connection, m_catalog, request, fields, query, expression, mostByWord).find(pendingLeft, result.behind));
        if (!hits.hits.empty())
            result.entities.push_back(std::move(hits));
    }
    if (result.behind) {
        FIELDFARE_ASSIGN(const search::Progress progress, search::progress(m_connection, m_catalog));
        result.percentIndexed = progress.percent();
    }
    return result;
}

} // namespace fieldfare::store
