// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/storage_fixture.h"

#include "core/storage/passphrase.h"
#include "core/storage/transaction.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <sqlite3.h>

namespace fieldfare::storage_test {

using namespace storage;

namespace {

QString bodyOf(qint64 number)
{
    return QString::fromLatin1(kMarker) + QStringLiteral(" %1 ").arg(number).repeated(number % 97 == 0 ? 3000 : 200);
}

} // namespace

std::shared_ptr<const DataKey> fixedKey(std::uint8_t seed)
{
    QByteArray bytes;
    for (size_t i = 0; i < DataKey::kSize; ++i)
        bytes.append(char(seed + i));
    return std::make_shared<const DataKey>(DataKey::fromSecret(base::Secret::fromBytes(bytes)).value());
}

base::Secret passphrase(const char *utf8)
{
    return passphraseBytes(QString::fromUtf8(utf8));
}

bool fill(Connection &connection, int count)
{
    if (!connection
             .execute("CREATE TABLE IF NOT EXISTS bird(number INTEGER PRIMARY KEY, name TEXT, body TEXT);"
                      "CREATE INDEX IF NOT EXISTS bird_name ON bird(name)"_sql)
             .ok())
        return false;
    const auto first = connection.queryInt64("SELECT coalesce(max(number), 0) + 1 FROM bird"_sql);
    for (qint64 number = first.value(); number < first.value() + count;) {
        auto transaction = Transaction::begin(connection, Transaction::Mode::Immediate);
        if (!transaction.ok())
            return false;
        for (int i = 0; i < 50 && number < first.value() + count; ++i, ++number) {
            Statement &insert = connection.statement("INSERT INTO bird VALUES(?1, ?2, ?3)"_sql);
            insert.bind(1, number);
            insert.bindText(2, QStringLiteral("bird %1").arg(number * 7919 % 100'003));
            insert.bindText(3, bodyOf(number));
            if (!insert.run().ok())
                return false;
        }
        if (!transaction->commit().ok())
            return false;
    }
    return true;
}

qint64 countRows(Connection &connection)
{
    const auto count = connection.queryInt64("SELECT count(*) FROM bird"_sql);
    return count.ok() ? count.value() : -1;
}

namespace {

bool isIntactWith(Connection &connection, int copies)
{
    Statement &check = connection.statement("PRAGMA integrity_check"_sql);
    const auto checked = check.step();
    if (!checked.ok() || !checked.value() || check.text(0) != QLatin1StringView("ok"))
        return false;
    check.reset();
    Statement &rows = connection.statement("SELECT number, body FROM bird"_sql);
    const StatementReset reset(rows);
    for (;;) {
        const auto row = rows.step();
        if (!row.ok())
            return false;
        if (!row.value())
            return true;
        if (rows.text(1) != bodyOf(rows.int64(0)).repeated(copies))
            return false;
    }
}

} // namespace

bool isIntact(Connection &connection)
{
    return isIntactWith(connection, 1);
}

bool isIntactButDoubled(Connection &connection)
{
    return isIntactWith(connection, 2);
}

OpenFiles openFilesUnder(const QStringList &folders)
{
    OpenFiles open;
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    for (const QFileInfo &entry : descriptors.entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)) {
        const QString target =
            QString::fromStdString(std::filesystem::read_symlink(entry.filePath().toStdString()).string());
        for (const QString &folder : folders) {
            if (!target.startsWith(folder))
                continue;
            open.paths.append(target);
            open.contents.append(readFile(entry.filePath()));
            open.count += open.contents.last().isEmpty() ? 0 : 1;
        }
    }
    return open;
}

TemporaryFolderOfSqlite::TemporaryFolderOfSqlite(const QString &path)
{
    sqlite3_temp_directory = sqlite3_mprintf("%s", path.toUtf8().constData());
}

TemporaryFolderOfSqlite::~TemporaryFolderOfSqlite()
{
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = nullptr;
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

bool flipBit(const QString &path, qint64 offset, int bit)
{
    QByteArray bytes = readFile(path);
    if (offset < 0 || offset >= bytes.size())
        return false;
    bytes[offset] = char(bytes[offset] ^ (1 << bit));
    return writeFile(path, bytes);
}

bool copyDatabase(const QString &from, const QString &to)
{
    for (const char *ending : {"", "-wal", "-journal"}) {
        const QString source = from + QLatin1StringView(ending);
        const QString target = to + QLatin1StringView(ending);
        QFile::remove(target);
        if (QFileInfo::exists(source) && !writeFile(target, readFile(source)))
            return false;
    }
    return true;
}

} // namespace fieldfare::storage_test
