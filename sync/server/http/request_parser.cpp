// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <cctype>

namespace fieldfare::server {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

namespace {

QByteArray bytes(string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

/// What must not stand in a header block or between chunks as raw bytes. Beast would unfold a folded line and takes control characters in
/// the quoted text of a chunk's extension; the check does not lean on it for the rest either.
const char *badBytes(QByteArrayView block)
{
    for (qsizetype i = 0; i < block.size(); ++i) {
        const char c = block[i];
        if (c == '\0')
            return "NUL in a line";
        if (c == '\r' && (i + 1 == block.size() || block[i + 1] != '\n'))
            return "bare CR";
        if (c != '\n' && c != '\r' && c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F))
            return "control character in a line";
        if (c != '\n')
            continue;
        if (i == 0 || block[i - 1] != '\r')
            return "bare LF";
        if (i + 1 < block.size() && (block[i + 1] == ' ' || block[i + 1] == '\t'))
            return "folded line";
    }
    return nullptr;
}

/// The bytes that `input` begins with, up to the end of a chunk's size line, and of the trailers when it is the last chunk. With
/// `isAfterData` they begin with the line break that ends the chunk before. -1 when they are not all there.
qsizetype chunkLineSize(QByteArrayView input, bool isAfterData)
{
    const qsizetype begin = isAfterData ? 2 : 0;
    const qsizetype end = input.indexOf("\r\n", begin);
    if (end < 0)
        return -1;
    qsizetype digits = begin;
    while (digits < end && input[digits] == '0')
        ++digits;
    const bool isLast = digits > begin && (digits == end || !std::isxdigit(static_cast<unsigned char>(input[digits])));
    if (!isLast)
        return end + 2;
    const qsizetype all = input.indexOf("\r\n\r\n", end);
    return all < 0 ? -1 : all + 4;
}

int statusOf(const error_code &error)
{
    if (error == http::error::header_limit)
        return 431;
    if (error == http::error::body_limit)
        return 413;
    return 400;
}

} // namespace

/// Collects what Beast's parser reports. Header fields are taken only until the header's end: trailers of a chunked
/// body are read and dropped, so that they cannot add an Authorization after it was looked at.
class RequestParser::Beast final : public http::basic_parser<true> {
public:
    explicit Beast(const HttpLimits &limits)
    {
        header_limit(std::uint32_t(limits.headerBytes + 4));
        body_limit(std::uint64_t(limits.bodyBytes));
        eager(true);
    }

    HttpRequest request;
    int version = 0;
    std::uint64_t chunkLeft = 0; ///< Bytes of the present chunk that are still to come.
    bool hasHadChunk = false;

private:
    void on_request_impl(http::verb, string_view method, string_view target, int v, error_code &) override
    {
        request.method = bytes(method);
        const QByteArray all = bytes(target);
        const qsizetype mark = all.indexOf('?');
        request.path = mark < 0 ? all : all.left(mark);
        request.query = mark < 0 ? QByteArray() : all.mid(mark + 1);
        version = v;
    }
    void on_response_impl(int, string_view, int, error_code &) override {}
    void on_field_impl(http::field, string_view name, string_view value, error_code &) override
    {
        if (!m_headerIsOver)
            request.headers.append({bytes(name), bytes(value)});
    }
    void on_header_impl(error_code &) override { m_headerIsOver = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &) override {}
    std::size_t on_body_impl(string_view part, error_code &) override
    {
        request.body.append(part.data(), qsizetype(part.size()));
        return part.size();
    }
    void on_chunk_header_impl(std::uint64_t size, string_view, error_code &) override
    {
        chunkLeft = size;
        hasHadChunk = true;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code &error) override
    {
        chunkLeft -= part.size();
        return on_body_impl(part, error);
    }
    void on_finish_impl(error_code &) override {}

    bool m_headerIsOver = false;
};

RequestParser::RequestParser(const HttpLimits &limits) : m_limits(limits), m_beast(std::make_unique<Beast>(limits)) {}

RequestParser::~RequestParser() = default;

RequestParser::Progress RequestParser::fail(int status, QByteArray reason)
{
    m_failure = {status, std::move(reason)};
    return Progress::Failed;
}

RequestParser::Progress RequestParser::feed(QByteArray &input)
{
    if (m_failure.reason.size() > 0)
        return Progress::Failed;
    return m_headerIsDone ? feedBody(input) : feedHeader(input);
}

RequestParser::Progress RequestParser::feedHeader(QByteArray &input)
{
    const qsizetype end = input.indexOf("\r\n\r\n", std::max<qsizetype>(0, m_scanned - 3));
    if (end < 0 ? input.size() > m_limits.headerBytes : end + 4 > m_limits.headerBytes)
        return fail(431, "header too large");
    if (end < 0) {
        m_scanned = input.size();
        return Progress::NeedMore;
    }
    const qsizetype size = end + 4;
    if (const char *problem = badBytes(QByteArrayView(input).first(size)))
        return fail(400, problem);

    error_code error;
    const size_t used = m_beast->put({input.constData(), size_t(size)}, error);
    if (error && error != http::error::need_more)
        return fail(statusOf(error), QByteArray::fromStdString(error.message()));
    if (!m_beast->is_header_done() || used != size_t(size))
        return fail(400, "malformed header");
    input.remove(0, size);
    m_headerIsDone = true;
    if (!checkMeaning())
        return Progress::Failed;
    return m_beast->is_done() ? Progress::Done : Progress::HeaderDone;
}

RequestParser::Progress RequestParser::feedBody(QByteArray &input)
{
    while (!m_beast->is_done()) {
        qsizetype size = input.size();
        if (m_beast->chunked() && m_beast->chunkLeft > 0) {
            size = qsizetype(std::min(std::uint64_t(size), m_beast->chunkLeft));
        } else if (m_beast->chunked()) {
            size = chunkLineSize(input, m_beast->hasHadChunk);
            if (size < 0 ? input.size() > m_limits.headerBytes : size > m_limits.headerBytes)
                return fail(400, "chunk line or trailer too long");
            if (const char *problem = size > 0 ? badBytes(QByteArrayView(input).first(size)) : nullptr)
                return fail(400, problem);
        }
        if (size <= 0)
            return Progress::NeedMore;
        error_code error;
        const size_t used = m_beast->put({input.constData(), size_t(size)}, error);
        if (error)
            return fail(statusOf(error), QByteArray::fromStdString(error.message()));
        if (used != size_t(size) && !m_beast->is_done())
            return fail(400, "malformed chunk");
        input.remove(0, qsizetype(used));
        if (m_beast->request.body.size() > m_limits.bodyBytes)
            return fail(413, "body too large");
    }
    return Progress::Done;
}

bool RequestParser::checkMeaning()
{
    const HttpRequest &request = m_beast->request;
    const auto refuse = [this](int status, const char *reason) {
        m_failure = {status, reason};
        return false;
    };
    if (!request.path.startsWith('/') || request.path.contains('#') || request.query.contains('#'))
        return refuse(400, "only origin-form targets");
    if (request.method == "CONNECT" || request.method == "TRACE")
        return refuse(501, "method not offered");

    const qsizetype hosts = headerCount(request.headers, "Host");
    if (hosts > 1 || (hosts == 0 && m_beast->version >= 11))
        return refuse(400, "exactly one Host");

    const qsizetype lengths = headerCount(request.headers, "Content-Length");
    const qsizetype encodings = headerCount(request.headers, "Transfer-Encoding");
    if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0))
        return refuse(400, "ambiguous length");
    if (lengths == 1) {
        const QByteArray value = request.header("Content-Length");
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        if (value.isEmpty() || !std::all_of(value.begin(), value.end(), isDigit))
            return refuse(400, "bad Content-Length");
    }
    if (encodings == 1) {
        if (m_beast->version < 11)
            return refuse(400, "Transfer-Encoding in HTTP/1.0");
        if (request.header("Transfer-Encoding").compare("chunked", Qt::CaseInsensitive) != 0 || !m_beast->chunked())
            return refuse(501, "unknown Transfer-Encoding");
    }
    const QByteArray expect = request.header("Expect");
    if (!expect.isEmpty() && expect.compare("100-continue", Qt::CaseInsensitive) != 0)
        return refuse(417, "unknown expectation");
    return true;
}

const HttpRequest &RequestParser::header() const
{
    return m_beast->request;
}

HttpRequest RequestParser::take()
{
    return std::move(m_beast->request);
}

RequestParser::Failure RequestParser::failure() const
{
    return m_failure;
}

bool RequestParser::keepAlive() const
{
    return m_headerIsDone && m_beast->keep_alive();
}

bool RequestParser::expectsContinue() const
{
    return m_beast->version >= 11 && !m_beast->request.header("Expect").isEmpty();
}

bool RequestParser::asksForWebSocket() const
{
    const HttpRequest &request = m_beast->request;
    return m_headerIsDone && m_beast->version >= 11 && m_beast->upgrade() && request.method == "GET"
        && request.header("Upgrade").compare("websocket", Qt::CaseInsensitive) == 0;
}

qint64 RequestParser::contentLength() const
{
    const auto length = m_beast->content_length();
    if (length)
        return qint64(*length);
    return m_beast->chunked() ? -1 : 0;
}

qsizetype RequestParser::bodyReceived() const
{
    return m_beast->request.body.size();
}

} // namespace fieldfare::server
