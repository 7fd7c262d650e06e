// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/http_rule.h"

#include <algorithm>

using fieldfare::server::HttpHeaders;
using fieldfare::server::HttpRequest;

namespace {

/// Reads from the front; every function says whether what it is about stood there.
class Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) {}

    [[nodiscard]] qsizetype at() const { return m_at; }

    bool word(const char *text)
    {
        const QByteArrayView wanted(text);
        if (!QByteArrayView(m_bytes).sliced(m_at).startsWith(wanted))
            return false;
        m_at += wanted.size();
        return true;
    }
    /// One or more characters that the class allows.
    template <typename Class>
    bool run(Class allows, QByteArray *out)
    {
        const qsizetype begin = m_at;
        while (m_at < m_bytes.size() && allows(m_bytes.at(m_at)))
            ++m_at;
        *out = m_bytes.mid(begin, m_at - begin);
        return m_at > begin;
    }
    bool take(qint64 count, QByteArray *out)
    {
        if (count > m_bytes.size() - m_at)
            return false;
        *out += m_bytes.mid(m_at, count);
        m_at += count;
        return true;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isToken(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

/// VCHAR and obs-text.
bool isVisible(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7F;
}

bool isText(char c)
{
    return isVisible(c) || c == ' ' || c == '\t';
}

QByteArray trimmed(QByteArray text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    while (!text.isEmpty() && isBlank(text.front()))
        text.remove(0, 1);
    return text;
}

/// field-line CRLF, again and again, and the empty line. No obs-fold: it would begin with a blank, which is no token.
bool readFields(Reader &reader, HttpHeaders *fields)
{
    while (!reader.word("\r\n")) {
        QByteArray name;
        QByteArray value;
        if (!reader.run(isToken, &name) || !reader.word(":"))
            return false;
        reader.run(isText, &value);
        if (!reader.word("\r\n"))
            return false;
        fields->append({name, trimmed(value)});
    }
    return true;
}

bool readChunks(Reader &reader, QByteArray *body)
{
    for (;;) {
        QByteArray digits;
        QByteArray extension;
        if (!reader.run(isHex, &digits))
            return false;
        reader.run(isText, &extension);
        if (!extension.isEmpty() && !trimmed(extension).startsWith(';'))
            return false;
        if (!reader.word("\r\n"))
            return false;
        bool ok = false;
        const qint64 size = digits.toLongLong(&ok, 16);
        if (!ok && digits.count('0') != digits.size())
            return false;
        if (size == 0) {
            HttpHeaders trailers;
            return readFields(reader, &trailers);
        }
        if (!reader.take(size, body) || !reader.word("\r\n"))
            return false;
    }
}

} // namespace

std::optional<HttpByRule> readHttpByRule(const QByteArray &bytes)
{
    Reader reader(bytes);
    HttpByRule read;
    HttpRequest &request = read.request;
    QByteArray target;
    if (!reader.run(isToken, &request.method) || !reader.word(" ") || !reader.run(isVisible, &target) || !reader.word(" HTTP/1."))
        return std::nullopt;
    const bool isOld = reader.word("0");
    if ((!isOld && !reader.word("1")) || !reader.word("\r\n") || !readFields(reader, &request.headers))
        return std::nullopt;
    const qsizetype mark = target.indexOf('?');
    request.path = mark < 0 ? target : target.left(mark);
    request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);

    QList<QByteArray> lengths;
    QList<QByteArray> encodings;
    QList<QByteArray> hosts;
    for (const auto &[name, value] : request.headers) {
        const QByteArray lower = name.toLower();
        if (lower == "content-length")
            lengths.append(value);
        else if (lower == "transfer-encoding")
            encodings.append(value.toLower());
        else if (lower == "host")
            hosts.append(value);
    }
    const bool isPlain = target.startsWith('/') && hosts.size() <= 1 && (isOld || hosts.size() == 1) && lengths.size() + encodings.size() <= 1;
    if (!isPlain)
        return std::nullopt;
    if (!encodings.isEmpty() && (isOld || encodings.front() != "chunked" || !readChunks(reader, &request.body)))
        return std::nullopt;
    if (!lengths.isEmpty()) {
        bool ok = false;
        const qint64 length = lengths.front().toLongLong(&ok);
        if (!ok || !std::all_of(lengths.front().begin(), lengths.front().end(), isDigit) || !reader.take(length, &request.body))
            return std::nullopt;
    }
    read.size = reader.at();
    return read;
}
