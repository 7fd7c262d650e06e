// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/row_versions.h"

#include <algorithm>

namespace fieldfare::changes {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::FieldKey;

namespace {

void appendVarint(QByteArray &bytes, std::uint64_t number)
{
    while (number >= 0x80) {
        bytes += char(number | 0x80);
        number >>= 7;
    }
    bytes += char(number);
}

bool readVarint(const QByteArray &bytes, qsizetype &at, std::uint64_t &number)
{
    number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (at >= bytes.size())
            return false;
        const auto byte = std::uint8_t(bytes.at(at++));
        number |= std::uint64_t(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return true;
    }
    return false;
}

auto find(const std::vector<std::pair<FieldKey, Version>> &list, const FieldKey &field)
{
    return std::lower_bound(list.begin(), list.end(), field, [](const auto &entry, const FieldKey &key) { return entry.first < key; });
}

} // namespace

Version RowVersions::of(const FieldKey &field) const
{
    const auto it = find(m_exceptions, field);
    return it != m_exceptions.end() && it->first == field ? it->second : m_base;
}

void RowVersions::set(const FieldKey &field, Version version)
{
    const auto it = m_exceptions.begin() + (find(m_exceptions, field) - m_exceptions.cbegin());
    const bool found = it != m_exceptions.end() && it->first == field;
    if (version == m_base) {
        if (found)
            m_exceptions.erase(it);
    } else if (found) {
        it->second = version;
    } else {
        m_exceptions.insert(it, {field, version});
    }
}

void RowVersions::setBase(Version base)
{
    m_base = base;
    std::erase_if(m_exceptions, [base](const auto &entry) { return entry.second == base; });
}

Version RowVersions::latest() const
{
    Version latest = m_base;
    for (const auto &[field, version] : m_exceptions)
        latest = std::max(latest, version);
    return latest;
}

QByteArray RowVersions::encodeExceptions() const
{
    QByteArray bytes;
    for (const auto &[field, version] : m_exceptions) {
        appendVarint(bytes, field.number);
        if (field.isCustom())
            bytes += field.custom.toBytes();
        const auto difference = std::int64_t(version - m_base);
        appendVarint(bytes, (std::uint64_t(difference) << 1) ^ std::uint64_t(difference >> 63));
    }
    return bytes;
}

Result<RowVersions> RowVersions::decode(Version base, const QByteArray &exceptions)
{
    RowVersions versions(base);
    qsizetype at = 0;
    while (at < exceptions.size()) {
        std::uint64_t number = 0;
        std::uint64_t zigzag = 0;
        FieldKey field;
        if (!readVarint(exceptions, at, number) || number > 0xFFFF)
            return {ErrorCode::ProtocolViolation, QStringLiteral("malformed row versions")};
        if (number == 0) {
            if (exceptions.size() - at < Id::kSize)
                return {ErrorCode::ProtocolViolation, QStringLiteral("malformed row versions")};
            field = FieldKey(Id::fromBytes(exceptions.mid(at, Id::kSize)));
            at += Id::kSize;
        } else {
            field = FieldKey(std::uint16_t(number));
        }
        if (!readVarint(exceptions, at, zigzag))
            return {ErrorCode::ProtocolViolation, QStringLiteral("malformed row versions")};
        const std::uint64_t difference = (zigzag >> 1) ^ (0 - (zigzag & 1));
        versions.set(field, base + difference);
    }
    return versions;
}

} // namespace fieldfare::changes
