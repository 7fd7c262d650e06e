// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::ui {

/// A stage of a pipeline as the funnel shows it.
struct FunnelStage {
    QString key;
    QString name;
    qint64 count = 0;
    QString share;      ///< of the stage before: "94 %"
    QString note;       ///< "after 4 d"
    bool weak = false;  ///< the share is the worst: in the error colour
};

/// What goes on from stage to stage: a bar a stage, the loss between two as a tint, share and time at the right.
/// A bar can be clicked, or chosen with Up and Down and opened with Enter.
class FunnelWidget final : public QWidget {
    Q_OBJECT

public:
    explicit FunnelWidget(const QString &title, QWidget *parent = nullptr);

    void setStages(QList<FunnelStage> stages);
    QList<QStringList> table() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, 160}; }

Q_SIGNALS:
    void clicked(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF barRect(int index) const;
    int namesWidth() const;

    QList<FunnelStage> m_stages;
    int m_current = -1;
};

} // namespace fieldfare::ui
