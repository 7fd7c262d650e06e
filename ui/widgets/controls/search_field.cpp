// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/search_field.h"

#include "ui/widgets/controls/badges.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/tokens.h"

#include <QKeyEvent>
#include <QPainter>

namespace fieldfare::ui {

SearchField::SearchField(const QString &placeholder, const QKeySequence &keys, QWidget *parent)
    : QLineEdit(parent), m_keys(keys.toString(QKeySequence::NativeText))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setTextMargins(22, 0, m_keys.isEmpty() ? 0 : KeyCap::sizeFor(m_keys).width() + 2, 0);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Tokens &t = Tokens::of(this);
    paintIcon(&painter, QRect(8, 0, 16, height()), QStringLiteral("search"), icon_size::kChrome, t.text2);
    if (!m_keys.isEmpty() && text().isEmpty() && !hasFocus()) {
        const QSize size = KeyCap::sizeFor(m_keys);
        KeyCap::paint(&painter, QRect(QPoint(width() - size.width() - 6, (height() - size.height()) / 2), size), m_keys, t);
    }
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down) {
        Q_EMIT leftDownwards();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty())
            Q_EMIT dismissed();
        else
            clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace fieldfare::ui
