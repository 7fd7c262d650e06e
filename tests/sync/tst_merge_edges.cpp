// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes that no device of this program makes, and that one must not be harmed by: found by fuzzing.
#include "core/changes/merge.h"
#include "tests/sync/quarantine_fixture.h"

#include <QTest>

#include <limits>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using model::FieldKey;
using model::Value;

namespace {

struct Company : QuarantineFixture {
    Company()
    {
        setDisabled(false);
        const auto written = tables->write([&]() -> base::Result<void> {
            FIELDFARE_TRY(merger->writeAsServer(entity("user"), bo.user, {{key("user", "name"), Value(QStringLiteral("Bo"))}}, {}));
            FIELDFARE_TRY(merger->writeAsServer(entity("user"), anna.user, {{key("user", "role"), Value(QStringLiteral("system_administrator"))}}, {}));
            return {};
        });
        if (!written.ok())
            qFatal("role");
    }
    Operation mark(OperationKind kind) const
    {
        Operation operation;
        operation.kind = kind;
        operation.entity = entity("customer");
        operation.record = acme;
        operation.base.version = known;
        operation.seenCursor = known;
        return operation;
    }
    std::vector<changes::Verdict> pushed(std::vector<Operation> operations, bool inAGroup = false)
    {
        const std::uint64_t from = anna.n + 1;
        const base::Id group = inAGroup ? ids.next() : base::Id();
        for (Operation &operation : operations) {
            operation.group = group;
            anna.add(std::move(operation));
        }
        return push(anna.request(from, anna.n))->verdicts;
    }
};

} // namespace

class TestMergeEdges final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countersEndAtTheLargestNumber_data()
    {
        using Limits = std::numeric_limits<std::int64_t>;
        QTest::addColumn<qint64>("standing");
        QTest::addColumn<qint64>("pushed");
        QTest::addColumn<qint64>("before");
        QTest::addColumn<qint64>("sum");
        QTest::newRow("usual") << qint64(5) << qint64(7) << qint64(4) << qint64(8);
        QTest::newRow("too much") << qint64(5) << qint64(Limits::max()) << qint64(0) << qint64(Limits::max());
        QTest::newRow("too little") << qint64(-5) << qint64(Limits::min()) << qint64(0) << qint64(Limits::min());
        QTest::newRow("from the smallest") << qint64(0) << qint64(0) << qint64(Limits::min()) << qint64(Limits::max());
        QTest::newRow("from the largest") << qint64(-7) << qint64(-7) << qint64(Limits::max()) << qint64(Limits::min());
    }
    void countersEndAtTheLargestNumber()
    {
        QFETCH(qint64, standing);
        QFETCH(qint64, pushed);
        QFETCH(qint64, before);
        QFETCH(qint64, sum);
        changes::MergeInput input;
        input.rule = model::Merge::Counter;
        input.standing.value = Value(std::int64_t(standing));
        input.pushed.value = Value(std::int64_t(pushed));
        input.before = Value(std::int64_t(before));
        QCOMPARE(changes::mergeField(input).value.integerOr(0), std::int64_t(sum));
    }

    void theTrashMarkIsNoFieldToSet()
    {
        Company company;
        for (const Value &value : {Value(std::int64_t(1)), Value(QStringLiteral("yes")), Value()}) {
            Operation set = company.set("name", {});
            set.values.front() = {FieldKey(model::kTrashedNumber), value};
            Operation made = company.create(company.ids.next(), "Bravo");
            made.values.push_back({FieldKey(model::kTrashedNumber), value});
            for (const changes::Verdict &verdict : company.pushed({set, made})) {
                QCOMPARE(verdict.outcome, Outcome::Invalid);
                QCOMPARE(verdict.reason, QStringLiteral("trash-mark"));
            }
        }
        QVERIFY(!(*company.tables->row(company.entity("customer"), company.acme))->isTrashed());
    }

    void whatAGroupErasesItDoesNotEdit()
    {
        for (const OperationKind kind : {OperationKind::Set, OperationKind::Trash, OperationKind::Restore, OperationKind::Erase}) {
            Company company;
            const auto verdicts = company.pushed({company.mark(OperationKind::Erase), kind == OperationKind::Set ? company.set("phone", QStringLiteral("1")) : company.mark(kind)}, true);
            for (const changes::Verdict &verdict : verdicts)
                QCOMPARE(verdict.outcome, Outcome::Gone); // all or nothing
            QCOMPARE(company.valueOf(company.acme, "name"), QStringLiteral("Acme"));
        }
    }

    /// A guarded field lost: the whole group did, also what was equal to its own earlier part only, and what it was to make.
    void aLostGroupIsLostAsAWhole()
    {
        Company company;
        Operation owner = company.set("owner", {});
        owner.values.front().value = Value(model::Reference{company.entity("user"), company.bo.user});
        company.bo.add(owner);
        QVERIFY(company.push(company.bo.all())->verdicts.at(0).tookEffect());
        Operation mine = company.set("owner", {});
        mine.values.front().value = Value(model::Reference{company.entity("user"), company.anna.user});
        const Operation phone = company.set("phone", QStringLiteral("1"));
        Operation made = company.create(company.ids.next(), "Bravo");
        Operation edit = company.set("phone", QStringLiteral("2"));
        edit.record = made.record;
        const auto verdicts = company.pushed({phone, phone, made, edit, mine}, true);
        QCOMPARE(verdicts.at(0).outcome, Outcome::ConflictLost);
        QCOMPARE(verdicts.at(1).outcome, Outcome::ConflictLost);
        QCOMPARE(verdicts.at(2).outcome, Outcome::Waiting);
        QCOMPARE(verdicts.at(3).outcome, Outcome::Waiting);
        QCOMPARE(verdicts.at(4).outcome, Outcome::ConflictLost);
        QCOMPARE(company.valueOf(company.acme, "phone"), QString());
        QCOMPARE(company.valueOf(made.record, "phone"), QStringLiteral("(no row)"));
    }

    void aTextWithANulIsRefusedAlone()
    {
        Company company;
        Operation nul = company.set("phone", QString(QStringLiteral("+49%130").arg(QChar(QChar::Null))));
        Operation fine = company.set("email", QStringLiteral("acme@example.com"));
        const auto verdicts = company.pushed({nul, fine});
        QCOMPARE(verdicts.at(0).outcome, Outcome::Invalid);
        QVERIFY(verdicts.at(1).tookEffect());
        QCOMPARE(company.valueOf(company.acme, "phone"), QString());
        QCOMPARE(company.valueOf(company.acme, "email"), QStringLiteral("acme@example.com"));
    }

    void whatIsRefusedAsksNobody()
    {
        Company company;
        QVERIFY(company.pushed({company.mark(OperationKind::Trash)}).at(0).tookEffect());
        Operation contact;
        contact.kind = OperationKind::Create;
        contact.entity = company.entity("contact");
        contact.record = company.ids.next();
        contact.values = {{company.key("contact", "name"), Value(QStringLiteral("Carla"))},
                          {company.key("contact", "customer"), Value(model::Reference{company.entity("customer"), company.acme})}};
        const std::uint64_t before = company.conflicts();
        QVERIFY(company.pushed({contact}).at(0).tookEffect());
        QCOMPARE(company.conflicts(), before + 1); // new work under a parent in the trash
        QCOMPARE(company.pushed({contact}).at(0).outcome, Outcome::Collision);
        QCOMPARE(company.conflicts(), before + 1);
    }
};

QTEST_GUILESS_MAIN(TestMergeEdges)
#include "tst_merge_edges.moc"
