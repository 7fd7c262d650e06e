// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleOptionButton>
#include <QTest>

using namespace fieldfare::ui;

namespace {

QPalette platform(bool dark)
{
    QPalette p;
    p.setColor(QPalette::Window, dark ? Qt::black : Qt::white);
    p.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
    return p;
}

int inkedPixels(const QImage &image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += qAlpha(image.pixel(x, y)) > 64 ? 1 : 0;
    }
    return count;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheSystem()
    {
        bool dark = true;
        Theme theme(qApp, [&dark] { return platform(dark); });
        theme.apply();
        QCOMPARE(theme.scheme(), Scheme::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Base), makeTokens(Scheme::Dark).base);

        QSignalSpy changed(&theme, &Theme::changed);
        dark = false;
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(qApp, &event);
        QCOMPARE(theme.scheme(), Scheme::Light);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Base), makeTokens(Scheme::Light).base);
    }

    void ownChoiceIgnoresTheSystem()
    {
        bool dark = false;
        Theme theme(qApp, [&dark] { return platform(dark); });
        theme.setMode(ThemeMode::Light);
        dark = true;
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(qApp, &event);
        QCOMPARE(theme.scheme(), Scheme::Light);
        theme.setMode(ThemeMode::System);
        QCOMPARE(theme.scheme(), Scheme::Dark);
    }

    void applyingDoesNotFeedItself()
    {
        Theme theme(qApp); // reads the real platform
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setMode(ThemeMode::Dark);
        QCoreApplication::processEvents();
        QCOMPARE(changed.count(), 1);
        QEvent event(QEvent::ThemeChange);
        QCoreApplication::sendEvent(qApp, &event);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(changed.count() <= 2);
        QCOMPARE(QApplication::palette().color(QPalette::Base), makeTokens(Scheme::Dark).base);
    }

    void widgetsFindTheTokens()
    {
        Theme theme(qApp, [] { return platform(false); });
        theme.setMode(ThemeMode::Dark);
        theme.setAccent(Accent::Chestnut);
        QPushButton button;
        QCOMPARE(Tokens::of(&button).accent, makeTokens(Scheme::Dark, Accent::Chestnut).accent);
        QWidget sheeted;
        sheeted.setStyleSheet(QStringLiteral("color: red"));
        QCOMPARE(Tokens::of(&sheeted).scheme, Scheme::Dark);
    }

    void layoutsAlignFramesNotRings()
    {
        Theme theme(qApp, [] { return platform(false); });
        theme.setMode(ThemeMode::Light);
        QWidget page;
        auto *row = new QHBoxLayout(&page);
        row->setContentsMargins(20, 20, 20, 20);
        auto *field = new QLineEdit;
        auto *button = new QPushButton(QStringLiteral("Revert"));
        row->addWidget(field);
        row->addWidget(button);
        page.resize(page.sizeHint());
        row->activate();
        QCOMPARE(field->height(), height::kControl);
        QCOMPARE(button->height(), height::kControl + 2 * kRingMargin);
        QCOMPARE(button->y() + kRingMargin, field->y());
        QCOMPARE(button->geometry().right() - kRingMargin, page.width() - 20 - 1);
    }

    void focusRingIsDrawnAroundAButton()
    {
        Theme theme(qApp, [] { return platform(false); });
        theme.setMode(ThemeMode::Light);
        QPushButton button(QStringLiteral("Revert"));
        button.resize(button.sizeHint());
        QStyleOptionButton option;
        option.initFrom(&button);
        option.rect = button.rect();
        option.state |= QStyle::State_HasFocus;
        QImage image(button.size(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        button.style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, &button);
        painter.end();
        const int middle = image.height() / 2;
        QCOMPARE(image.pixelColor(0, middle), theme.tokens().accent);
        QCOMPARE(image.pixelColor(1, middle), theme.tokens().accent);
        QCOMPARE(image.pixelColor(2, middle), QColor(Qt::white));
        QCOMPARE(image.pixelColor(3, middle), theme.tokens().border);
    }

    void everyIconDrawsSomething()
    {
        QVERIFY(iconNames().size() > 70);
        for (const QString &name : iconNames()) {
            const QImage image = iconPixmap(name, 24, 1.0, Qt::black).toImage();
            QVERIFY2(inkedPixels(image) > 4, qPrintable(name));
        }
    }

    void iconsTakeColourAndRatio()
    {
        const QPixmap large = iconPixmap(QStringLiteral("customers"), 16, 2.0, Qt::red);
        QCOMPARE(large.width(), 32);
        QCOMPARE(large.devicePixelRatio(), 2.0);
        const QImage image = large.toImage();
        bool red = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                red = red || image.pixelColor(x, y) == QColor(Qt::red);
        }
        QVERIFY(red);
        QVERIFY(!icon(QStringLiteral("customers")).isNull());
        QTest::ignoreMessage(QtWarningMsg, "no icon named nothing");
        QVERIFY(icon(QStringLiteral("nothing")).isNull());
    }

    void marksDifferInShape()
    {
        const Tokens t = makeTokens(Scheme::Light);
        QList<QImage> drawn;
        for (const StateMark mark : {StateMark::Synced, StateMark::Offline, StateMark::NotSaved, StateMark::Waiting,
                                     StateMark::Conflict, StateMark::NotAccepted}) {
            QImage image(12, 12, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintStateMark(&painter, image.rect(), mark, t);
            painter.end();
            // In grey, so that colour does not count.
            const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
            QVERIFY(!drawn.contains(grey));
            drawn.append(grey);
            QVERIFY(!stateMarkText(mark).isEmpty());
        }
        QCOMPARE(worseMark(StateMark::Waiting, StateMark::Conflict), StateMark::Conflict);
        QCOMPARE(worseMark(StateMark::NotAccepted, StateMark::Conflict), StateMark::NotAccepted);
    }

    void typeScaleFollowsTheBase()
    {
        QFont base;
        base.setPixelSize(20);
        QCOMPARE(typeFont(base, Type::Small).pixelSize(), 19);
        QCOMPARE(typeFont(base, Type::RecordTitle).pixelSize(), 25);
        QCOMPARE(typeFont(base, Type::Heading).weight(), int(QFont::DemiBold));
        QVERIFY(fitHeight(24, typeFont(base, Type::KeyFigure)) > 24);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
