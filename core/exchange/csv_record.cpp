// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_record.h"

#include <algorithm>

namespace fieldfare::exchange {

QStringList CsvRecord::toStringList() const
{
    QStringList fields;
    fields.reserve(size());
    for (qsizetype i = 0; i < size(); ++i)
        fields.append(field(i).toString());
    return fields;
}

bool CsvRecord::isBlank() const
{
    return std::all_of(m_text.cbegin(), m_text.cend(), [](QChar c) { return c.isSpace(); });
}

void CsvRecord::reset(qint64 line)
{
    m_text.resize(0); // keeps the allocation, which clear() would not
    m_ends.clear();
    m_line = line;
    m_problemLine = 0;
    m_problem = CsvProblem::None;
}

void CsvRecord::setProblem(CsvProblem problem, qint64 line)
{
    if (m_problem != CsvProblem::None)
        return; // the first problem explains the others
    m_problem = problem;
    m_problemLine = line;
}

} // namespace fieldfare::exchange
