// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/match_expression.h"

#include <algorithm>

namespace fieldfare::store {

namespace {

constexpr int kMaxDepth = 16;

void skipSpaces(QStringView text, qsizetype &at)
{
    while (at < text.size() && text[at] == u' ')
        ++at;
}

bool takeWord(QStringView text, qsizetype &at, QStringView word)
{
    skipSpaces(text, at);
    if (!text.mid(at).startsWith(word))
        return false;
    at += word.size();
    return true;
}

} // namespace

MatchExpression::MatchExpression(const storage::SearchQuery &query) : m_query(query)
{
    if (query.isEmpty())
        return;
    qsizetype at = 0;
    const int root = readAny(query.ftsMatch, at, 0);
    skipSpaces(query.ftsMatch, at);
    if (at == query.ftsMatch.size())
        m_root = root;
}

int MatchExpression::add(Node node)
{
    if (node.kind != Node::Kind::Leaf) {
        if (std::find(node.children.begin(), node.children.end(), -1) != node.children.end())
            return -1;
        if (node.children.size() == 1)
            return node.children.front();
    }
    m_nodes.push_back(std::move(node));
    return int(m_nodes.size()) - 1;
}

int MatchExpression::readAny(QStringView text, qsizetype &at, int depth)
{
    Node any{Node::Kind::Any, -1, {readAll(text, at, depth)}};
    while (takeWord(text, at, u"OR "))
        any.children.push_back(readAll(text, at, depth));
    return add(std::move(any));
}

int MatchExpression::readAll(QStringView text, qsizetype &at, int depth)
{
    Node all{Node::Kind::All, -1, {readOne(text, at, depth)}};
    while (takeWord(text, at, u"AND "))
        all.children.push_back(readOne(text, at, depth));
    return add(std::move(all));
}

int MatchExpression::readOne(QStringView text, qsizetype &at, int depth)
{
    if (depth > kMaxDepth)
        return -1;
    if (takeWord(text, at, u"(")) {
        const int inner = readAny(text, at, depth + 1);
        return takeWord(text, at, u")") ? inner : -1;
    }
    if (!takeWord(text, at, u"\""))
        return -1;
    const qsizetype end = text.indexOf(u'"', at);
    if (end < 0)
        return -1;
    // FTS5 hands the string to the tokenizer: very long words are cut there, so they are here.
    const QStringList tokens = storage::tokenize(text.mid(at, end - at), storage::TokenMode::Query);
    at = end + 1;
    const bool isPrefix = at < text.size() && text[at] == u'*';
    if (isPrefix)
        ++at;
    if (tokens.isEmpty())
        return -1;
    Node all{Node::Kind::All, -1, {}};
    for (const QString &token : tokens) {
        m_leaves.push_back({token, isPrefix && &token == &tokens.last()});
        all.children.push_back(add({Node::Kind::Leaf, int(m_leaves.size()) - 1, {}}));
    }
    return add(std::move(all));
}

bool MatchExpression::matches(const QString &text) const
{
    if (m_root < 0)
        return false;
    QStringList tokens = storage::tokenize(text, storage::TokenMode::Document);
    std::sort(tokens.begin(), tokens.end());
    return holds(m_root, tokens) && storage::verify(text, m_query);
}

bool MatchExpression::holds(int index, const QStringList &sortedTokens) const
{
    const Node &node = m_nodes[size_t(index)];
    const auto child = [&](int one) { return holds(one, sortedTokens); };
    switch (node.kind) {
    case Node::Kind::All:
        return std::all_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::Any:
        return std::any_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::Leaf:
        break;
    }
    const Leaf &leaf = m_leaves[size_t(node.leaf)];
    const auto found = std::lower_bound(sortedTokens.begin(), sortedTokens.end(), leaf.token);
    return found != sortedTokens.end() && leaf.matches(*found);
}

} // namespace fieldfare::store
