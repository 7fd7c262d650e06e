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
    Result<QJsonArray> run(const QuarantineCommand &command)
    {
        const auto answer = written<QJsonObject>([&] { return app::runQuarantineCommand(*tables, *merger, *catalog, command); });
        return answer.ok() ? Result<QJsonArray>(answer->value(QStringLiteral("lines")).toArray()) : Result<QJsonArray>(answer.error());
    }
    Result<QJsonArray> run(const char *command, std::uint64_t upTo = 0)
    {
        return run({QString::fromLatin1(command), *tables->deviceNumber(bo.device), {}, upTo});
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
