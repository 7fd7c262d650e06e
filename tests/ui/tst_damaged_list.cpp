// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the data file is damaged: the rows beside it are read, the window says so, and leads to where it is looked at.
#include "tests/testlib/open_profile.h"
#include "tests/ui/shown_words.h"
#include "ui/model/record_list_model.h"
#include "ui/pages/settings/data_quality_section.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/shell/standard_modules.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/list/entity_list.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare;

class TestDamagedList final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsBesideTheDamageAreRead();
    void aListThatCannotBeReadSaysSo();
    void theWindowSaysWhatHappenedAndWhereToLook();

private:
    /// A sample company in which the pages that `sql` names are overwritten.
    static std::unique_ptr<testlib::OpenProfile> damaged(const char *sql);
    static std::unique_ptr<ui::RecordListModel> customers(testlib::OpenProfile &profile);
};

namespace {

constexpr const char *kALeafOfCustomers = "SELECT pageno FROM dbstat WHERE name = 'customer' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 2";
constexpr const char *kIndexesOfCustomers = "SELECT rootpage FROM sqlite_schema WHERE name LIKE 'ix!_customer!_!_%' ESCAPE '!'";

} // namespace

std::unique_ptr<testlib::OpenProfile> TestDamagedList::damaged(const char *sql)
{
    auto profile = std::make_unique<testlib::OpenProfile>();
    QList<qint64> pages;
    profile->setBeforeOpening([&pages](const QString &path) {
        QFile file(path);
        QVERIFY(!pages.isEmpty() && file.open(QIODevice::ReadWrite));
        for (const qint64 page : std::as_const(pages)) {
            QVERIFY(file.seek((page - 1) * 4096));
            QCOMPARE(file.write(QByteArray(4096, '\xff')), qint64(4096));
        }
    });
    const bool isOpen = profile->open([&pages, sql](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
        const auto company = testlib::fillSampleCompany(store, clock, {});
        if (!company.ok())
            return company.error();
        FIELDFARE_ASSIGN(const auto wanted, store.connection().prepare(QLatin1StringView(sql)));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, wanted->step());
            if (!row)
                return {};
            pages.append(wanted->int64(0));
        }
    });
    return isOpen ? std::move(profile) : nullptr;
}

std::unique_ptr<ui::RecordListModel> TestDamagedList::customers(testlib::OpenProfile &profile)
{
    const model::EntityId entity = profile.database().catalog()->entity(QStringLiteral("customer"))->id();
    auto list = std::make_unique<ui::RecordListModel>(profile.database(), profile.texts(), entity);
    store::ListQuery query;
    query.entity = entity;
    query.sorts = {{QStringLiteral("name"), false}};
    list->setQuery(query);
    profile.settle();
    return list;
}

void TestDamagedList::rowsBesideTheDamageAreRead()
{
    const auto profile = damaged(kALeafOfCustomers);
    QVERIFY(profile != nullptr);
    QSignalSpy told(&profile->database(), &store::DatabaseThread::damageFound);
    const auto list = customers(*profile);
    QVERIFY(list->rowCount() > 80);
    QCOMPARE(qint64(list->rowCount()), list->total());
    QVERIFY(!told.isEmpty());
    const int name = list->columnOf(QStringLiteral("name"));
    int unreadable = 0;
    for (int row = 0; row < list->rowCount(); ++row) {
        const QModelIndex cell = list->index(row, name);
        QVERIFY(!cell.data(ui::NotFetchedRole).toBool());
        QVERIFY(!cell.data().toString().isEmpty());
        if (list->idAt(row).isNull()) {
            ++unreadable;
            QCOMPARE(cell.data().toString(), QStringLiteral("Cannot be read"));
            QCOMPARE(cell.data(ui::ToneRole).toInt(), int(ui::Tone::Late));
            QVERIFY(list->index(row, 0).data(ui::StateMarkRole).isNull());
        }
    }
    QVERIFY2(unreadable > 0 && unreadable < 40, qPrintable(QString::number(unreadable)));
}

/// Not "no customers yet", which would be a lie.
void TestDamagedList::aListThatCannotBeReadSaysSo()
{
    const auto profile = damaged(kIndexesOfCustomers);
    QVERIFY(profile != nullptr);
    ui::Theme theme(qApp);
    ui::EntityList list(profile->database(), profile->texts(), profile->database().catalog()->entity(QStringLiteral("customer"))->id());
    list.show();
    list.setQuery({}, {});
    profile->settle();
    QVERIFY(ui_test::showsWords(&list, "This list cannot be read"));
    QVERIFY(!ui_test::showsWords(&list, "No customers yet"));
    // Other rows are found without the indexes: the message makes room for them.
    const auto sorts = store::parseSorts(QStringLiteral("website"));
    list.setQuery({}, *sorts, store::TrashedRows::All);
    profile->settle();
    QVERIFY(!ui_test::showsWords(&list, "This list cannot be read"));
    QVERIFY(list.model().rowCount() > 80);
}

void TestDamagedList::theWindowSaysWhatHappenedAndWhereToLook()
{
    const auto profile = damaged(kALeafOfCustomers);
    QVERIFY(profile != nullptr);
    QTemporaryDir folder;
    ui::Theme theme(qApp);
    ui::Preferences preferences(folder.filePath(QStringLiteral("fieldfare.ini")));
    store::StandAloneStatus sync;
    const ui::MainWindow::Parts parts{profile->database(), theme, profile->names(), profile->texts(), profile->clock(), sync};
    ui::MainWindow window(parts, ui::standardModules(*profile->database().catalog(), preferences, nullptr));
    const auto *banner = window.findChild<ui::Banner *>(QStringLiteral("damage"));
    QVERIFY(banner != nullptr && !banner->isVisible());
    window.show();
    profile->settle();
    QVERIFY(banner->isVisible());
    ui_test::buttonNamed(banner, "Check and repair")->click();
    auto *settings = qobject_cast<ui::SettingsPage *>(window.currentPage());
    QVERIFY(settings != nullptr);
    QCOMPARE(settings->section(), QStringLiteral("quality"));
    // It is found there as well.
    auto *section = settings->findChild<ui::DataQualitySection *>();
    QSignalSpy reported(section, &ui::DataQualitySection::reported);
    section->check();
    QVERIFY(reported.wait(20'000));
    QVERIFY(ui_test::showsWords(section, "Something is wrong."));
}

QTEST_MAIN(TestDamagedList)
#include "tst_damaged_list.moc"
