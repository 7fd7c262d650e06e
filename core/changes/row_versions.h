// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/field_key.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace fieldfare::changes {

/// seq = epoch << 40 | counter: the server's order of changes. 0 means "not known to the server".
using Version = std::uint64_t;

inline constexpr int kCounterBits = 40;

/// The version of each field of one row: that of the create, plus the fields that changed since. An encoding only:
/// no field's version is ever rounded to the row's (DESIGN 6, rule 3).
class RowVersions {
public:
    RowVersions() = default;
    explicit RowVersions(Version base) : m_base(base) {}

    [[nodiscard]] Version base() const { return m_base; }
    /// For a row whose create was not known yet; fields with a version of their own keep it.
    void setBase(Version base);
    [[nodiscard]] Version of(const model::FieldKey &field) const;
    void set(const model::FieldKey &field, Version version);
    [[nodiscard]] Version latest() const;
    [[nodiscard]] const std::vector<std::pair<model::FieldKey, Version>> &exceptions() const { return m_exceptions; }

    /// Exceptions as bytes: empty without any. Per entry: varint of the field number (0, then 16 bytes, for custom
    /// fields) and varint of (version - base) in zigzag. The base is stored beside it.
    [[nodiscard]] QByteArray encodeExceptions() const;
    static base::Result<RowVersions> decode(Version base, const QByteArray &exceptions);

    friend bool operator==(const RowVersions &, const RowVersions &) = default;

private:
    Version m_base = 0;
    std::vector<std::pair<model::FieldKey, Version>> m_exceptions; // sorted by key
};

} // namespace fieldfare::changes
