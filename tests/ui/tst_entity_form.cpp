// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one form, generated for each entity of the catalog, edits and saves through a real store; a field that is added to the
// catalog appears in form and list without any other code.
#include "core/model/entities/entities.h"
#include "tests/testlib/limited_role.h"
#include "ui/model/layout_hints.h"
#include "ui/model/record_list_model.h"
#include "ui/widgets/editors/date_editor.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/form_row.h"

#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;
using model::FieldType;
using model::Value;

namespace {

/// What a person could put into a field of this type.
Value sampleValue(const model::Field &field, const ui::NameBook &names)
{
    switch (field.type) {
    case FieldType::Integer:
        return Value(std::int64_t(7));
    case FieldType::Decimal:
        return Value(std::int64_t(1'500'000));
    case FieldType::Money:
        return Value(model::Money::of(123'400, QStringLiteral("USD")));
    case FieldType::Date:
        return Value(std::int64_t(20'800));
    case FieldType::Instant:
        return Value(std::int64_t(1'795'530'720'000));
    case FieldType::Duration:
        return Value(std::int64_t(5'400));
    case FieldType::YesNo:
        return Value(std::int64_t(1));
    case FieldType::Choice:
        return names.choices(field.choiceList).isEmpty() ? Value() : Value(names.choices(field.choiceList).first().key);
    case FieldType::Phone:
        return Value(QStringLiteral("+1 415 555 0100"));
    case FieldType::Email:
        return Value(QStringLiteral("ann@treequote.example"));
    case FieldType::Url:
        return Value(QStringLiteral("https://treequote.example"));
    case FieldType::Address:
        return Value(QStringLiteral("1 Street\x1fTown\x1f\x1f\x1f"));
    case FieldType::Tags:
        return Value(QStringLiteral("red"));
    case FieldType::Text:
    case FieldType::LongText:
        return Value(QStringLiteral("Some words"));
    default:
        return {};
    }
}

} // namespace

class TestEntityForm final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_profile.openSample()); }
    void everyEntityEditsAndSaves_data();
    void everyEntityEditsAndSaves();
    void everyOfferedFieldHasARow_data() { everyEntityEditsAndSaves_data(); }
    void everyOfferedFieldHasARow();
    void whatIsTypedReachesTheModel();
    void whatCannotBeReadIsSaidBelowTheField();
    void datesAreReadAsPeopleWriteThem_data();
    void datesAreReadAsPeopleWriteThem();
    void theAddressHasOneCaret();
    void whatTheRoleMayNotChangeIsGreyed();
    void anAddedFieldAppears();

private:
    testlib::OpenProfile m_profile;
};

void TestEntityForm::everyEntityEditsAndSaves_data()
{
    QTest::addColumn<QString>("name");
    for (const model::Entity &entity : model::Catalog::standard()->entities()) {
        if (!entity.has(model::System))
            QTest::newRow(qUtf8Printable(entity.name())) << entity.name();
    }
}

void TestEntityForm::everyOfferedFieldHasARow()
{
    QFETCH(QString, name);
    ui::EditModel model(m_profile.database());
    ui::EntityForm form(model, {m_profile.database(), m_profile.texts()});
    const model::Entity *entity = m_profile.database().catalog()->entity(name);
    model.openNew(entity->id());
    for (const model::Field &field : entity->fields()) {
        const bool offered = !field.has(model::Removed) && !field.has(model::Hidden) && !field.has(model::Number);
        const ui::FormRow *row = form.row(field.name);
        QVERIFY2((row != nullptr) == offered, qUtf8Printable(field.name));
        if (row != nullptr && row->editor().input() != nullptr)
            QVERIFY2(!row->editor().input()->accessibleName().isEmpty(), qUtf8Printable(field.name));
    }
}

void TestEntityForm::everyEntityEditsAndSaves()
{
    QFETCH(QString, name);
    ui::EditModel model(m_profile.database());
    ui::EntityForm form(model, {m_profile.database(), m_profile.texts()});
    QSignalSpy saved(&model, &ui::EditModel::saved);
    model.openNew(m_profile.database().catalog()->entity(name)->id());
    QHash<QString, Value> expected;
    for (ui::FormRow *row : form.rows()) {
        const Value value = sampleValue(row->field(), m_profile.names());
        if (value.isEmpty() || row->field().has(model::ReadOnly))
            continue;
        Q_EMIT row->editor().edited(value);
        expected.insert(row->field().name, value);
    }
    QVERIFY(expected.size() > 2);
    QVERIFY(model.apply(QStringLiteral("New")));
    m_profile.settle();
    QCOMPARE(saved.size(), 1);
    const model::Reference record = model.reference();
    const auto stored = m_profile.onStore<model::Record>([record](store::Store &store) { return store.record(record.entity, record.id); });
    QVERIFY(stored.ok());
    for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
        const model::Field &field = *model.entity()->field(it.key());
        if (field.type == FieldType::Tags)
            QCOMPARE(stored->tags, QStringList{QStringLiteral("red")});
        else
            QVERIFY2(stored->value(field) == *it, qUtf8Printable(it.key()));
    }
}

void TestEntityForm::whatIsTypedReachesTheModel()
{
    ui::EditModel model(m_profile.database());
    ui::EntityForm form(model, {m_profile.database(), m_profile.texts()});
    const model::Entity *deal = m_profile.database().catalog()->entity(QStringLiteral("deal"));
    model.openNew(deal->id());
    form.showMore(true);
    form.show();
    const auto type = [&form](const char *name, const QString &text) {
        auto *line = qobject_cast<QLineEdit *>(form.row(QLatin1StringView(name))->editor().input());
        QVERIFY(line != nullptr);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    };
    type("name", QStringLiteral("Group contract"));
    type("amount", QStringLiteral("26,768.50"));
    type("probability", QStringLiteral("60"));
    type("expected_close", QStringLiteral("2026-12-24"));
    QCOMPARE(model.value(*deal->field(QStringLiteral("name"))), Value(QStringLiteral("Group contract")));
    QCOMPARE(model.value(*deal->field(QStringLiteral("amount"))), Value(model::Money::of(2'676'850, QStringLiteral("USD"))));
    QCOMPARE(model.value(*deal->field(QStringLiteral("probability"))), Value(std::int64_t(60)));
    QCOMPARE(model.value(*deal->field(QStringLiteral("expected_close"))), Value(std::int64_t(QDate(1970, 1, 1).daysTo(QDate(2026, 12, 24)))));
    type("amount", QStringLiteral("1,000 EUR"));
    QCOMPARE(model.value(*deal->field(QStringLiteral("amount"))), Value(model::Money::of(100'000, QStringLiteral("EUR"))));
}

void TestEntityForm::whatCannotBeReadIsSaidBelowTheField()
{
    ui::EditModel model(m_profile.database());
    ui::EntityForm form(model, {m_profile.database(), m_profile.texts()});
    const model::Entity *deal = m_profile.database().catalog()->entity(QStringLiteral("deal"));
    model.openNew(deal->id());
    form.show();
    auto *line = qobject_cast<QLineEdit *>(form.row(QStringLiteral("amount"))->editor().input());
    line->setFocus();
    QTest::keyClicks(line, QStringLiteral("lots"));
    QVERIFY(form.row(QStringLiteral("amount"))->hasProblem());
    QCOMPARE(line->text(), QStringLiteral("lots")); // what was typed stays
    QVERIFY(!model.apply(QStringLiteral("New")));
    QVERIFY(form.focusProblem());
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("12"));
    QVERIFY(!form.row(QStringLiteral("amount"))->hasProblem());
}

void TestEntityForm::datesAreReadAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("date");
    const QDate today(2026, 11, 24);
    QTest::newRow("iso") << QStringLiteral("2026-12-01") << QDate(2026, 12, 1);
    QTest::newRow("words") << QStringLiteral("1 Dec 2026") << QDate(2026, 12, 1);
    QTest::newRow("this year") << QStringLiteral("1 Dec") << QDate(2026, 12, 1);
    QTest::newRow("as shown") << QStringLiteral("Tue 1 Dec") << QDate(2026, 12, 1);
    QTest::newRow("dots") << QStringLiteral("1.12.2026") << QDate(2026, 12, 1);
    QTest::newRow("leap day") << QStringLiteral("29 Feb 2028") << QDate(2028, 2, 29);
    QTest::newRow("chinese") << QString::fromUtf8("2026年12月1日") << QDate(2026, 12, 1);
    QTest::newRow("chinese, this year") << QString::fromUtf8("12月1日") << QDate(2026, 12, 1);
    QTest::newRow("today") << QStringLiteral("today") << today;
    QTest::newRow("in three days") << QStringLiteral("+3") << today.addDays(3);
    QTest::newRow("no date") << QStringLiteral("soon") << QDate();
    QTest::newRow("no such day") << QStringLiteral("31 Feb 2026") << QDate();
}

void TestEntityForm::datesAreReadAsPeopleWriteThem()
{
    QFETCH(QString, text);
    QFETCH(QDate, date);
    const auto read = ui::DateEditor::parseDate(text, QDate(2026, 11, 24), QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(read.value_or(QDate()), date);
}

/// The line above the parts of an address passes the focus on, by Tab and Shift+Tab, and shows no caret of its own.
void TestEntityForm::theAddressHasOneCaret()
{
    ui::EditModel model(m_profile.database());
    ui::EntityForm form(model, {m_profile.database(), m_profile.texts()});
    model.openNew(m_profile.database().catalog()->entity(QStringLiteral("customer"))->id());
    form.resize(400, 1200);
    form.show();
    QVERIFY(QTest::qWaitForWindowActive(&form));
    auto *line = qobject_cast<QLineEdit *>(form.row(QStringLiteral("address"))->editor().input());
    QVERIFY(line != nullptr);
    line->setFocus(Qt::TabFocusReason);
    QWidget *part = QApplication::focusWidget();
    QVERIFY(part != line && part != nullptr);
    QCOMPARE(part->accessibleName(), QStringLiteral("Street"));
    QCoreApplication::processEvents();
    const QImage before = line->grab().toImage();
    QTest::keyClick(part, Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Town"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(QApplication::focusWidget() != line); // past it, to the field before
    QVERIFY(!QApplication::focusWidget()->accessibleName().startsWith(QStringLiteral("Street")));
    QTRY_VERIFY(!part->isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(line->grab().toImage(), before);
    line->setFocus(Qt::BacktabFocusReason);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Country"));
}

/// With the reason, and open again as soon as the right is there.
void TestEntityForm::whatTheRoleMayNotChangeIsGreyed()
{
    testlib::OpenProfile profile;
    QVERIFY(profile.openSample({.withServer = false}));
    const auto said = testlib::limitRole(profile, {{"edit_reach", Value(QStringLiteral("none"))}, {"remove_reach", Value(QStringLiteral("none"))}});
    QVERIFY2(said.ok(), said.ok() ? "" : qPrintable(said.error().detail));
    ui::EditModel model(profile.database());
    ui::EntityForm form(model, {profile.database(), profile.texts()});
    form.show();
    model.open(profile.database().catalog()->entity(QStringLiteral("customer"))->id(), profile.company().treequote);
    profile.settle();
    QVERIFY(!model.mayEdit());
    QVERIFY(!form.row(QStringLiteral("stage"))->editor().isEnabled());
    const auto *phone = qobject_cast<QLineEdit *>(form.row(QStringLiteral("phone"))->editor().input());
    QVERIFY(phone != nullptr && phone->isEnabled() && phone->isReadOnly()); // to be copied
    const QList<QLabel *> labels = form.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->isVisible() && label->text().startsWith(QStringLiteral("Your role may not change")); }));
    model.edit(*model.entity()->field(QStringLiteral("phone")), Value(QStringLiteral("5550001")));
    QSignalSpy refused(&model, &ui::EditModel::refused);
    QVERIFY(model.apply(QStringLiteral("Edit")));
    profile.settle();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().first().value<base::Error>().code, base::ErrorCode::NotPermitted);
    const auto undone = profile.onStore<int>([](store::Store &store) -> base::Result<int> {
        FIELDFARE_ASSIGN(const base::Id last, store.lastUndoable());
        FIELDFARE_TRY(store.undo(last));
        return 1;
    });
    QVERIFY(undone.ok());
    profile.settle();
    QVERIFY(model.mayEdit());
    QVERIFY(form.row(QStringLiteral("stage"))->editor().isEnabled() && !phone->isReadOnly());
}

void TestEntityForm::anAddedFieldAppears()
{
    // What adding one row to the customer's table does, and nothing else.
    static const model::FieldSpec added{.id = 900, .name = "parking", .type = FieldType::Text, .label = "Parking", .flags = model::InList, .maxLength = 50};
    testlib::OpenProfile profile;
    const auto catalog = model::Catalog::standard()->withField(QStringLiteral("customer"), added);
    QVERIFY(profile.open(
        [](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
            FIELDFARE_ASSIGN(const testlib::SampleCompany company, testlib::fillSampleCompany(store, clock));
            Q_UNUSED(company)
            return {};
        },
        catalog));
    const model::Entity *customer = profile.database().catalog()->entity(QStringLiteral("customer"));
    ui::RecordListModel list(profile.database(), profile.texts(), customer->id());
    store::ListQuery query;
    query.entity = customer->id();
    query.sorts = {{QStringLiteral("name"), false}};
    list.setQuery(query);
    profile.settle();
    const int column = list.columnOf(QStringLiteral("parking"));
    QVERIFY(column > 0);
    QCOMPARE(list.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Parking"));

    ui::EditModel model(profile.database());
    ui::EntityForm form(model, {profile.database(), profile.texts()});
    model.open(customer->id(), list.idAt(0));
    profile.settle();
    ui::FormRow *row = form.row(QStringLiteral("parking"));
    QVERIFY(row != nullptr);
    Q_EMIT row->editor().edited(Value(QStringLiteral("Behind the house")));
    QVERIFY(model.apply(QStringLiteral("Edit")));
    profile.settle();
    QCOMPARE(list.index(0, column).data().toString(), QStringLiteral("Behind the house"));
}

QTEST_MAIN(TestEntityForm)
#include "tst_entity_form.moc"
