// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::ui {

/// How hard a passphrase is to guess: a bar and the words below it. The words carry it, the colour only repeats.
class StrengthBar final : public QWidget {
    Q_OBJECT

public:
    explicit StrengthBar(QWidget *parent = nullptr);

    /// `share` 0 to 1 of the bar; `enough` says whether it will be accepted; `words` such as "Strong: years to guess".
    void setStrength(double share, bool enough, const QString &words);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
    bool m_enough = false;
    QString m_words;
};

} // namespace fieldfare::ui
