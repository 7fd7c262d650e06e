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
    void createsARecord();
    void tagsAreOneValue();
    void marksWaitingFields();
    void tellsWhenTheRecordIsNotHere();

private:
    const model::Field &field(const char *name) { return *m_model->entity()->field(QLatin1StringView(name)); }
    void setOnStore(const char *name, const Value &value);

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
