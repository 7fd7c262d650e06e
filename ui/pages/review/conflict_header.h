// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace fieldfare::ui {

/// The header of the conflict table: over each of the three values a square of its side (grey before, accent yours, plum
/// theirs) and its name; what stands behind the first comma is muted, and gives way where there is no room.
class ConflictHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit ConflictHeader(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

} // namespace fieldfare::ui
