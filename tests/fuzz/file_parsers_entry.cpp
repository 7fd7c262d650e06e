// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_parsers_entry.h"

#include "core/storage/journal_file.h"
#include "core/storage/log_file.h"
#include "tests/fuzz/file_edits.h"
#include "tests/fuzz/file_parser_samples.h"
#include "tests/fuzz/journal_rule.h"
#include "tests/fuzz/key_file_entry.h"

#include <cstring>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using Input = std::span<const std::uint8_t>;
using Samples = FileParserSamples;

namespace {

Input g_input; ///< What runs now, for the message.

void require(bool condition, const char *what)
{
    if (!condition)
        qFatal("storage invariant broken: %s; input in hex: %s", what,
               QByteArray(reinterpret_cast<const char *>(g_input.data()), qsizetype(g_input.size())).toHex().constData());
}

/// The sample after what the input says was done to it. Of one entry function; the next call overwrites it.
void lay(BytesOnDisk &disk, const FileBytes &sound, Input input, std::size_t start, std::size_t unit)
{
    g_input = input;
    disk.begin();
    if (!input.empty() && (input[0] & 0x80) != 0) {
        disk.bytes.assign(input.begin() + 1, input.end());
        return;
    }
    disk.bytes.assign(sound.begin(), sound.end());
    if (!input.empty())
        applyEdits(disk.bytes, input.subspan(1), start, unit);
}

/// The sound main file, which recovering a log or a journal only reads.
class SoundMain {
public:
    SoundMain() : m_opened(disk()) {}
    ~SoundMain() { require(!disk().isWritten, "the main file is written by who only reads"); }
    SoundMain(const SoundMain &) = delete;
    SoundMain &operator=(const SoundMain &) = delete;
    [[nodiscard]] OpenMain &opened() { return m_opened; }

private:
    static BytesOnDisk &disk()
    {
        static BytesOnDisk made{Samples::get().files().main, {}, false};
        return made;
    }
    OpenMain m_opened;
};

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
    std::uint8_t magic[sizeof Samples::kJournalMagic];
    if (offset + kJournalSectorSize > size)
        return false;
    *code = journal.read(magic, sizeof magic, sqlite3_int64(offset));
    if (*code != SQLITE_OK || std::memcmp(magic, Samples::kJournalMagic, sizeof magic) != 0)
        return false;
    std::uint32_t records = 0;
    std::uint32_t start = 0;
    std::uint32_t pages = 0;
    if (!readWord(journal, offset + 8, &records, code) || !readWord(journal, offset + 12, &start, code) ||
        !readWord(journal, offset + 16, &pages, code))
        return false;
    offset += kJournalSectorSize;
    if (records == 0xffffffff)
        records = std::uint32_t((size - kJournalSectorSize) / Samples::kJournalRecord);
    for (; records > 0; --records, offset += Samples::kJournalRecord) {
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
        require(number <= Samples::kPages && page == Samples::get().page(number), "a page is rolled back to what it never was");
        played.push_back(number);
    }
    return true;
}

} // namespace

void runPageOneEntry(Input input)
{
    static BytesOnDisk disk;
    const FileBytes &sound = Samples::get().files().main;
    lay(disk, sound, input, 0, kPageSize);
    const FileBytes &bytes = disk.bytes;
    OpenMain main(disk);
    std::uint8_t header[100];
    const int headerCode = main.file().read(header, sizeof header, 0);
    require(headerCode == SQLITE_OK, "the first look at a file fails");
    const bool isSaltSame = isSame(sound, bytes, 0, kSaltSize);
    for (std::uint32_t number = 1; number <= Samples::kPages; ++number) {
        Page page;
        const int code = main.file().read(page.data(), kPageSize, sqlite3_int64(number - 1) * kPageSize);
        const bool isUnchanged = isSaltSame && isSame(sound, bytes, size_t(number - 1) * kPageSize, kPageSize);
        const Damage damage = main.damage();
        if (code == SQLITE_OK)
            require(isUnchanged && page == Samples::get().page(number), "a page reads as what it never was");
        else if (!bytes.empty())
            require(!isUnchanged && code == SQLITE_IOERR_DATA && damage.kind == Damage::Kind::Page &&
                        (damage.number == number || damage.number == 1),
                    "a sound page is refused, or the wrong one named");
    }
}

void runLogEntry(Input input)
{
    static BytesOnDisk disk;
    const CrashedFiles &sound = Samples::get().files();
    lay(disk, sound.log, input, kWalHeaderSize, kFrameSize);
    const FileBytes &bytes = disk.bytes;
    SoundMain main;
    OpenMain &opened = main.opened();
    MemoryFile base(disk);
    LogFile log(base.file(), opened.file(), false);
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
        require(disk.isAsBefore(), "a refused log was changed");
        return;
    }
    require(code == SQLITE_OK && damage.kind == Damage::Kind::None, "a log that is torn at most is refused");
    require(recovery.lastCommit() == std::uint32_t(sound.commits.at(expected.state)), "the log ends at another commit");
}

void runJournalEntry(Input input)
{
    static BytesOnDisk disk;
    static std::vector<std::uint32_t> played;
    const CrashedFiles &sound = Samples::get().files();
    lay(disk, sound.journal, input, 0, kJournalSectorSize); // a whole record elsewhere would be a replay
    const FileBytes &bytes = disk.bytes;
    SoundMain main;
    OpenMain &opened = main.opened();
    MemoryFile base(disk);
    JournalFile journal(base.file(), opened.file());
    played.clear();
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
    require(disk.isAsBefore(), "reading changed the journal");
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
