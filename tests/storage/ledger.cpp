// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/ledger.h"

#include "core/storage/transaction.h"

namespace fieldfare::storage_test {

using namespace storage;

bool makeLedger(Connection &connection)
{
    if (!connection
             .execute("CREATE TABLE account(id INTEGER PRIMARY KEY, amount INTEGER, filler BLOB);"
                      "CREATE TABLE transfer(n INTEGER PRIMARY KEY, filler BLOB)"_sql)
             .ok())
        return false;
    for (int i = 1; i <= kAccounts; ++i) {
        Statement &insert = connection.statement("INSERT INTO account VALUES(?1, 1000, randomblob(900))"_sql);
        insert.bind(1, i);
        if (!insert.run().ok())
            return false;
    }
    return true;
}

namespace {

base::Result<void> move(Connection &connection, qint64 number, std::mt19937_64 &random)
{
    for (int i = 0; i < 3; ++i) {
        const qint64 amount = qint64(random() % 100);
        for (const qint64 sign : {qint64(1), qint64(-1)}) {
            Statement &move = connection.statement(
                "UPDATE account SET amount = amount + ?1, filler = randomblob(900) WHERE id = ?2"_sql);
            move.bind(1, sign * amount);
            move.bind(2, qint64(random() % kAccounts + 1));
            FIELDFARE_TRY(move.run());
        }
    }
    Statement &note = connection.statement("INSERT INTO transfer VALUES(?1, randomblob(?2))"_sql);
    note.bind(1, number);
    note.bind(2, qint64(random() % 6000));
    FIELDFARE_TRY(note.run());
    if (number % 7 == 0) // free pages, and pages that are freed in the transaction that made them
        FIELDFARE_TRY(connection.execute("UPDATE transfer SET filler = NULL WHERE n % 2 = 0;"
                                         "CREATE TEMP TABLE x AS SELECT * FROM transfer; DROP TABLE x"_sql));
    return {};
}

} // namespace

base::Result<void> transfer(Connection &connection, qint64 number, std::mt19937_64 &random)
{
    FIELDFARE_ASSIGN(Transaction transaction, Transaction::begin(connection, Transaction::Mode::Immediate));
    FIELDFARE_TRY(move(connection, number, random));
    return transaction.commit();
}

base::Result<qint64> transferNext(Connection &connection, std::mt19937_64 &random)
{
    FIELDFARE_ASSIGN(Transaction transaction, Transaction::begin(connection, Transaction::Mode::Immediate));
    FIELDFARE_ASSIGN(const qint64 number, connection.queryInt64("SELECT coalesce(max(n), 0) + 1 FROM transfer"_sql));
    FIELDFARE_TRY(move(connection, number, random));
    FIELDFARE_TRY(transaction.commit());
    return number;
}

QString wrongAfter(Connection &connection, qint64 acknowledged, qint64 underWay)
{
    Statement &check = connection.statement("PRAGMA integrity_check"_sql);
    const auto checked = check.step();
    if (!checked.ok())
        return checked.error().detail;
    if (check.text(0) != QLatin1StringView("ok"))
        return check.text(0);
    check.reset();
    const auto sum = connection.queryInt64("SELECT sum(amount) FROM account"_sql);
    const auto transfers = connection.queryInt64("SELECT count(*) FROM transfer"_sql);
    const auto last = connection.queryInt64("SELECT coalesce(max(n), 0) FROM transfer"_sql);
    if (!sum.ok() || !transfers.ok() || !last.ok())
        return QStringLiteral("the ledger cannot be read");
    if (*sum != kTotal)
        return QStringLiteral("the sum is %1").arg(*sum);
    if (*transfers != *last)
        return QStringLiteral("a transfer is missing before %1").arg(*last);
    if (*last < acknowledged || *last > acknowledged + underWay)
        return QStringLiteral("%1 acknowledged, %2 there").arg(acknowledged).arg(*last);
    return {};
}

QString describe(const base::Result<std::unique_ptr<Connection>> &result)
{
    return result.ok() ? QString() : base::errorCodeName(result.error().code) + u' ' + result.error().detail;
}

} // namespace fieldfare::storage_test
