// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/crashed_files.h"

#include "core/base/hash.h"
#include "core/storage/encrypted_vfs.h"
#include "core/storage/page_format.h"
#include "core/storage/transaction.h"
#include "tests/storage/storage_fixture.h"

#include <algorithm>

namespace fieldfare::storage_test {

using namespace storage;
using testlib::FaultDisk;

namespace {

constexpr char kVfs[] = "fieldfare-crashed-files";
constexpr char kMain[] = "/bird.db";
constexpr char kLog[] = "/bird.db-wal";
constexpr char kJournal[] = "/bird.db-journal";

template <typename T>
T sure(base::Result<T> result)
{
    if (!result.ok())
        qFatal("the sample cannot be made: %s", qPrintable(result.error().detail));
    return std::move(result).value();
}

void sure(const base::Result<void> &result)
{
    if (!result.ok())
        qFatal("the sample cannot be made: %s", qPrintable(result.error().detail));
}

FileBytes fileOn(const FaultDisk::Snapshot &files, const char *name)
{
    const auto found = files.find(name);
    return found == files.end() ? FileBytes() : found->second;
}

void makeTable(Connection &connection)
{
    sure(connection.execute("CREATE TABLE bird(number INTEGER PRIMARY KEY, name TEXT, body BLOB);"
                            "CREATE INDEX bird_name ON bird(name)"_sql));
}

/// One transaction: new rows, every seventh with overflow pages, and the last ones before them changed.
void commitStep(Connection &connection, int step, int rows)
{
    Transaction transaction = sure(Transaction::begin(connection, Transaction::Mode::Immediate));
    Statement &change = connection.statement("UPDATE bird SET body = ?1 WHERE number >= ?2 AND length(body) < 900"_sql);
    change.bindBlob(1, QByteArray(500 + step % 300, char('A' + step % 26)));
    change.bind(2, (step - 2) * rows);
    sure(change.run());
    for (int i = 0; i < rows; ++i) {
        const int number = step * rows + i;
        Statement &insert = connection.statement("INSERT INTO bird VALUES(?1, ?2, ?3)"_sql);
        insert.bind(1, number);
        insert.bindText(2, QStringLiteral("bird %1").arg(number * 7919 % 100'003));
        insert.bindBlob(3, QByteArray(number % 7 == 3 ? 9000 : 500 + number % 300, char('a' + number % 26)));
        sure(insert.run());
    }
    sure(transaction.commit());
}

base::Result<QByteArray> contentOf(Connection &connection)
{
    base::Sha256 hash;
    for (const QLatin1StringView sql : {"SELECT number, name, body FROM bird NOT INDEXED ORDER BY number"_sql,
                                        "SELECT number, name, NULL FROM bird INDEXED BY bird_name ORDER BY name"_sql}) {
        Statement &rows = connection.statement(sql);
        const StatementReset reset(rows);
        for (;;) {
            FIELDFARE_ASSIGN(const bool isRow, rows.step());
            if (!isRow)
                break;
            hash.add(QByteArray::number(rows.int64(0)));
            hash.add(rows.bytesView(1));
            hash.add(rows.bytesView(2));
        }
    }
    return hash.result();
}

} // namespace

CrashedFilesDisk::CrashedFilesDisk()
{
    base::Secret::initializeHeap();
    sure(encrypted_vfs::registerOver(kVfs, m_disk.name()));
}

OpenOptions CrashedFilesDisk::optionsFor(OpenOptions::Journal mode) const
{
    OpenOptions options;
    options.path = QLatin1StringView(kMain);
    options.createIfMissing = true; // the file is on no disk that QFile knows
    options.key = fixedKey(6);
    options.vfsName = kVfs;
    options.journal = mode;
    options.walAutoCheckpointPages = 0;
    options.cacheKiB = mode == OpenOptions::Journal::Rollback ? 48 : 1024; // small: spills into the main file
    return options;
}

CrashedFiles CrashedFilesDisk::leaveLog(int transactions, int rows)
{
    CrashedFiles left;
    m_disk.restore({});
    const auto connection = sure(Connection::open(optionsFor(left.mode)));
    makeTable(*connection);
    for (int step = 0; step <= transactions; ++step) {
        commitStep(*connection, step, rows);
        if (step == 0 && !sure(connection->checkpoint(true)))
            qFatal("the sample's log is not empty");
        left.states.append(sure(contentOf(*connection)));
        left.commits.append(framesOf(fileOn(m_disk.files(), kLog)));
    }
    left.main = fileOn(m_disk.files(), kMain);
    left.log = fileOn(m_disk.files(), kLog);
    return left;
}

CrashedFiles CrashedFilesDisk::leaveJournal(int rows)
{
    CrashedFiles left;
    left.mode = OpenOptions::Journal::Rollback;
    m_disk.restore({});
    const auto connection = sure(Connection::open(optionsFor(left.mode)));
    makeTable(*connection);
    commitStep(*connection, 0, rows);
    left.states.append(sure(contentOf(*connection)));
    const Transaction transaction = sure(Transaction::begin(*connection, Transaction::Mode::Immediate));
    sure(connection->execute("UPDATE bird SET body = zeroblob(length(body)), name = 'nobody ' || number"_sql));
    left.main = fileOn(m_disk.files(), kMain);
    left.journal = fileOn(m_disk.files(), kJournal);
    return left;
}

CrashedFiles CrashedFilesDisk::leaveClosed(int rows)
{
    CrashedFiles left = leaveLog(1, rows); // the connection's end moved the log into the main file
    left.main = fileOn(m_disk.files(), kMain);
    left.log.clear();
    left.states = {left.states.last()};
    left.commits = {0};
    return left;
}

Outcome CrashedFilesDisk::openWith(const OpenOptions &options)
{
    Outcome outcome;
    const auto connection = Connection::open(options);
    outcome.isOpened = connection.ok();
    if (!connection.ok()) {
        outcome.error = connection.error();
        return outcome;
    }
    const auto content = contentOf(**connection);
    if (content.ok())
        outcome.content = *content;
    else
        outcome.error = content.error();
    return outcome;
}

Outcome CrashedFilesDisk::open(const CrashedFiles &files, bool salvageLog)
{
    FaultDisk::Snapshot snapshot;
    snapshot[kMain] = files.main;
    if (!files.log.empty())
        snapshot[kLog] = files.log;
    if (!files.journal.empty())
        snapshot[kJournal] = files.journal;
    m_disk.restore(snapshot);
    OpenOptions how = optionsFor(files.mode);
    how.salvageLog = salvageLog;
    return openWith(how);
}

Outcome CrashedFilesDisk::openAgain(const CrashedFiles &like)
{
    return openWith(optionsFor(like.mode));
}

CrashedFiles CrashedFilesDisk::filesNow(const CrashedFiles &like) const
{
    CrashedFiles now = like;
    const FaultDisk::Snapshot files = m_disk.files();
    now.main = fileOn(files, kMain);
    now.log = fileOn(files, kLog);
    now.journal = fileOn(files, kJournal);
    return now;
}

int framesOf(const FileBytes &log)
{
    return log.size() <= kWalHeaderSize ? 0 : int((log.size() - kWalHeaderSize) / kFrameSize);
}

LogVerdict expectedOfLog(const CrashedFiles &sound, const FileBytes &now)
{
    const auto isSame = [&](size_t offset, size_t size) {
        return offset + size <= std::min(now.size(), sound.log.size()) &&
               std::equal(now.begin() + std::ptrdiff_t(offset), now.begin() + std::ptrdiff_t(offset + size),
                          sound.log.begin() + std::ptrdiff_t(offset));
    };
    const auto offsetOf = [](int frame) { return size_t(kWalHeaderSize) + size_t(frame - 1) * kFrameSize; };
    const auto isSoundFrame = [&](int frame) { return isSame(offsetOf(frame), kFrameSize); };
    const auto isCommit = [&](int frame) { return sound.commits.indexOf(frame, 1) > 0; };
    const int frames = framesOf(now);
    int firstBad = 1;
    int state = 0;
    for (; firstBad <= frames && isSoundFrame(firstBad); ++firstBad)
        state += isCommit(firstBad) ? 1 : 0;
    if (now.size() <= kWalHeaderSize)
        return {};
    if (!isSame(0, kWalHeaderSize))
        return {.isRefused = state > 0};
    // The marks that say where transactions end, from the bad one on. The bad one has the first of them.
    QList<int> ends;
    for (int frame = firstBad; frame <= frames; ++frame) {
        // The header of the first bad one is computed from its page and from the frame behind.
        const bool isTold = frame == firstBad && frame < frames && isSoundFrame(frame + 1) &&
                            isSame(offsetOf(frame) + kFrameHeaderSize, kPageSize);
        if (isCommit(frame) && (isTold || isSame(offsetOf(frame), kFrameHeaderSize)))
            ends.append(frame);
    }
    for (qsizetype i = 1; i < ends.size(); ++i) {
        bool isWhole = true;
        for (int frame = ends[i - 1] + 1; frame <= ends[i]; ++frame)
            isWhole = isWhole && isSoundFrame(frame);
        if (isWhole)
            return {.isRefused = true, .frame = firstBad};
    }
    return {.state = state};
}

} // namespace fieldfare::storage_test
