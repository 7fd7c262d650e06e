// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/tokens.h"

#include <cmath>

namespace fieldfare::ui {

namespace {

constexpr QColor rgb(unsigned value)
{
    return QColor(static_cast<int>((value >> 16) & 0xff), static_cast<int>((value >> 8) & 0xff),
                  static_cast<int>(value & 0xff));
}

constexpr Tokens kLight{
    .scheme = Scheme::Light,
    .window = rgb(0xEEF0F2),
    .base = rgb(0xFFFFFF),
    .alt = rgb(0xF6F7F9),
    .raised = rgb(0xFFFFFF),
    .sunken = rgb(0xE4E7EB),
    .line = rgb(0xDADEE3),
    .border = rgb(0x7C858F),
    .text = rgb(0x1A2026),
    .text2 = rgb(0x4A545F),
    .text3 = rgb(0x56606B),
    .disabled = rgb(0x8C959E),
    .accent = rgb(0x245E84),
    .onAccent = rgb(0xFFFFFF),
    .accentHover = rgb(0x1C4C6C),
    .link = rgb(0x1F5A80),
    .infoBg = rgb(0xE3EEF6),
    .selected = rgb(0xD6E6F2),
    .selectedIdle = rgb(0xE1E5E9),
    .hover = rgb(0xEDF2F6),
    .chip = rgb(0xE8EBEE),
    .pending = rgb(0x865600),
    .pendingBg = rgb(0xFAEFD6),
    .conflict = rgb(0x71408F),
    .conflictBg = rgb(0xF1E7F6),
    .error = rgb(0xB3261E),
    .errorBg = rgb(0xFBE6E4),
    .ok = rgb(0x23693F),
    .okBg = rgb(0xE1F1E6),
    .brand = rgb(0x8A4526),
    .toolTip = rgb(0x262D34),
    .onToolTip = rgb(0xF3F5F7),
    .onToolTipLink = rgb(0x8FC0E4),
    .series = {rgb(0x245E84), rgb(0xC9781C), rgb(0x2E9A70), rgb(0x9152BF), rgb(0x6D341D), rgb(0x1F2D3A)},
    .ordered = {rgb(0xC3DAEA), rgb(0x6FA3C8), rgb(0x245E84), rgb(0x12354D)},
};

constexpr Tokens kDark{
    .scheme = Scheme::Dark,
    .window = rgb(0x23292F),
    .base = rgb(0x1A1F24),
    .alt = rgb(0x1F252A),
    .raised = rgb(0x2B3239),
    .sunken = rgb(0x15191D),
    .line = rgb(0x363E46),
    .border = rgb(0x727D88),
    .text = rgb(0xE4E8EC),
    .text2 = rgb(0xB4BDC6),
    .text3 = rgb(0xA3AEB8),
    .disabled = rgb(0x6C7781),
    .accent = rgb(0x7FB4DB),
    .onAccent = rgb(0x0F1C26),
    .accentHover = rgb(0x9AC6E6),
    .link = rgb(0x8FC0E4),
    .infoBg = rgb(0x203646),
    .selected = rgb(0x264459),
    .selectedIdle = rgb(0x343C44),
    .hover = rgb(0x252C33),
    .chip = rgb(0x323A42),
    .pending = rgb(0xE3B04B),
    .pendingBg = rgb(0x3A3018),
    .conflict = rgb(0xCFA3E8),
    .conflictBg = rgb(0x372A41),
    .error = rgb(0xF2938B),
    .errorBg = rgb(0x43241F),
    .ok = rgb(0x86CF9F),
    .okBg = rgb(0x1F3829),
    .brand = rgb(0xD98C63),
    .toolTip = rgb(0xE4E8EC),
    .onToolTip = rgb(0x1A1F24),
    .onToolTipLink = rgb(0x1F5A80),
    .series = {rgb(0x7FB4DB), rgb(0xD98A32), rgb(0xCCE4E0), rgb(0x9E68D8), rgb(0xB0685A), rgb(0x476F96)},
    .ordered = {rgb(0x12354D), rgb(0x245E84), rgb(0x6FA3C8), rgb(0xC3DAEA)},
};

constexpr Tokens kHighContrast{
    .scheme = Scheme::HighContrast,
    .window = rgb(0x000000),
    .base = rgb(0x000000),
    .alt = rgb(0x000000),
    .raised = rgb(0x000000),
    .sunken = rgb(0x000000),
    .line = rgb(0xFFFFFF),
    .border = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .text2 = rgb(0xFFFFFF),
    .text3 = rgb(0xE6E6E6),
    .disabled = rgb(0xA6A6A6),
    .accent = rgb(0xFFE14A),
    .onAccent = rgb(0x000000),
    .accentHover = rgb(0xFFF1A1),
    .link = rgb(0x8AD4FF),
    .infoBg = rgb(0x000000),
    .selected = rgb(0x003A70),
    .selectedIdle = rgb(0x3A3A3A),
    .hover = rgb(0x2A2A2A),
    .chip = rgb(0x000000),
    .pending = rgb(0xFFC34D),
    .pendingBg = rgb(0x000000),
    .conflict = rgb(0xE9B8FF),
    .conflictBg = rgb(0x000000),
    .error = rgb(0xFF9C94),
    .errorBg = rgb(0x000000),
    .ok = rgb(0x8CF0AE),
    .okBg = rgb(0x000000),
    .brand = rgb(0xFFFFFF),
    .toolTip = rgb(0xFFFFFF),
    .onToolTip = rgb(0x000000),
    .onToolTipLink = rgb(0x1F5A80),
    .series = kDark.series,
    .ordered = kDark.ordered,
};

struct AccentColours {
    QColor light;
    QColor dark;
    QColor selectedLight;
    QColor selectedDark;
};

constexpr std::array<AccentColours, 5> kAccents{{
    {rgb(0x245E84), rgb(0x7FB4DB), rgb(0xD6E6F2), rgb(0x264459)},
    {rgb(0x1F6B4F), rgb(0x7CC7A0), rgb(0xD8EBE2), rgb(0x1F4435)},
    {rgb(0x71408F), rgb(0xCFA3E8), rgb(0xEBDDF3), rgb(0x44334F)},
    {rgb(0x8A4526), rgb(0xE0A07E), rgb(0xF3E2D8), rgb(0x4D3628)},
    {rgb(0x3F4954), rgb(0xB4BDC6), rgb(0xDDE2E7), rgb(0x374049)},
}};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

QColor Tokens::rowLine() const
{
    return mixed(line, base, 0.45);
}

QColor Tokens::inkOn(const QColor &fill)
{
    constexpr QColor dark = rgb(0x10161B);
    constexpr QColor light = rgb(0xFFFFFF);
    return contrastRatio(dark, fill) >= contrastRatio(light, fill) ? dark : light;
}

Tokens makeTokens(Scheme scheme, Accent accent)
{
    Tokens tokens = scheme == Scheme::Light ? kLight : scheme == Scheme::Dark ? kDark : kHighContrast;
    if (scheme == Scheme::HighContrast || accent == Accent::Slate)
        return tokens;
    const AccentColours &own = kAccents[static_cast<std::size_t>(accent)];
    const bool light = scheme == Scheme::Light;
    tokens.accent = light ? own.light : own.dark;
    tokens.selected = light ? own.selectedLight : own.selectedDark;
    // Hover moves away from the ground, as Slate's does: darker on light, lighter on dark.
    tokens.accentHover = light ? mixed(Qt::black, own.light, 0.18) : mixed(Qt::white, own.dark, 0.22);
    return tokens;
}

QColor accentColour(Accent accent, Scheme scheme)
{
    return makeTokens(scheme, accent).accent;
}

QPalette toPalette(const Tokens &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.base);
    p.setColor(QPalette::AlternateBase, t.alt);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.error);
    p.setColor(QPalette::Light, t.raised);
    p.setColor(QPalette::Midlight, t.line);
    p.setColor(QPalette::Mid, t.sunken);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.border);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.link);
    p.setColor(QPalette::LinkVisited, t.link);
    p.setColor(QPalette::ToolTipBase, t.toolTip);
    p.setColor(QPalette::ToolTipText, t.onToolTip);
    p.setColor(QPalette::PlaceholderText, t.text3);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    p.setColor(QPalette::Disabled, QPalette::PlaceholderText, t.disabled);
    p.setColor(QPalette::Disabled, QPalette::Base, t.window);
    p.setColor(QPalette::Disabled, QPalette::Button, t.window);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.selectedIdle);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, t.disabled);
    return p;
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor &top, const QColor &bottom, double share)
{
    const auto channel = [share](int upper, int lower) {
        return static_cast<int>(std::lround(upper * share + lower * (1.0 - share)));
    };
    return QColor(channel(top.red(), bottom.red()), channel(top.green(), bottom.green()),
                  channel(top.blue(), bottom.blue()));
}

} // namespace fieldfare::ui
