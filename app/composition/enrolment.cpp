// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/enrolment.h"

#include "sync/net/http_transport.h"

namespace fieldfare::app {

using base::Result;

Enrolment::Enrolment(net::ServerAddress address, const base::Clock &clock, base::RandomSource &random)
    : m_address(std::move(address)), m_random(random), m_client(m_address, clock)
{
}

void Enrolment::start(const SignIn &signIn, std::function<void(Result<Enrolled>)> done)
{
    const auto account = std::make_shared<net::DeviceAccount>(
        net::DeviceAccount{m_address, {}, signIn.user, signIn.deviceName, net::DeviceKey::generate(m_random), 0, {}, {}});
    net::HttpTransport::enrol(m_client, *account, signIn.password, signIn.code, [this, account, done = std::move(done)](Result<protocol::EnrolReply> reply) {
        if (!reply.ok())
            return done(reply.error());
        account->device = reply->device;
        account->deviceNumber = reply->deviceNumber;
        account->accessToken = reply->accessToken;
        account->refreshToken = reply->refreshToken;
        // What a fingerprint was given for is now known whole.
        if (account->address.authorityPem.isEmpty())
            account->address.authorityPem = m_client.peer().authorityPem;
        done(Enrolled{account->clone(), std::move(reply).value()});
    });
}

Result<void> joinServer(store::Store &store, const Enrolled &enrolled)
{
    const protocol::EnrolReply &reply = enrolled.reply;
    FIELDFARE_ASSIGN(changes::ReplicaState state, store.replicaState());
    state.device = reply.device;
    state.incarnation = reply.incarnation;
    state.user = reply.user;
    state.epoch = reply.epoch;
    FIELDFARE_TRY(store.setReplicaState(state));
    store::ProfileInfo info;
    info.company = reply.company;
    if (!reply.currency.isEmpty())
        info.currency = reply.currency;
    info.userName = reply.userName;
    info.user = reply.user;
    info.serverUrl = enrolled.account.address.url.toString();
    info.deviceNumber = reply.deviceNumber;
    info.deviceName = enrolled.account.deviceName;
    FIELDFARE_TRY(store.setProfileInfo(info));
    return store.setSetting(QString::fromLatin1(net::kAccountSetting), enrolled.account.toBytes());
}

} // namespace fieldfare::app
