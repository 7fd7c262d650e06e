// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

namespace fieldfare::exchange {

/// What is wrong with a record. The first four are about its shape or size, the others about its quotes.
enum class CsvProblem {
    None,
    ShortRow,       ///< Fewer fields than the header; the missing ones read as empty. The record is usable.
    LongRow,        ///< More fields than the header, and not only empty ones. The record is usable.
    TooManyColumns, ///< More than the limit; those beyond are left out.
    FieldTooLong,   ///< An unquoted field over the limit; the rest of its line is left out.
    RecordTooLong,  ///< A record over the limit; the rest of its line is left out.
    StrayQuote,     ///< Text follows a closing quote: "abc"def.
    UnclosedQuote,  ///< A quoted field that does not end, or ends in the middle of another line's text.
};

/// True if the record should be rejected rather than imported: its fields may not be what was meant.
[[nodiscard]] constexpr bool isBroken(CsvProblem problem)
{
    return problem >= CsvProblem::TooManyColumns;
}

/// One record of a CSV text. Meant to be reused from record to record: the text of all fields stands in one buffer.
class CsvRecord {
public:
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_ends.size()); }

    /// The text of a field; empty for an index beyond the last. Valid until the record is read into again.
    [[nodiscard]] QStringView field(qsizetype index) const
    {
        if (index < 0 || index >= size())
            return {};
        const qsizetype start = index == 0 ? 0 : m_ends[static_cast<std::size_t>(index - 1)];
        return QStringView(m_text).sliced(start, m_ends[static_cast<std::size_t>(index)] - start);
    }

    [[nodiscard]] QStringList toStringList() const;

    /// True if every field is empty or only white space. Import counts these apart.
    [[nodiscard]] bool isBlank() const;

    /// 1-based physical line on which the record begins.
    [[nodiscard]] qint64 line() const { return m_line; }
    [[nodiscard]] CsvProblem problem() const { return m_problem; }
    /// The line of the field that the problem is about; 0 without a problem.
    [[nodiscard]] qint64 problemLine() const { return m_problemLine; }

private:
    friend class CsvReader;

    void reset(qint64 line);
    void setProblem(CsvProblem problem, qint64 line);
    [[nodiscard]] qsizetype openFieldStart() const { return m_ends.empty() ? 0 : m_ends.back(); }

    QString m_text;
    std::vector<qsizetype> m_ends;
    qint64 m_line = 0;
    qint64 m_problemLine = 0;
    CsvProblem m_problem = CsvProblem::None;
};

} // namespace fieldfare::exchange
