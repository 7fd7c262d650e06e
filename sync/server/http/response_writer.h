// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_message.h"

#include <QByteArray>

namespace fieldfare::server {

/// How one response is framed.
struct ResponseFraming {
    bool keepAlive = true;
    bool headOnly = false; ///< The answer to HEAD: the length of the body, without it.
    QString requestId;
    qint64 nowMs = 0; ///< For the Date header, which devices also use to learn their clock's offset.
};

struct WrittenResponse {
    int status = 500; ///< What is sent: 500 when the response itself was unfit.
    QByteArray head;  ///< Status line, headers, empty line.
    QByteArray body;
};

/// Serialises by RFC 9112. A response whose status or headers cannot be sent (line breaks, not 200-599) becomes an empty 500.
[[nodiscard]] WrittenResponse writeResponse(HttpResponse response, const ResponseFraming &framing);

} // namespace fieldfare::server
