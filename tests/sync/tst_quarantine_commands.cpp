// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator sees of the quarantine, and decides.
#include "app/server/quarantine_commands.h"
#include "tests/sync/quarantine_fixture.h"

using namespace fieldfare;
using namespace fieldfare::tests;
using app::QuarantineCommand;
using base::ErrorCode;
using base::Result;

namespace {

struct Desk : QuarantineFixture {
    server::AuditStore auditTable{*connection};
    server::AuditLog audit{auditTable, clock, random};

    Result<QJsonArray> run(const QuarantineCommand &command)
    {
        const auto work = [&] { return app::runQuarantineCommand(*tables, command.decides() ? merger.get() : nullptr, command.decides() ? &audit : nullptr, *catalog, command); };
        const auto answer = command.decides() ? written<QJsonObject>(work) : read<QJsonObject>(work);
        return answer.ok() ? Result<QJsonArray>(answer->value(QStringLiteral("lines")).toArray()) : Result<QJsonArray>(answer.error());
    }
    Result<QJsonArray> run(const char *command, std::uint64_t upTo = 0)
    {
        return run({QString::fromLatin1(command), *tables->deviceNumber(bo.device), {}, upTo});
    }
    template <typename T>
    Result<T> read(const std::function<Result<T>()> &work)
    {
        std::optional<Result<T>> answer;
        FIELDFARE_TRY(tables->read([&]() -> Result<void> {
            answer = work();
            return {};
        }));
        return *answer;
    }
    void edit(int times)
    {
        for (int i = 0; i < times; ++i)
            bo.add(set("phone", QString::number(i)));
    }
};

} // namespace

class TestQuarantineCommands final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The part that closes came between the look and the decision.
    void onlyWhatWasLookedAtIsAccepted()
    {
        Desk desk;
        desk.edit(3);
        FIELDFARE_VERIFY_OK(desk.handIn(desk.bo.part(1, 2, false)));
        QCOMPARE(desk.run("show")->size(), 2);
        QCOMPARE(desk.handIn(desk.bo.part(3, 3, true))->status, protocol::HandInStatus::Closed);
        for (const std::uint64_t upTo : {0U, 2U, 4U}) {
            const auto refused = desk.run("accept", upTo);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.error().code, ErrorCode::RecordChanged);
            QCOMPARE(refused.error().arguments, QStringList{QStringLiteral("3")});
        }
        QCOMPARE(desk.waiting(), 3);
        const auto accepted = desk.run("accept", 3);
        FIELDFARE_VERIFY_OK(accepted);
        QCOMPARE(accepted->first().toObject().value(QStringLiteral("accepted")).toInt(), 3);
    }

    /// In a transaction that only reads, and without a merger.
    void aLookOnlyReads()
    {
        Desk desk;
        desk.edit(2);
        desk.bo.add(desk.create(desk.ids.next(), "New"));
        FIELDFARE_VERIFY_OK(desk.handIn(desk.bo.whole()));
        const auto list = desk.run("list");
        FIELDFARE_VERIFY_OK(list);
        QCOMPARE(list->size(), 1);
        const QJsonObject line = list->first().toObject();
        QCOMPARE(line.value(QStringLiteral("waiting")).toInt(), 3);
        QCOMPARE(line.value(QStringLiteral("records")).toInt(), 2);
        QCOMPARE(line.value(QStringLiteral("refused")).toInt(), 0);
        QVERIFY(line.value(QStringLiteral("bytes")).toInt() > 0);
        const auto shown = desk.run("show");
        FIELDFARE_VERIFY_OK(shown);
        QCOMPARE(shown->size(), 3);
        QCOMPARE(shown->first().toObject().value(QStringLiteral("title")).toString(), QStringLiteral("Acme"));
        FIELDFARE_VERIFY_OK(desk.run("reject"));
        QCOMPARE(desk.run("list")->first().toObject().value(QStringLiteral("refused")).toInt(), 3);
        QCOMPARE(desk.run("list")->first().toObject().value(QStringLiteral("records")).toInt(), 0);
    }

    /// Nothing is let in by it.
    void rejectingWantsNoLook()
    {
        Desk desk;
        desk.edit(2);
        FIELDFARE_VERIFY_OK(desk.handIn(desk.bo.whole()));
        const auto rejected = desk.run("reject");
        FIELDFARE_VERIFY_OK(rejected);
        QCOMPARE(rejected->first().toObject().value(QStringLiteral("refused")).toInt(), 2);
    }
};

QTEST_GUILESS_MAIN(TestQuarantineCommands)
#include "tst_quarantine_commands.moc"
