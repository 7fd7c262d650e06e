// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>

namespace fieldfare::net {

/// The device's own key pair (Ed25519, RFC 8032): its public half is given to the server at enrolment, its private half signs
/// the refresh of access tokens, so that a stolen refresh token alone is worth nothing. Kept in the encrypted profile.
class DeviceKey {
public:
    static constexpr size_t kSeedBytes = 32;

    /// `random` must be fit for keys.
    [[nodiscard]] static DeviceKey generate(base::RandomSource &random);
    /// InvalidArgument unless there are kSeedBytes.
    [[nodiscard]] static base::Result<DeviceKey> fromSeed(QByteArrayView seed);

    [[nodiscard]] const base::Secret &seed() const { return m_seed; }
    [[nodiscard]] DeviceKey clone() const { return DeviceKey(m_seed.clone()); }
    [[nodiscard]] base::Result<QByteArray> publicKey() const; ///< 32 bytes
    [[nodiscard]] base::Result<QByteArray> sign(const QByteArray &message) const; ///< 64 bytes

private:
    explicit DeviceKey(base::Secret seed) : m_seed(std::move(seed)) {}
    base::Secret m_seed;
};

} // namespace fieldfare::net
