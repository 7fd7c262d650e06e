// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/validation.h"

#include <QCoreApplication>
#include <QDate>

namespace fieldfare::model {

namespace {

constexpr std::int64_t kMinDay = -719162;  // 0001-01-01
constexpr std::int64_t kMaxDay = 2932896;  // 9999-12-31
constexpr std::int64_t kDayMs = 86'400'000;

bool isTextType(FieldType type)
{
    switch (type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Choice:
    case FieldType::Phone:
    case FieldType::Email:
    case FieldType::Url:
    case FieldType::Address:
    case FieldType::File:
        return true;
    default:
        return false;
    }
}

std::optional<Problem> checkInteger(const Field &field, std::int64_t number)
{
    bool inRange = true;
    switch (field.valueType()) {
    case FieldType::YesNo:
        inRange = number == 0 || number == 1;
        break;
    case FieldType::Date:
        inRange = number >= kMinDay && number <= kMaxDay;
        break;
    case FieldType::Instant:
        inRange = number >= kMinDay * kDayMs && number <= kMaxDay * kDayMs;
        break;
    default:
        break;
    }
    if (!inRange)
        return Problem{field.key, ProblemCode::OutOfRange, {QString::number(number)}};
    return std::nullopt;
}

std::optional<Problem> checkEmail(const Field &field, const QString &text)
{
    const qsizetype at = text.lastIndexOf(QLatin1Char('@'));
    const bool oneLine = !text.contains(QLatin1Char(' ')) && !text.contains(QLatin1Char('\n'));
    const QString domain = text.mid(at + 1);
    const qsizetype dot = domain.lastIndexOf(QLatin1Char('.'));
    if (at < 1 || !oneLine || dot < 1 || dot == domain.size() - 1)
        return Problem{field.key, ProblemCode::EmailMalformed, {text}};
    return std::nullopt;
}

std::optional<Problem> checkPhone(const Field &field, const QString &text)
{
    int digits = 0;
    for (const QChar c : text) {
        if (c.isDigit())
            ++digits;
    }
    if (digits < 3 || digits > 30)
        return Problem{field.key, ProblemCode::PhoneMalformed, {text}};
    return std::nullopt;
}

std::optional<Problem> checkUrl(const Field &field, const QString &text)
{
    if (text.contains(QLatin1Char(' ')) || !text.contains(QLatin1Char('.')))
        return Problem{field.key, ProblemCode::UrlMalformed, {text}};
    return std::nullopt;
}

} // namespace

std::optional<Problem> checkBounds(const Field &field, const Value &value)
{
    if (value.isEmpty())
        return std::nullopt;
    const FieldType type = field.valueType();
    const Problem wrongType{field.key, ProblemCode::WrongType, {}};
    if (isTextType(type)) {
        const QString *text = value.text();
        if (text == nullptr || text->contains(QChar::Null)) // edits leave it out; PostgreSQL cannot hold it
            return wrongType;
        if (text->size() > field.maxLength)
            return Problem{field.key, ProblemCode::TooLong, {QString::number(text->size()), QString::number(field.maxLength)}};
        return std::nullopt;
    }
    if (type == FieldType::Money) {
        const Money *money = value.money();
        if (money == nullptr)
            return wrongType;
        for (const char c : money->currency) {
            if (c < 'A' || c > 'Z')
                return Problem{field.key, ProblemCode::BadCurrency, {money->currencyCode()}};
        }
        return std::nullopt;
    }
    if (field.isReference()) {
        const Reference *reference = value.reference();
        if (reference == nullptr || reference->id.isNull())
            return wrongType;
        if (!field.targets.isEmpty() && !field.targets.contains(reference->entity))
            return Problem{field.key, ProblemCode::TargetNotAllowed, {QString::number(reference->entity)}};
        return std::nullopt;
    }
    if (value.integer() == nullptr)
        return wrongType;
    return checkInteger(field, *value.integer());
}

std::optional<Problem> checkField(const Field &field, const Value &value)
{
    if (auto problem = checkBounds(field, value))
        return problem;
    if (value.isEmpty())
        return std::nullopt;
    switch (field.type) {
    case FieldType::Email:
        return checkEmail(field, *value.text());
    case FieldType::Phone:
        return checkPhone(field, *value.text());
    case FieldType::Url:
        return checkUrl(field, *value.text());
    default:
        return std::nullopt;
    }
}

QList<Problem> checkRecord(const Entity &entity, const Record &record)
{
    QList<Problem> problems;
    for (const Field &field : entity.fields()) {
        if (!field.isReplicated() || field.has(Removed))
            continue;
        const Value &value = record.value(field);
        if (field.has(Required) && value.isEmpty())
            problems.append({field.key, ProblemCode::RequiredMissing, {}});
        else if (auto problem = checkField(field, value))
            problems.append(*problem);
    }
    return problems;
}

QString cleaned(const Field &field, const QString &text)
{
    // Most texts are plain and stay as they are, without a copy.
    char16_t all = 0;
    bool hasNul = false;
    for (const QChar c : text) {
        all |= c.unicode();
        hasNul |= c.isNull();
    }
    QString result = text;
    if (hasNul)
        result.remove(QChar(u'\0'));
    if (all >= 128)
        result = result.normalized(QString::NormalizationForm_C);
    if (field.type == FieldType::LongText) {
        if (!result.contains(QLatin1Char('\r')))
            return result;
        result.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        result.replace(QLatin1Char('\r'), QLatin1Char('\n'));
        return result;
    }
    return result.trimmed();
}

QString describeProblem(const Entity &entity, const Problem &problem)
{
    const Field *field = entity.field(problem.field);
    const QString name = field ? field->name : QStringLiteral("field");
    const auto argument = [&](int i) { return problem.arguments.value(i); };
    switch (problem.code) {
    case ProblemCode::RequiredMissing:
        return QCoreApplication::translate("Details", "%1: a value is required").arg(name);
    case ProblemCode::TooLong:
        return QCoreApplication::translate("Details", "%1: %2 characters, at most %3 fit").arg(name, argument(0), argument(1));
    case ProblemCode::WrongType:
        return QCoreApplication::translate("Details", "%1: not a value of this type").arg(name);
    case ProblemCode::OutOfRange:
        return QCoreApplication::translate("Details", "%1: %2 is out of range").arg(name, argument(0));
    case ProblemCode::EmailMalformed:
        return QCoreApplication::translate("Details", "%1: \"%2\" is not an e-mail address; it needs a name, @ and a domain with a dot").arg(name, argument(0));
    case ProblemCode::UrlMalformed:
        return QCoreApplication::translate("Details", "%1: \"%2\" is not a web address").arg(name, argument(0));
    case ProblemCode::PhoneMalformed:
        return QCoreApplication::translate("Details", "%1: \"%2\" is not a phone number; it needs 3 to 30 digits").arg(name, argument(0));
    case ProblemCode::TargetNotAllowed:
        return QCoreApplication::translate("Details", "%1: may not point to this kind of record").arg(name);
    case ProblemCode::BadCurrency:
        return QCoreApplication::translate("Details", "%1: \"%2\" is not a currency code").arg(name, argument(0));
    case ProblemCode::NotPermitted:
        return QCoreApplication::translate("Details", "%1: the role of this user may not do this to it").arg(entity.name());
    }
    return name;
}

} // namespace fieldfare::model
