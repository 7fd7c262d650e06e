// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/searched_fields.h"

#include "core/model/value_text.h"
#include "core/storage/tokenizer/phone_digits.h"
#include "core/storage/tokenizer/pinyin.h"
#include "core/storage/tokenizer/search_text.h"
#include "core/store/query/sql_condition.h"

#include <algorithm>

namespace fieldfare::store {

using model::Field;
using model::FieldType;

namespace {

const QString kNames = QStringLiteral("_names");
const QString kBody = QStringLiteral("_text");

/// Goes up with every change of what compose() makes of the same values.
constexpr int kTextsVersion = 1;

/// Prefix queries of each of these lengths are one look-up; longer ones merge the few words that are left.
constexpr const char *kPrefixes = "1 2 3 4 5 6 7 8";

void appendLine(QString &text, const QString &line)
{
    if (line.isEmpty())
        return;
    if (!text.isEmpty())
        text += QLatin1Char('\n');
    text += line;
}

/// "C-000123" gives "123": people leave zeros out.
QString withoutZeros(const QString &number)
{
    qsizetype start = number.size();
    while (start > 0 && number[start - 1].isDigit())
        --start;
    const qsizetype digits = start;
    while (start + 1 < number.size() && number[start] == u'0')
        ++start;
    return start > digits ? number.mid(start) : QString();
}

} // namespace

SearchedFields::SearchedFields(const model::Entity &entity) : m_entity(&entity)
{
    const storage::FieldColumns columns(entity, storage::FieldColumns::Fields::Stored);
    int at = 0;
    const auto collect = [&](model::FieldFlag flag, std::vector<Part> &parts) {
        for (const Field &field : entity.fields()) {
            const storage::FieldColumn *column = columns.find(field.key);
            // References and computed fields change without their row; they are not indexed.
            if (!field.has(flag) || field.has(model::Removed) || column == nullptr || !field.isReplicated() || field.isReference())
                continue;
            parts.push_back({&field, *column, at});
            at += column->width();
        }
    };
    collect(model::Searchable, m_names);
    collect(model::FullText, m_body);
}

bool SearchedFields::isSearched(const model::FieldKey &field) const
{
    const auto is = [&](const Part &part) { return part.field->key == field; };
    return std::any_of(m_names.begin(), m_names.end(), is) || std::any_of(m_body.begin(), m_body.end(), is);
}

QString SearchedFields::namesTable() const
{
    return quotedName(m_entity->table() + kNames);
}

QString SearchedFields::bodyTable() const
{
    return quotedName(m_entity->table() + kBody);
}

QStringList SearchedFields::tableNames() const
{
    QStringList names;
    if (hasNames())
        names.append(m_entity->table() + kNames);
    if (hasBody())
        names.append(m_entity->table() + kBody);
    return names;
}

QString SearchedFields::identity() const
{
    QString identity = storage::tokenizerIdentity() + QStringLiteral("|%1|%2|").arg(kTextsVersion).arg(QLatin1StringView(kPrefixes));
    for (const std::vector<Part> *parts : {&m_names, &m_body}) {
        for (const Part &part : *parts)
            identity += part.field->key.isCustom() ? part.field->key.custom.toString() : QString::number(part.field->key.number) + QLatin1Char(' ');
        identity += QLatin1Char('/');
    }
    return identity;
}

SearchedTexts SearchedFields::compose(const ValueOf &valueOf) const
{
    SearchedTexts texts;
    for (const Part &part : m_names) {
        const Field &field = *part.field;
        const QString shown = model::formatValue(field, valueOf(part));
        appendLine(texts.names, shown);
        if (field.type == FieldType::Phone)
            appendLine(texts.names, storage::phoneSearchText(shown));
        else if (field.has(model::Number))
            appendLine(texts.names, withoutZeros(shown));
        else if (field.type == FieldType::Text)
            appendLine(texts.names, storage::pinyinSearchText(shown));
    }
    for (const Part &part : m_body)
        appendLine(texts.body, model::formatValue(*part.field, valueOf(part)));
    return texts;
}

SearchedTexts SearchedFields::texts(const changes::ReplicatedRow &row) const
{
    return compose([&](const Part &part) { return row.value(part.field->key); });
}

QString SearchedFields::columns() const
{
    QStringList names;
    for (const std::vector<Part> *parts : {&m_names, &m_body}) {
        for (const Part &part : *parts) {
            for (const QString &name : storage::FieldColumns::namesOf(part.column))
                names.append(quotedName(name));
        }
    }
    return names.join(QLatin1StringView(", "));
}

SearchedTexts SearchedFields::texts(const storage::Statement &statement, int from) const
{
    return compose([&](const Part &part) {
        int at = from + part.at;
        return storage::FieldColumns::read(statement, at, part.column);
    });
}

std::vector<QString> SearchedFields::shownNames(const storage::Statement &statement, int from) const
{
    std::vector<QString> shown;
    for (const Part &part : m_names) {
        int at = from + part.at;
        shown.push_back(model::formatValue(*part.field, storage::FieldColumns::read(statement, at, part.column)));
    }
    return shown;
}

std::vector<QString> SearchedFields::shownBody(const storage::Statement &statement, int from) const
{
    std::vector<QString> shown;
    for (const Part &part : m_body) {
        int at = from + part.at;
        shown.push_back(model::formatValue(*part.field, storage::FieldColumns::read(statement, at, part.column)));
    }
    return shown;
}

} // namespace fieldfare::store
