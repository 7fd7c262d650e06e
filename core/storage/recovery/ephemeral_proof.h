// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/storage/recovery/curve.h"

#include <QByteArray>

#include <optional>

namespace fieldfare::storage {

/// Shows that whoever made a sealing knows the scalar of its ephemeral point, and what it is a part of: the proof of TDH2 (Shoup and
/// Gennaro, "Securing Threshold Cryptosystems against Chosen Ciphertext Attack", Journal of Cryptology 15, 2002), without a dialogue by
/// Fiat and Shamir. Without it an ephemeral point that was taken from somebody else's sealing, or made of one, could be put under
/// another name, and would be multiplied by whoever holds a part of the recipient's key. core/storage/docs/recovery.md has the
/// formulas. All functions: any thread, some milliseconds at most.
namespace ephemeral_proof {

/// A second point and two scalars.
inline constexpr qsizetype kSize = curve::kPointSize + 2 * qsizetype(curve::kScalarSize);

/// Of what is sealed with this ephemeral key. `statement` is all that the proof is to hold for. None where it is no scalar.
[[nodiscard]] std::optional<QByteArray> make(const base::Secret &ephemeral, QByteArrayView statement);
/// False as well for bytes of another size, and for what is no point.
[[nodiscard]] bool holds(QByteArrayView proof, QByteArrayView ephemeralPoint, QByteArrayView statement);

/// A point of which nobody knows how often it is the curve's own generator: found by hashing.
[[nodiscard]] QByteArray secondGenerator();

} // namespace ephemeral_proof
} // namespace fieldfare::storage
