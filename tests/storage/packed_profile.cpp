// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/packed_profile.h"

#include "core/store/meta_table.h"
#include "core/store/table_layout.h"

#include <QFile>
#include <QJsonArray>

#include <sqlite3.h>
#include <zstd.h>

#include <algorithm>

namespace fieldfare::store_test {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kVersionBytes = 18; // of the header: 1 = rollback journal, 2 = log; a database in memory takes the former only
constexpr int kPackLevel = 19;
constexpr size_t kLargestFile = 64 << 20;

Result<QStringList> column(storage::Connection &connection, const QString &sql, int index)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    QStringList values;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return values;
        values.append(query->text(index));
    }
}

Result<QJsonArray> rowsOf(storage::Connection &connection, const QString &table)
{
    FIELDFARE_ASSIGN(const QStringList columns, column(connection, QStringLiteral("PRAGMA table_info(%1)").arg(store::quoted(table)), 1));
    QStringList literals;
    for (const QString &name : columns)
        literals.append(QStringLiteral("quote(%1)").arg(store::quoted(name)));
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("SELECT %1 FROM %2 ORDER BY %1").arg(literals.join(QLatin1Char(',')), store::quoted(table))));
    QJsonArray rows;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return rows;
        QJsonObject values;
        for (int i = 0; i < columns.size(); ++i) {
            if (const QString literal = query->text(i); literal != QLatin1StringView("NULL"))
                values.insert(columns.at(i), literal);
        }
        rows.append(values);
    }
}

} // namespace

Result<QJsonObject> contentOf(storage::Connection &connection)
{
    FIELDFARE_ASSIGN(QStringList names, column(connection, QStringLiteral("PRAGMA table_list"), 1));
    FIELDFARE_ASSIGN(const QStringList kinds, column(connection, QStringLiteral("PRAGMA table_list"), 2));
    QJsonObject tables;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString &name = names.at(i);
        if (kinds.at(i) != QLatin1StringView("table") || name.startsWith(QLatin1StringView("search_")) || name.startsWith(QLatin1StringView("sqlite_")))
            continue;
        FIELDFARE_ASSIGN(const QJsonArray rows, rowsOf(connection, name));
        tables.insert(name, rows);
    }
    store::MetaTable meta(connection);
    FIELDFARE_ASSIGN(const qint64 version, meta.number(QStringLiteral("store.schema_version"), 0));
    FIELDFARE_ASSIGN(const QByteArray catalog, meta.value(QStringLiteral("store.catalog")));
    return QJsonObject{{QStringLiteral("schema_version"), version}, {QStringLiteral("catalog"), QString::fromLatin1(catalog)}, {QStringLiteral("tables"), tables}};
}

Result<QByteArray> pack(const QByteArray &bytes)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), Qt::Uninitialized);
    const size_t written = ZSTD_compress(packed.data(), size_t(packed.size()), bytes.constData(), size_t(bytes.size()), kPackLevel);
    if (ZSTD_isError(written) != 0)
        return {ErrorCode::Internal, QString::fromLatin1(ZSTD_getErrorName(written))};
    packed.truncate(qsizetype(written));
    return packed;
}

Result<QByteArray> unpack(const QByteArray &packed)
{
    const unsigned long long size = ZSTD_getFrameContentSize(packed.constData(), size_t(packed.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kLargestFile)
        return {ErrorCode::FileDamaged, QStringLiteral("not packed")};
    QByteArray bytes(qsizetype(size), Qt::Uninitialized);
    if (ZSTD_decompress(bytes.data(), size_t(size), packed.constData(), size_t(packed.size())) != size)
        return {ErrorCode::FileDamaged, QStringLiteral("what is packed is damaged")};
    return bytes;
}

Result<QByteArray> packPages(storage::Connection &connection)
{
    sqlite3_int64 size = 0;
    unsigned char *pages = sqlite3_serialize(connection.handle(), "main", &size, 0);
    if (pages == nullptr || size <= kVersionBytes + 1)
        return {ErrorCode::Io, QStringLiteral("the pages cannot be read")};
    pages[kVersionBytes] = pages[kVersionBytes + 1] = 1;
    const auto packed = pack(QByteArray::fromRawData(reinterpret_cast<const char *>(pages), qsizetype(size)));
    sqlite3_free(pages);
    return packed;
}

Result<void> unpackPages(const QByteArray &packed, storage::Connection &connection)
{
    FIELDFARE_ASSIGN(const QByteArray pages, unpack(packed));
    const auto size = sqlite3_int64(pages.size());
    auto *owned = static_cast<unsigned char *>(sqlite3_malloc64(sqlite3_uint64(size)));
    std::copy_n(pages.constData(), pages.size(), owned);
    sqlite3 *memory = nullptr;
    int code = sqlite3_open(":memory:", &memory);
    if (code == SQLITE_OK)
        code = sqlite3_deserialize(memory, "main", owned, size, size, SQLITE_DESERIALIZE_FREEONCLOSE);
    if (code == SQLITE_OK) {
        sqlite3_backup *copy = sqlite3_backup_init(connection.handle(), "main", memory, "main");
        code = copy == nullptr ? sqlite3_errcode(connection.handle()) : sqlite3_backup_step(copy, -1);
        sqlite3_backup_finish(copy);
    }
    sqlite3_close(memory);
    return code == SQLITE_DONE ? Result<void>() : Result<void>(ErrorCode::Io, QString::fromLatin1(sqlite3_errstr(code)));
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace fieldfare::store_test
