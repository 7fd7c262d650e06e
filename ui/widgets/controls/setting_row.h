// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace fieldfare::ui {

class TextLabel;

/// A line of a settings page: label at the left (208 px), control at the right with its explanation below, a hairline
/// under both.
class SettingRow final : public QWidget {
    Q_OBJECT

public:
    /// Takes `control` as its child; the label becomes its buddy and its accessible name when it has none.
    SettingRow(const QString &label, QWidget *control, const QString &hint = {}, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    /// The last row of a group has no hairline.
    void setLast(bool last);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TextLabel *m_hint;
    bool m_last = false;
};

} // namespace fieldfare::ui
