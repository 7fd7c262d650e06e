// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QList>
#include <QString>

#include <utility>

namespace fieldfare::server {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// The value of the first header of that name in any case; empty when there is none.
[[nodiscard]] QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name);
[[nodiscard]] qsizetype headerCount(const HttpHeaders &headers, QByteArrayView name);

/// A complete request (RFC 9112), already checked against HttpLimits. A value.
struct HttpRequest {
    QByteArray method; ///< "GET", as sent.
    QByteArray path;   ///< "/sync/v1/pull", still percent-encoded, starts with a slash.
    QByteArray query;  ///< What follows the first '?', without it.
    HttpHeaders headers;
    QByteArray body;
    QHostAddress peer;
    QString id; ///< Names the request in logs; also sent back as X-Request-Id.

    [[nodiscard]] QByteArray header(QByteArrayView name) const { return headerValue(headers, name); }
};

/// An answer. Content-Length, Date, Connection, X-Request-Id and Fieldfare-Server (by which devices know
/// whom they reached) are added when it is written; Cache-Control
/// becomes no-store unless given. Header names and values must hold no line breaks: such an answer is replaced by 500.
struct HttpResponse {
    int status = 200; ///< 200 to 599.
    HttpHeaders headers;
    QByteArray body;

    /// Plain text, for refusals.
    [[nodiscard]] static HttpResponse text(int status, QByteArray text);
};

/// "Not Found" for 404; empty for a status that RFC 9110 does not name.
[[nodiscard]] QByteArray reasonPhrase(int status);

} // namespace fieldfare::server
