// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/response_writer.h"

#include "core/base/logging.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace fieldfare::server {

namespace {

constexpr const char *kOwnHeaders[] = {"Content-Length", "Transfer-Encoding", "Connection", "Date", "Fieldfare-Server", "X-Request-Id"};

bool isOwnHeader(const QByteArray &name)
{
    return std::any_of(std::begin(kOwnHeaders), std::end(kOwnHeaders),
                       [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

bool canBeSent(const HttpResponse &response)
{
    const auto isClean = [](const QByteArray &text) {
        return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    };
    return response.status >= 200 && response.status <= 599
        && std::all_of(response.headers.begin(), response.headers.end(), [&isClean](const auto &header) {
               return !header.first.isEmpty() && !header.first.contains(':') && isClean(header.first) && isClean(header.second);
           });
}

QByteArray httpDate(qint64 ms)
{
    // IMF-fixdate of RFC 9110, 5.6.7.
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
}

} // namespace

WrittenResponse writeResponse(HttpResponse response, const ResponseFraming &framing)
{
    if (!canBeSent(response)) {
        qCCritical(lcServer, "request %s: the handler's response cannot be sent", qUtf8Printable(framing.requestId));
        response = HttpResponse{};
        response.status = 500;
    }
    WrittenResponse out;
    out.status = response.status;
    out.head.reserve(512);
    out.head += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + reasonPhrase(response.status) + "\r\n";
    bool hasCacheControl = false;
    for (const auto &[name, value] : response.headers) {
        if (isOwnHeader(name))
            continue;
        hasCacheControl = hasCacheControl || name.compare("Cache-Control", Qt::CaseInsensitive) == 0;
        out.head += name + ": " + value + "\r\n";
    }
    if (!hasCacheControl)
        out.head += "Cache-Control: no-store\r\n";
    out.head += "Date: " + httpDate(framing.nowMs) + "\r\nFieldfare-Server: 1\r\n";
    if (!framing.requestId.isEmpty())
        out.head += "X-Request-Id: " + framing.requestId.toLatin1() + "\r\n";
    const bool hasNoBody = response.status == 204 || response.status == 304;
    if (!hasNoBody)
        out.head += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    out.head += framing.keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (!hasNoBody && !framing.headOnly)
        out.body = std::move(response.body);
    return out;
}

} // namespace fieldfare::server
