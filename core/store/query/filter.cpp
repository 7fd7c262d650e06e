// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter.h"

#include "core/store/query/filter_lexer.h"

#include <QCoreApplication>

#include <array>

namespace fieldfare::store {

using base::Result;

namespace {

struct OperatorRow {
    FilterOperator op;
    QLatin1StringView text;
};

constexpr std::array kOperators{
    OperatorRow{FilterOperator::Equal, QLatin1StringView("=")},
    OperatorRow{FilterOperator::NotEqual, QLatin1StringView("!=")},
    OperatorRow{FilterOperator::Less, QLatin1StringView("<")},
    OperatorRow{FilterOperator::LessOrEqual, QLatin1StringView("<=")},
    OperatorRow{FilterOperator::Greater, QLatin1StringView(">")},
    OperatorRow{FilterOperator::GreaterOrEqual, QLatin1StringView(">=")},
    OperatorRow{FilterOperator::Contains, QLatin1StringView("contains")},
    OperatorRow{FilterOperator::StartsWith, QLatin1StringView("startswith")},
    OperatorRow{FilterOperator::In, QLatin1StringView("in")},
    OperatorRow{FilterOperator::IsEmpty, QLatin1StringView("is-empty")},
};

bool isKeyword(QStringView word)
{
    for (const OperatorRow &row : kOperators) {
        if (word.compare(row.text, Qt::CaseInsensitive) == 0)
            return true;
    }
    return word.compare(QLatin1StringView("and"), Qt::CaseInsensitive) == 0
        || word.compare(QLatin1StringView("or"), Qt::CaseInsensitive) == 0
        || word.compare(QLatin1StringView("not"), Qt::CaseInsensitive) == 0;
}

bool isCurrency(const FilterToken &token)
{
    if (token.kind != FilterToken::Kind::Word || token.text.size() != 3 || isKeyword(token.text))
        return false;
    return std::all_of(token.text.begin(), token.text.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

bool isNumber(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'.' || c == u'-' || c == u'+';
    });
}

/// Recursive descent with one token of look-ahead.
class Parser {
public:
    explicit Parser(QStringView text) : m_lexer(text) {}

    Result<FilterNode> all()
    {
        FIELDFARE_TRY(advance());
        FIELDFARE_ASSIGN(FilterNode node, expression(0));
        if (m_token.kind != FilterToken::Kind::End)
            return expected(QT_TRANSLATE_NOOP("Details", "and, or, or the end"));
        return node;
    }

private:
    base::Error expected(const char *what) const
    {
        return badExpression(m_token.position, m_token.text, QCoreApplication::translate("Details", what));
    }

    Result<void> advance()
    {
        FIELDFARE_ASSIGN(m_token, m_lexer.next());
        return {};
    }

    Result<FilterNode> joined(FilterNode::Kind kind, QLatin1StringView word, int depth)
    {
        FilterNode node{.kind = kind};
        for (;;) {
            FIELDFARE_ASSIGN(FilterNode child, kind == FilterNode::Kind::Any ? term(depth) : factor(depth));
            // (a and b) and c is the same tree as a and b and c
            if (child.kind == kind)
                node.children += child.children;
            else
                node.children.append(std::move(child));
            if (!m_token.isWord(word))
                break;
            FIELDFARE_TRY(advance());
        }
        if (node.children.size() > 1)
            return node;
        FilterNode only = node.children.takeFirst();
        return only;
    }

    Result<FilterNode> expression(int depth) { return joined(FilterNode::Kind::Any, QLatin1StringView("or"), depth); }
    Result<FilterNode> term(int depth) { return joined(FilterNode::Kind::All, QLatin1StringView("and"), depth); }

    Result<FilterNode> factor(int depth)
    {
        if (depth > Filter::kMaxDepth)
            return expected(QT_TRANSLATE_NOOP("Details", "fewer brackets within each other"));
        if (m_token.isWord(QLatin1StringView("not"))) {
            FIELDFARE_TRY(advance());
            FIELDFARE_ASSIGN(FilterNode inner, factor(depth + 1));
            return FilterNode{.kind = FilterNode::Kind::Not, .children = {std::move(inner)}};
        }
        if (m_token.kind == FilterToken::Kind::Open) {
            FIELDFARE_TRY(advance());
            FIELDFARE_ASSIGN(FilterNode inner, expression(depth + 1));
            FIELDFARE_TRY(close());
            return inner;
        }
        return comparison();
    }

    Result<void> close()
    {
        if (m_token.kind != FilterToken::Kind::Close)
            return expected(QT_TRANSLATE_NOOP("Details", "a closing bracket"));
        return advance();
    }

    Result<FilterNode> comparison()
    {
        if (m_token.kind != FilterToken::Kind::Word || isKeyword(m_token.text))
            return expected(QT_TRANSLATE_NOOP("Details", "the name of a field"));
        FilterNode node{.field = m_token.text};
        FIELDFARE_TRY(advance());
        FIELDFARE_TRY(readOperator(node));
        if (node.op == FilterOperator::IsEmpty)
            return node;
        if (node.op != FilterOperator::In) {
            FIELDFARE_TRY(value(node));
            return node;
        }
        if (m_token.kind != FilterToken::Kind::Open)
            return expected(QT_TRANSLATE_NOOP("Details", "a bracket with values"));
        do {
            FIELDFARE_TRY(advance());
            FIELDFARE_TRY(value(node));
        } while (m_token.kind == FilterToken::Kind::Comma);
        FIELDFARE_TRY(close());
        return node;
    }

    Result<void> readOperator(FilterNode &node)
    {
        for (const OperatorRow &row : kOperators) {
            const bool matches = m_token.kind == FilterToken::Kind::Operator ? m_token.text == row.text : m_token.isWord(row.text);
            if (matches) {
                node.op = row.op;
                return advance();
            }
        }
        return expected(QT_TRANSLATE_NOOP("Details", "an operator (= != < <= > >= contains startswith in is-empty)"));
    }

    Result<void> value(FilterNode &node)
    {
        const bool quoted = m_token.kind == FilterToken::Kind::Quoted;
        if (!quoted && (m_token.kind != FilterToken::Kind::Word || isKeyword(m_token.text)))
            return expected(QT_TRANSLATE_NOOP("Details", "a value (in quotation marks when it has spaces)"));
        FilterValue read{m_token.text, quoted};
        FIELDFARE_TRY(advance());
        if (!quoted && isNumber(read.text) && isCurrency(m_token)) {
            read = {read.text + QLatin1Char(' ') + m_token.text, true};
            FIELDFARE_TRY(advance());
        }
        node.values.append(std::move(read));
        return {};
    }

    FilterLexer m_lexer;
    FilterToken m_token;
};

QString valueText(const FilterValue &value)
{
    if (!value.quoted && FilterLexer::isBareWord(value.text) && !isKeyword(value.text))
        return value.text;
    // The mark that has to be doubled less often.
    const QChar mark = value.text.count(u'\'') > value.text.count(u'"') ? u'"' : u'\'';
    return mark + QString(value.text).replace(mark, QString(2, mark)) + mark;
}

QString comparisonText(const FilterNode &node)
{
    QString text = node.field + QLatin1Char(' ') + operatorText(node.op);
    if (node.op == FilterOperator::IsEmpty)
        return text;
    QStringList values;
    for (const FilterValue &value : node.values)
        values.append(valueText(value));
    const QString list = values.join(QLatin1StringView(", "));
    return text + (node.op == FilterOperator::In ? QStringLiteral(" (%1)").arg(list) : QLatin1Char(' ') + list);
}

QString nodeText(const FilterNode &node);

QString childText(const FilterNode &child, FilterNode::Kind parent)
{
    const bool loose = child.kind == FilterNode::Kind::Any
        || (child.kind == FilterNode::Kind::All && parent == FilterNode::Kind::Not);
    return loose ? QLatin1Char('(') + nodeText(child) + QLatin1Char(')') : nodeText(child);
}

QString nodeText(const FilterNode &node)
{
    switch (node.kind) {
    case FilterNode::Kind::Comparison:
        return comparisonText(node);
    case FilterNode::Kind::Not:
        return QLatin1StringView("not ") + childText(node.children.first(), node.kind);
    case FilterNode::Kind::All:
    case FilterNode::Kind::Any:
        break;
    }
    QStringList parts;
    for (const FilterNode &child : node.children)
        parts.append(childText(child, node.kind));
    return parts.join(node.kind == FilterNode::Kind::All ? QLatin1StringView(" and ") : QLatin1StringView(" or "));
}

} // namespace

QString operatorText(FilterOperator op)
{
    for (const OperatorRow &row : kOperators) {
        if (row.op == op)
            return row.text;
    }
    return {};
}

Result<Filter> Filter::parse(const QString &text)
{
    if (text.size() > kMaxLength)
        return badExpression(kMaxLength, text.mid(kMaxLength), QCoreApplication::translate("Details", "at most %1 characters").arg(kMaxLength));
    if (text.trimmed().isEmpty())
        return Filter();
    Parser parser(text);
    FIELDFARE_ASSIGN(FilterNode root, parser.all());
    Filter filter(std::move(root));
    // The canonical text is what a saved view keeps, so it has to be readable again.
    if (filter.toText().size() > kMaxLength)
        return badExpression(int(text.size()), {}, QCoreApplication::translate("Details", "at most %1 characters").arg(kMaxLength));
    return filter;
}

Filter Filter::comparison(const QString &field, FilterOperator op, const QString &value)
{
    FilterNode node{.field = field, .op = op};
    if (op != FilterOperator::IsEmpty)
        node.values.append(FilterValue{value, true});
    return Filter(std::move(node));
}

Filter Filter::operator&&(const Filter &other) const
{
    if (m_isEmpty)
        return other;
    if (other.m_isEmpty)
        return *this;
    FilterNode both{.kind = FilterNode::Kind::All};
    for (const FilterNode *part : {&m_root, &other.m_root}) {
        if (part->kind == FilterNode::Kind::All)
            both.children += part->children;
        else
            both.children.append(*part);
    }
    return Filter(std::move(both));
}

QString Filter::toText() const
{
    return m_isEmpty ? QString() : nodeText(m_root);
}

} // namespace fieldfare::store
