// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <span>

namespace fieldfare::base {

/// Random bytes; injected, so that a simulation replays. Implementations say whether they are fit for keys.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
    [[nodiscard]] QByteArray bytes(qsizetype count);
};

/// The operating system's generator (getrandom, BCryptGenRandom): fit for keys and nonces, thread safe.
/// Ends the program when the system cannot give random bytes, as nothing safe can be done then.
class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

} // namespace fieldfare::base
