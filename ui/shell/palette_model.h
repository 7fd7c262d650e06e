// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"
#include "core/store/search/search.h"
#include "core/store/thread/latest_read.h"
#include "ui/model/display_text.h"
#include "ui/shell/command_table.h"

#include <QAbstractListModel>

namespace fieldfare::ui {

/// What the command palette lists for a text: records of all entities, best first, then commands. Prefixes narrow it:
/// `>` commands, `#` numbers, `@` people. UI thread; results of superseded texts never arrive.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        HeadingRole = Qt::UserRole + 1, ///< bool
        SecondRole,                     ///< QString, after the title
        RangesRole,                     ///< QList<store::TextRange> of the title
        SecondRangesRole,
        KeysRole,                       ///< QString, shown as a cap at the right
        SymbolRole,                     ///< QString
    };
    struct Item {
        enum class Kind { Heading, Record, Command };
        Kind kind = Kind::Record;
        QString title = {};
        QString second = {};
        QList<store::TextRange> ranges = {};
        QList<store::TextRange> secondRanges = {};
        QString symbol = {};
        QString keys = {};
        model::Reference record = {};
        QString command = {};
    };
    static constexpr int kFirstGroup = 4;
    static constexpr int kOtherGroups = 3;
    static constexpr int kCommands = 4;

    PaletteModel(store::DatabaseThread &database, const DisplayText &texts, const CommandTable &commands, QObject *parent = nullptr);

    void setRecent(const QList<model::Reference> &recent) { m_recent = recent; }
    /// `only`: that entity alone; 0 for everything.
    void setText(const QString &text, model::EntityId only);
    /// Somebody is about to type: has the first search done in the background, for nobody to see. The next text ends it.
    void prepare(model::EntityId only);
    [[nodiscard]] const Item &item(int row) const { return m_items.at(row); }
    /// The next row that is not a heading, from `row` in direction `step`; -1 without any.
    [[nodiscard]] int nextRow(int row, int step) const;
    /// "10 of 213 · searched in 3 ms"
    [[nodiscard]] QString footnote() const { return m_footnote; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void filled();

private:
    struct Found {
        store::SearchResult result;
        QHash<base::Id, store::RowView> rows; ///< What else a record says of itself is named on the UI thread.
        qint64 tookMs = 0;
    };
    void find(const QString &text, QChar prefix, model::EntityId only, std::function<void(const Found &)> done);
    void take(const Found &found, const QString &text);
    /// The fields of the record's subtitle, in the language of the program.
    [[nodiscard]] QStringList notes(const model::Entity &entity, const store::RowView &row) const;
    [[nodiscard]] QList<Item> commandItems(const QString &text, int limit) const;
    void replace(QList<Item> items);

    store::DatabaseThread &m_database;
    const DisplayText &m_texts;
    const CommandTable &m_commands;
    store::LatestRead m_read;
    QList<model::Reference> m_recent;
    QList<Item> m_items;
    QString m_footnote;
};

} // namespace fieldfare::ui
