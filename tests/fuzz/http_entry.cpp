// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/http_entry.h"

#include "sync/server/http/request_parser.h"
#include "tests/fuzz/http_rule.h"

#include <vector>

using namespace fieldfare::server;
using Progress = RequestParser::Progress;

namespace {

/// Small enough that short inputs pass them.
HttpLimits smallLimits()
{
    HttpLimits limits;
    limits.headerBytes = 120;
    limits.bodyBytes = 24;
    return limits;
}

const HttpLimits kLimits = smallLimits();

/// What a connection learns about one request.
struct Heard {
    HttpRequest request;
    bool goesOn = false;
    bool expectsContinue = false;
    bool asksForWebSocket = false;
    qsizetype end = 0; ///< Bytes of the input up to here are used.
};

struct Course {
    std::vector<Heard> requests;
    bool hasFailed = false;
    int status = 0;
    bool hasHeader = false; ///< Of the request that is not complete.
};

[[noreturn]] void complain(const char *what, const QByteArray &bytes)
{
    qFatal("http: %s; bytes in hex: %s", what, bytes.toHex().constData());
}

/// The sizes of pieces: xorshift, the same for the same first byte.
class Cuts {
public:
    explicit Cuts(std::uint32_t seed) : m_state(seed * 2654435761U + 1), m_most(1U << (seed % 6)) {}
    qsizetype next()
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 17;
        m_state ^= m_state << 5;
        return qsizetype(1 + m_state % m_most);
    }

private:
    std::uint32_t m_state;
    std::uint32_t m_most;
};

void checkKept(const RequestParser &parser, const QByteArray &input, Progress progress, const QByteArray &bytes)
{
    if (progress == Progress::NeedMore && input.size() > kLimits.headerBytes)
        complain("keeps more than a header of what it has not used", bytes);
    if (parser.bodyReceived() > kLimits.bodyBytes)
        complain("a body over its limit", bytes);
    qsizetype header = parser.header().method.size() + parser.header().path.size() + parser.header().query.size();
    for (const auto &[name, value] : parser.header().headers)
        header += name.size() + value.size();
    if (header > kLimits.headerBytes)
        complain("a header over its limit", bytes);
}

template <typename NextSize>
Course read(const QByteArray &bytes, NextSize nextSize)
{
    Course course;
    auto parser = std::make_unique<RequestParser>(kLimits);
    QByteArray input;
    for (qsizetype given = 0; given < bytes.size();) {
        const qsizetype size = std::min(nextSize(), bytes.size() - given);
        input += bytes.mid(given, size);
        given += size;
        for (bool goesOn = true; goesOn;) {
            const Progress progress = parser->feed(input);
            checkKept(*parser, input, progress, bytes);
            switch (progress) {
            case Progress::NeedMore:
                goesOn = false;
                break;
            case Progress::HeaderDone:
                if (course.hasHeader)
                    complain("a header is done twice", bytes);
                course.hasHeader = true;
                break;
            case Progress::Done: {
                Heard heard;
                heard.goesOn = parser->keepAlive();
                heard.expectsContinue = parser->expectsContinue();
                heard.asksForWebSocket = parser->asksForWebSocket();
                heard.end = given - input.size();
                heard.request = parser->take();
                course.requests.push_back(std::move(heard));
                course.hasHeader = false;
                parser = std::make_unique<RequestParser>(kLimits);
                goesOn = !input.isEmpty();
                break;
            }
            case Progress::Failed:
                course.hasFailed = true;
                course.status = parser->failure().status;
                if (parser->feed(input) != Progress::Failed)
                    complain("goes on after a failure", bytes);
                return course;
            }
        }
    }
    return course;
}

bool isSame(const HttpRequest &one, const HttpRequest &other)
{
    return one.method == other.method && one.path == other.path && one.query == other.query && one.headers == other.headers && one.body == other.body;
}

void compare(const Course &whole, const Course &pieces, const QByteArray &bytes)
{
    if (whole.requests.size() != pieces.requests.size())
        complain("more requests as a whole or in pieces", bytes);
    for (size_t i = 0; i < whole.requests.size(); ++i) {
        const Heard &one = whole.requests[i];
        const Heard &other = pieces.requests[i];
        if (!isSame(one.request, other.request) || one.end != other.end)
            complain("another request in pieces", bytes);
        if (one.goesOn != other.goesOn || one.expectsContinue != other.expectsContinue || one.asksForWebSocket != other.asksForWebSocket)
            complain("another meaning in pieces", bytes);
    }
    if (whole.hasFailed != pieces.hasFailed || whole.status != pieces.status || whole.hasHeader != pieces.hasHeader)
        complain("another end in pieces", bytes);
}

void judge(const Course &course, const QByteArray &bytes)
{
    qsizetype begin = 0;
    for (const Heard &heard : course.requests) {
        const auto byRule = readHttpByRule(bytes.mid(begin));
        if (!byRule)
            complain("what is no request was taken for one", bytes);
        if (byRule->size != heard.end - begin)
            complain("a request ends elsewhere", bytes);
        if (!isSame(byRule->request, heard.request))
            complain("a request says something else", bytes);
        begin = heard.end;
    }
}

QByteArray spelledOut(const QByteArray &input)
{
    QByteArray bytes;
    for (const char c : input) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            bytes += c;
        else
            bytes += kHttpWords[(byte - 0x80) % std::size(kHttpWords)];
    }
    return bytes;
}

} // namespace

void runHttpEntry(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    const QByteArray rest(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    const QByteArray bytes = (data[0] & 0x80) != 0 ? spelledOut(rest) : rest;
    const Course whole = read(bytes, [&bytes] { return std::max<qsizetype>(1, bytes.size()); });
    judge(whole, bytes);
    Cuts cuts(data[0] & 0x7F);
    compare(whole, read(bytes, [&cuts] { return cuts.next(); }), bytes);
}
