// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/theme.h"
#include "ui/widgets/timeline_delegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include <functional>

using namespace fieldfare::ui;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

bool contains(const QImage &image, const QRect &area, const QColor &colour)
{
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            if (image.pixelColor(x, y) == colour)
                return true;
        }
    }
    return false;
}

} // namespace

class TestDelegates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(qApp, [] { return QPalette(); });
        m_theme->setMode(ThemeMode::Light);
    }
    void cleanupTestCase() { m_theme.reset(); }

    void init()
    {
        m_model = std::make_unique<QStandardItemModel>(4, 3);
        m_model->setItem(0, 0, new QStandardItem);
        m_model->item(0, 0)->setData(int(StateMark::NotAccepted), StateMarkRole);
        m_model->setItem(0, 1, new QStandardItem(s("Acme Corporation of a very long name")));
        m_model->setItem(0, 2, new QStandardItem(s("Mon 23 Nov")));
        m_model->item(0, 2)->setData(int(Tone::Late), ToneRole);
        for (int column = 0; column < 3; ++column) {
            m_model->setItem(1, column, new QStandardItem(s("secret")));
            m_model->item(1, column)->setData(true, NotFetchedRole);
        }
        m_view = std::make_unique<QTableView>();
        RowDelegate::prepareView(m_view.get(), height::kRowCompact);
        m_view->setItemDelegate(new RowDelegate(m_view.get()));
        m_view->setModel(m_model.get());
        m_view->horizontalHeader()->hide();
        m_view->setColumnWidth(0, 24);
        m_view->setColumnWidth(1, 100);
        m_view->resize(300, 120);
        m_view->show();
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void rowsHaveTheAgreedHeight()
    {
        QCOMPARE(m_view->rowHeight(0), std::max(24, QFontMetrics(QApplication::font()).height() + 6));
    }

    void currentRowHasBarAndGroundOnlyWithFocus()
    {
        const Tokens &t = m_theme->tokens();
        m_view->setFocus();
        m_view->selectRow(2);
        const QRect row = m_view->visualRect(m_model->index(2, 0));
        QImage image = m_view->viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(0, row.y() + 4), t.accent);
        QCOMPARE(image.pixelColor(2, row.y() + 4), t.accent);
        QCOMPARE(image.pixelColor(3, row.y() + 4), t.selected);
        m_view->clearFocus();
        image = m_view->viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(0, row.y() + 4), t.selectedIdle);
        QCOMPARE(image.pixelColor(40, row.y() + 4), t.selectedIdle);
    }

    void rowsAreParted()
    {
        const QRect row = m_view->visualRect(m_model->index(3, 0));
        const QImage image = m_view->viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(10, row.bottom()), m_theme->tokens().rowLine());
        QCOMPARE(image.pixelColor(10, row.bottom() - 1), m_theme->tokens().base);
    }

    void markAndToneAreDrawn()
    {
        const QImage image = m_view->viewport()->grab().toImage();
        const QColor red = m_theme->tokens().error;
        QVERIFY(contains(image, m_view->visualRect(m_model->index(0, 0)), red));
        QVERIFY(contains(image, m_view->visualRect(m_model->index(0, 2)), red));
        QVERIFY(!contains(image, m_view->visualRect(m_model->index(0, 1)), red));
    }

    void rowsToComeShowABarAndNoText()
    {
        const Tokens &t = m_theme->tokens();
        const QImage image = m_view->viewport()->grab().toImage();
        const QRect cell = m_view->visualRect(m_model->index(1, 1));
        QVERIFY(contains(image, cell, t.sunken));
        QVERIFY(!contains(image, cell, t.text));
    }

    /// Kept lines look as if they were laid out anew, in every repaint.
    void keptLinesLookLikeTextDrawnAnew_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("side");
        QTest::newRow("short") << s("Acme") << int(Qt::AlignLeft);
        QTest::newRow("right") << s("$26,768.00") << int(Qt::AlignRight);
        QTest::newRow("too long") << s("Acme Corporation of a very long name") << int(Qt::AlignLeft);
        QTest::newRow("Chinese") << QStringLiteral("华东机械有限公司") << int(Qt::AlignLeft);
        QTest::newRow("both") << QStringLiteral("Acme 华东") << int(Qt::AlignRight);
        QTest::newRow("line break") << s("one\ntwo") << int(Qt::AlignLeft);
    }
    void keptLinesLookLikeTextDrawnAnew()
    {
        QFETCH(const QString, text);
        QFETCH(const int, side);
        const QRect place(3, 0, 120, 24);
        const auto picture = [&place](const std::function<void(QPainter &)> &draw) {
            QImage image(place.right() + 4, place.height(), QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setPen(Qt::black);
            draw(painter);
            return image;
        };
        const QImage wanted = picture([&](QPainter &painter) {
            painter.setFont(typeFont(Type::Body));
            painter.drawText(place, side | Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
        });
        LineTexts texts;
        for (int repaint = 0; repaint < 3; ++repaint)
            QCOMPARE(picture([&](QPainter &painter) { texts.draw(&painter, place, text, {}, Qt::Alignment(side)); }), wanted);
        // The same text otherwise is another line.
        QRect narrow = place;
        narrow.setWidth(60);
        const auto isKeptApart = [&](const QRect &rect, LineTexts::Style style, Qt::TextElideMode elide) {
            LineTexts fresh;
            const auto drawnBy = [&](LineTexts &by) { return picture([&](QPainter &painter) { by.draw(&painter, rect, text, style, Qt::Alignment(side), elide); }); };
            return drawnBy(texts) == drawnBy(fresh);
        };
        QVERIFY(isKeptApart(narrow, {}, Qt::ElideRight));
        QVERIFY(isKeptApart(narrow, {}, Qt::ElideMiddle));
        QVERIFY(isKeptApart(place, {Type::Body, true, false}, Qt::ElideRight));
        QVERIFY(isKeptApart(place, {Type::Body, false, true}, Qt::ElideRight));
        QVERIFY(isKeptApart(place, {Type::Small, false, false}, Qt::ElideRight));
    }
    void keptLinesFollowTheFont()
    {
        LineTexts texts;
        QImage image(200, 40, QImage::Format_RGB32);
        QPainter painter(&image);
        const int before = texts.draw(&painter, image.rect(), s("Acme Corporation"), {});
        const QFont normal = QApplication::font();
        QApplication::setFont(stepped(normal, 4));
        const int after = texts.draw(&painter, image.rect(), s("Acme Corporation"), {});
        QApplication::setFont(normal);
        QVERIFY2(after > before, qPrintable(QStringLiteral("%1 after %2").arg(after).arg(before)));
        QCOMPARE(texts.draw(&painter, image.rect(), s("Acme Corporation"), {}), before);
    }

    void timelineHeightsDependOnTextAndWidth()
    {
        QStandardItemModel model;
        const auto add = [&model](const QString &body) {
            auto *item = new QStandardItem(s("Call"));
            item->setData(body, TimelineBodyRole);
            model.appendRow(item);
        };
        add({});
        add(s("short"));
        add(s("words and ").repeated(12));
        add(s("words and ").repeated(400));
        auto *heading = new QStandardItem(s("Today"));
        heading->setData(int(TimelineKind::DayHeading), TimelineKindRole);
        model.appendRow(heading);
        TimelineDelegate delegate;
        QStyleOptionViewItem option;
        option.rect = QRect(0, 0, 360, 20);
        const auto tall = [&](int row) { return delegate.sizeHint(option, model.index(row, 0)).height(); };
        QVERIFY(tall(0) < tall(1));
        QVERIFY(tall(1) < tall(2));
        QCOMPARE(tall(2), tall(3)); // never more than two lines
        QVERIFY(tall(4) < tall(1));
        const qsizetype cached = delegate.cachedCount();
        QCOMPARE(cached, 3);
        tall(3);
        QCOMPARE(delegate.cachedCount(), cached);
        option.rect.setWidth(2000);
        QVERIFY(tall(2) < tall(3));
    }

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<QTableView> m_view;
};

QTEST_MAIN(TestDelegates)
#include "tst_delegates.moc"
