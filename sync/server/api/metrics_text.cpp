// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/metrics_text.h"

namespace fieldfare::server {

void MetricsText::head(QByteArrayView name, QByteArrayView help, QByteArrayView type)
{
    m_text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ');
    m_text.append(type).append('\n');
}

void MetricsText::counter(QByteArrayView name, QByteArrayView help, quint64 value)
{
    head(name, help, "counter");
    m_text.append(name).append(' ').append(QByteArray::number(value)).append('\n');
}

void MetricsText::gauge(QByteArrayView name, QByteArrayView help, double value)
{
    head(name, help, "gauge");
    m_text.append(name).append(' ').append(QByteArray::number(value)).append('\n');
}

void MetricsText::addHttp(const HttpStatistics &statistics)
{
    head("fieldfare_http_responses_total", "Responses by status.", "counter");
    for (auto it = statistics.statuses.cbegin(); it != statistics.statuses.cend(); ++it) {
        m_text.append("fieldfare_http_responses_total{status=\"").append(QByteArray::number(it.key())).append("\"} ");
        m_text.append(QByteArray::number(it.value())).append('\n');
    }
    counter("fieldfare_http_requests_total", "Requests read.", statistics.requests);
    counter("fieldfare_http_connections_total", "Connections accepted.", statistics.accepted);
    counter("fieldfare_http_connections_refused_total", "Connections closed at once: too many.", statistics.refused);
    counter("fieldfare_tls_failures_total", "Hand-shakes that failed.", statistics.handshakesFailed);
    counter("fieldfare_http_timeouts_total", "Connections that took too long.", statistics.timeouts);
    counter("fieldfare_http_bytes_in_total", "Bytes received, decrypted.", statistics.bytesIn);
    counter("fieldfare_http_bytes_out_total", "Bytes sent, before encryption.", statistics.bytesOut);
    gauge("fieldfare_http_connections_open", "Connections open now.", double(statistics.openConnections));
    gauge("fieldfare_http_requests_running", "Requests that are being answered now.", double(statistics.runningRequests));
    counter("fieldfare_live_sockets_given_up_total", "Live sockets closed for silence or for not reading.", statistics.liveGivenUp);
    gauge("fieldfare_live_sockets_open", "Live sockets open now.", double(statistics.openLive));
}

} // namespace fieldfare::server
