// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/password_edit.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QToolButton>

namespace fieldfare::ui {

PasswordEdit::PasswordEdit(QWidget *parent) : QLineEdit(parent), m_eye(new QToolButton(this))
{
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase | Qt::ImhSensitiveData);
    setTextMargins(0, 0, 26, 0);
    m_eye->setIcon(icon(QStringLiteral("eye")));
    m_eye->setAutoRaise(true);
    m_eye->setCheckable(true);
    m_eye->setCursor(Qt::ArrowCursor);
    m_eye->setFocusPolicy(Qt::TabFocus);
    setSmall(m_eye);
    connect(m_eye, &QToolButton::toggled, this, &PasswordEdit::setShown);
    setShown(false);
}

void PasswordEdit::setShown(bool shown)
{
    setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setChecked(shown);
    const QString words = shown ? tr("Hide what is typed") : tr("Show what is typed");
    m_eye->setToolTip(words);
    m_eye->setAccessibleName(words);
}

void PasswordEdit::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    const int side = height() - 4;
    m_eye->setGeometry(width() - side - 4, 2, side, side);
}

} // namespace fieldfare::ui
