// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_parser_samples.h"

#include "core/storage/journal_file.h"
#include "core/storage/log_file.h"
#include "tests/storage/storage_fixture.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage_test {

using namespace storage;

namespace {

constexpr int kSegments[] = {2, 1}; ///< records under each header of the journal
constexpr std::uint32_t kChecksumStart = 0xfe1dfa5e;

int onRead(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
    const FileBytes &bytes = MemoryFile::diskOf(file).bytes;
    const auto present = std::clamp<sqlite3_int64>(sqlite3_int64(bytes.size()) - offset, 0, amount);
    if (present > 0)
        std::memcpy(buffer, bytes.data() + offset, size_t(present));
    std::memset(static_cast<std::uint8_t *>(buffer) + present, 0, size_t(amount - present));
    return present == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

FileBytes &writableBytesOf(sqlite3_file *file)
{
    BytesOnDisk &disk = MemoryFile::diskOf(file);
    if (!disk.isWritten)
        disk.before = disk.bytes;
    disk.isWritten = true;
    return disk.bytes;
}

int onWrite(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
    FileBytes &bytes = writableBytesOf(file);
    bytes.resize(std::max(bytes.size(), size_t(offset + amount)));
    std::memcpy(bytes.data() + offset, buffer, size_t(amount));
    return SQLITE_OK;
}

constexpr sqlite3_io_methods memoryMethods()
{
    sqlite3_io_methods methods = {};
    methods.iVersion = 1;
    methods.xClose = [](sqlite3_file *) { return SQLITE_OK; };
    methods.xRead = onRead;
    methods.xWrite = onWrite;
    methods.xTruncate = [](sqlite3_file *file, sqlite3_int64 size) {
        FileBytes &bytes = writableBytesOf(file);
        bytes.resize(std::min(bytes.size(), size_t(size)));
        return SQLITE_OK;
    };
    methods.xSync = [](sqlite3_file *, int) { return SQLITE_OK; };
    methods.xFileSize = [](sqlite3_file *file, sqlite3_int64 *size) {
        *size = sqlite3_int64(MemoryFile::diskOf(file).bytes.size());
        return SQLITE_OK;
    };
    return methods;
}
constexpr sqlite3_io_methods kMethods = memoryMethods();

/// Beside it no page is in the middle of being written under another key.
constexpr const char *kNoRotation = "/nonexistent/fieldfare.db";

const std::shared_ptr<const DataKey> &dataKey()
{
    static const auto key = fixedKey(11);
    return key;
}

Page plainPage(std::uint32_t number, std::uint8_t version)
{
    Page page;
    for (size_t i = 0; i < kUsableSize; ++i)
        page[i] = std::uint8_t(number * 31 + version * 7 + i * i);
    std::fill(page.begin() + kUsableSize, page.end(), std::uint8_t(0));
    if (number == 1)
        std::copy(kSqliteMagic.begin(), kSqliteMagic.end(), page.begin());
    return page;
}

void sure(int code)
{
    if (code != SQLITE_OK)
        qFatal("the sample cannot be made: %d", code);
}

/// SQLite's log checksum over big-endian words, "WAL-mode File Format" 2.
struct Sums {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    void add(const std::uint8_t *bytes, int size)
    {
        for (int i = 0; i < size; i += 8) {
            first += readBigEndian(bytes + i) + second;
            second += readBigEndian(bytes + i + 4) + first;
        }
    }
    void write(std::uint8_t *out) const
    {
        writeBigEndian(out, first);
        writeBigEndian(out + 4, second);
    }
};

} // namespace

MemoryFile::MemoryFile(BytesOnDisk &disk) : m_head{&kMethods}, m_disk(&disk) {}

BytesOnDisk &MemoryFile::diskOf(sqlite3_file *file)
{
    static_assert(std::is_standard_layout_v<MemoryFile>); // so that its head is where it is
    return *reinterpret_cast<MemoryFile *>(file)->m_disk;
}

OpenMain::OpenMain(BytesOnDisk &disk)
    : m_base(disk), m_file(m_base.file(), std::make_shared<SharedFile>(dataKey(), true), sqlite3_vfs_find(nullptr), kNoRotation)
{
}

Damage OpenMain::damage()
{
    Damage found;
    m_file.control(kTakeDamageControl, &found);
    return found;
}

const FileParserSamples &FileParserSamples::get()
{
    static const auto &made = *new FileParserSamples;
    return made;
}

FileParserSamples::FileParserSamples()
{
    BytesOnDisk disk;
    OpenMain main(disk);
    for (std::uint32_t number = 1; number <= kPages; ++number) {
        m_pages[number - 1] = plainPage(number, 0);
        sure(main.file().write(page(number).data(), kPageSize, sqlite3_int64(number - 1) * kPageSize));
    }
    writeLog(main);
    writeJournal(main);
    m_files.main = disk.bytes;
}

void FileParserSamples::writeLog(OpenMain &main)
{
    BytesOnDisk disk;
    MemoryFile base(disk);
    LogFile log(base.file(), main.file(), false);
    std::uint8_t header[kWalHeaderSize] = {0x37, 0x7f, 0x06, 0x83, 0x00, 0x2d, 0xe2, 0x18, 0, 0, 0x10, 0, 0, 0, 0, 1, 's', 'a', 'l', 't', 's', 'a', 'l', 't'};
    Sums sums;
    sums.add(header, 24);
    sums.write(header + 24);
    sure(log.write(header, sizeof header, 0));
    m_files.states = {QByteArray("0")};
    m_files.commits = {0};
    int frame = 0;
    for (const int frames : {2, 1, 3, 2}) {
        for (int i = 0; i < frames; ++i, ++frame) {
            const std::uint32_t number = std::uint32_t(frame) % kPages + 1;
            const Page page = plainPage(number, std::uint8_t(frame + 1));
            std::uint8_t head[kFrameHeaderSize] = {};
            writeBigEndian(head, number);
            writeBigEndian(head + 4, i + 1 == frames ? kPages : 0);
            std::memcpy(head + 8, header + 16, 8);
            sums.add(head, 8);
            sums.add(page.data(), kPageSize);
            sums.write(head + 16);
            const sqlite3_int64 offset = kWalHeaderSize + sqlite3_int64(frame) * kFrameSize;
            sure(log.write(head, kFrameHeaderSize, offset));
            sure(log.write(page.data(), kPageSize, offset + kFrameHeaderSize));
        }
        m_files.commits.append(frame);
        m_files.states.append(QByteArray::number(frame));
    }
    sure(log.sync(0));
    m_files.log = disk.bytes;
}

void FileParserSamples::writeJournal(OpenMain &main)
{
    BytesOnDisk disk;
    MemoryFile base(disk);
    JournalFile journal(base.file(), main.file());
    sqlite3_int64 offset = 0;
    std::uint32_t number = 0;
    for (const int records : kSegments) {
        std::uint8_t header[kJournalSectorSize] = {};
        writeBigEndian(header + 12, kChecksumStart);
        writeBigEndian(header + 16, kPages);
        writeBigEndian(header + 20, kJournalSectorSize);
        writeBigEndian(header + 24, kPageSize);
        const sqlite3_int64 at = offset;
        sure(journal.write(header, sizeof header, at));
        offset += kJournalSectorSize;
        for (int i = 0; i < records; ++i) {
            const Page &before = page(++number);
            std::uint8_t word[4];
            writeBigEndian(word, number);
            sure(journal.write(word, 4, offset));
            sure(journal.write(before.data(), kPageSize, offset + 4));
            writeBigEndian(word, checksumOf(before, kChecksumStart));
            sure(journal.write(word, 4, offset + 4 + kPageSize));
            offset += sqlite3_int64(kJournalRecord);
        }
        std::uint8_t counted[12];
        std::memcpy(counted, kJournalMagic, sizeof kJournalMagic);
        writeBigEndian(counted + 8, std::uint32_t(records));
        sure(journal.write(counted, sizeof counted, at));
        offset = (offset + kJournalSectorSize - 1) / kJournalSectorSize * kJournalSectorSize;
    }
    m_files.journal = disk.bytes;
}

std::uint32_t FileParserSamples::checksumOf(const Page &page, std::uint32_t start)
{
    for (int i = kPageSize - 200; i > 0; i -= 200)
        start += page[size_t(i)];
    return start;
}

} // namespace fieldfare::storage_test
