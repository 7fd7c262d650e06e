// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/key_rotation_fixture.h"

#include "core/storage/encrypted_vfs.h"
#include "core/storage/page_format.h"
#include "core/storage/transaction.h"

#include <algorithm>

namespace fieldfare::storage_test {

using namespace storage;
using testlib::FaultDisk;

namespace {

/// Rows in numbers, each with a body that is made of its number and of how often it was changed.
QByteArray bodyOf(qint64 number, qint64 version)
{
    return QByteArray::number(number * 1'000'003 + version).repeated(int(20 + number % 90));
}

base::Result<void> put(Connection &connection, qint64 number, qint64 version)
{
    Statement &insert = connection.statement("INSERT OR REPLACE INTO bird VALUES(?1, ?2, ?3)"_sql);
    insert.bind(1, number);
    insert.bind(2, version);
    insert.bindBlob(3, bodyOf(number, version));
    return insert.run();
}

} // namespace

base::Secret orchardPassphrase()
{
    return passphrase("fieldfares over the orchard");
}

base::Result<void> commitOne(Connection &connection, qint64 n)
{
    FIELDFARE_ASSIGN(Transaction transaction, Transaction::begin(connection, Transaction::Mode::Immediate));
    FIELDFARE_TRY(put(connection, 10'000 + n, 0));
    FIELDFARE_TRY(put(connection, n * 37 % 600, n));
    FIELDFARE_TRY(put(connection, n * 101 % 600, n));
    return transaction.commit();
}

bool makeBirds(Connection &connection)
{
    bool made = connection.execute("CREATE TABLE bird(number INTEGER PRIMARY KEY, version INTEGER, body BLOB)"_sql).ok() &&
                connection.execute("BEGIN"_sql).ok();
    for (qint64 number = 0; made && number < 600; ++number)
        made = put(connection, number, 0).ok();
    made = made && connection.execute("CREATE TABLE gone(body BLOB); INSERT INTO gone VALUES(zeroblob(1500000)), (randomblob(9000))"_sql).ok() &&
           connection.execute("COMMIT; DROP TABLE gone"_sql).ok();
    return made && connection.checkpoint(true).ok();
}

QString wrongWith(Connection &connection, qint64 acknowledged)
{
    Statement &check = connection.statement("PRAGMA integrity_check"_sql);
    {
        const StatementReset reset(check);
        const auto checked = check.step();
        if (!checked.ok() || check.text(0) != QLatin1StringView("ok"))
            return checked.ok() ? check.text(0) : checked.error().detail;
    }
    Statement &rows = connection.statement("SELECT number, version, body FROM bird ORDER BY number"_sql);
    const StatementReset reset(rows);
    qint64 count = 0;
    qint64 last = 9'999;
    for (;; ++count) {
        const auto row = rows.step();
        if (!row.ok())
            return row.error().detail;
        if (!row.value())
            break;
        last = std::max(last, rows.int64(0));
        if (rows.bytesView(2) != bodyOf(rows.int64(0), rows.int64(1)))
            return QStringLiteral("row %1 is not what was written").arg(rows.int64(0));
    }
    const qint64 commits = last - 9'999;
    if (count != 600 + commits)
        return QStringLiteral("%1 rows with %2 commits").arg(count).arg(commits);
    if (commits != acknowledged && commits != acknowledged + 1)
        return QStringLiteral("%1 acknowledged, %2 there").arg(acknowledged).arg(commits);
    return {};
}

qint64 commitsIn(Connection &connection)
{
    return connection.queryInt64("SELECT coalesce(max(number) - 9999, 0) FROM bird WHERE number >= 10000"_sql).value();
}

QString textOf(const base::Result<void> &result)
{
    return result.ok() ? QStringLiteral("ok") : base::errorCodeName(result.error().code) + u' ' + result.error().detail;
}

QList<quint32> epochsOf(const std::vector<std::uint8_t> &main)
{
    QList<quint32> epochs;
    for (size_t offset = 0; offset + kPageSize <= main.size(); offset += kPageSize)
        epochs.append(readBigEndian(main.data() + offset + kUsableSize));
    return epochs;
}

std::shared_ptr<const DataKey> sharedKey(DataKey key)
{
    return std::make_shared<const DataKey>(std::move(key));
}

bool isRotating(const QString &keyFile)
{
    return KeyFileContent::parse(readFile(keyFile)).value().records.contains(KeyFileContent::FormerKey);
}

OpenOptions RotationFixture::onDisk(std::shared_ptr<const DataKey> key) const
{
    OpenOptions options;
    options.path = QLatin1StringView(kBirds);
    options.createIfMissing = true;
    options.key = std::move(key);
    options.vfsName = "fieldfare-rotation";
    options.cacheKiB = 64;
    options.walAutoCheckpointPages = 30;
    return options;
}

OpenOptions RotationFixture::inFolder(const QTemporaryDir &folder)
{
    OpenOptions options;
    options.path = folder.filePath(QStringLiteral("birds.db"));
    options.createIfMissing = true;
    options.key = m_first;
    restore({}, m_keyBefore);
    return options;
}

void RotationFixture::restore(const FaultDisk::Snapshot &files, const QByteArray &keyFile)
{
    m_disk.restore(files);
    if (!writeFile(m_keyFile.path(), keyFile) || !writeFile(m_keyFile.previousPath(), keyFile))
        qFatal("the key file cannot be written");
}

std::shared_ptr<const DataKey> RotationFixture::keyNow() const
{
    return isRotating(m_keyFile.path()) ? m_both : sharedKey(m_both->withoutFormer());
}

QByteArray RotationFixture::journal() const
{
    const auto files = m_disk.files();
    const auto found = files.find(kBirdsJournal);
    return found == files.end() ? QByteArray() : QByteArray(reinterpret_cast<const char *>(found->second.data()), qsizetype(found->second.size()));
}

QString RotationFixture::wrongAfterEnding(qint64 acknowledged)
{
    {
        const auto rotation = KeyRotation::open(onDisk(keyNow()), m_keyFile);
        if (!rotation.ok())
            return QStringLiteral("not opened: ") + rotation.error().detail;
        if (const auto done = (*rotation)->run(); !done.ok())
            return QStringLiteral("not ended: ") + textOf(done);
    }
    if (isRotating(m_keyFile.path()) || isRotating(m_keyFile.previousPath()))
        return QStringLiteral("the former key is still in the key file");
    if (m_disk.files().count(kBirdsJournal) != 0)
        return QStringLiteral("the journal is still there");
    for (const quint32 epoch : epochsOf(m_disk.files().at(kBirds))) {
        if (epoch != 0 && epoch < m_both->boundary())
            return QStringLiteral("a page of the former key is still there");
    }
    const auto connection = Connection::open(onDisk(sharedKey(m_both->withoutFormer())));
    return connection.ok() ? wrongWith(**connection, acknowledged) : connection.error().detail;
}

bool RotationFixture::prepare()
{
    base::Secret::initializeHeap();
    if (!encrypted_vfs::registerOver("fieldfare-rotation", m_disk.name()).ok())
        return false;
    m_first = sharedKey(m_keyFile.create(orchardPassphrase(), kQuick).value());
    m_keyBefore = readFile(m_keyFile.path());
    m_disk.restore({});
    {
        const auto connection = Connection::open(onDisk(m_first));
        if (!connection.ok() || !makeBirds(**connection))
            return false;
    }
    m_before = m_disk.files();
    OpenOptions options = onDisk(m_first);
    options.walAutoCheckpointPages = 0;
    const auto connection = Connection::open(options);
    const auto rotation = KeyRotation::open(onDisk(m_first), m_keyFile);
    if (!connection.ok() || !rotation.ok() || (*rotation)->isUnderWay() || !(*rotation)->begin(orchardPassphrase()).ok())
        return false;
    m_both = (*rotation)->key();
    for (m_begunCommits = 0; m_begunCommits < 5; ++m_begunCommits) {
        if (!commitOne(**connection, m_begunCommits).ok())
            return false;
    }
    m_begun = m_disk.files();
    m_keyBegun = readFile(m_keyFile.path());
    return true;
}

} // namespace fieldfare::storage_test
