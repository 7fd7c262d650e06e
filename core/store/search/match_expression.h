// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/tokenizer/search_text.h"

#include <QStringList>

#include <vector>

namespace fieldfare::store {

/// A query run without an index, on rows that wait for it: gives for a text what FTS5 would, as both go by the same match
/// expression and tokens. Understands what storage::buildMatch() writes: quoted tokens, * for a prefix, AND, OR, brackets.
class MatchExpression {
public:
    struct Leaf {
        QString token;
        bool isPrefix = false;

        [[nodiscard]] bool matches(const QString &documentToken) const
        {
            return isPrefix ? documentToken.startsWith(token) : documentToken == token;
        }
    };

    explicit MatchExpression(const storage::SearchQuery &query);

    /// False for an expression that it could not read; matches() is false then.
    [[nodiscard]] bool isValid() const { return m_root >= 0; }
    /// `text` is the searched text of a row, see SearchedFields.
    [[nodiscard]] bool matches(const QString &text) const;
    [[nodiscard]] const std::vector<Leaf> &leaves() const { return m_leaves; }

private:
    struct Node {
        enum class Kind { Leaf, All, Any } kind = Kind::Leaf;
        int leaf = -1;
        std::vector<int> children;
    };
    int readAny(QStringView text, qsizetype &at, int depth);
    int readAll(QStringView text, qsizetype &at, int depth);
    int readOne(QStringView text, qsizetype &at, int depth);
    int add(Node node);
    [[nodiscard]] bool holds(int node, const QStringList &sortedTokens) const;

    storage::SearchQuery m_query;
    std::vector<Leaf> m_leaves;
    std::vector<Node> m_nodes;
    int m_root = -1;
};

} // namespace fieldfare::store
