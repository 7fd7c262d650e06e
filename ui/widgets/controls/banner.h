// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace fieldfare::ui {

/// A line at the top of the page it concerns: what happened and what to do. Never modal, never blinking.
class Banner final : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Offline, Waiting, Conflict, Error, Info, Done };

    explicit Banner(Kind kind, const QString &text = {}, QWidget *parent = nullptr);

    Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    /// Plain text, or rich text with <b> for the part that matters. Escape what came from a record.
    void setText(const QString &text);
    /// Adds a small button at the right.
    QPushButton *addButton(const QString &text);
    /// Shows a ✕; the banner hides itself and tells.
    void setClosable(bool closable);

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Kind m_kind;
    QLabel *m_text;
    QHBoxLayout *m_row;
    QToolButton *m_close;
};

} // namespace fieldfare::ui
