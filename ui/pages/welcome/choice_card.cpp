// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/choice_card.h"

#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/style_parts.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLineEdit>
#include <QPainter>
#include <QRadioButton>

namespace fieldfare::ui {

namespace {

constexpr int kTextLeft = 50; ///< behind the symbol

} // namespace

/// The frame says what is chosen; a ring before the title would say it twice.
class ChoiceCard::Title final : public QRadioButton {
public:
    using QRadioButton::QRadioButton;

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(typeFont(Type::Body, true));
        return {kRingMargin + metrics.horizontalAdvance(text()) + 2, metrics.height()}; // layouts do not see a radio button's ring
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.setFont(typeFont(Type::Body, true));
        painter.setPen(isEnabled() ? t.text : t.disabled);
        painter.drawText(rect().adjusted(kRingMargin, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
    }
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
};

ChoiceCard::ChoiceCard(const QString &iconName, const QString &title, const QString &line, QWidget *parent)
    : QWidget(parent), m_iconName(iconName), m_radio(new Title(title)), m_bodyBox(new QWidget), m_body(new QVBoxLayout(m_bodyBox))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kTextLeft, space::k12, space::k16, space::k12);
    column->setSpacing(space::k2);
    column->addWidget(m_radio, 0, Qt::AlignLeft);
    auto *words = new TextLabel(line, Type::Small, Ink::Text2);
    words->setWordWrap(true);
    column->addWidget(words);
    m_body->setContentsMargins(0, space::k8, 0, 0);
    m_body->setSpacing(space::k6);
    m_bodyBox->hide();
    column->addWidget(m_bodyBox);
    m_radio->setAccessibleDescription(line);
    m_radio->installEventFilter(this);
    connect(m_radio, &QRadioButton::toggled, this, [this](bool on) {
        m_bodyBox->setVisible(on && m_body->count() > 0);
        update();
    });
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool chosen = m_radio->isChecked();
    parts::roundRect(&painter, rect(), radius::kMenu, chosen ? t.hover : t.base, chosen ? t.accent : t.line, chosen ? 2.0 : 1.0);
    if (m_radio->hasFocus())
        parts::roundRect(&painter, rect().adjusted(3, 3, -3, -3), radius::kField, {}, t.accent, 1.0);
    paintIcon(&painter, QRectF(16, space::k12, icon_size::kLarge, icon_size::kLarge), m_iconName, icon_size::kLarge, chosen ? t.accent : t.text2);
}

void ChoiceCard::mousePressEvent(QMouseEvent *)
{
    m_radio->setFocus(Qt::MouseFocusReason);
    m_radio->click();
    focusFirst();
}

/// Who clicks a card wants to type into it next; by the arrow keys one passes it.
void ChoiceCard::focusFirst()
{
    if (auto *first = m_bodyBox->findChild<QLineEdit *>())
        first->setFocus(Qt::MouseFocusReason);
}

bool ChoiceCard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_radio && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    if (watched == m_radio && event->type() == QEvent::MouseButtonRelease)
        QMetaObject::invokeMethod(this, &ChoiceCard::focusFirst, Qt::QueuedConnection); // once it is chosen
    return QWidget::eventFilter(watched, event);
}

} // namespace fieldfare::ui
