// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/validation.h"
#include "core/store/query/row_view.h"
#include "core/store/thread/latest_read.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <optional>

namespace fieldfare::ui {

/// One record being read and edited: per field a stored value, an edited one, and what is wrong with it (STYLE: one edit
/// model per record). Nothing is written before apply().
///
/// A change that arrives while the record is open shows at once in fields that were not touched; a touched field keeps what
/// was typed, and changedMeanwhile() tells what it is now in the store. UI thread; `database` must outlive it.
class EditModel final : public QObject {
    Q_OBJECT
public:
    explicit EditModel(store::DatabaseThread &database, QObject *parent = nullptr);

    /// Reads a record; loaded(), gone() or refused() follows. What was not saved of the one before stays a draft of this model and is
    /// there again when that record is opened again.
    void open(model::EntityId entity, const base::Id &id);
    /// A record to be made, with first values, and others where a draft has none. loaded() is emitted before this returns.
    void openNew(model::EntityId entity, const std::vector<changes::FieldValue> &first = {}, const std::vector<changes::FieldValue> &defaults = {});
    void close();
    /// Records with a draft, the one that is open and those that are still being saved included.
    [[nodiscard]] int draftCount() const { return int(m_drafts.size()) + m_leftWhileSaving + (isOpenDraft() ? 1 : 0); }
    /// The open record is one of them.
    [[nodiscard]] bool isOpenDraft() const { return isDirty() && !isUntouched(); }
    /// Another than the open one; a null id for the new record. Nothing when there is none.
    [[nodiscard]] std::optional<base::Id> keptDraft() const;
    /// The answer to an apply() is to come, of the open record or of one that was left.
    [[nodiscard]] bool isSaving() const { return m_saving != nullptr || m_leftWhileSaving > 0; }
    /// All of them but new records that are being saved and words that cannot be read as a value, as restoreDrafts() takes them;
    /// empty: none. Values stand in it as they are: for the encrypted profile only.
    [[nodiscard]] QByteArray drafts() const;
    /// For records that are opened from now on.
    void restoreDrafts(const QByteArray &bytes);

    /// Null before the first open.
    [[nodiscard]] const model::Entity *entity() const { return m_entity; }
    [[nodiscard]] model::Reference reference() const;
    [[nodiscard]] bool isNew() const { return m_isNew; }
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] const store::RowView &row() const { return m_row; }

    /// Edited where edited, else stored. Tags are one text, the names parted by U+001F.
    [[nodiscard]] model::Value value(const model::Field &field) const;
    [[nodiscard]] model::Value stored(const model::Field &field) const;
    void edit(const model::Field &field, const model::Value &value);
    /// What was typed cannot be read as a value of the field: it counts as edited and as a problem until it is edited again.
    void editUnreadable(const model::Field &field);

    [[nodiscard]] bool isDirty() const { return !m_edited.isEmpty() || !m_unreadable.isEmpty(); }
    [[nodiscard]] bool isDirty(const model::Field &field) const { return m_edited.contains(field.key) || m_unreadable.contains(field.key); }
    [[nodiscard]] int dirtyCount() const;

    /// Of an edited field, or of any field after apply() was refused.
    [[nodiscard]] std::optional<model::Problem> problem(const model::Field &field) const;
    /// What the field became in the store since it was edited here.
    [[nodiscard]] std::optional<model::Value> changedMeanwhile(const model::Field &field) const;
    /// False where the user's role may not change the record: apply() would be refused. True until it is known.
    [[nodiscard]] bool mayEdit() const { return m_mayEdit; }
    /// Own edits of the field wait for the server, or somebody disagrees.
    [[nodiscard]] bool isWaiting(const model::Field &field) const { return m_waiting.contains(field.key); }
    /// The open conflict about the field; null id without.
    [[nodiscard]] base::Id conflict(const model::Field &field) const { return m_conflicts.value(field.key); }

    /// Commits what was edited under `label`. False at once, with problems to show, when a value is wrong or required and
    /// missing; otherwise saved() or refused() follows. What is edited meanwhile stays edited.
    bool apply(const QString &label);
    void revert();
    void revert(const model::Field &field);

Q_SIGNALS:
    void loaded();
    /// The record is not on this device (any more).
    void gone();
    /// Any of value, problem, dirty or mark of the field changed.
    void fieldChanged(const fieldfare::model::FieldKey &field);
    void dirtyChanged();
    void marksChanged();
    void saved(const fieldfare::model::Reference &record, const fieldfare::base::Id &action, bool created);
    /// It could not be saved, or not be read: what was typed is still there.
    void refused(const fieldfare::base::Error &error);

private:
    struct Marks {
        QSet<model::FieldKey> waiting;
        QHash<model::FieldKey, base::Id> conflicts;
        bool mayEdit = true;
    };
    struct Draft {
        QHash<model::FieldKey, model::Value> edited;
        QHash<model::FieldKey, model::Value> storedAtEdit;
    };
    using DraftKey = std::pair<model::EntityId, base::Id>;
    /// A commit under way.
    struct Saving {
        changes::LocalChange change;
        bool isNew = false;
        std::optional<Draft> left; ///< What was edited when another record was opened before the answer.
    };
    void keepDraft();
    /// A new record with nothing but the values that it began with.
    [[nodiscard]] bool isUntouched() const { return m_isNew && m_edited == m_untouched; }
    void takeDraft();
    void takeSaved(const changes::LocalChange &change, const base::Id &id);
    void settleLeft(Saving &saving, const base::Id &id, bool isSaved);
    void read();
    void readMarks();
    void takeRow(store::RowView row);
    void setEntity(model::EntityId entity);
    bool checkAll();
    void onRowsChanged(model::EntityId entity, const QList<base::Id> &ids);

    store::DatabaseThread &m_database;
    store::LatestRead m_read;
    model::CatalogPointer m_catalog; // keeps m_entity alive
    const model::Entity *m_entity = nullptr;
    base::Id m_id;
    bool m_isNew = false;
    bool m_isLoaded = false;
    std::shared_ptr<Saving> m_saving; ///< Of the open record.
    int m_leftWhileSaving = 0;        ///< Records that were left while they were being saved.
    std::uint64_t m_opened = 0; // tells late answers apart
    store::RowView m_row;
    QHash<model::FieldKey, model::Value> m_edited;
    QHash<model::FieldKey, model::Value> m_untouched; ///< What a new record began with.
    QHash<model::FieldKey, model::Value> m_storedAtEdit;
    QSet<model::FieldKey> m_unreadable;
    QHash<DraftKey, Draft> m_drafts;
    QHash<model::FieldKey, model::Problem> m_problems;
    QSet<model::FieldKey> m_waiting;
    QHash<model::FieldKey, base::Id> m_conflicts;
    bool m_mayEdit = true;
};

} // namespace fieldfare::ui
