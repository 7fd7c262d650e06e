// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/banner.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace fieldfare::ui {

Banner::Banner(Kind kind, const QString &text, QWidget *parent)
    : QFrame(parent), m_kind(kind), m_text(new QLabel(this)), m_row(new QHBoxLayout(this)),
      m_close(new QToolButton(this))
{
    m_row->setContentsMargins(38, 6, space::k12, 7);
    m_row->setSpacing(space::k8);
    m_text->setWordWrap(true);
    m_row->addWidget(m_text, 1);
    m_close->setIcon(icon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    setSmall(m_close);
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_close->hide();
    m_row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
    setMinimumHeight(height::kFilterBar);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    setText(text);
}

void Banner::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

void Banner::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleName(text);
}

QPushButton *Banner::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    setSmall(button);
    m_row->insertWidget(m_row->count() - 1, button);
    return button;
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    QColor fill = t.base;
    StateMark mark = StateMark::None;
    switch (m_kind) {
    case Kind::Offline: mark = StateMark::Offline; break;
    case Kind::Waiting:
        fill = t.pendingBg;
        mark = StateMark::Waiting;
        break;
    case Kind::Conflict:
        fill = t.conflictBg;
        mark = StateMark::Conflict;
        break;
    case Kind::Error:
        fill = t.errorBg;
        mark = StateMark::NotAccepted;
        break;
    case Kind::Info: fill = t.infoBg; break;
    case Kind::Done:
        fill = t.okBg;
        mark = StateMark::Synced;
        break;
    }
    painter.fillRect(rect(), fill);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    if (t.needsFrames())
        parts::roundRect(&painter, rect(), 0, {}, t.text);
    const QRect place(12, 0, 18, height());
    if (mark == StateMark::None)
        paintIcon(&painter, place, QStringLiteral("info"), icon_size::kChrome, t.text2);
    else
        paintStateMark(&painter, place, mark, t, 14);
}

} // namespace fieldfare::ui
