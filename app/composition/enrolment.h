// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store/store.h"
#include "sync/net/device_account.h"
#include "sync/net/http_client.h"
#include "sync/protocol/messages.h"

#include <functional>
#include <memory>

namespace fieldfare::app {

/// A device that the server knows now, before there is a profile.
struct Enrolled {
    net::DeviceAccount account;
    protocol::EnrolReply reply;
};

/// Who signs in, and as which device. The code is the second factor's, or a recovery code; empty until the server asks for it.
struct SignIn {
    QString user;
    QString password;
    QString deviceName;
    QString code = {};
};

/// Makes this computer a device of a server: name and password go there only after its certificate matched the pins. One use; lives
/// on a thread with an event loop. Destroying it ends it without a callback.
class Enrolment {
public:
    Enrolment(net::ServerAddress address, const base::Clock &clock, base::RandomSource &random);

    /// Without pins: who answers, for a person to compare. See HttpClient::probe.
    void probe(std::function<void(base::Result<net::PeerInfo>)> done) { m_client.probe(std::move(done)); }
    /// As net::HttpTransport::enrol().
    void start(const SignIn &signIn, std::function<void(base::Result<Enrolled>)> done);

private:
    net::ServerAddress m_address;
    base::RandomSource &m_random;
    net::HttpClient m_client;
};

/// Writes the enrolment into a store that was just created. A first sync follows.
base::Result<void> joinServer(store::Store &store, const Enrolled &enrolled);

} // namespace fieldfare::app
