// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace fieldfare::base {

/// A value or an Error. Errors are values here: nothing throws across a folder's border.
/// Reading value() of a failure, or error() of a success, is a programmer's mistake and asserts.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}
    Result(ErrorCode code, QString detail, QStringList arguments = {})
        : m_content(std::in_place_index<1>, Error{code, std::move(detail), std::move(arguments)})
    {
    }

    [[nodiscard]] bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T &value() &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] const T &value() const &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    [[nodiscard]] T &&value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_content));
    }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    [[nodiscard]] const Error &error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<T, Error> m_content;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}
    Result(ErrorCode code, QString detail, QStringList arguments = {})
        : m_error(Error{code, std::move(detail), std::move(arguments)})
    {
    }

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error &error() const
    {
        Q_ASSERT(!ok());
        return *m_error; // NOLINT(bugprone-unchecked-optional-access): asserted
    }

private:
    std::optional<Error> m_error;
};

} // namespace fieldfare::base

/// Leaves the function with the error of a failed Result, otherwise goes on.
#define FIELDFARE_TRY(expression)                                                                                      \
    do {                                                                                                               \
        auto fieldfareTryResult = (expression);                                                                        \
        if (!fieldfareTryResult.ok())                                                                                  \
            return fieldfareTryResult.error();                                                                         \
    } while (false)

#define FIELDFARE_CONCAT_INNER(a, b) a##b
#define FIELDFARE_CONCAT(a, b) FIELDFARE_CONCAT_INNER(a, b)

/// FIELDFARE_ASSIGN(auto rows, readRows()): declares rows from a Result, or leaves with its error.
#define FIELDFARE_ASSIGN(declaration, expression)                                                                      \
    auto FIELDFARE_CONCAT(fieldfareResult, __LINE__) = (expression);                                                   \
    if (!FIELDFARE_CONCAT(fieldfareResult, __LINE__).ok())                                                             \
        return FIELDFARE_CONCAT(fieldfareResult, __LINE__).error();                                                    \
    declaration = std::move(FIELDFARE_CONCAT(fieldfareResult, __LINE__)).value() // NOLINT(bugprone-macro-parentheses): a declaration
