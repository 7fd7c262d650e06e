// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/enrolment.h"
#include "core/store/joining.h"

namespace fieldfare::app {

/// Who answered at an address, and how to speak with nobody else from now on.
struct FoundServer {
    net::ServerAddress address; ///< With the pins of the authority that was seen.
    store::ServerProbe shown;   ///< For a person to compare.
};

/// Looks who answers at an address that a person typed; sends no secret. One search at a time: a new one drops the one before
/// without an answer. Lives on a thread with an event loop; destroying it ends the search.
class ServerSearch {
public:
    ServerSearch(const base::Clock &clock, base::RandomSource &random) : m_clock(clock), m_random(random) {}

    /// InvalidArgument at once for what is no address; else as HttpClient::probe().
    void start(const QString &address, std::function<void(const base::Result<FoundServer> &)> done);

private:
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    std::unique_ptr<Enrolment> m_enrolment;
};

} // namespace fieldfare::app
