// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/api/request_log.h"

namespace fieldfare::app {

/// While there is one, what Qt and our own categories report goes to a log as lines of JSON like all others: a reader of the
/// log meets no line that it cannot parse. One at a time; does not own the log.
class QtMessages {
public:
    explicit QtMessages(server::RequestLog &log);
    ~QtMessages();
    QtMessages(const QtMessages &) = delete;
    QtMessages &operator=(const QtMessages &) = delete;
};

} // namespace fieldfare::app
