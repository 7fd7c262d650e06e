// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_message.h"

#include <optional>

/// A request by the strictest reading of RFC 9112, written from it and not from the parser.
struct HttpByRule {
    fieldfare::server::HttpRequest request;
    qsizetype size = 0; ///< Its bytes; what follows is the next one's.
};

/// The request that `bytes` begin with; none when it is not all there, or is anything that two readers could take differently.
[[nodiscard]] std::optional<HttpByRule> readHttpByRule(const QByteArray &bytes);
