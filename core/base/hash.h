// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

struct evp_md_ctx_st;

namespace fieldfare::base {

/// SHA-256 (FIPS 180-4) of the bytes: 32 bytes.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

/// SHA-256 of bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void add(QByteArrayView bytes);
    /// Once.
    [[nodiscard]] QByteArray result();

private:
    evp_md_ctx_st *m_context;
};

/// HMAC-SHA-256 (RFC 2104): 32 bytes.
[[nodiscard]] QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);

/// HMAC-SHA-1 (RFC 2104): 20 bytes. For one-time codes alone (RFC 4226), whose apps know nothing else; what breaks SHA-1 as a
/// hash, two texts with one digest, does not help against a keyed one.
[[nodiscard]] QByteArray hmacSha1(QByteArrayView key, QByteArrayView message);

/// Compares in a time that depends on the length alone.
[[nodiscard]] bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace fieldfare::base
