// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/record.h"

#include <QList>

namespace fieldfare::model {

class Catalog;

enum class ProblemCode {
    RequiredMissing,
    TooLong,
    WrongType,
    OutOfRange,
    EmailMalformed,
    UrlMalformed,
    PhoneMalformed,
    TargetNotAllowed,
    BadCurrency,
    NotPermitted, ///< Of no field: the user's role may not do this to the record.
};

/// One finding about one field; the sentence is made in ui or by the CLI.
struct Problem {
    FieldKey field;
    ProblemCode code = ProblemCode::WrongType;
    QStringList arguments;
    friend bool operator==(const Problem &, const Problem &) = default;
};

/// What the server also checks and answers with the verdict `invalid`: type, length, range, target (DESIGN 2).
[[nodiscard]] std::optional<Problem> checkBounds(const Field &field, const Value &value);

/// Bounds and the business rules of one field (e-mail, phone and web address shapes). Only edits, imports and REST.
[[nodiscard]] std::optional<Problem> checkField(const Field &field, const Value &value);

/// All fields, and what is required.
[[nodiscard]] QList<Problem> checkRecord(const Entity &entity, const Record &record);

/// A text fit to be stored: NUL removed, ends trimmed, line ends unified, NFC.
[[nodiscard]] QString cleaned(const Field &field, const QString &text);

/// English words for logs and the CLI: "email: the part after @ needs a dot".
[[nodiscard]] QString describeProblem(const Entity &entity, const Problem &problem);

} // namespace fieldfare::model
