// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/protocol/messages.h"

#include <functional>

namespace fieldfare::engine {

template <typename T>
using Callback = std::function<void(base::Result<T>)>;

/// Carries requests to the server. Each callback is called exactly once, later, on the caller's thread, with the reply or
/// with what went wrong (NetworkUnreachable, TimedOut, SignInFailed, ...). After cancelAll() none is called any more.
class Transport {
public:
    virtual ~Transport() = default;
    virtual void push(const protocol::PushRequest &request, Callback<protocol::PushReply> done) = 0;
    virtual void pull(const protocol::PullRequest &request, Callback<protocol::PullReply> done) = 0;
    virtual void beginDownload(const base::Id &device, Callback<protocol::DownloadStart> done) = 0;
    virtual void downloadPage(const protocol::DownloadRequest &request, Callback<protocol::DownloadPage> done) = 0;
    /// A new identity for a cloned or restored profile (rule 1); needs the credentials that the transport holds.
    virtual void enrolAnew(const base::Id &formerDevice, Callback<protocol::EnrolReply> done) = 0;
    /// A part of the outbox of a device whose account is disabled; the transport signs it (quarantine.md).
    virtual void handIn(const protocol::HandInRequest &request, Callback<protocol::HandInReply> done) = 0;
    /// What was exported here, for the server's audit log.
    virtual void tellExports(const protocol::ExportsRequest &request, Callback<protocol::ExportsReply> done) = 0;
    virtual void cancelAll() = 0;
};

} // namespace fieldfare::engine
