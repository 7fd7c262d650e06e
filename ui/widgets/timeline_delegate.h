// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QHash>
#include <QStyledItemDelegate>

class QListView;

namespace fieldfare::ui {

/// Paints a record's timeline in a QListView: a node with the kind's symbol on a line, title, time and mark at the right,
/// up to two lines of text; days as headings (TimelineKindRole). Symbol: IconNameRole; mark: StateMarkRole.
///
/// Heights differ by entry and width. They are cached per (width, text), so scrolling lays nothing out twice; the view
/// needs setResizeMode(QListView::Adjust), which prepareView() sets, to ask again when its width changes.
class TimelineDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit TimelineDelegate(QObject *parent = nullptr);

    static void prepareView(QListView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// How many laid-out texts are kept; for tests.
    qsizetype cachedCount() const { return m_heights.size(); }

private:
    int bodyHeight(const QString &body, int width) const;

    struct Key {
        int width;
        QString body;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) { return qHashMulti(seed, key.width, key.body); }
    };
    mutable QHash<Key, int> m_heights;
    mutable QString m_fontKey; // the cache is for one font
};

} // namespace fieldfare::ui
