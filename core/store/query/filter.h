// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

namespace fieldfare::store {

/// The operators of EXPR (COMMANDS.md).
enum class FilterOperator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    In,
    IsEmpty,
};

/// How the operator is written: "=", "contains", "is-empty".
[[nodiscard]] QString operatorText(FilterOperator op);

/// A value as it was typed. Quoted ones are taken literally, bare ones may be words such as today-30d or me.
struct FilterValue {
    QString text;
    bool quoted = false;
    friend bool operator==(const FilterValue &, const FilterValue &) = default;
};

/// One node of the tree. All and Any have two or more children, Not has one, Comparison none.
struct FilterNode {
    enum class Kind { All, Any, Not, Comparison };

    Kind kind = Kind::Comparison;
    QList<FilterNode> children = {};
    QString field = {};
    FilterOperator op = FilterOperator::Equal;
    QList<FilterValue> values = {}; ///< One; any number from one on for In; none for IsEmpty.

    friend bool operator==(const FilterNode &, const FilterNode &) = default;
};

/// A condition on the rows of one entity: what the user typed, as a tree. It knows neither the catalog nor SQL; names and
/// values are checked when it is compiled (filter_sql.h), so that a saved view outlives a renamed field with a clear error.
/// A value type, safe to hand between threads.
///
///     expression := term { "or" term }        term := factor { "and" factor }
///     factor     := "not" factor | "(" expression ")" | comparison
///     comparison := field operator value | field "in" "(" value { "," value } ")" | field "is-empty"
///     operator   := = | != | < | <= | > | >= | contains | startswith
///     value      := 'text' | "text" | word       (a quotation mark inside is doubled; money may be: 1000 USD)
///
/// Keywords are recognised in any case. A word ends at a space, a bracket, a comma, a quotation mark or one of = ! < >.
class Filter {
public:
    static constexpr int kMaxLength = 8192; ///< UTF-16 units, of the typed and of the canonical text
    static constexpr int kMaxDepth = 32;    ///< brackets and nots within each other

    /// All rows.
    Filter() = default;
    explicit Filter(FilterNode root) : m_root(std::move(root)), m_isEmpty(false) {}

    /// Blank text gives the empty filter. Fails with BadExpression; the arguments are the position (from 0) and the word
    /// there, `detail` says what was expected.
    static base::Result<Filter> parse(const QString &text);

    /// `field op value` without a text to parse: for chips, charts and code.
    [[nodiscard]] static Filter comparison(const QString &field, FilterOperator op, const QString &value = {});
    /// Both conditions; an empty filter adds nothing.
    [[nodiscard]] Filter operator&&(const Filter &other) const;

    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }
    [[nodiscard]] const FilterNode &root() const { return m_root; }

    /// The canonical text: parse() of it gives an equal filter. This is the form in which saved views are kept.
    [[nodiscard]] QString toText() const;

    friend bool operator==(const Filter &, const Filter &) = default;

private:
    FilterNode m_root;
    bool m_isEmpty = true;
};

} // namespace fieldfare::store
