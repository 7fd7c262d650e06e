// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/zone_header.h"

#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace fieldfare::ui {

ZoneHeader::ZoneHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_title(new TextLabel(title, Type::Heading)),
      m_titleMenu(new QToolButton(this)), m_note(new TextLabel(QString(), Type::Small, Ink::Text2))
{
    setFixedHeight(fitHeight(height::kZoneHeader, typeFont(Type::Heading)));
    m_row->setContentsMargins(space::k12, 0, space::k12, 1);
    m_row->setSpacing(space::k8);
    m_title->setElided(true);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_titleMenu->setIcon(icon(QStringLiteral("chevron-down")));
    m_titleMenu->setAutoRaise(true);
    setSmall(m_titleMenu);
    m_titleMenu->hide();
    auto *named = new QHBoxLayout;
    named->setSpacing(0);
    named->addWidget(m_title);
    named->addWidget(m_titleMenu);
    m_row->addLayout(named);
    m_row->addWidget(m_note);
    m_row->addStretch(1);
    m_note->hide();
}

void ZoneHeader::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

QString ZoneHeader::title() const
{
    return m_title->text();
}

void ZoneHeader::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void ZoneHeader::setTitleMenu(QMenu *menu)
{
    m_titleMenu->disconnect(this);
    m_titleMenu->setVisible(menu != nullptr);
    m_titleMenu->setAccessibleName(tr("Choose a view"));
    m_titleMenu->setToolTip(tr("Choose a view"));
    if (menu)
        connect(m_titleMenu, &QToolButton::clicked, this, [this, menu] {
            menu->popup(m_title->mapToGlobal(QPoint(0, m_title->height() + 4)));
        });
}

void ZoneHeader::addLeading(QWidget *widget)
{
    m_row->insertWidget(m_leading++, widget);
}

void ZoneHeader::addTrailing(QWidget *widget)
{
    m_row->addWidget(widget);
}

void ZoneHeader::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(0, QWidget::height() - 1, width(), 1), t.line);
}

} // namespace fieldfare::ui
