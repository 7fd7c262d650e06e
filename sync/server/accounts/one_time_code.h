// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

/// One-time codes by the clock, TOTP (RFC 6238) over HOTP (RFC 4226): HMAC-SHA-1, steps of 30 s since 1970, six digits. Every
/// authenticator app knows these, and some know nothing else.
namespace fieldfare::server {

inline constexpr qsizetype kOneTimeSecretBytes = 20; ///< RFC 4226, section 4: what it recommends.
inline constexpr std::int64_t kOneTimeStepMs = 30'000;
inline constexpr qsizetype kOneTimeDigits = 6;
/// Steps before and after the present one whose codes are accepted: clocks differ, and people type slowly (RFC 6238, section 5.2).
inline constexpr std::int64_t kOneTimeWindow = 1;

[[nodiscard]] std::int64_t oneTimeStep(std::int64_t wallMs);

/// The six digits of that step.
[[nodiscard]] QByteArray oneTimeCode(QByteArrayView secret, std::int64_t step);

/// The step within the window at `wallMs` that the code is of, if it comes after `lastStep`: no code works twice. Every step of the
/// window is looked at, in constant time: how long it takes tells nothing of how near a guess was.
[[nodiscard]] std::optional<std::int64_t> acceptedStep(QByteArrayView secret, QByteArrayView code, std::int64_t wallMs, std::int64_t lastStep);

/// Base 32 without padding (RFC 4648, section 6).
[[nodiscard]] QByteArray base32(QByteArrayView bytes);

/// What an authenticator app reads, as text or from a QR code: otpauth://totp/ISSUER:ACCOUNT?secret=... The secret stands in it.
[[nodiscard]] QString oneTimeUri(const QString &issuer, const QString &account, QByteArrayView secret);

} // namespace fieldfare::server
