// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/raw_workloads.h"

#include "core/base/platform.h"
#include "core/storage/statement.h"

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr int kSmallTransactions = 2000;
constexpr int kColdReads = 20'000;

Result<void> insertRow(storage::Connection &connection, std::int64_t i)
{
    storage::Statement &insert = connection.statement(QStringLiteral("INSERT INTO t VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(1, qint64(i));
    insert.bindText(2, QStringLiteral("Customer number %1 of the bench").arg(i));
    insert.bind(3, qint64(std::uint64_t(i) * 0x9E3779B97F4A7C15ULL >> 20));
    insert.bindText(4, QString(160, QChar(u'a' + int(i % 26))));
    return insert.run();
}

} // namespace

RawWorkloads::RawWorkloads(QString path, std::shared_ptr<const storage::DataKey> key, std::int64_t rows)
    : m_path(std::move(path)), m_key(std::move(key)), m_rows(rows)
{
}

Result<std::unique_ptr<storage::Connection>> RawWorkloads::open(int cacheKiB)
{
    storage::OpenOptions options;
    options.path = m_path;
    options.key = m_key;
    options.createIfMissing = true;
    options.cacheKiB = cacheKiB;
    return storage::Connection::open(options);
}

Result<std::map<QString, double>> RawWorkloads::run()
{
    std::map<QString, double> cpu;
    const auto measure = [&cpu](const char *name, const std::function<Result<void>()> &work) -> Result<void> {
        const double before = base::platform::cpuSeconds();
        const Result<void> result = work();
        cpu[QString::fromLatin1(name)] = base::platform::cpuSeconds() - before;
        return result;
    };
    {
        FIELDFARE_ASSIGN(const auto connection, open(16'384));
        FIELDFARE_TRY(connection->execute(QStringLiteral("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, k INTEGER, note TEXT)")));
        FIELDFARE_TRY(connection->execute(QStringLiteral("CREATE INDEX t_k ON t (k)")));
        const auto bulk = [&]() -> Result<void> {
            for (std::int64_t i = 0; i < m_rows;) {
                FIELDFARE_TRY(connection->execute(QStringLiteral("BEGIN")));
                for (int n = 0; n < 5000 && i < m_rows; ++n, ++i)
                    FIELDFARE_TRY(insertRow(*connection, i));
                FIELDFARE_TRY(connection->execute(QStringLiteral("COMMIT")));
            }
            FIELDFARE_TRY(connection->checkpoint(true));
            return {};
        };
        FIELDFARE_TRY(measure("bulk", bulk));
    }
    FIELDFARE_ASSIGN(const auto connection, open(256));
    const auto coldReads = [&]() -> Result<void> {
        storage::Statement &read = connection->statement(QStringLiteral("SELECT name FROM t WHERE id = ?1"));
        for (int i = 0; i < kColdReads; ++i) {
            read.bind(1, qint64(std::uint64_t(i) * 0x9E3779B97F4A7C15ULL % std::uint64_t(m_rows)));
            FIELDFARE_TRY(read.step());
            read.reset();
        }
        return {};
    };
    const auto scan = [&]() -> Result<void> {
        for (int i = 0; i < 3; ++i)
            FIELDFARE_TRY(connection->queryInt64(QLatin1StringView("SELECT sum(length(note)) FROM t")));
        return {};
    };
    const auto smallTransactions = [&]() -> Result<void> {
        for (int i = 0; i < kSmallTransactions; ++i)
            FIELDFARE_TRY(insertRow(*connection, m_rows + i));
        return {};
    };
    FIELDFARE_TRY(measure("cold reads", coldReads));
    FIELDFARE_TRY(measure("scan", scan));
    FIELDFARE_TRY(measure("small transactions", smallTransactions));
    return cpu;
}

} // namespace fieldfare::bench
