// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace fieldfare::ui {

/// A line edit with a magnifier and, while it is empty and without focus, the key that leads to it. Text that an input
/// method is still composing is not part of text(), so a search never runs on it.
class SearchField final : public QLineEdit {
    Q_OBJECT

public:
    /// `keys` may be empty; the shortcut itself belongs to the page's action, this only shows it.
    explicit SearchField(const QString &placeholder, const QKeySequence &keys = {}, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Down was pressed: the caller moves to its first result.
    void leftDownwards();
    /// Escape was pressed in the empty field; in a filled one it only clears.
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_keys;
};

} // namespace fieldfare::ui
