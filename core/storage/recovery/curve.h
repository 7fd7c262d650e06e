// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>

#include <optional>
#include <utility>

namespace fieldfare::storage {

/// The curve P-256 (NIST SP 800-186; OpenSSL's prime256v1), as far as recovery needs it. Points are bytes as SEC 1, section
/// 2.3.3 writes them uncompressed; scalars are 32 bytes, big-endian, above 0 and below the group's order. All functions: any
/// thread; scalars and points that come of them live in the secure heap.
namespace curve {

inline constexpr qsizetype kPointSize = 65;
inline constexpr size_t kScalarSize = 32;

/// A private key, from the operating system's generator.
[[nodiscard]] base::Secret randomScalar();
/// Its public key. None where it is no scalar.
[[nodiscard]] std::optional<QByteArray> publicPoint(const base::Secret &scalar);
/// A point of the curve other than infinity; the group's order is prime, so no point has a small one.
[[nodiscard]] bool isPoint(QByteArrayView bytes);
/// None where it is no point or no scalar.
[[nodiscard]] std::optional<base::Secret> multiply(QByteArrayView point, const base::Secret &scalar);
/// None where one is no point, or where the sum is infinity.
[[nodiscard]] std::optional<base::Secret> add(const base::Secret &a, const base::Secret &b);
/// Two scalars that are random, each by itself, and whose sum (modulo the order) is `scalar`. None where it is no scalar.
/// For any point: multiply(P, first) + multiply(P, second) = multiply(P, scalar).
[[nodiscard]] std::optional<std::pair<base::Secret, base::Secret>> split(const base::Secret &scalar);

/// The point with an even y whose x these 32 bytes are. None where there is none, for one number in two.
[[nodiscard]] std::optional<QByteArray> pointAt(QByteArrayView x);
/// A hash of 32 bytes modulo the group's order. None where that is 0, or for bytes of another size.
[[nodiscard]] std::optional<base::Secret> reduced(QByteArrayView hash);
/// The order less `scalar`. None where it is no scalar.
[[nodiscard]] std::optional<base::Secret> negated(const base::Secret &scalar);
/// factor · scalar + summand modulo the order. None where one is no scalar, or where it comes to 0.
[[nodiscard]] std::optional<base::Secret> multiplyAdd(const base::Secret &factor, const base::Secret &scalar, const base::Secret &summand);

} // namespace curve
} // namespace fieldfare::storage
