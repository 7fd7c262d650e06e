// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replicated_row.h"

namespace fieldfare::changes {

/// Sum over acknowledged rows, whatever their order (DESIGN 6, rule 11): for every field that is not empty or has a
/// version of its own, SHA-256 of (entity, row id, field, version, value as CBOR), cut to 16 bytes and added modulo 2^128.
/// Computed from one's own rows, never taken over from a peer.
class Checksum {
public:
    void add(const ReplicatedRow &row);
    void add(const Checksum &other);
    [[nodiscard]] QByteArray bytes() const; ///< 16, big endian
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }

private:
    std::uint64_t m_high = 0;
    std::uint64_t m_low = 0;
    std::uint64_t m_rows = 0;
};

} // namespace fieldfare::changes
