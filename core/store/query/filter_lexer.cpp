// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter_lexer.h"

#include <QCoreApplication>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;

namespace {

bool isSign(QChar c)
{
    return c == u'=' || c == u'!' || c == u'<' || c == u'>';
}

bool endsWord(QChar c)
{
    return c.isSpace() || isSign(c) || c == u'(' || c == u')' || c == u',' || c == u'\'' || c == u'"';
}

} // namespace

base::Error badExpression(int position, const QString &found, const QString &expected)
{
    const QString shown = found.isEmpty() ? QCoreApplication::translate("Details", "the end") : QLatin1Char('"') + found.left(40) + QLatin1Char('"');
    return {ErrorCode::BadExpression, QCoreApplication::translate("Details", "at %1, before %2: expected %3").arg(position).arg(shown, expected),
            {QString::number(position), found.left(40), expected}};
}

bool FilterLexer::isBareWord(QStringView text)
{
    return !text.isEmpty() && std::none_of(text.begin(), text.end(), endsWord);
}

Result<FilterToken> FilterLexer::quoted(QChar mark)
{
    FilterToken token{FilterToken::Kind::Quoted, {}, int(m_at)};
    for (qsizetype i = m_at + 1; i < m_text.size(); ++i) {
        if (m_text[i] != mark) {
            token.text += m_text[i];
        } else if (i + 1 < m_text.size() && m_text[i + 1] == mark) {
            token.text += mark;
            ++i;
        } else {
            m_at = i + 1;
            return token;
        }
    }
    return badExpression(int(m_at), m_text.mid(m_at).toString(), QCoreApplication::translate("Details", "a closing %1").arg(mark));
}

Result<FilterToken> FilterLexer::next()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace())
        ++m_at;
    const int start = int(m_at);
    if (m_at >= m_text.size())
        return FilterToken{FilterToken::Kind::End, {}, start};
    const QChar first = m_text[m_at];
    if (first == u'\'' || first == u'"')
        return quoted(first);
    const auto single = [&](FilterToken::Kind kind, qsizetype length) {
        m_at += length;
        return FilterToken{kind, m_text.mid(start, length).toString(), start};
    };
    if (first == u'(')
        return single(FilterToken::Kind::Open, 1);
    if (first == u')')
        return single(FilterToken::Kind::Close, 1);
    if (first == u',')
        return single(FilterToken::Kind::Comma, 1);
    if (isSign(first)) {
        const bool withEqual = m_at + 1 < m_text.size() && m_text[m_at + 1] == u'=';
        if (first == u'!' && !withEqual)
            return badExpression(start, QStringLiteral("!"), QStringLiteral("!="));
        return single(FilterToken::Kind::Operator, withEqual && first != u'=' ? 2 : 1);
    }
    qsizetype end = m_at;
    while (end < m_text.size() && !endsWord(m_text[end]))
        ++end;
    return single(FilterToken::Kind::Word, end - m_at);
}

} // namespace fieldfare::store
