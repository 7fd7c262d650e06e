// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/section_header.h"

#include "ui/widgets/controls/text_label.h"

#include <QHBoxLayout>

namespace fieldfare::ui {

SectionHeader::SectionHeader(const QString &text, QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_text(new TextLabel(text, Type::Small, Ink::Text2)),
      m_note(new TextLabel(QString(), Type::Small, Ink::Text3))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::k6);
    m_text->setStrong(true);
    m_row->addWidget(m_text);
    m_row->addWidget(m_note);
    m_row->addStretch(1);
    m_note->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SectionHeader::setText(const QString &text)
{
    m_text->setText(text);
}

void SectionHeader::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void SectionHeader::addTrailing(QWidget *widget)
{
    m_row->addWidget(widget);
}

} // namespace fieldfare::ui
