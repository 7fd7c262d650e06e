// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/chips.h"
#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/search_field.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/editors/value_line.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QBoxLayout>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace fieldfare::ui;

namespace {

bool contains(const QImage &image, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == colour)
                return true;
        }
    }
    return false;
}

bool showActive(QWidget *window)
{
    window->show();
    window->activateWindow();
    return QTest::qWaitForWindowActive(window);
}

} // namespace

class TestControls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(qApp, [] { return QPalette(); });
        m_theme->setMode(ThemeMode::Light);
    }
    void cleanup() { m_theme.reset(); }

    void labelsFollowTheTheme()
    {
        QWidget page;
        auto *column = new QVBoxLayout(&page);
        auto *label = new TextLabel(QStringLiteral("████"), Type::Small, Ink::Error);
        column->addWidget(label);
        page.show();
        QVERIFY(contains(page.grab().toImage(), m_theme->tokens().error));
        m_theme->setMode(ThemeMode::Dark);
        QCoreApplication::processEvents(); // Qt hands a new palette to the widgets later
        QVERIFY(contains(page.grab().toImage(), makeTokens(Scheme::Dark).error));
    }

    void elidedLabelTellsTheRest()
    {
        TextLabel label(QStringLiteral("A rather long sentence that does not fit"));
        label.setElided(true);
        label.resize(60, 20);
        label.grab();
        QCOMPARE(label.toolTip(), label.text());
        label.resize(600, 20);
        label.grab();
        QVERIFY(label.toolTip().isEmpty());
    }

    void segmentsChooseByKey()
    {
        SegmentedButton button({QStringLiteral("Board"), QStringLiteral("List"), QStringLiteral("Forecast")});
        QSignalSpy changed(&button, &SegmentedButton::currentChanged);
        QVERIFY(showActive(&button));
        QCOMPARE(button.currentIndex(), 0);
        button.segment(0)->setFocus();
        QTest::keyClick(button.segment(0), Qt::Key_Right);
        QCOMPARE(button.currentIndex(), 1);
        QCOMPARE(changed.count(), 1);
        button.setCurrentIndex(1);
        QCOMPARE(changed.count(), 1);
    }

    void chipIsClickedOrRemoved()
    {
        FilterChip chip(QStringLiteral("Status"), QStringLiteral("is"), QStringLiteral("Active"));
        chip.resize(chip.sizeHint());
        QSignalSpy clicked(&chip, &FilterChip::clicked);
        QSignalSpy removed(&chip, &FilterChip::removeRequested);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(10, 10));
        QCOMPARE(clicked.count(), 1);
        QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 8, 10));
        QCOMPARE(removed.count(), 1);
        QCOMPARE(clicked.count(), 1);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
        QTest::keyClick(&chip, Qt::Key_Return);
        QCOMPARE(clicked.count(), 2);
        QCOMPARE(chip.text(), QStringLiteral("Status is Active")); // what a screen reader says
        chip.setRemovable(false);
        QTest::keyClick(&chip, Qt::Key_Delete);
        QCOMPARE(removed.count(), 2);
    }

    void flowHidesWhatFindsNoRoom()
    {
        QWidget page;
        auto *flow = new FlowLayout(&page, 6, 6);
        QList<QWidget *> boxes;
        for (int i = 0; i < 5; ++i) {
            auto *box = new QWidget;
            box->setFixedSize(50, 20);
            flow->addWidget(box);
            boxes.append(box);
        }
        QCOMPARE(flow->heightForWidth(1000), 20);
        QCOMPARE(flow->heightForWidth(120), 3 * 20 + 2 * 6);
        flow->setMaxLines(1);
        QSignalSpy hidden(flow, &FlowLayout::hiddenCountChanged);
        flow->setGeometry(QRect(0, 0, 120, 20));
        QCOMPARE(flow->hiddenCount(), 3);
        QCOMPARE(hidden.count(), 1);
        QVERIFY(!boxes[1]->isHidden());
        QVERIFY(boxes[2]->isHidden());
        flow->setGeometry(QRect(0, 0, 1000, 20));
        QCOMPARE(flow->hiddenCount(), 0);
        QVERIFY(!boxes[4]->isHidden());
    }

    void initialsOfNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two words") << QStringLiteral("Markita Hansen") << QStringLiteral("MH");
        QTest::newRow("three words") << QStringLiteral("Anna von Berg") << QStringLiteral("AB");
        QTest::newRow("one word") << QStringLiteral("madonna") << QStringLiteral("M");
        QTest::newRow("Han") << QStringLiteral("薛瑶华") << QStringLiteral("薛");
        QTest::newRow("outside the base plane") << QStringLiteral("𠮷田") << QStringLiteral("𠮷");
        QTest::newRow("empty") << QStringLiteral("  ") << QString();
    }
    void initialsOfNames()
    {
        QFETCH(QString, name);
        QTEST(Initials::of(name), "initials");
    }

    void toastTriggersItsAction()
    {
        QWidget host;
        host.resize(800, 600);
        host.show();
        Toast toast(&host);
        QVERIFY(!toast.isVisible());
        toast.show(QStringLiteral("check"), QStringLiteral("Moved"), QStringLiteral("Undo"));
        QVERIFY(toast.isVisible());
        QCOMPARE(toast.x(), 12);
        QVERIFY(toast.geometry().bottom() < host.height() - 26);
        QSignalSpy triggered(&toast, &Toast::actionTriggered);
        toast.findChild<LinkButton *>()->click();
        QCOMPARE(triggered.count(), 1);
        QVERIFY(!toast.isVisible());
    }

    void toastStaysWhileItsActionHasFocus()
    {
        QWidget host;
        host.resize(800, 600);
        QVERIFY(showActive(&host));
        Toast toast(&host);
        toast.show(QStringLiteral("check"), QStringLiteral("Moved"), QStringLiteral("Undo"));
        auto *timer = toast.findChild<QTimer *>();
        QCOMPARE(timer->interval(), Toast::kShownMs);
        auto *undo = toast.findChild<LinkButton *>();
        undo->setFocus();
        QVERIFY(undo->hasFocus());
        QMetaObject::invokeMethod(timer, "timeout");
        QVERIFY(toast.isVisible());
        undo->clearFocus();
        QMetaObject::invokeMethod(timer, "timeout");
        QVERIFY(!toast.isVisible());
    }

    void searchFieldKeys()
    {
        SearchField field(QStringLiteral("Search"), QKeySequence(Qt::CTRL | Qt::Key_K));
        QSignalSpy dismissed(&field, &SearchField::dismissed);
        QSignalSpy down(&field, &SearchField::leftDownwards);
        QTest::keyClicks(&field, QStringLiteral("con"));
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(down.count(), 1);
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QCOMPARE(dismissed.count(), 0);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(dismissed.count(), 1);
    }

    void passwordIsHiddenUntilAsked()
    {
        PasswordEdit edit;
        QCOMPARE(edit.echoMode(), QLineEdit::Password);
        auto *eye = edit.findChild<QToolButton *>();
        const QString before = eye->accessibleName();
        eye->click();
        QCOMPARE(edit.echoMode(), QLineEdit::Normal);
        QVERIFY(eye->accessibleName() != before);
    }

    void sideBarMovesByArrowAndShrinks()
    {
        SideBar bar;
        bar.addModule(QStringLiteral("a"), QStringLiteral("today"), QStringLiteral("Today"));
        bar.addModule(QStringLiteral("b"), QStringLiteral("pool"), QStringLiteral("Pool"));
        bar.addModule(QStringLiteral("c"), QStringLiteral("deals"), QStringLiteral("Deals"));
        bar.setModuleCount(QStringLiteral("c"), QStringLiteral("36"));
        bar.setModuleVisible(QStringLiteral("b"), false);
        bar.setViews(QStringLiteral("Views"), {{QStringLiteral("v"), QStringLiteral("table"), QStringLiteral("All"), {}}});
        QVERIFY(showActive(&bar));
        QSignalSpy activated(&bar, &SideBar::moduleActivated);
        QHash<QString, SideBarRow *> rows;
        for (SideBarRow *row : bar.findChildren<SideBarRow *>())
            rows.insert(row->key(), row);
        SideBarRow *first = rows[QStringLiteral("a")];
        SideBarRow *last = rows[QStringLiteral("c")];
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Down); // over the hidden one
        QVERIFY(last->hasFocus());
        QTest::keyClick(last, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().toString(), QStringLiteral("c"));
        QVERIFY(last->isChecked());
        QVERIFY(!first->isChecked());
        QCOMPARE(last->accessibleName(), QStringLiteral("Deals, 36"));
        QCOMPARE(bar.width(), SideBar::kWidth);
        bar.setNarrow(true);
        QCOMPARE(bar.maximumWidth(), SideBar::kNarrowWidth);
        QCOMPARE(last->toolTip(), QStringLiteral("Deals, 36"));
        QVERIFY(!rows[QStringLiteral("v")]->isVisible());
    }

    void aValueWithoutRoomEndsInAnEllipsisUntilItIsEdited()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *line = new ValueLine;
        auto *other = new QLineEdit;
        column->addWidget(line);
        column->addWidget(other);
        line->setText(QStringLiteral("purchasing@umbrellacorporation.example"));
        window.resize(120, 80);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        other->setFocus();
        QVERIFY(line->shownText().endsWith(QChar(0x2026)) && line->shownText().startsWith(QStringLiteral("purch")));
        const QImage cut = line->grab().toImage();
        line->setFocus(); // whoever edits sees the value itself
        QVERIFY(line->grab().toImage() != cut);
        window.resize(600, 80);
        QTRY_COMPARE(line->shownText(), line->text());
    }

    void bannerCloses()
    {
        Banner banner(Banner::Kind::Info, QStringLiteral("You see 1,204."));
        banner.setClosable(true);
        banner.show();
        QSignalSpy closed(&banner, &Banner::closed);
        banner.findChild<QToolButton *>()->click();
        QCOMPARE(closed.count(), 1);
        QVERIFY(!banner.isVisible());
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestControls)
#include "tst_controls.moc"
