// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One profile's records in another: what tst_cli_attach does not see from outside.
#include "core/domain/record_transfer.h"
#include "core/model/choice_seeds.h"
#include "core/store/joining_files.h"
#include "tests/storage/store_fixture.h"

#include <QTest>

#include <algorithm>

using namespace fieldfare;
using namespace fieldfare::store_test;
using changes::OperationKind;
using domain::DuplicatePolicy;
using domain::TransferCounts;
using domain::TransferReport;
using model::Value;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("nothing there");
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

class TestRecordTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_from = std::make_unique<TestProfile>();
        m_to = std::make_unique<TestProfile>();
        m_to->random = TestRandom(77);
        QVERIFY(m_from->open() && m_to->open());
        m_from->identify();
        m_to->identify();
        m_to->clock.advance(86'400'000); // ids and stamps of another day
        m_catalog = model::Catalog::standard();
        QVERIFY(from().seed(QStringLiteral("Me")).ok());
        QVERIFY(to().seed(QStringLiteral("Anna")).ok());
        auto joined = *to().profileInfo();
        joined.serverUrl = QStringLiteral("https://crm.example");
        QVERIFY(to().setProfileInfo(joined).ok());
    }

    void seedsAreNotDoubled()
    {
        const TransferReport report = run();
        QVERIFY(report.action.isNull()); // nothing was written
        QCOMPARE(report.total(&TransferCounts::taken), 0);
        QCOMPARE(report.total(&TransferCounts::present), report.total(&TransferCounts::records));
        QVERIFY(report.total(&TransferCounts::records) > 50);
    }

    void referencesForwardAndInCircles()
    {
        const base::Id a = from().newId();
        const base::Id b = from().newId();
        commit(from(), {create(*m_catalog, "customer", {{"name", text("A")}}, a), create(*m_catalog, "customer", {{"name", text("B")}}, b)});
        commit(from(), set(*m_catalog, "customer", a, {{"parent", reference(*m_catalog, "customer", b)}}));
        commit(from(), set(*m_catalog, "customer", b, {{"parent", reference(*m_catalog, "customer", a)}}));
        run();
        QCOMPARE(valueOf(to(), "customer", a, "parent").referenceId(), b);
        QCOMPARE(valueOf(to(), "customer", b, "parent").referenceId(), a);
    }

    void whatNobodyKnowsIsLeftEmpty()
    {
        const base::Id gone = from().newId();
        const base::Id stranger = from().newId();
        const base::Id id = made("customer", {{"name", text("A")}, {"owner", reference(*m_catalog, "user", stranger)}, {"parent", reference(*m_catalog, "customer", gone)}});
        const TransferReport report = run();
        QCOMPARE(report.droppedReferences, 2);
        QVERIFY(valueOf(to(), "customer", id, "owner").isEmpty());
        QVERIFY(valueOf(to(), "customer", id, "parent").isEmpty());
    }

    void oneselfIsWhoWasEnrolled()
    {
        const base::Id id = made("customer", {{"name", text("A")}, {"owner", reference(*m_catalog, "user", from().profileInfo()->user)}});
        run();
        QCOMPARE(valueOf(to(), "customer", id, "owner").referenceId(), to().profileInfo()->user);
    }

    void numbersOfTheSeriesAreGivenAnew()
    {
        QVERIFY(to().addNumberLease(1, 901, 1400).ok());
        const base::Id series = made("customer", {{"name", text("A")}});
        const base::Id own = made("customer", {{"name", text("B")}, {"number", text("K-5")}});
        const base::Id lower = made("customer", {{"name", text("C")}, {"number", text("c-0042")}});
        const base::Id ofDevice = made("customer", {{"name", text("D")}, {"number", text("C-3-17")}});
        const base::Id clash = made("customer", {{"name", text("E")}, {"number", text("k-6")}});
        commit(to(), create(*m_catalog, "customer", {{"name", text("Z")}, {"number", text("K-6")}}));
        const TransferReport report = run();
        QCOMPARE(numberOf(series), QStringLiteral("C-000901"));
        QCOMPARE(numberOf(own), QStringLiteral("K-5"));
        QCOMPARE(numberOf(lower), QStringLiteral("C-000902"));
        QCOMPARE(numberOf(ofDevice), QStringLiteral("C-000903"));
        QCOMPARE(numberOf(clash), QStringLiteral("C-000904"));
        QCOMPARE(report.renumbered.size(), 4);
        QCOMPARE(report.renumbered.at(1).former, QStringLiteral("c-0042"));
        QCOMPARE(report.renumbered.at(1).record.number, QStringLiteral("C-000902"));
        const auto former = [&] { return to().catalog()->entity(1)->field(QStringLiteral("former_number")); };
        QVERIFY(former() != nullptr && former()->has(model::Searchable));
        QCOMPARE(to().record(1, ofDevice)->value(*former()).textOrEmpty(), QStringLiteral("C-3-17"));
        QVERIFY(to().record(1, own)->value(*former()).isEmpty());
        QVERIFY(to().undo(report.action).ok());
        QVERIFY(to().record(1, own)->trashed);
        QVERIFY(!former()->has(model::Hidden)); // the field is not this person's alone
    }

    void valuesComeAsTheyAre()
    {
        // A rule of today, or a value that came before a rule, must not keep a record back.
        const base::Id id = made("customer", {{"name", text("  A  B ")}, {"website", text("https://x.example")}, {"revenue", Value(model::Money::of(123, QStringLiteral("CHF")))}});
        commit(from(), set(*m_catalog, "customer", id, {{"tags", text("Key, vip")}}));
        run();
        const auto before = from().record(1, id);
        const auto after = to().record(1, id);
        for (const model::Field &field : m_catalog->entity(1)->fields()) {
            if (!field.has(model::Number) && field.isReplicated())
                QVERIFY2(before->value(field) == after->value(field), qPrintable(field.name));
        }
        QCOMPARE(after->tags, before->tags);
    }

    void theTrashComesAlong()
    {
        const base::Id id = made("customer", {{"name", text("A")}});
        const base::Id child = made("contact", {{"name", text("Li")}, {"customer", reference(*m_catalog, "customer", id)}});
        commit(from(), set(*m_catalog, "customer", id, {{"tags", text("old")}}));
        commit(from(), set(*m_catalog, "customer", id, {{"tags", text("new")}}));
        commit(from(), mark(*m_catalog, "customer", id, OperationKind::Trash));
        const TransferReport report = run();
        QVERIFY(to().record(1, id)->trashed);
        QVERIFY(!to().record(2, child)->trashed); // hides with its customer
        QCOMPARE(to().record(1, id)->tags, QStringList{QStringLiteral("new")});
        QCOMPARE(report.total(&TransferCounts::left), 1);
        QVERIFY(to().undo(report.action).ok());
        QVERIFY(to().record(1, id)->trashed);
        QVERIFY(to().record(2, child)->trashed);
    }

    void aTagInTheTrashThereComesBack()
    {
        commit(to(), create(*m_catalog, "tag", {{"name", text("vip")}}, model::tagId(QStringLiteral("vip"))));
        commit(to(), mark(*m_catalog, "tag", model::tagId(QStringLiteral("vip")), OperationKind::Trash));
        const base::Id id = made("customer", {{"name", text("A")}, {"tags", text("VIP")}});
        run();
        QCOMPARE(to().record(1, id)->tags, QStringList{QStringLiteral("vip")});
    }

    void pipelinesOfTheSameNameAreOne()
    {
        const base::Id own = made("pipeline", {{"name", text("Service")}});
        const base::Id ownStage = made("stage", {{"name", text("First")}, {"pipeline", reference(*m_catalog, "pipeline", own)}});
        const base::Id ownLast = made("stage", {{"name", text("Last")}, {"pipeline", reference(*m_catalog, "pipeline", own)}});
        const base::Id there = commit(to(), create(*m_catalog, "pipeline", {{"name", text("service ")}})).results.front().record;
        const base::Id stage = commit(to(), create(*m_catalog, "stage", {{"name", text("First")}, {"pipeline", reference(*m_catalog, "pipeline", there)}})).results.front().record;
        const base::Id deal = made("deal", {{"name", text("D")}, {"pipeline", reference(*m_catalog, "pipeline", own)}, {"stage", reference(*m_catalog, "stage", ownStage)}});
        run();
        QCOMPARE(valueOf(to(), "deal", deal, "pipeline").referenceId(), there);
        QCOMPARE(valueOf(to(), "deal", deal, "stage").referenceId(), stage);
        QCOMPARE(valueOf(to(), "stage", ownLast, "pipeline").referenceId(), there);
        QVERIFY(!to().record(5, own).ok());
    }

    void duplicatesAreFoundByWhatReachesPeople_data()
    {
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("present");
        QTest::addColumn<QString>("by"); // empty: none
        const auto row = [](const char *name, const char *own, const char *present, const char *by) {
            QTest::newRow(name) << QString::fromUtf8(own) << QString::fromUtf8(present) << QString::fromUtf8(by);
        };
        row("e-mail", "name=A;email=Info@A.example", "name=B;email=info@a.example", "email");
        row("second e-mail", "name=A;email2=x@a.example", "name=B;email2=x@a.example", "email2");
        row("phone", "name=A;phone=030 / 123-456", "name=B;mobile=30123456", "phone");
        row("short phone", "name=A;phone=123", "name=B;phone=123", "");
        row("name", "name=  Acme  ltd", "name=ACME Ltd", "name");
        row("the surest", "name=A;email=i@a.example", "name=A;email=i@a.example", "email");
        row("nothing", "name=A;email=a@a.example;phone=111111", "name=B;email=b@b.example;phone=222222", "");
    }

    void duplicatesAreFoundByWhatReachesPeople()
    {
        QFETCH(const QString, own);
        QFETCH(const QString, present);
        QFETCH(const QString, by);
        commit(from(), customerOf(own));
        commit(to(), customerOf(present));
        const TransferReport report = run();
        QCOMPARE(report.duplicates.size(), by.isEmpty() ? 0 : 1);
        QCOMPARE(report.total(&TransferCounts::taken), 1); // kept all the same
        if (!by.isEmpty())
            QCOMPARE(m_catalog->entity(1)->field(report.duplicates.first().by)->name, by);
    }

    void colleaguesShareASwitchboard()
    {
        const base::Id own = made("customer", {{"name", text("Acme")}});
        for (const char *name : {"Li Wei", "Bo Berg", "New One"})
            made("contact", {{"name", text(name)}, {"phone", text("030123456")}, {"customer", reference(*m_catalog, "customer", own)}});
        const base::Id there = commit(to(), create(*m_catalog, "customer", {{"name", text("Acme")}})).results.front().record;
        const base::Id elsewhere = commit(to(), create(*m_catalog, "customer", {{"name", text("Umbrella")}})).results.front().record;
        commit(to(), create(*m_catalog, "contact", {{"name", text("Li Wei")}, {"customer", reference(*m_catalog, "customer", there)}}));
        commit(to(), create(*m_catalog, "contact", {{"name", text("Somebody")}, {"phone", text("030123456")}, {"customer", reference(*m_catalog, "customer", there)}}));
        commit(to(), create(*m_catalog, "contact", {{"name", text("New One")}, {"customer", reference(*m_catalog, "customer", elsewhere)}}));
        const TransferReport report = run();
        QCOMPARE(report.duplicates.size(), 2); // Acme, and its Li Wei
        QCOMPARE(report.duplicates.at(1).own.title, QStringLiteral("Li Wei"));
    }

    void skippedOnesLendTheirPlace()
    {
        const base::Id own = made("customer", {{"name", text("Acme")}, {"tags", text("vip")}});
        const base::Id deal = made("deal", {{"name", text("Roof")}, {"customer", reference(*m_catalog, "customer", own)}});
        const base::Id there = commit(to(), create(*m_catalog, "customer", {{"name", text("acme")}, {"tags", text("VIP")}})).results.front().record;
        const TransferReport report = run(DuplicatePolicy::Skip);
        QCOMPARE(report.total(&TransferCounts::skipped), 1);
        QVERIFY(!to().record(1, own).ok());
        QCOMPARE(valueOf(to(), "deal", deal, "customer").referenceId(), there);
        QCOMPARE(to().record(1, there)->tags.size(), 1);
    }

    void customFieldsMeet()
    {
        const base::Id same = definition(from(), "shoe", "text");
        const base::Id other = definition(from(), "size", "integer");
        const base::Id fresh = definition(from(), "hat", "text");
        const base::Id sameThere = definition(to(), "shoe", "text");
        definition(to(), "size", "text");
        changes::LocalChange change = create(*m_catalog, "customer", {{"name", text("A")}}, from().newId());
        change.values.push_back({model::FieldKey(same), text("boot")});
        change.values.push_back({model::FieldKey(other), number(42)});
        change.values.push_back({model::FieldKey(fresh), text("bowler")});
        commit(from(), change);
        const TransferReport report = run();
        const model::Entity *customer = to().catalog()->entity(1);
        const auto record = to().record(1, change.record);
        QCOMPARE(record->value(*customer->field(model::FieldKey(sameThere))).textOrEmpty(), QStringLiteral("boot"));
        QVERIFY(customer->field(model::FieldKey(same)) == nullptr);
        QCOMPARE(record->value(*customer->field(QStringLiteral("size_2"))).integerOr(0), 42);
        QCOMPARE(record->value(*customer->field(QStringLiteral("hat"))).textOrEmpty(), QStringLiteral("bowler"));
        QCOMPARE(report.renamedFields.size(), 1);
    }

    void twiceIsOnce()
    {
        made("customer", {{"name", text("A")}, {"tags", text("x, y")}});
        run();
        const TransferReport again = run(); // as a profile that was put back does
        QCOMPARE(again.total(&TransferCounts::taken), 0);
        QCOMPARE(again.duplicates.size(), 0);
    }

    void itCanBeStopped()
    {
        made("customer", {{"name", text("A")}});
        const auto stopped = domain::RecordTransfer(from(), to(), {}, [](qint64, qint64) { return true; }).run();
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
    }

    void theDatabaseIsReplacedInOneStep()
    {
        QTemporaryDir folder;
        const store::JoiningFiles files(folder.path());
        const QString database = folder.filePath(QStringLiteral("fieldfare.db"));
        write(database, "alone");
        write(files.download(), "downloaded");
        QVERIFY(files.beginJoined().ok());
        write(files.joined(), "joined");
        // As a kill between keeping the former one and the replacement leaves it: the next run takes the same name.
        QVERIFY(QFile::copy(database, folder.filePath(QStringLiteral("before-attach.db")))); // somebody's older one
        QVERIFY(files.replaceDatabase(database).ok());
        QCOMPARE(contentOf(database), QByteArray("joined"));
        QCOMPARE(files.former(), folder.filePath(QStringLiteral("before-attach-2.db")));
        QCOMPARE(contentOf(files.former()), QByteArray("alone"));
        QVERIFY(!files.hasDownload() && !QFile::exists(files.joined()));
    }

    void aFormerDatabaseIsKeptOnce()
    {
        QTemporaryDir folder;
        const store::JoiningFiles files(folder.path());
        const QString database = folder.filePath(QStringLiteral("fieldfare.db"));
        write(database, "alone");
        write(files.download(), "downloaded");
        QVERIFY(!files.replaceDatabase(database).ok()); // nothing to replace it with: ends behind the step that keeps it
        QCOMPARE(contentOf(database), QByteArray("alone"));
        QVERIFY(files.beginJoined().ok());
        QVERIFY(files.replaceDatabase(database).ok());
        QCOMPARE(contentOf(files.former()), QByteArray("alone"));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("before-attach-2.db"))));
    }

    void aLogBesideIsNotLeftBehind()
    {
        QTemporaryDir folder;
        const store::JoiningFiles files(folder.path());
        const QString database = folder.filePath(QStringLiteral("fieldfare.db"));
        write(database, "alone");
        write(database + QStringLiteral("-wal"), "more");
        write(files.joined(), "joined");
        QVERIFY(!files.replaceDatabase(database).ok());
        QCOMPARE(contentOf(database), QByteArray("alone"));
    }

private:
    store::Store &from() { return m_from->store(); }
    store::Store &to() { return m_to->store(); }

    base::Id made(const char *entity, const std::vector<NamedValue> &values)
    {
        return commit(from(), create(*m_catalog, entity, values)).results.front().record;
    }

    base::Id definition(store::Store &store, const char *name, const char *type)
    {
        return commit(store, create(*m_catalog, "custom_field", {{"entity", text("customer")}, {"name", text(name)}, {"type", text(type)}})).results.front().record;
    }

    changes::LocalChange customerOf(const QString &words)
    {
        changes::LocalChange change = create(*m_catalog, "customer", {});
        for (const QString &word : words.split(QLatin1Char(';')))
            change.values.push_back({m_catalog->entity(1)->field(word.section(QLatin1Char('='), 0, 0))->key, Value(word.section(QLatin1Char('='), 1))});
        return change;
    }

    TransferReport run(DuplicatePolicy policy = DuplicatePolicy::Keep)
    {
        auto report = domain::RecordTransfer(from(), to(), {policy, QStringLiteral("Joined")}).run();
        if (!report.ok())
            qFatal("%s", qPrintable(report.error().detail));
        return std::move(report).value();
    }

    QString numberOf(const base::Id &id) { return valueOf(to(), "customer", id, "number").textOrEmpty(); }

    std::unique_ptr<TestProfile> m_from;
    std::unique_ptr<TestProfile> m_to;
    model::CatalogPointer m_catalog;
};

QTEST_GUILESS_MAIN(TestRecordTransfer)
#include "tst_record_transfer.moc"
