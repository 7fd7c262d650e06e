// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "sync/engine/sync_engine.h"
#include "sync/protocol/messages.h"

namespace fieldfare::app {

/// What a session did: one JSON object, or a line for people.
void printSync(CommandOutput &output, bool json, const engine::SyncReport &report);

/// What became of the changes that wait, when the account is disabled (core/changes/docs/quarantine.md).
void printHandedIn(CommandOutput &output, bool json, const store::StateCounts &counts);

/// The device's checksum beside the server's answer to it.
[[nodiscard]] ChecksumComparison compared(const store::ProfileCheckReport &report, const protocol::ChecksumReply &reply);

} // namespace fieldfare::app
