// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/tokens.h"

#include <QTest>

#include <cmath>

using namespace fieldfare::ui;

namespace {

constexpr double kText = 4.5; // WCAG AA, text
constexpr double kEdge = 3.0; // WCAG AA, edges of controls and marks

using Member = QColor Tokens::*;

/// A line of the contrast table in the design language: light and dark on each ground, rounded to a tenth.
struct Line {
    const char *name;
    Member ink;
    double light[8];
    double dark[8];
    double raisedDark;
};

constexpr Member kGrounds[] = {&Tokens::base,   &Tokens::window, &Tokens::alt,      &Tokens::hover,
                               &Tokens::chip,   &Tokens::sunken, &Tokens::selected, &Tokens::selectedIdle};

const Line kTable[] = {
    {"text", &Tokens::text, {16.4, 14.4, 15.3, 14.6, 13.7, 13.2, 12.9, 13.0}, {13.5, 11.9, 12.6, 11.5, 9.4, 14.3, 8.3, 9.1}, 10.5},
    {"text2", &Tokens::text2, {7.7, 6.7, 7.2, 6.8, 6.4, 6.2, 6.0, 6.1}, {8.7, 7.7, 8.1, 7.4, 6.1, 9.3, 5.4, 5.9}, 6.8},
    {"text3", &Tokens::text3, {6.4, 5.6, 6.0, 5.7, 5.3, 5.2, 5.0, 5.1}, {7.4, 6.5, 6.9, 6.3, 5.1, 7.8, 4.5, 5.0}, 5.8},
    {"link", &Tokens::link, {7.4, 6.5, 6.9, 6.6, 6.2, 6.0, 5.8, 5.9}, {8.6, 7.6, 8.0, 7.3, 6.0, 9.1, 5.3, 5.8}, 6.7},
    {"accent", &Tokens::accent, {7.0, 6.1, 6.5, 6.2, 5.8, 5.6, 5.5, 5.5}, {7.5, 6.6, 7.0, 6.4, 5.2, 8.0, 4.6, 5.0}, 5.8},
    {"pending", &Tokens::pending, {6.3, 5.5, 5.9, 5.6, 5.2, 5.1, 4.9, 5.0}, {8.4, 7.4, 7.8, 7.1, 5.8, 8.9, 5.2, 5.6}, 6.5},
    {"conflict", &Tokens::conflict, {7.4, 6.5, 6.9, 6.6, 6.2, 6.0, 5.8, 5.9}, {7.9, 7.0, 7.4, 6.8, 5.5, 8.5, 4.9, 5.4}, 6.2},
    {"error", &Tokens::error, {6.5, 5.7, 6.1, 5.8, 5.5, 5.3, 5.1, 5.2}, {7.4, 6.5, 6.9, 6.3, 5.1, 7.8, 4.5, 5.0}, 5.8},
    {"ok", &Tokens::ok, {6.6, 5.8, 6.2, 5.9, 5.5, 5.4, 5.2, 5.2}, {9.0, 8.0, 8.4, 7.7, 6.3, 9.6, 5.6, 6.1}, 7.1},
};

/// The table's numbers are rounded to a tenth, so 4.5 there may stand for 4.46; the limit itself is checked unrounded
/// with that much grace.
constexpr double kRounding = 0.05;

} // namespace

class TestTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownContrast()
    {
        QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        // A pair with a published ratio: #767676 on white is the darkest grey commonly quoted as just passing, 4.54.
        QVERIFY(std::abs(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.005);
    }

    void tableOfContrasts()
    {
        const Tokens light = makeTokens(Scheme::Light);
        const Tokens dark = makeTokens(Scheme::Dark);
        for (const Line &line : kTable) {
            for (std::size_t i = 0; i < std::size(kGrounds); ++i) {
                check(line.name, light.*line.ink, light.*kGrounds[i], line.light[i], kText);
                check(line.name, dark.*line.ink, dark.*kGrounds[i], line.dark[i], kText);
            }
            check(line.name, dark.*line.ink, dark.raised, line.raisedDark, kText);
        }
    }

    void ownTints()
    {
        const Tokens l = makeTokens(Scheme::Light);
        const Tokens d = makeTokens(Scheme::Dark);
        check("pending", l.pending, l.pendingBg, 5.5, kText);
        check("pending", d.pending, d.pendingBg, 6.5, kText);
        check("conflict", l.conflict, l.conflictBg, 6.2, kText);
        check("conflict", d.conflict, d.conflictBg, 6.4, kText);
        check("error", l.error, l.errorBg, 5.5, kText);
        check("error", d.error, d.errorBg, 6.2, kText);
        check("ok", l.ok, l.okBg, 5.7, kText);
        check("ok", d.ok, d.okBg, 6.9, kText);
        check("link", l.link, l.infoBg, 6.3, kText);
        check("link", d.link, d.infoBg, 6.5, kText);
        for (const Tokens *t : {&l, &d}) {
            for (const Member tint : {&Tokens::pendingBg, &Tokens::conflictBg, &Tokens::errorBg, &Tokens::okBg,
                                      &Tokens::infoBg}) {
                atLeast("text on tint", t->text, t->*tint, t == &l ? 13.7 : 10.2);
                atLeast("text2 on tint", t->text2, t->*tint, t == &l ? 6.4 : 6.6);
            }
        }
    }

    void fillsAndEdges()
    {
        const Tokens l = makeTokens(Scheme::Light);
        const Tokens d = makeTokens(Scheme::Dark);
        check("onAccent", l.onAccent, l.accent, 7.0, kText);
        check("onAccent", d.onAccent, d.accent, 7.8, kText);
        check("onAccent hovered", l.onAccent, l.accentHover, 9.1, kText);
        check("onAccent hovered", d.onAccent, d.accentHover, 9.5, kText);
        check("danger", l.base, l.error, 6.5, kText);
        check("danger", d.base, d.error, 7.4, kText);
        check("tool tip", l.onToolTip, l.toolTip, 12.7, kText);
        check("tool tip", d.onToolTip, d.toolTip, 13.5, kText);
        check("undo", l.onToolTipLink, l.toolTip, 7.2, kText);
        check("undo", d.onToolTipLink, d.toolTip, 6.0, kText);
        check("border on base", l.border, l.base, 3.7, kEdge);
        check("border on base", d.border, d.base, 4.0, kEdge);
        check("border on window", l.border, l.window, 3.3, kEdge);
        check("border on window", d.border, d.window, 3.5, kEdge);
        check("brand", l.brand, l.window, 6.2, kEdge);
        check("brand", d.brand, d.window, 5.5, kEdge);
    }

    void otherAccents()
    {
        for (const Accent accent : {Accent::Pine, Accent::Plum, Accent::Chestnut, Accent::Graphite}) {
            for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
                const Tokens t = makeTokens(scheme, accent);
                atLeast("onAccent", t.onAccent, t.accent, 6.4);
                atLeast("onAccent hovered", t.onAccent, t.accentHover, kText);
                atLeast("text on selected", t.text, t.selected, 8.0);
                atLeast("text2 on selected", t.text2, t.selected, kText);
                for (const Member mark : {&Tokens::pending, &Tokens::conflict, &Tokens::error, &Tokens::ok})
                    atLeast("mark on selected", t.*mark, t.selected, kEdge);
            }
        }
    }

    void highContrast()
    {
        const Tokens t = makeTokens(Scheme::HighContrast);
        for (const Member ink : {&Tokens::text, &Tokens::text2, &Tokens::text3, &Tokens::link, &Tokens::accent,
                                 &Tokens::pending, &Tokens::conflict, &Tokens::error, &Tokens::ok, &Tokens::border}) {
            atLeast("on black", t.*ink, t.base, 10.4);
            for (const Member ground : {&Tokens::selected, &Tokens::selectedIdle, &Tokens::hover})
                atLeast("on a chosen row", t.*ink, t.*ground, 5.7);
        }
        atLeast("disabled", t.disabled, t.base, 8.6);
        check("onAccent", t.onAccent, t.accent, 16.1, kText);
        QVERIFY(t.needsFrames());
        QCOMPARE(makeTokens(Scheme::HighContrast, Accent::Plum).accent, t.accent);
    }

    void chartColours()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark, Scheme::HighContrast}) {
            const Tokens t = makeTokens(scheme);
            for (const QColor &colour : t.series)
                atLeast("series", colour, t.base, kEdge);
            for (const QColor &colour : t.ordered)
                atLeast("number inside", Tokens::inkOn(colour), colour, 6.7);
        }
    }

    void paletteCarriesTheTokens()
    {
        const Tokens t = makeTokens(Scheme::Dark, Accent::Pine);
        const QPalette p = toPalette(t);
        QCOMPARE(p.color(QPalette::Window), t.window);
        QCOMPARE(p.color(QPalette::Base), t.base);
        QCOMPARE(p.color(QPalette::Highlight), t.accent);
        QCOMPARE(p.color(QPalette::PlaceholderText), t.text3);
        QCOMPARE(p.color(QPalette::Disabled, QPalette::Text), t.disabled);
        QCOMPARE(t.accent, QColor(0x7C, 0xC7, 0xA0));
    }

private:
    static QByteArray message(const char *name, double ratio, const QColor &ink, const QColor &ground)
    {
        return QStringLiteral("%1: %2 on %3 is %4")
            .arg(QLatin1String(name), ink.name(), ground.name())
            .arg(ratio, 0, 'f', 3)
            .toUtf8();
    }
    static void check(const char *name, const QColor &ink, const QColor &ground, double wanted, double limit)
    {
        const double ratio = contrastRatio(ink, ground);
        QVERIFY2(std::abs(ratio - wanted) <= 0.1, message(name, ratio, ink, ground).constData());
        QVERIFY2(ratio >= limit - kRounding, message(name, ratio, ink, ground).constData());
    }
    static void atLeast(const char *name, const QColor &ink, const QColor &ground, double limit)
    {
        const double ratio = contrastRatio(ink, ground);
        QVERIFY2(ratio >= limit - kRounding, message(name, ratio, ink, ground).constData());
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
