// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/model/record.h"
#include "core/storage/connection.h"

#include <vector>

namespace fieldfare::store {

struct SearchRequest {
    QString text;
    QList<model::EntityId> entities = {}; ///< Empty: all that have Searchable fields and are not System.
    int limit = 20;                       ///< Hits an entity, at most 500.
    bool withText = false;                ///< Long texts too, not only names, numbers, phones and e-mails.
    base::Id user = {};                   ///< Whose records are "mine": fields owner and assignee.
    QList<model::Reference> recent = {};  ///< Opened lately, newest first; they come before other hits.
};

/// A stretch of a text to be shown as matching, in UTF-16 units.
struct TextRange {
    int start = 0;
    int length = 0;
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// Why a hit stands where it stands, best first.
enum class HitRank : std::uint8_t {
    Exact,  ///< The title or number is the text.
    Prefix, ///< The title or number begins with it.
    Recent,
    Mine,
    Word,   ///< All words stand somewhere in the searched fields.
    Text,   ///< In a long text only.
};

struct SearchHit {
    model::Reference record;
    std::int64_t rid = 0;
    HitRank rank = HitRank::Word;
    QString title;
    QString number;
    QString context; ///< The searched field that matched when the title did not: a phone number, an e-mail, a piece of a note.
    QList<TextRange> titleRanges;
    QList<TextRange> contextRanges;
};

struct EntityHits {
    model::EntityId entity = 0;
    std::vector<SearchHit> hits; ///< Best first.
    int found = 0;               ///< Candidates, at most Search::kMaxCandidates;
    bool moreThanFound = false;  ///< "more than 500"
};

struct SearchResult {
    std::vector<EntityHits> entities; ///< In the order of the request or the catalog; those without hits are left out.
    bool behind = false;              ///< More rows wait for the index than were looked through: say "indexing, 80 %".
    int percentIndexed = 100;
};

/// Type-ahead and full search over all entities (DESIGN 5). Synchronous, on the connection's thread, milliseconds; ends with
/// Cancelled when the connection's progress hook says so. The connection needs search::registerOn().
///
/// Candidates: rows whose title or number begins with the text, the recent ones, rows not indexed yet (up to 2,000 are read
/// and matched here), then index hits from the newest on, up to 500. Only those that are shown are read.
class Search {
public:
    static constexpr int kMaxCandidates = 500;
    static constexpr int kMaxPendingRows = 2000; ///< over all entities

    Search(storage::Connection &connection, const model::Catalog &catalog) : m_connection(connection), m_catalog(catalog) {}

    base::Result<SearchResult> find(const SearchRequest &request);

private:
    storage::Connection &m_connection;
    const model::Catalog &m_catalog;
};

/// Where the words of a query stand in a text: for highlighting. Sorted, without overlaps. Pinyin matches mark the whole run
/// of Han characters.
[[nodiscard]] QList<TextRange> matchRanges(const QString &text, const QString &query);

} // namespace fieldfare::store
