// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/toast.h"

#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace fieldfare::ui {

Toast::Toast(QWidget *host, QWidget *over)
    : QFrame(host), m_over(over != nullptr ? over : host), m_text(new QLabel(this)), m_action(new LinkButton(QString(), this)), m_keys(new QLabel(this)),
      m_bottom(height::kStatusBar + space::k12)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 8, 14, 8);
    row->setSpacing(space::k8);
    row->addWidget(m_text, 1);
    row->addSpacing(space::k16);
    row->addWidget(m_action);
    row->addWidget(m_keys);
    m_action->setOnToolTip(true);
    m_keys->setForegroundRole(QPalette::ToolTipText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextFormat(Qt::PlainText);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShownMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (underMouse() || m_action->hasFocus()) {
            restart();
            return;
        }
        hide();
        Q_EMIT dismissed();
    });
    connect(m_action, &LinkButton::clicked, this, [this] {
        m_timer.stop();
        hide();
        Q_EMIT actionTriggered();
    });
    host->installEventFilter(this);
    m_over->installEventFilter(this);
    hide();
}

void Toast::show(const QString &iconName, const QString &text, const QString &action, const QString &keys)
{
    m_icon = iconName;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_keys->setText(keys);
    m_keys->setFont(typeFont(Type::Small));
    m_keys->setVisible(!keys.isEmpty());
    setAccessibleName(text);
    place();
    QFrame::show();
    raise();
    restart();
}

void Toast::setBottomMargin(int margin)
{
    m_bottom = margin;
    place();
}

void Toast::place()
{
    const QWidget *host = parentWidget();
    m_action->updateGeometry();
    layout()->activate();
    const QSize wanted = layout()->sizeHint().expandedTo(QSize(320, 38));
    const int left = m_over->mapTo(host, QPoint()).x() + space::k12;
    const int wide = std::min(wanted.width(), host->width() - left - space::k12);
    setGeometry(left, host->height() - m_bottom - wanted.height(), wide, wanted.height());
}

void Toast::restart()
{
    m_timer.start();
}

void Toast::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    parts::roundRect(&painter, rect(), radius::kMenu, t.toolTip, t.needsFrames() ? t.line : QColor());
    paintIcon(&painter, QRect(12, 0, 18, height()), m_icon, icon_size::kChrome, t.onToolTip);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer.stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    restart();
    QFrame::leaveEvent(event);
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        m_timer.stop();
        hide();
        Q_EMIT dismissed();
        return;
    }
    QFrame::keyPressEvent(event);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == parentWidget() || watched == m_over) && (event->type() == QEvent::Resize || event->type() == QEvent::Move) && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace fieldfare::ui
