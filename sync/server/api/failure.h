// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "sync/server/http/http_message.h"

namespace fieldfare::server {

/// The HTTP status that goes with a code (DESIGN 6, rule 15).
[[nodiscard]] int httpStatusOf(base::ErrorCode code);

/// A FailureReply with its status; Retry-After for TooManyAttempts (its argument, in ms) and ServerBusy. What a person or
/// a program outside must not know of the server's inside (paths, SQL) is left out for codes of its own failures.
[[nodiscard]] HttpResponse failureResponse(const base::Error &error);

} // namespace fieldfare::server
