// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/latest_read.h"
#include "ui/model/display_text.h"
#include "ui/model/list_roles.h"

#include <QAbstractListModel>
#include <QTimer>

namespace fieldfare::store {
struct HistoryEntry;
struct RowView;
} // namespace fieldfare::store

namespace fieldfare::ui {

/// What happened around a record, newest first, under headings of days: records that point to it (calls, e-mails, deals,
/// tickets) and the changes of its own fields, those of one person within 15 minutes as one entry. Follows the store.
class TimelineModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Show { All, Interactions, Changes };
    /// The record an entry is about, as model::Reference; invalid for changes of the record itself.
    enum Role { ReferenceRole = Qt::UserRole + 1 };
    static constexpr qint64 kOneEntryMs = 15 * 60'000;

    TimelineModel(store::DatabaseThread &database, const DisplayText &texts, QObject *parent = nullptr);

    void open(const model::Reference &record);
    void close();
    void setShow(Show show);
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void filled();

private:
    struct Entry {
        qint64 at = 0;
        bool isChange = false;
        QString iconName;
        QString title;
        QString body;
        StateMark mark = StateMark::None;
        model::Reference record;
    };
    struct Row {
        QString heading; ///< Empty for an entry.
        Entry entry;
    };
    void read();
    void takeRelated(const std::vector<std::pair<model::EntityId, store::RowView>> &rows);
    void takeHistory(const std::vector<store::HistoryEntry> &history, const QList<model::FieldKey> &waiting);
    Entry changeEntry(const std::vector<const store::HistoryEntry *> &lines, const QList<model::FieldKey> &waiting) const;
    QString person(const base::Id &user) const;
    QString lineOf(const model::Entity &entity, const store::RowView &row) const;
    void arrange();

    store::DatabaseThread &m_database;
    const DisplayText &m_texts;
    store::LatestRead m_read;
    QTimer m_soon; // changes that come together are read once
    model::CatalogPointer m_catalog;
    model::Reference m_record;
    std::uint64_t m_opened = 0;
    Show m_show = Show::All;
    std::vector<Entry> m_related;
    std::vector<Entry> m_changes;
    std::vector<Row> m_rows;
};

} // namespace fieldfare::ui

