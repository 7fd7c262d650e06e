// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/api/read_pool.h"
#include "sync/server/api/write_queue.h"

namespace fieldfare::server {

/// What devices ask for, done and written into the audit log in one transaction. Each on the write queue's thread, as part of a job.

[[nodiscard]] base::Result<protocol::PushReply> auditedPush(WriteContext &context, const protocol::PushRequest &request);
[[nodiscard]] base::Result<protocol::DownloadStart> auditedDownloadStart(WriteContext &context, const base::Id &device);
[[nodiscard]] base::Result<protocol::ExportsReply> auditedExports(WriteContext &context, const protocol::ExportsRequest &request);
[[nodiscard]] base::Result<protocol::HandInReply> auditedHandIn(WriteContext &context, const protocol::HandInRequest &request);

/// How far the log is, and what it says of the entry that a device remembers. Inside a read.
[[nodiscard]] base::Result<protocol::AuditStanding> auditStanding(ReadContext &context, std::uint64_t known);

} // namespace fieldfare::server
