// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_parsers_entry.h"

#include "core/storage/journal_file.h"
#include "core/storage/log_file.h"
#include "tests/fuzz/file_edits.h"
#include "tests/fuzz/journal_rule.h"
#include "tests/fuzz/key_file_entry.h"
#include "tests/storage/crashed_files.h"
#include "tests/storage/storage_fixture.h"

#include <algorithm>
#include <cstring>
#include <optional>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using Input = std::span<const std::uint8_t>;
using Page = std::array<std::uint8_t, kPageSize>;

namespace {

constexpr std::size_t kRecord = kPageSize + 8;
constexpr std::uint8_t kMagic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

Input g_input; ///< What runs now, for the message.

void require(bool condition, const char *what)
{
    if (!condition)
        qFatal("storage invariant broken: %s; input in hex: %s", what,
               QByteArray(reinterpret_cast<const char *>(g_input.data()), qsizetype(g_input.size())).toHex().constData());
}

/// A file of the wrapped VFS: bytes in memory.
struct MemoryFile {
    sqlite3_file head;
    FileBytes *bytes;
};

FileBytes &bytesOf(sqlite3_file *file)
{
    return *reinterpret_cast<MemoryFile *>(file)->bytes;
}

int onRead(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
    const FileBytes &bytes = bytesOf(file);
    const auto present = std::clamp<sqlite3_int64>(sqlite3_int64(bytes.size()) - offset, 0, amount);
    std::memset(buffer, 0, size_t(amount));
    if (present > 0)
        std::memcpy(buffer, bytes.data() + offset, size_t(present));
    return present == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int onWrite(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
    FileBytes &bytes = bytesOf(file);
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
        bytesOf(file).resize(std::min(bytesOf(file).size(), size_t(size)));
        return SQLITE_OK;
    };
    methods.xSync = [](sqlite3_file *, int) { return SQLITE_OK; };
    methods.xFileSize = [](sqlite3_file *file, sqlite3_int64 *size) {
        *size = sqlite3_int64(bytesOf(file).size());
        return SQLITE_OK;
    };
    return methods;
}
constexpr sqlite3_io_methods kMethods = memoryMethods();

/// Beside it no page is in the middle of being written under another key.
constexpr const char *kNoRotation = "/nonexistent/fieldfare.db";

/// A main file over bytes, as a process that just started opens it.
struct OpenMain {
    explicit OpenMain(FileBytes &bytes)
        : base{{&kMethods}, &bytes}, file(&base.head, std::make_shared<SharedFile>(fixedKey(11), true), sqlite3_vfs_find(nullptr), kNoRotation)
    {
    }
    /// What was reported as damaged; forgotten then.
    Damage damage()
    {
        Damage found;
        file.control(kTakeDamageControl, &found);
        return found;
    }

    MemoryFile base;
    MainFile file;
};

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

/// Main file, log and journal over it, written through the very classes that read them.
class Samples {
public:
    Samples()
    {
        OpenMain main(m_files.main);
        for (std::uint32_t number = 1; number <= kPages; ++number)
            sure(main.file.write(plainPage(number, 0).data(), kPageSize, sqlite3_int64(number - 1) * kPageSize));
        writeLog(main);
        writeJournal(main);
    }
    static constexpr std::uint32_t kPages = 4;
    static constexpr int kSegments[] = {2, 1}; ///< records under each header of the journal
    [[nodiscard]] const CrashedFiles &files() const { return m_files; }

private:
    void writeLog(OpenMain &main)
    {
        MemoryFile base{{&kMethods}, &m_files.log};
        LogFile log(&base.head, main.file, false);
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
    }

    void writeJournal(OpenMain &main)
    {
        MemoryFile base{{&kMethods}, &m_files.journal};
        JournalFile journal(&base.head, main.file);
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
                const Page page = plainPage(++number, 0);
                std::uint8_t word[4];
                writeBigEndian(word, number);
                sure(journal.write(word, 4, offset));
                sure(journal.write(page.data(), kPageSize, offset + 4));
                writeBigEndian(word, checksumOf(page, kChecksumStart));
                sure(journal.write(word, 4, offset + 4 + kPageSize));
                offset += sqlite3_int64(kRecord);
            }
            std::uint8_t counted[12];
            std::memcpy(counted, kMagic, sizeof kMagic);
            writeBigEndian(counted + 8, std::uint32_t(records));
            sure(journal.write(counted, sizeof counted, at));
            offset = (offset + kJournalSectorSize - 1) / kJournalSectorSize * kJournalSectorSize;
        }
    }

public:
    static constexpr std::uint32_t kChecksumStart = 0xfe1dfa5e;
    static std::uint32_t checksumOf(const Page &page, std::uint32_t start)
    {
        for (int i = kPageSize - 200; i > 0; i -= 200)
            start += page[size_t(i)];
        return start;
    }

private:
    CrashedFiles m_files;
};

const Samples &samples()
{
    static const auto &made = *new Samples;
    return made;
}

FileBytes damaged(const FileBytes &sound, Input input, std::size_t start, std::size_t unit)
{
    g_input = input;
    if (input.empty())
        return sound;
    const Input rest = input.subspan(1);
    return (input[0] & 0x80) != 0 ? FileBytes(rest.begin(), rest.end()) : withEdits(sound, rest, start, unit);
}

bool readWord(JournalFile &journal, std::size_t offset, std::uint32_t *word, int *code)
{
    std::uint8_t bytes[4];
    *code = journal.read(bytes, 4, sqlite3_int64(offset));
    *word = readBigEndian(bytes);
    return *code == SQLITE_OK;
}

/// One header and its records, as pager_playback() of SQLite reads them. False: nothing comes after. `code` is what ended it.
bool playSegment(JournalFile &journal, std::size_t size, std::size_t &offset, std::vector<std::uint32_t> &played, int *code)
{
    offset = (offset + kJournalSectorSize - 1) / kJournalSectorSize * kJournalSectorSize;
    std::uint8_t magic[8];
    if (offset + kJournalSectorSize > size)
        return false;
    *code = journal.read(magic, sizeof magic, sqlite3_int64(offset));
    if (*code != SQLITE_OK || std::memcmp(magic, kMagic, sizeof magic) != 0)
        return false;
    std::uint32_t records = 0;
    std::uint32_t start = 0;
    std::uint32_t pages = 0;
    if (!readWord(journal, offset + 8, &records, code) || !readWord(journal, offset + 12, &start, code) ||
        !readWord(journal, offset + 16, &pages, code))
        return false;
    offset += kJournalSectorSize;
    if (records == 0xffffffff)
        records = std::uint32_t((size - kJournalSectorSize) / kRecord);
    for (; records > 0; --records, offset += kRecord) {
        std::uint32_t number = 0;
        std::uint32_t checksum = 0;
        Page page;
        if (!readWord(journal, offset, &number, code))
            return false;
        *code = journal.read(page.data(), kPageSize, sqlite3_int64(offset + 4));
        if (*code != SQLITE_OK || !readWord(journal, offset + 4 + kPageSize, &checksum, code))
            return false;
        if (number == 0 || checksum != Samples::checksumOf(page, start))
            return false;
        require(number <= Samples::kPages && page == plainPage(number, 0), "a page is rolled back to what it never was");
        played.push_back(number);
    }
    return true;
}

} // namespace

void runPageOneEntry(Input input)
{
    const FileBytes &sound = samples().files().main;
    FileBytes bytes = damaged(sound, input, 0, kPageSize);
    OpenMain main(bytes);
    std::uint8_t header[100];
    const int headerCode = main.file.read(header, sizeof header, 0);
    require(headerCode == SQLITE_OK, "the first look at a file fails");
    const bool isSaltSame = isSame(sound, bytes, 0, kSaltSize);
    for (std::uint32_t number = 1; number <= Samples::kPages; ++number) {
        Page page;
        const int code = main.file.read(page.data(), kPageSize, sqlite3_int64(number - 1) * kPageSize);
        const bool isUnchanged = isSaltSame && isSame(sound, bytes, size_t(number - 1) * kPageSize, kPageSize);
        const Damage damage = main.damage();
        if (code == SQLITE_OK)
            require(isUnchanged && page == plainPage(number, 0), "a page reads as what it never was");
        else if (!bytes.empty())
            require(!isUnchanged && code == SQLITE_IOERR_DATA && damage.kind == Damage::Kind::Page &&
                        (damage.number == number || damage.number == 1),
                    "a sound page is refused, or the wrong one named");
    }
}

void runLogEntry(Input input)
{
    const CrashedFiles &sound = samples().files();
    FileBytes main = sound.main;
    FileBytes bytes = damaged(sound.log, input, kWalHeaderSize, kFrameSize);
    const FileBytes before = bytes;
    OpenMain opened(main);
    MemoryFile base{{&kMethods}, &bytes};
    LogFile log(&base.head, opened.file, false);
    const LogVerdict expected = expectedOfLog(sound, bytes);
    std::uint8_t frame[kFrameSize];
    LogRecovery recovery;
    int code = SQLITE_OK;
    const int frames = framesOf(bytes);
    if (bytes.size() > kWalHeaderSize)
        code = log.read(frame, kWalHeaderSize, 0);
    if (code == SQLITE_OK && bytes.size() > kWalHeaderSize && recovery.begin(frame)) {
        for (int i = 0; i < frames; ++i) {
            code = log.read(frame, kFrameSize, kWalHeaderSize + sqlite3_int64(i) * kFrameSize);
            if (code != SQLITE_OK || !recovery.accept(frame, frame + kFrameHeaderSize, true))
                break;
        }
    }
    const Damage damage = opened.damage();
    if (expected.isRefused) {
        require(code == SQLITE_IOERR_DATA && damage.kind == Damage::Kind::Frame && damage.number == std::uint32_t(expected.frame),
                "acknowledged work is silently missing, or another frame named");
        require(bytes == before, "a refused log was changed");
        return;
    }
    require(code == SQLITE_OK && damage.kind == Damage::Kind::None, "a log that is torn at most is refused");
    require(recovery.lastCommit() == std::uint32_t(sound.commits.at(expected.state)), "the log ends at another commit");
}

void runJournalEntry(Input input)
{
    const CrashedFiles &sound = samples().files();
    FileBytes main = sound.main;
    FileBytes bytes = damaged(sound.journal, input, 0, kJournalSectorSize); // a whole record elsewhere would be a replay
    const FileBytes before = bytes;
    OpenMain opened(main);
    MemoryFile base{{&kMethods}, &bytes};
    JournalFile journal(&base.head, opened.file);
    std::vector<std::uint32_t> played;
    std::uint8_t first = 0;
    int code = bytes.empty() ? SQLITE_IOERR_SHORT_READ : journal.read(&first, 1, 0);
    if (code == SQLITE_OK && first != 0) {
        std::uint32_t word = 0;
        if (bytes.size() >= 16)
            readWord(journal, bytes.size() - 16, &word, &code); // where the name of a super-journal would be
        if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ) {
            std::size_t offset = 0;
            while (playSegment(journal, bytes.size(), offset, played, &code)) { }
        }
    }
    require(bytes == before, "reading changed the journal");
    const bool isRefused = code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ;
    const Damage damage = opened.damage();
    if (isRefused)
        require(code == SQLITE_IOERR_DATA && damage.kind != Damage::Kind::None, "damage of the journal is called something else");
    if (isRefused || looksNeverWritten(sound.journal, bytes))
        return;
    require(played == std::vector<std::uint32_t>{1, 2, 3}, "a damaged journal rolled back in part");
}

void runKeyFileFormatEntry(Input input)
{
    g_input = input;
    if (!input.empty())
        runKeyFileEntry(input.subspan(1), (input[0] & 0x80) != 0, false);
}
