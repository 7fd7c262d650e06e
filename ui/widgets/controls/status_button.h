// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QAbstractButton>

namespace fieldfare::ui {

/// A part of the status bar that opens something: a mark (or a symbol) and words, a hairline at its right.
class StatusButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit StatusButton(QWidget *parent = nullptr);

    void setState(StateMark mark, const QString &text);
    /// A symbol instead of a mark: "sync" while sending.
    void setSymbol(const QString &iconName, const QString &text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateMark m_mark = StateMark::None;
    QString m_symbol;
};

} // namespace fieldfare::ui
