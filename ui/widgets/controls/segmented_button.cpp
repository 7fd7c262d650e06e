// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/segmented_button.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QPainter>
#include <QPainterPath>

namespace fieldfare::ui {

namespace {

/// A piece of the row. The first and the last have the round corners; neighbours share one line.
class Segment final : public QAbstractButton {
public:
    Segment(const QString &text, QWidget *parent) : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    void place(bool first, bool last, bool tall, bool flat)
    {
        m_flat = flat;
        m_first = first;
        m_last = last;
        m_tall = tall;
        updateGeometry();
    }

    QSize sizeHint() const override
    {
        QFont strong = font();
        strong.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(strong);
        return {metrics.horizontalAdvance(text()) + (m_tall ? 24 : 20) + (m_last ? 0 : -1),
                std::max(m_tall ? height::kControl : height::kControlSmall, metrics.height() + 6)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_flat) {
            paintFlat(painter, t);
            return;
        }
        // Draw the whole row's outline and let the widget cut its piece out of it.
        QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, m_last ? -0.5 : 0.5, -0.5);
        if (!m_first)
            outline.setLeft(-10);
        if (!m_last)
            outline.setRight(width() + 10);
        const bool hovered = underMouse() && isEnabled();
        const QColor fill = !isEnabled() ? t.window
                            : isChecked() ? t.selected
                            : isDown()    ? t.sunken
                            : hovered     ? t.hover
                                          : t.raised;
        painter.setPen(QPen(isEnabled() ? t.border : t.line, 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(outline, radius::kField - 0.5, radius::kField - 0.5);
        if (!m_first)
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, height() - 1));
        QFont drawn = font();
        if (isChecked())
            drawn.setWeight(QFont::DemiBold);
        painter.setFont(drawn);
        painter.setPen(isEnabled() ? t.text : t.disabled);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, text());
        if (hasFocus()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(m_first ? 1 : 2, 1, -1, -1), radius::kTag, radius::kTag);
        }
    }

private:
    void paintFlat(QPainter &painter, const Tokens &t)
    {
        const bool hovered = underMouse() && isEnabled();
        if (isChecked() || hovered) {
            painter.setPen(isChecked() && t.needsFrames() ? QPen(t.text, 1) : QPen(Qt::NoPen));
            painter.setBrush(isChecked() ? t.selectedIdle : t.hover);
            painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 0.5, -1.5, -0.5), radius::kField, radius::kField);
        }
        if (hasFocus()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect()).adjusted(2, 1, -2, -1), radius::kTag, radius::kTag);
        }
        painter.setFont(font());
        painter.setPen(isChecked() ? t.text : t.text2);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, text());
    }

    bool m_flat = false;
    bool m_first = true;
    bool m_last = true;
    bool m_tall = false;
};

} // namespace

SegmentedButton::SegmentedButton(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT currentChanged(id);
    });
}

SegmentedButton::SegmentedButton(const QStringList &texts, QWidget *parent) : SegmentedButton(parent)
{
    for (const QString &text : texts)
        addSegment(text);
}

int SegmentedButton::addSegment(const QString &text, const QString &toolTip)
{
    const int index = count();
    auto *piece = new Segment(text, this);
    piece->setToolTip(toolTip);
    layout()->addWidget(piece);
    m_group->addButton(piece, index);
    if (index == 0) {
        const QSignalBlocker quiet(m_group);
        piece->setChecked(true);
    }
    arrange();
    return index;
}

int SegmentedButton::count() const
{
    return static_cast<int>(m_group->buttons().size());
}

int SegmentedButton::currentIndex() const
{
    return m_group->checkedId();
}

void SegmentedButton::setCurrentIndex(int index)
{
    if (QAbstractButton *piece = m_group->button(index))
        piece->setChecked(true);
}

void SegmentedButton::setTall(bool tall)
{
    m_tall = tall;
    arrange();
}

void SegmentedButton::setFlat(bool flat)
{
    m_flat = flat;
    arrange();
}

QAbstractButton *SegmentedButton::segment(int index) const
{
    return m_group->button(index);
}

void SegmentedButton::arrange()
{
    for (int i = 0; i < count(); ++i)
        static_cast<Segment *>(m_group->button(i))->place(i == 0, i == count() - 1, m_tall, m_flat);
}

} // namespace fieldfare::ui
