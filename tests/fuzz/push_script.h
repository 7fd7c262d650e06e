// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"

#include <array>
#include <span>

/// Pushes as a fuzzer's bytes spell them: every byte is a choice from a short list (a record, a field, a base, a value), so that
/// operations meet each other, and bytes that are missing are zeros.
class PushScript {
public:
    static constexpr int kDevices = 3; ///< The third one's account is disabled.

    explicit PushScript(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }
    /// The device, the operations, and what it acknowledges; names, hashes and epoch are the caller's.
    [[nodiscard]] fieldfare::protocol::PushRequest next();
    /// One in eight pushes has a wrong name, hash, epoch or incarnation: which, 1 to 7; otherwise 0.
    [[nodiscard]] int takeFault();
    /// So many of the device's last operations are sent once more before the new ones.
    [[nodiscard]] int takeRepeats() { return take(8) == 7 ? take(4) : 0; }

    /// What later operations may be based on, and be copies of.
    void remember(const fieldfare::changes::Operation &operation) { m_seen.push_back(operation); }

    static fieldfare::base::Id deviceId(int number);
    static fieldfare::base::Id userId(int number);
    static fieldfare::base::Id recordId(int number);
    static constexpr int kRecords = 6;

private:
    [[nodiscard]] int take(int bound)
    {
        const std::uint8_t byte = atEnd() ? 0 : m_bytes[m_at++];
        return byte % bound;
    }
    [[nodiscard]] fieldfare::changes::Operation operation();
    [[nodiscard]] fieldfare::model::FieldKey field();
    [[nodiscard]] fieldfare::model::Value value();
    [[nodiscard]] fieldfare::changes::Version version();
    [[nodiscard]] fieldfare::changes::Origin origin();

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_at = 0;
    std::vector<fieldfare::changes::Operation> m_seen;
};
