// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdint>
#include <span>

namespace fieldfare::base {

/// Bytes that must not leak: kept in OpenSSL's secure heap (locked, not dumped), wiped when freed. Move only.
/// Ask Secret::initializeHeap() once at the start of each program; without it the memory is wiped but not locked.
class Secret {
public:
    Secret() = default;
    explicit Secret(size_t size);
    static Secret fromBytes(QByteArrayView bytes);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    [[nodiscard]] Secret clone() const;
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] std::uint8_t *data() { return m_data; }
    [[nodiscard]] const std::uint8_t *data() const { return m_data; }
    [[nodiscard]] std::span<const std::uint8_t> span() const { return {m_data, m_size}; }
    [[nodiscard]] QByteArrayView view() const { return {m_data, qsizetype(m_size)}; }

    /// Locks 64 KiB for secrets. False where the system refuses to lock memory; the program goes on and logs it.
    static bool initializeHeap();

private:
    std::uint8_t *m_data = nullptr;
    size_t m_size = 0;
};

/// Overwrites memory that held a secret in a way the compiler keeps.
void wipe(void *data, size_t size);

} // namespace fieldfare::base
