// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One record being edited: what is dirty, what is wrong, what somebody else does meanwhile.
#include "tests/testlib/open_profile.h"
#include "ui/model/edit_model.h"

#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;
using model::Value;

class TestEditModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_profile.openSample()); }
    void init();
    void typingTheStoredValueIsNoEdit();
    void savesWhatWasEdited();
    void refusesWhatDoesNotFit();
    void requiredFieldsMustBeThere();
    void aRemoteChangeShowsInCleanFieldsAndLeavesTypedOnes();
    void draftsOutliveAnotherRecord();
    void draftsGoToAnotherModel();
    void aDraftOfWhatIsStoredByNowIsNone();
    void whatIsSavedIsNoDraftWhereverOneIs();
    void whatIsTypedWhileSavingStaysADraft();
    void aSaveThatFailsIsADraftAgain();
    void aReadThatFailsLosesNothing();
    void createsARecord();
    void aCreatedRecordDoesNotFillTheNextForm();
    void tagsAreOneValue();
    void marksWaitingFields();
    void tellsWhenTheRecordIsNotHere();

private:
    const model::Field &field(const char *name) { return *m_model->entity()->field(QLatin1StringView(name)); }
    void setOnStore(const char *name, const Value &value);
    void openOther() { m_model->open(m_model->entity()->id(), m_profile.company().iselectrics); }
    void openAgain(const base::Id &id)
    {
        m_model->open(m_model->entity()->id(), id);
        m_profile.settle();
    }
    /// While the table has another name every read and write of customers fails.
    bool rename(const char *from, const char *to)
    {
        return m_profile.onStore<bool>([from, to](store::Store &store) -> base::Result<bool> {
            FIELDFARE_TRY(store.connection().execute(QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(QLatin1StringView(from), QLatin1StringView(to))));
            return true;
        }).ok();
    }

    testlib::OpenProfile m_profile;
    std::unique_ptr<ui::EditModel> m_model;
};

void TestEditModel::init()
{
    m_model = std::make_unique<ui::EditModel>(m_profile.database());
    QSignalSpy loaded(m_model.get(), &ui::EditModel::loaded);
    m_model->open(m_profile.database().catalog()->entity(QStringLiteral("customer"))->id(), m_profile.company().treequote);
    m_profile.settle();
    QCOMPARE(loaded.size(), 1);
    QVERIFY(m_model->isLoaded());
    QVERIFY(!m_model->isDirty());
}

void TestEditModel::setOnStore(const char *name, const Value &value)
{
    const model::Reference record = m_model->reference();
    const model::FieldKey key = field(name).key;
    QVERIFY(m_profile.onStore<store::CommitReport>([record, key, value](store::Store &store) {
        store::ChangeSet set;
        changes::LocalChange change;
        change.entity = record.entity;
        change.record = record.id;
        change.values = {{key, value}};
        set.changes = {change};
        return store.commit(set);
    }).ok());
    m_profile.settle();
}

void TestEditModel::typingTheStoredValueIsNoEdit()
{
    const Value source = m_model->value(field("source"));
    m_model->edit(field("source"), Value(QStringLiteral("referral")));
    QCOMPARE(m_model->dirtyCount(), source == Value(QStringLiteral("referral")) ? 0 : 1);
    m_model->edit(field("source"), source);
    QVERIFY(!m_model->isDirty());
    m_model->edit(field("number"), Value(QStringLiteral("C-1"))); // the program's own
    QVERIFY(!m_model->isDirty());
}

void TestEditModel::savesWhatWasEdited()
{
    QSignalSpy saved(m_model.get(), &ui::EditModel::saved);
    m_model->edit(field("phone"), Value(QStringLiteral("+1 415 555 7777")));
    m_model->edit(field("employees"), Value(std::int64_t(250)));
    QCOMPARE(m_model->dirtyCount(), 2);
    QVERIFY(m_model->apply(QStringLiteral("Edit")));
    m_profile.settle();
    QCOMPARE(saved.size(), 1);
    QVERIFY(!m_model->isDirty());
    QCOMPARE(m_model->stored(field("phone")), Value(QStringLiteral("+1 415 555 7777")));
    const model::Reference record = m_model->reference();
    const auto stored = m_profile.onStore<model::Record>([record](store::Store &store) { return store.record(record.entity, record.id); });
    QVERIFY(stored.ok());
    QCOMPARE(stored->value(field("employees")), Value(std::int64_t(250)));
}

void TestEditModel::refusesWhatDoesNotFit()
{
    m_model->edit(field("email"), Value(QStringLiteral("purchasing@treequote")));
    QVERIFY(m_model->problem(field("email")).has_value());
    QCOMPARE(int(m_model->problem(field("email"))->code), int(model::ProblemCode::EmailMalformed));
    QVERIFY(!m_model->apply(QStringLiteral("Edit")));
    m_model->editUnreadable(field("founded"));
    QCOMPARE(m_model->dirtyCount(), 2);
    QVERIFY(!m_model->apply(QStringLiteral("Edit")));
    m_model->revert();
    QVERIFY(!m_model->isDirty());
    QVERIFY(!m_model->problem(field("email")).has_value());
}

void TestEditModel::requiredFieldsMustBeThere()
{
    m_model->edit(field("name"), {});
    QVERIFY(!m_model->apply(QStringLiteral("Edit")));
    QCOMPARE(int(m_model->problem(field("name"))->code), int(model::ProblemCode::RequiredMissing));
    m_model->revert(field("name"));
    QVERIFY(!m_model->isDirty());
}

void TestEditModel::aRemoteChangeShowsInCleanFieldsAndLeavesTypedOnes()
{
    m_model->edit(field("mobile"), Value(QStringLiteral("+1 111")));
    setOnStore("website", Value(QStringLiteral("https://treequote.example")));
    QCOMPARE(m_model->value(field("website")), Value(QStringLiteral("https://treequote.example")));
    QCOMPARE(m_model->value(field("mobile")), Value(QStringLiteral("+1 111")));
    QVERIFY(!m_model->changedMeanwhile(field("mobile")).has_value());
    setOnStore("mobile", Value(QStringLiteral("+1 222")));
    QCOMPARE(m_model->value(field("mobile")), Value(QStringLiteral("+1 111")));
    QCOMPARE(m_model->changedMeanwhile(field("mobile")), std::optional(Value(QStringLiteral("+1 222"))));
    QVERIFY(m_model->isDirty(field("mobile")));
    // The same idea from the other side ends the edit.
    setOnStore("mobile", Value(QStringLiteral("+1 111")));
    QVERIFY(!m_model->isDirty(field("mobile")));
}

void TestEditModel::draftsOutliveAnotherRecord()
{
    m_model->edit(field("department"), Value(QStringLiteral("technical")));
    const model::Reference record = m_model->reference();
    m_model->open(record.entity, m_profile.company().iselectrics);
    m_profile.settle();
    QVERIFY(!m_model->isDirty());
    QCOMPARE(m_model->draftCount(), 1);
    m_model->open(record.entity, record.id);
    m_profile.settle();
    QVERIFY(m_model->isDirty(field("department")));
    QCOMPARE(m_model->value(field("department")), Value(QStringLiteral("technical")));
}

/// As when the window goes because the program is locked, and another one comes.
void TestEditModel::draftsGoToAnotherModel()
{
    const model::EntityId customer = m_model->entity()->id();
    QCOMPARE(m_model->drafts(), QByteArray());
    const Value region = m_model->value(field("region"));
    m_model->edit(field("description"), Value(QStringLiteral("Two lines,\nand 第二行")));
    m_model->edit(field("birth_date"), Value(std::int64_t(-3'000)));
    m_model->edit(field("phone"), Value()); // emptied
    m_model->edit(field("tags"), Value(QStringLiteral("one\x1ftwo")));
    openOther();
    m_profile.settle();
    m_model->edit(field("owner"), Value(m_profile.names().ownReference()));
    m_model->openNew(m_profile.database().catalog()->entity(QStringLiteral("deal"))->id());
    m_model->edit(field("amount"), Value(model::Money::of(-105'400, QStringLiteral("EUR"))));
    QCOMPARE(m_model->draftCount(), 3);
    const QByteArray kept = m_model->drafts();

    ui::EditModel next(m_profile.database());
    next.restoreDrafts("no drafts at all");
    QCOMPARE(next.draftCount(), 0);
    next.restoreDrafts(kept);
    QCOMPARE(next.draftCount(), 3);
    QCOMPARE(next.drafts().size(), kept.size()); // whatever order they are in
    next.open(customer, m_profile.company().treequote);
    m_profile.settle();
    const auto at = [&next](const char *name) { return next.value(*next.entity()->field(QLatin1StringView(name))); };
    QCOMPARE(next.dirtyCount(), 4);
    QCOMPARE(at("description"), Value(QStringLiteral("Two lines,\nand 第二行")));
    QCOMPARE(at("birth_date"), Value(std::int64_t(-3'000)));
    QCOMPARE(at("phone"), Value());
    QCOMPARE(at("tags"), Value(QStringLiteral("one\x1ftwo")));
    QCOMPARE(at("region"), region);
    next.open(customer, m_profile.company().iselectrics);
    m_profile.settle();
    QCOMPARE(at("owner"), Value(m_profile.names().ownReference()));
    next.openNew(m_profile.database().catalog()->entity(QStringLiteral("deal"))->id());
    QCOMPARE(at("amount"), Value(model::Money::of(-105'400, QStringLiteral("EUR"))));
}

void TestEditModel::aDraftOfWhatIsStoredByNowIsNone()
{
    const model::EntityId customer = m_model->entity()->id();
    m_model->edit(field("website"), Value(QStringLiteral("https://one.example")));
    m_model->edit(field("address"), Value(QStringLiteral("Elsewhere 1")));
    const QByteArray kept = m_model->drafts();
    setOnStore("website", Value(QStringLiteral("https://one.example")));
    setOnStore("address", Value(QStringLiteral("Somewhere 2")));
    ui::EditModel next(m_profile.database());
    next.restoreDrafts(kept);
    next.open(customer, m_profile.company().treequote);
    m_profile.settle();
    QVERIFY(!next.isDirty(*next.entity()->field(QStringLiteral("website"))));
    const model::Field &address = *next.entity()->field(QStringLiteral("address"));
    QVERIFY(next.isDirty(address));
    QCOMPARE(next.changedMeanwhile(address), std::optional(Value(QStringLiteral("Somewhere 2"))));
    m_model->revert();
}

void TestEditModel::whatIsSavedIsNoDraftWhereverOneIs()
{
    const base::Id record = m_model->reference().id;
    m_model->edit(field("phone"), Value(QStringLiteral("+1 415 555 1234")));
    QVERIFY(m_model->apply(QStringLiteral("Edit")));
    openOther(); // before the store has answered
    QCOMPARE(m_model->draftCount(), 1);
    m_profile.settle();
    QCOMPARE(m_model->draftCount(), 0); // nothing to ask about when the window closes
    openAgain(record);
    QVERIFY(!m_model->isDirty());
    QCOMPARE(m_model->stored(field("phone")), Value(QStringLiteral("+1 415 555 1234")));
}

void TestEditModel::whatIsTypedWhileSavingStaysADraft()
{
    const base::Id record = m_model->reference().id;
    m_model->edit(field("phone"), Value(QStringLiteral("+1 415 555 2345")));
    QVERIFY(m_model->apply(QStringLiteral("Edit")));
    m_model->edit(field("mobile"), Value(QStringLiteral("+1 415 555 9999")));
    openOther();
    m_profile.settle();
    QCOMPARE(m_model->draftCount(), 1);
    openAgain(record);
    QVERIFY(m_model->isDirty(field("mobile")));
    QVERIFY(!m_model->isDirty(field("phone")));
    QCOMPARE(m_model->draftCount(), 1);
}

void TestEditModel::aSaveThatFailsIsADraftAgain()
{
    const base::Id record = m_model->reference().id;
    QVERIFY(rename("customer", "elsewhere"));
    QSignalSpy refused(m_model.get(), &ui::EditModel::refused);
    m_model->edit(field("phone"), Value(QStringLiteral("+1 415 555 3456")));
    QVERIFY(m_model->apply(QStringLiteral("Edit")));
    openOther();
    m_profile.settle();
    QVERIFY(refused.size() >= 1);
    QVERIFY(rename("elsewhere", "customer"));
    QCOMPARE(m_model->draftCount(), 1);
    openAgain(record);
    QCOMPARE(m_model->value(field("phone")), Value(QStringLiteral("+1 415 555 3456")));
    QVERIFY(m_model->isDirty(field("phone")));
}

void TestEditModel::aReadThatFailsLosesNothing()
{
    QSignalSpy gone(m_model.get(), &ui::EditModel::gone);
    QSignalSpy refused(m_model.get(), &ui::EditModel::refused);
    m_model->edit(field("phone"), Value(QStringLiteral("+1 415 555 4567")));
    QVERIFY(rename("customer", "elsewhere"));
    Q_EMIT m_profile.database().rowsChanged(m_model->entity()->id(), {}); // it reads again
    m_profile.settle();
    QVERIFY(rename("elsewhere", "customer"));
    QCOMPARE(gone.size(), 0);
    QVERIFY(refused.size() >= 1);
    QVERIFY(m_model->isLoaded());
    QCOMPARE(m_model->value(field("phone")), Value(QStringLiteral("+1 415 555 4567")));
}

void TestEditModel::createsARecord()
{
    QSignalSpy saved(m_model.get(), &ui::EditModel::saved);
    m_model->openNew(m_model->entity()->id());
    QVERIFY(m_model->isNew());
    QVERIFY(!m_model->apply(QStringLiteral("New"))); // no name
    m_model->edit(field("name"), Value(QStringLiteral("  Brand New  ")));
    QCOMPARE(m_model->value(field("name")), Value(QStringLiteral("Brand New")));
    QVERIFY(m_model->apply(QStringLiteral("New")));
    m_profile.settle();
    QCOMPARE(saved.size(), 1);
    QVERIFY(saved.first().at(2).toBool());
    QVERIFY(!m_model->isNew());
    QVERIFY(!m_model->stored(field("number")).isEmpty());
}

void TestEditModel::aCreatedRecordDoesNotFillTheNextForm()
{
    QSignalSpy saved(m_model.get(), &ui::EditModel::saved);
    const model::EntityId customer = m_model->entity()->id();
    m_model->openNew(customer);
    m_model->edit(field("name"), Value(QStringLiteral("Only Once")));
    QVERIFY(m_model->apply(QStringLiteral("New")));
    m_model->edit(field("mobile"), Value(QStringLiteral("+1 415 555 8888")));
    m_model->openNew(customer); // the next one at once
    QVERIFY(m_model->value(field("name")).isEmpty());
    m_profile.settle();
    QCOMPARE(saved.size(), 1);
    QVERIFY(m_model->isNew());
    QVERIFY(!m_model->isDirty());
    // What was typed after saving belongs to the record that was made.
    openAgain(saved.first().at(0).value<model::Reference>().id);
    QVERIFY(!m_model->isDirty(field("name")));
    QVERIFY(m_model->isDirty(field("mobile")));
}

void TestEditModel::tagsAreOneValue()
{
    m_model->edit(field("tags"), Value(QStringLiteral("blue\x1fgreen")));
    QVERIFY(m_model->apply(QStringLiteral("Tags")));
    m_profile.settle();
    QVERIFY(!m_model->isDirty());
    QCOMPARE(m_model->row().record.tags, (QStringList{QStringLiteral("blue"), QStringLiteral("green")}));
}

void TestEditModel::marksWaitingFields()
{
    QVERIFY(m_model->isWaiting(field("level")));
    QVERIFY(!m_model->isWaiting(field("industry")));
    m_model->open(m_model->entity()->id(), m_profile.company().iselectrics);
    m_profile.settle();
    QVERIFY(!m_model->conflict(field("owner")).isNull());
}

void TestEditModel::tellsWhenTheRecordIsNotHere()
{
    QSignalSpy gone(m_model.get(), &ui::EditModel::gone);
    m_model->open(m_model->entity()->id(), m_profile.company().me);
    m_profile.settle();
    QCOMPARE(gone.size(), 1);
    QVERIFY(!m_model->isLoaded());
}

QTEST_MAIN(TestEditModel)
#include "tst_edit_model.moc"
