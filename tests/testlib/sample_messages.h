// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "sync/protocol/messages.h"

#include <random>

namespace fieldfare::testlib {

/// Made-up messages for tests of the wire, the same for the same seed everywhere (std::mt19937_64 and own arithmetic).
class SampleMessages {
public:
    explicit SampleMessages(std::uint64_t seed) : m_random(seed) {}

    /// A UUIDv7 of a moment.
    base::Id id(std::int64_t ms);
    /// Customers of 20 fields as a company would have them, sorted by id; about 424 bytes each as JSON.
    protocol::DownloadPage customers(int rows);
    /// One-field edits of different customers by one person, each an action of its own.
    protocol::PushRequest edits(int operations);
    /// One-field changes of different customers by 20 people.
    protocol::PullReply changes(int rows);
    /// Every kind of operation, value and base.
    protocol::PushRequest everyOperation();

    /// Bytes of the page's rows as compact JSON with field names, for comparison.
    static qsizetype jsonBytes(const protocol::DownloadPage &page);

private:
    std::uint64_t below(std::uint64_t bound) { return m_random() % bound; }
    QString pick(std::initializer_list<const char *> words);
    QString digits(int count);
    QString companyName();
    QString phone();
    QString email();
    QString address();
    QString website();
    model::Value fieldValue(int field);
    changes::Operation operation(std::uint64_t n, const base::Id &record);

    std::mt19937_64 m_random;
};

} // namespace fieldfare::testlib
