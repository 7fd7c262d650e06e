// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace fieldfare::base {

/// Time as the product sees it; injected everywhere, so that tests and the simulation own it. Thread safe to read.
class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 UTC by the machine's clock: may be wrong and may jump.
    [[nodiscard]] virtual std::int64_t wallMs() const = 0;
    /// Milliseconds since this machine started, counting sleep; never goes back within one boot.
    [[nodiscard]] virtual std::int64_t bootMs() const = 0;
    /// Names the boot that bootMs() counts from; 16 bytes.
    [[nodiscard]] virtual QByteArray bootId() const = 0;
};

class SystemClock final : public Clock {
public:
    SystemClock();
    [[nodiscard]] std::int64_t wallMs() const override;
    [[nodiscard]] std::int64_t bootMs() const override;
    [[nodiscard]] QByteArray bootId() const override;

private:
    QByteArray m_bootId;
};

} // namespace fieldfare::base
