// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// One run of the server's request parser over hostile bytes, with small limits; shared by the libFuzzer target and by the test
/// of the normal build. Requests are read one after another as a connection reads them, from the bytes as a whole and from
/// pieces of them. The first byte says how the pieces are cut; with its top bit set each byte from 0x80 on stands for a word of
/// HTTP (kHttpWords), so that mutations make requests and not only noise.
///
/// Ends the program (qFatal) when the parser keeps more than its limits allow, when whole and pieces are read differently, or when
/// it takes something for a request that http_rule.h does not, or for another one.
void runHttpEntry(const std::uint8_t *data, std::size_t size);

/// What bytes from 0x80 on stand for, modulo their number.
inline constexpr const char *kHttpWords[] = {
    "GET /a HTTP/1.1\r\n", "POST /a HTTP/1.1\r\n", "POST /a?b=c HTTP/1.0\r\n", "Host: a\r\n", "\r\n", "Content-Length: ",
    "Transfer-Encoding: ", "chunked", "\r\n\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Connection: ",
    "close", "keep-alive", "Upgrade", "Upgrade: websocket\r\n", "Expect: 100-continue\r\n", "Expect: ", "0\r\n\r\n",
    "3\r\nabc\r\n", "0\r\n", "\r\n ", "\r\n\t", ";a=\"", "\"", "1\r\nx\r\n", "X: y\r\n", "identity", ", ", "gzip", "Host: ",
    "0;a=b\r\n", "T: u\r\n", "HTTP/1.1\r\n", "00000000000000000000000000000000", "\n\n", "A\r\n0123456789\r\n", "POST ", " :", "18446744073709551616",
};
