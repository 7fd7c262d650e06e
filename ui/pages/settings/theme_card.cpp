// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/theme_card.h"

#include "ui/widgets/theme/metrics.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace fieldfare::ui {

namespace {

constexpr QSizeF kPicture(144, 82);
constexpr int kRing = 4; ///< around the picture: 2 px of accent and 2 px of air
constexpr int kRadio = 16;
constexpr int kDisc = 22;

/// Side bar, list with a current row, record: the window at a tenth of its size.
void paintWindow(QPainter *painter, const QRectF &r, const Tokens &t)
{
    const auto bar = [painter, &r](double x, double y, double wide, double tall, const QColor &colour) {
        painter->fillRect(QRectF(r.x() + x, r.y() + y, wide, tall), colour);
    };
    painter->fillRect(r, t.base);
    bar(0, 0, 34, r.height(), t.window);
    bar(34, 0, r.width() - 34, 15, t.window);
    bar(34, 15, r.width() - 34, 1, t.line);
    bar(34, 0, 1, r.height(), t.line);
    bar(96, 15, 1, r.height() - 15, t.line);
    bar(6, 7, 16, 3, t.brand);
    bar(3, 17, 28, 6, t.selected);
    for (int i = 0; i < 3; ++i)
        bar(6, 19 + i * 9, i == 2 ? 15 : 20, 3, i == 0 ? t.accent : t.text2);
    painter->setBrush(t.accent);
    painter->setPen(Qt::NoPen);
    painter->drawRoundedRect(QRectF(r.x() + 77, r.y() + 4, 18, 7), 2, 2);
    bar(35, 36, 61, 8, t.selected);
    for (int i = 0; i < 7; ++i) {
        bar(40, 21 + i * 9, i % 3 == 1 ? 30 : 24, 3, i == 2 ? t.text : t.text2);
        bar(80, 21 + i * 9, 11, 3, t.text2);
    }
    bar(102, 21, 26, 4, t.text);
    bar(102, 30, 33, 3, t.text2);
    bar(102, 39, 30, 3, t.text2);
}

QFont nameFont(bool strong)
{
    return typeFont(Type::Body, strong);
}

} // namespace

ThemeCard::ThemeCard(ThemeMode mode, const QString &name, Accent accent, QWidget *parent) : QAbstractButton(parent), m_mode(mode), m_accent(accent)
{
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ThemeCard::setAccent(Accent accent)
{
    m_accent = accent;
    update();
}

QSize ThemeCard::sizeHint() const
{
    const QFontMetrics metrics(nameFont(true));
    const int wide = std::max(int(kPicture.width()) + 2 * kRing, kRadio + space::k8 + metrics.horizontalAdvance(text()) + 2 * kRing);
    return {wide, int(kPicture.height()) + 2 * kRing + space::k4 + std::max(kRadio, metrics.height())};
}

void ThemeCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF picture(QPointF(kRing, kRing), kPicture);
    QPainterPath round;
    round.addRoundedRect(picture, radius::kMenu, radius::kMenu);
    painter.save();
    painter.setClipPath(round);
    const Scheme scheme = m_mode == ThemeMode::Dark ? Scheme::Dark : m_mode == ThemeMode::HighContrast ? Scheme::HighContrast : Scheme::Light;
    paintWindow(&painter, picture, makeTokens(scheme, m_accent));
    if (m_mode == ThemeMode::System) {
        // Half of each: whatever the system says.
        painter.setClipRect(picture.adjusted(picture.width() / 2, 0, 0, 0), Qt::IntersectClip);
        paintWindow(&painter, picture, makeTokens(Scheme::Dark, m_accent));
    }
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(underMouse() ? t.text2 : t.border, 1));
    painter.drawRoundedRect(picture.adjusted(0.5, 0.5, -0.5, -0.5), radius::kMenu, radius::kMenu);
    if (isChecked() || hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.drawRoundedRect(picture.adjusted(-3, -3, 3, 3), radius::kDialog, radius::kDialog);
    }
    QStyleOption radio;
    radio.initFrom(this);
    radio.state.setFlag(QStyle::State_On, isChecked());
    radio.state.setFlag(QStyle::State_Off, !isChecked());
    radio.state.setFlag(QStyle::State_HasFocus, false);
    const int top = int(picture.bottom()) + kRing + space::k4;
    const int tall = height() - top;
    radio.rect = QRect(kRing, top + (tall - kRadio) / 2, kRadio, kRadio);
    style()->drawPrimitive(QStyle::PE_IndicatorRadioButton, &radio, &painter, this);
    painter.setFont(nameFont(isChecked()));
    painter.setPen(t.text);
    painter.drawText(QRect(kRing + kRadio + space::k6, top, width(), tall), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
}

AccentSwatch::AccentSwatch(Accent accent, const QString &name, QWidget *parent) : QAbstractButton(parent), m_accent(accent)
{
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize AccentSwatch::sizeHint() const
{
    const QFontMetrics metrics(nameFont(true));
    return {kDisc + 2 * kRing + space::k4 + metrics.horizontalAdvance(text()) + space::k12, std::max(kDisc + 2 * kRing, metrics.height())};
}

void AccentSwatch::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF disc(kRing, (height() - kDisc) / 2.0, kDisc, kDisc);
    painter.setPen(Qt::NoPen);
    painter.setBrush(accentColour(m_accent, t.scheme));
    painter.drawEllipse(disc);
    if (isChecked() || hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 2));
        painter.drawEllipse(disc.adjusted(-3, -3, 3, 3));
    }
    painter.setFont(nameFont(isChecked()));
    painter.setPen(isEnabled() ? t.text : t.disabled);
    painter.drawText(QRect(kDisc + 2 * kRing + space::k4, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
}

} // namespace fieldfare::ui
