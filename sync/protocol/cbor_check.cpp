// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/cbor_check.h"

#include <algorithm>
#include <vector>

namespace fieldfare::protocol {

namespace {

enum Major : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

class Scanner {
public:
    explicit Scanner(QByteArrayView bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }

    bool item(int depth)
    {
        Major major = Unsigned;
        quint64 argument = 0;
        int info = 0;
        if (depth > kMaxDepth || !head(&major, &info, &argument))
            return false;
        const auto left = quint64(m_bytes.size() - m_at);
        switch (major) {
        case Unsigned:
        case Negative:
            return true;
        case Bytes:
        case Text:
            if (argument > left)
                return false;
            m_at += qsizetype(argument);
            return true;
        case Array:
            return argument <= left && items(argument, depth + 1);
        case Map:
            return argument <= left / 2 && entries(argument, depth + 1);
        case Tag:
            return item(depth + 1);
        case Simple:
            return info != 24 || argument >= 32;
        }
        return false;
    }

private:
    bool head(Major *major, int *info, quint64 *argument)
    {
        if (atEnd())
            return false;
        const auto first = std::uint8_t(m_bytes[m_at++]);
        *major = Major(first >> 5);
        *info = first & 0x1F;
        if (*info < 24) {
            *argument = quint64(*info);
            return true;
        }
        if (*info > 27)
            return false; // reserved, or of indefinite length
        const qsizetype size = qsizetype(1) << (*info - 24);
        if (m_bytes.size() - m_at < size)
            return false;
        for (qsizetype i = 0; i < size; ++i)
            *argument = *argument << 8 | std::uint8_t(m_bytes[m_at++]);
        return true;
    }

    bool items(quint64 count, int depth)
    {
        for (quint64 i = 0; i < count; ++i) {
            if (!item(depth))
                return false;
        }
        return true;
    }

    bool entries(quint64 count, int depth)
    {
        std::vector<QByteArrayView> keys;
        for (quint64 i = 0; i < count; ++i) {
            const qsizetype begin = m_at;
            if (!item(depth))
                return false;
            keys.push_back(m_bytes.sliced(begin, m_at - begin));
            if (!item(depth))
                return false;
        }
        const auto isLess = [](QByteArrayView a, QByteArrayView b) { return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end()); };
        std::sort(keys.begin(), keys.end(), isLess);
        return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

} // namespace

bool isSoundCbor(QByteArrayView bytes)
{
    Scanner scanner(bytes);
    return scanner.item(1) && scanner.atEnd();
}

} // namespace fieldfare::protocol
