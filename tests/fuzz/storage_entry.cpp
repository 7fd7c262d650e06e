// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/storage_entry.h"

#include "core/storage/page_format.h"
#include "tests/fuzz/file_edits.h"
#include "tests/fuzz/journal_rule.h"
#include "tests/fuzz/key_file_entry.h"
#include "tests/fuzz/log_rule_entry.h"
#include "tests/storage/crashed_files.h"

#include <algorithm>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using Input = std::span<const std::uint8_t>;

namespace {

QByteArray g_input; ///< What runs now, for the message.

void require(bool condition, const char *what, const Outcome &outcome)
{
    if (condition)
        return;
    const QString error = outcome.error ? base::errorCodeName(outcome.error->code) + u' ' + outcome.error->detail : QString();
    qFatal("storage invariant broken: %s; %s; input in hex: %s", what, qPrintable(error), g_input.toHex().constData());
}

struct Samples {
    CrashedFilesDisk disk;
    CrashedFiles closed = disk.leaveClosed(12);
    CrashedFiles logged = disk.leaveLog(5, 8);
    CrashedFiles journalled = disk.leaveJournal(60);
};

Samples &samples()
{
    static auto &made = *new Samples; // not freed: SQLite keeps the VFS to the end of the process
    return made;
}

FileBytes damaged(const FileBytes &file, std::uint8_t choice, Input rest, std::size_t start, std::size_t unit)
{
    return (choice & 0x80) != 0 ? FileBytes(rest.begin(), rest.end()) : withEdits(file, rest, start, unit);
}

void requireLasting(const CrashedFiles &files, const Outcome &outcome)
{
    const Outcome again = samples().disk.openAgain(files);
    require(!again.error && again.content == outcome.content, "opened again it is something else", again);
}

/// Only bytes of the main file differ.
void judgeMain(const CrashedFiles &sound, const CrashedFiles &files)
{
    const Outcome outcome = samples().disk.open(files);
    if (files.main.empty() && files.log.empty())
        return; // a file of no bytes is a new one
    if (!outcome.error) {
        require(outcome.content == sound.states.last(), "a damaged file shows something that was never committed", outcome);
        requireLasting(files, outcome);
        return;
    }
    const base::Error &error = *outcome.error;
    require(error.code == ErrorCode::FileDamaged, "damage of the main file is called something else", outcome);
    require(error.arguments.size() == 1 || files.main.size() < sound.main.size(), "no page is named", outcome);
    if (error.arguments.size() == 1) {
        const qint64 page = error.arguments.first().toLongLong();
        require(page >= 1 && !isSame(sound.main, files.main, std::size_t(page - 1) * kPageSize, kPageSize),
                "a page is named that is sound", outcome);
    }
    const CrashedFiles after = samples().disk.filesNow(files);
    require(outcome.isOpened || (after.main == files.main && after.log == files.log), "a refused file was changed", outcome);
}

void runMain(std::uint8_t choice, Input rest)
{
    CrashedFiles files = samples().closed;
    files.main = damaged(files.main, choice, rest, 0, kPageSize);
    judgeMain(samples().closed, files);
}

void runMainUnderLog(std::uint8_t choice, Input rest)
{
    CrashedFiles files = samples().logged;
    files.main = damaged(files.main, choice, rest, 0, kPageSize);
    judgeMain(samples().logged, files);
}

void runLog(std::uint8_t choice, Input rest)
{
    const CrashedFiles &sound = samples().logged;
    CrashedFiles files = sound;
    files.log = damaged(files.log, choice, rest, kWalHeaderSize, kFrameSize);
    const LogVerdict expected = expectedOfLog(sound, files.log);
    const Outcome outcome = samples().disk.open(files);
    if (!expected.isRefused) {
        require(!outcome.error, "a log that is torn at most is refused", outcome);
        require(outcome.content == sound.states.at(expected.state), "the log ends at another commit", outcome);
        requireLasting(files, outcome);
        return;
    }
    require(outcome.error && !outcome.isOpened, "acknowledged work is silently missing", outcome);
    require(outcome.error->code == ErrorCode::WriteAheadLogDamaged &&
                outcome.error->arguments == QStringList{QString::number(expected.frame)},
            "another frame is named", outcome);
    const CrashedFiles after = samples().disk.filesNow(files);
    require(after.main == files.main && after.log == files.log, "a refused file was changed", outcome);
}

void runJournal(std::uint8_t choice, Input rest)
{
    const CrashedFiles &sound = samples().journalled;
    CrashedFiles files = sound;
    files.journal = damaged(files.journal, choice, rest, 0, std::size_t(kJournalSectorSize)); // a whole record elsewhere would be a replay
    const Outcome outcome = samples().disk.open(files);
    if (looksNeverWritten(sound.journal, files.journal))
        return;
    if (!outcome.error) {
        require(outcome.content == sound.states.first(), "a damaged journal rolled back to something else", outcome);
        requireLasting(files, outcome);
        return;
    }
    require(outcome.error->code == ErrorCode::FileDamaged, "damage of the journal is called something else", outcome);
    require(outcome.error->detail.contains(u"journal's"), "the journal is not named", outcome);
    CrashedFiles after = samples().disk.filesNow(files);
    require(after.journal == files.journal, "a refused journal was changed", outcome);
    after.journal = sound.journal;
    const Outcome restored = samples().disk.open(after);
    require(!restored.error && restored.content == sound.states.first(), "the sound journal no longer helps", restored);
}

void runMainUnderJournal(std::uint8_t choice, Input rest)
{
    const CrashedFiles &sound = samples().journalled;
    CrashedFiles files = sound;
    files.main = damaged(files.main, choice, rest, 0, kPageSize);
    const Outcome outcome = samples().disk.open(files);
    constexpr std::size_t kPagesBefore = 16; // in the journal's header
    const std::size_t before = readBigEndian(sound.journal.data() + kPagesBefore);
    if (files.main.size() / kPageSize < before)
        require(outcome.error && !outcome.isOpened, "pages were made up for those that were cut off", outcome);
    if (!outcome.error) {
        require(outcome.content == sound.states.first(), "a damaged file shows something that was never committed", outcome);
        requireLasting(files, outcome);
        return;
    }
    require(outcome.error->code == ErrorCode::FileDamaged, "damage is called something else", outcome);
    require(outcome.error->arguments.size() == 1 || outcome.error->detail.contains(u"journal's"), "nothing is named", outcome);
}

void runKeyFile(std::uint8_t choice, Input rest)
{
    runKeyFileEntry(rest, (choice & 0x80) != 0);
}

void runLogRule(std::uint8_t, Input rest)
{
    runLogRuleEntry(rest);
}

using Run = void (*)(std::uint8_t, Input);
constexpr Run kRuns[] = {runKeyFile, runMain, runLog, runMainUnderLog, runJournal, runMainUnderJournal, runLogRule};
static_assert(std::size(kRuns) == kStorageEntryKinds);

} // namespace

void runStorageEntry(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    g_input = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    kRuns[(data[0] & 0x7F) % std::size(kRuns)](data[0], Input(data + 1, size - 1));
}
