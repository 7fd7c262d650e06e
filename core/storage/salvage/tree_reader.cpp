// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/salvage/tree_reader.h"

#include <bit>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr std::uint8_t kIndexInner = 0x02;
constexpr std::uint8_t kTableInner = 0x05;
constexpr std::uint8_t kIndexLeaf = 0x0a;
constexpr std::uint8_t kTableLeaf = 0x0d;
constexpr size_t kFileHeader = 100; // before page 1's own
constexpr int kMostDepth = 24;
constexpr std::uint64_t kLargestRow = 1'000'000'000;

using Page = std::array<std::uint8_t, kPageSize>;

/// False past the end.
bool readVarint(const std::uint8_t *bytes, size_t size, size_t &at, std::uint64_t &value)
{
    value = 0;
    for (int i = 0; i < 9; ++i) {
        if (at >= size)
            return false;
        const std::uint8_t byte = bytes[at++];
        if (i == 8) {
            value = (value << 8) | byte;
            return true;
        }
        value = (value << 7) | (byte & 0x7fU);
        if ((byte & 0x80U) == 0)
            return true;
    }
    return false;
}

size_t headerAt(std::uint32_t page)
{
    return page == 1 ? kFileHeader : 0;
}

std::uint16_t readShort(const std::uint8_t *bytes)
{
    return std::uint16_t((bytes[0] << 8) | bytes[1]);
}

qint64 readInteger(const std::uint8_t *bytes, size_t size)
{
    std::uint64_t value = (bytes[0] & 0x80U) != 0 ? ~std::uint64_t(0) : 0;
    for (size_t i = 0; i < size; ++i)
        value = (value << 8) | bytes[i];
    return qint64(value);
}

/// Record format, 2.1.
bool readRecord(const std::vector<std::uint8_t> &payload, std::vector<SalvagedValue> &values)
{
    static constexpr size_t kIntegerSizes[] = {0, 1, 2, 3, 4, 6, 8};
    size_t at = 0;
    std::uint64_t headerSize = 0;
    if (!readVarint(payload.data(), payload.size(), at, headerSize) || headerSize > payload.size())
        return false;
    size_t body = size_t(headerSize);
    while (at < headerSize) {
        std::uint64_t type = 0;
        if (!readVarint(payload.data(), size_t(headerSize), at, type))
            return false;
        SalvagedValue value;
        size_t size = 0;
        if (type >= 1 && type <= 6)
            size = kIntegerSizes[type];
        else if (type == 7)
            size = 8;
        else if (type >= 12)
            size = size_t((type - 12) / 2);
        if (type == 10 || type == 11 || size > payload.size() - body)
            return false;
        const std::uint8_t *bytes = payload.data() + body;
        if (type >= 12) {
            value.type = type % 2 == 0 ? SalvagedValue::Type::Blob : SalvagedValue::Type::Text;
            value.bytes = QByteArray(reinterpret_cast<const char *>(bytes), qsizetype(size));
        } else if (type == 7) {
            value.type = SalvagedValue::Type::Real;
            value.real = std::bit_cast<double>(readInteger(bytes, 8));
        } else if (type != 0) {
            value.type = SalvagedValue::Type::Integer;
            value.integer = type >= 8 ? qint64(type - 8) : readInteger(bytes, size);
        }
        body += size;
        values.push_back(std::move(value));
    }
    return !values.empty();
}

/// Where the cells of a page stand; none when it is not a page of a tree of this kind.
struct Cells {
    bool isInner = false;
    bool ofIndex = false;
    std::vector<size_t> at;
    std::uint32_t last = 0; ///< Of an inner page: the child behind the last cell.
};

std::optional<Cells> cellsOf(const Page &page, std::uint32_t number)
{
    const size_t header = headerAt(number);
    const std::uint8_t type = page[header];
    if (type != kIndexInner && type != kTableInner && type != kIndexLeaf && type != kTableLeaf)
        return std::nullopt;
    Cells cells;
    cells.isInner = type == kIndexInner || type == kTableInner;
    cells.ofIndex = type == kIndexInner || type == kIndexLeaf;
    const size_t count = readShort(page.data() + header + 3);
    const size_t pointers = header + (cells.isInner ? 12 : 8);
    if (pointers + 2 * count > kUsableSize)
        return std::nullopt;
    for (size_t i = 0; i < count; ++i) {
        const size_t at = readShort(page.data() + pointers + 2 * i);
        if (at < pointers || at + 4 > kUsableSize)
            return std::nullopt;
        cells.at.push_back(at);
    }
    if (cells.isInner)
        cells.last = readBigEndian(page.data() + header + 8);
    return cells;
}

bool copyPage(SalvagedPages &pages, std::uint32_t number, Page &page)
{
    const std::uint8_t *bytes = number == 0 ? nullptr : pages.read(number);
    if (bytes != nullptr)
        std::memcpy(page.data(), bytes, page.size());
    return bytes != nullptr;
}

} // namespace

bool TreeReader::readPayload(const std::uint8_t *page, size_t at, std::uint64_t size, bool ofIndex, std::vector<std::uint8_t> &payload)
{
    // Cell payload overflow, 1.6.
    constexpr std::uint64_t kUsable = kUsableSize;
    const std::uint64_t most = ofIndex ? (kUsable - 12) * 64 / 255 - 23 : kUsable - 35;
    constexpr std::uint64_t kLeast = (kUsable - 12) * 32 / 255 - 23;
    std::uint64_t local = size;
    if (size > most) {
        local = kLeast + (size - kLeast) % (kUsable - 4);
        local = local <= most ? local : kLeast;
    }
    if (size > kLargestRow || at + local + (size > most ? 4 : 0) > kUsable)
        return false;
    payload.assign(page + at, page + at + local);
    std::uint32_t next = size > most ? readBigEndian(page + at + local) : 0;
    while (payload.size() < size) {
        const std::uint8_t *overflow = next == 0 || next > m_pages.count() ? nullptr : m_pages.read(next);
        if (overflow == nullptr)
            return false;
        m_visited.insert(next);
        const std::uint64_t part = std::min<std::uint64_t>(kUsable - 4, size - payload.size());
        next = readBigEndian(overflow);
        payload.insert(payload.end(), overflow + 4, overflow + 4 + part);
    }
    return true;
}

/// The cell's row; none when it goes on where nothing can be read. `at` is behind an inner cell's child.
std::optional<SalvagedRow> TreeReader::readCell(const std::uint8_t *page, size_t at, bool ofIndex, qint64 *rowid)
{
    std::uint64_t size = 0;
    std::uint64_t key = 0;
    if (!readVarint(page, kUsableSize, at, size) || (!ofIndex && !readVarint(page, kUsableSize, at, key)))
        return std::nullopt;
    SalvagedRow row;
    row.rowid = qint64(key);
    *rowid = row.rowid;
    std::vector<std::uint8_t> payload;
    if (!readPayload(page, at, size, ofIndex, payload) || !readRecord(payload, row.values))
        return std::nullopt;
    return row;
}

void TreeReader::walk(std::uint32_t root, const OnRow &onRow)
{
    m_gaps.clear();
    m_tornRows.clear();
    walkPage(root, SalvageGap(), 0, onRow);
}

void TreeReader::walkPage(std::uint32_t number, const SalvageGap &bounds, int depth, const OnRow &onRow)
{
    Page page;
    std::optional<Cells> cells;
    const bool isNew = number <= m_pages.count() && m_visited.insert(number).second && depth < kMostDepth;
    if (isNew && copyPage(m_pages, number, page))
        cells = cellsOf(page, number);
    if (!cells) {
        m_gaps.push_back({number, bounds.above, bounds.upTo});
        return;
    }
    SalvageGap child = bounds;
    for (const size_t at : cells->at) {
        const size_t content = cells->isInner ? at + 4 : at;
        if (cells->isInner && !cells->ofIndex) {
            size_t behind = content;
            std::uint64_t key = 0;
            if (!readVarint(page.data(), kUsableSize, behind, key))
                continue;
            child.upTo = qint64(key);
        }
        if (cells->isInner)
            walkPage(readBigEndian(page.data() + at), child, depth + 1, onRow);
        child.above = child.upTo;
        if (cells->isInner && !cells->ofIndex)
            continue;
        qint64 rowid = 0;
        if (const auto row = readCell(page.data(), content, cells->ofIndex, &rowid))
            onRow(*row);
        else
            m_tornRows.push_back(rowid);
    }
    if (cells->isInner)
        walkPage(cells->last, {0, child.above, bounds.upTo}, depth + 1, onRow);
}

std::optional<std::vector<SalvagedRow>> TreeReader::leaf(std::uint32_t number, bool ofIndex)
{
    Page page;
    if (!copyPage(m_pages, number, page))
        return std::nullopt;
    const std::optional<Cells> cells = cellsOf(page, number);
    if (!cells || cells->isInner || cells->ofIndex != ofIndex)
        return std::nullopt;
    std::vector<SalvagedRow> rows;
    for (const size_t at : cells->at) {
        qint64 rowid = 0;
        if (auto row = readCell(page.data(), at, ofIndex, &rowid))
            rows.push_back(std::move(*row));
    }
    return rows;
}

} // namespace fieldfare::storage
