// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/problem_text.h"

namespace fieldfare::ui {

namespace {

/// With how it is written, where not everybody writes it alike.
QString unreadable(const model::Field &field)
{
    switch (field.type) {
    case model::FieldType::Date:
        return ProblemText::tr("This cannot be read as a date; write it like 2026-11-21");
    case model::FieldType::Instant:
        return ProblemText::tr("This cannot be read as a time; write it like 2026-11-21 14:30");
    case model::FieldType::Money:
        return ProblemText::tr("This cannot be read as an amount; write it like 12500.50");
    case model::FieldType::Integer:
        return ProblemText::tr("This cannot be read as a whole number; write it like 12");
    default:
        return ProblemText::tr("This cannot be read");
    }
}

} // namespace

QString ProblemText::sentence(const model::Field &field, const model::Problem &problem)
{
    using model::ProblemCode;
    switch (problem.code) {
    case ProblemCode::RequiredMissing:
        return tr("%1 is needed").arg(field.label());
    case ProblemCode::TooLong:
        return tr("At most %1 characters fit here").arg(field.maxLength);
    case ProblemCode::WrongType:
        return unreadable(field);
    case ProblemCode::OutOfRange:
        return tr("This is outside of what can be kept");
    case ProblemCode::EmailMalformed: {
        const QString text = problem.arguments.value(0);
        const qsizetype at = text.lastIndexOf(QLatin1Char('@'));
        if (at < 1)
            return tr("An address needs a name and an @, like ann@treequote.example");
        const QString host = text.mid(at + 1).trimmed();
        return tr("The part after @ needs a dot, like %1.example").arg(host.isEmpty() ? QStringLiteral("treequote") : host);
    }
    case ProblemCode::UrlMalformed:
        return tr("A web address looks like https://treequote.example");
    case ProblemCode::PhoneMalformed:
        return tr("A phone number has digits, spaces and + only");
    case ProblemCode::TargetNotAllowed:
        return tr("This kind of record cannot stand here");
    case ProblemCode::NotPermitted:
        return tr("Your role may not change this record");
    case ProblemCode::BadCurrency:
        return tr("A currency has three letters, like USD");
    }
    return {};
}

} // namespace fieldfare::ui
