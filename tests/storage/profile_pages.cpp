// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/profile_pages.h"

#include "core/storage/connection.h"
#include "core/store/profile.h"

#include <QFile>

namespace fieldfare::store_test {

namespace {

constexpr char kInnerIndex = 2;
constexpr char kInnerTable = 5;

std::uint32_t word(const QByteArray &bytes, int at)
{
    return storage::readBigEndian(reinterpret_cast<const std::uint8_t *>(bytes.constData()) + at);
}

int shortWord(const QByteArray &bytes, int at)
{
    return (quint8(bytes.at(at)) << 8) | quint8(bytes.at(at + 1));
}

} // namespace

ProfilePages::ProfilePages(const QString &folder, std::shared_ptr<const storage::DataKey> key)
    : m_database(store::ProfilePaths{folder}.database()), m_key(std::move(key))
{
    auto pages = storage::SalvagedPages::open(m_database, m_key);
    if (!pages.ok())
        qFatal("%s", qPrintable(pages.error().detail));
    m_pages = std::move(pages).value();
}

std::uint32_t ProfilePages::rootOf(const char *name) const
{
    storage::OpenOptions options;
    options.path = m_database;
    options.key = m_key;
    options.readOnly = true;
    const auto connection = storage::Connection::open(options);
    if (!connection.ok())
        qFatal("%s", qPrintable(connection.error().detail));
    const auto root =
        (*connection)
            ->prepare(
                QStringLiteral("SELECT rootpage FROM sqlite_schema WHERE name = '%1'").arg(QString::fromLatin1(name)));
    if (!root.ok() || !*(*root)->step())
        qFatal("no %s", name);
    return std::uint32_t((*root)->int64(0));
}

std::vector<std::uint32_t> ProfilePages::childrenOf(std::uint32_t page)
{
    const QByteArray bytes = plain(page);
    const int header = page == 1 ? 100 : 0;
    if (bytes.isEmpty() || (bytes.at(header) != kInnerTable && bytes.at(header) != kInnerIndex))
        return {};
    std::vector<std::uint32_t> children;
    const int count = shortWord(bytes, header + 3);
    for (int i = 0; i < count; ++i)
        children.push_back(word(bytes, shortWord(bytes, header + 12 + 2 * i)));
    children.push_back(word(bytes, header + 8));
    return children;
}

std::vector<std::uint32_t> ProfilePages::leavesOf(const char *name)
{
    std::vector<std::uint32_t> level{rootOf(name)};
    while (!childrenOf(level.front()).empty()) { // all leaves lie equally deep
        std::vector<std::uint32_t> below;
        for (const std::uint32_t page : level) {
            const std::vector<std::uint32_t> children = childrenOf(page);
            below.insert(below.end(), children.begin(), children.end());
        }
        level = std::move(below);
    }
    return level;
}

std::vector<storage::SalvagedRow> ProfilePages::rowsOn(std::uint32_t leaf)
{
    auto rows = storage::TreeReader(*m_pages).leaf(leaf, false);
    if (!rows)
        qFatal("page %u is no leaf of a table", leaf);
    return *std::move(rows);
}

QByteArray ProfilePages::plain(std::uint32_t page)
{
    const std::uint8_t *bytes = m_pages->read(page);
    return bytes == nullptr ? QByteArray() : QByteArray(reinterpret_cast<const char *>(bytes), kPageSize);
}

void ProfilePages::damage(const QString &folder, std::uint32_t page, int at)
{
    QFile file(store::ProfilePaths{folder}.database());
    const qint64 place = qint64(page - 1) * kPageSize + at;
    char byte = 0;
    if (!file.open(QFile::ReadWrite) || !file.seek(place) || !file.getChar(&byte) || !file.seek(place) ||
        !file.putChar(char(byte ^ 0x20)))
        qFatal("page %u cannot be damaged: %s", page, qPrintable(file.errorString()));
}

} // namespace fieldfare::store_test
