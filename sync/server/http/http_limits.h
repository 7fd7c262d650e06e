// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace fieldfare::server {

/// Everything that a stranger on the network could otherwise grow without end. A value, fixed when the server is made.
struct HttpLimits {
    using Duration = std::chrono::milliseconds;

    qsizetype headerBytes = 16 * 1024;            ///< Request line and headers; more is answered 431.
    qsizetype bodyBytes = 8 * 1024 * 1024;        ///< One body; more is answered 413.
    qint64 allBodyBytes = 256 * 1024 * 1024;      ///< All bodies being received or handled; more is answered 503.
    int connections = 20'000;                     ///< Further ones are closed before the hand-shake.
    int connectionsPerAddress = 1'000;            ///< An office behind one address; IPv6 counts by /64.
    qsizetype outputHighWater = 256 * 1024;       ///< Bytes of a response given to a socket ahead of the network.

    Duration handshake{10'000};  ///< TCP accept to TLS done.
    Duration header{10'000};     ///< First byte of a request (or TLS done) to the end of its header.
    Duration body{15'000};       ///< A body or response must end in this time or go on at the slowest rate in each of it.
    Duration idle{75'000};       ///< Between two requests.
    Duration handling{120'000};  ///< A handler that has not answered by then is answered for, 503.
    Duration linger{2'000};      ///< How long unread input is swallowed after a refusal, so that the answer arrives.
    qint64 slowestBytesPerSecond = 4 * 1024;

    qsizetype liveMessageBytes = 4 * 1024;        ///< One message from a device; more closes its socket.
    qint64 liveOutputBytes = 64 * 1024;           ///< Unsent bytes to a device before it is given up.
    Duration livePing{30'000};                    ///< A device silent for two of these is given up.
};

} // namespace fieldfare::server
