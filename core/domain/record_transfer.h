// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/duplicate_search.h"
#include "core/domain/transfer_report.h"
#include "core/store/change_set.h"
#include "core/store/store.h"

#include <QSet>

#include <functional>
#include <optional>

namespace fieldfare::domain {

/// Writes the records of one profile into another as one import action, through Store::commit: a profile that began alone joins
/// a server (DESIGN 6, rule 17; core/changes/docs/joining.md says what becomes of what). Ids stay, so that references hold; what
/// both have by its id, and settings of the company of the same name, is there already. Human numbers of the series get new
/// ones from the target's leases; the former ones stand in a custom field that is searched. Nothing here names an entity but
/// custom fields and users, which are part of the catalog and of who one is.
///
/// One use, on the thread of both stores, which outlive it. `from` is only read.
class RecordTransfer {
public:
    /// Records done so far and in all; true: stop, with Cancelled.
    using Progress = std::function<bool(qint64 done, qint64 total)>;

    RecordTransfer(store::Store &from, store::Store &to, TransferOptions options, Progress progress = {});

    /// Fails as the stores do; the target then has a part, and is to be thrown away.
    base::Result<TransferReport> run();

    /// How many numbers run() may need, by entity: what to lease before.
    static base::Result<std::vector<std::pair<model::EntityId, qint64>>> numbersNeeded(store::Store &from);

private:
    struct Deferred {
        model::Reference record;
        std::vector<changes::FieldValue> values;
    };

    base::Result<void> count();
    base::Result<void> mapUsers();
    base::Result<void> transfer(const model::Entity &entity);
    base::Result<void> findDuplicates(const model::Entity &entity, DuplicateSearch &search);
    base::Result<void> takeRecord(const model::Entity &entity, const model::Record &record);
    bool takeDefinition(const model::Record &record);
    bool takePresent(const model::Entity &entity, const model::Record &record);
    base::Result<bool> takeDuplicate(const model::Entity &entity, const model::Record &record);
    base::Result<void> takeNew(const model::Entity &entity, const model::Record &record);
    base::Result<void> takeReference(const model::Field &field, const model::Reference &reference, changes::LocalChange &change, Deferred &later);
    base::Result<void> readSettings(const model::Entity &entity);
    bool takeSetting(const model::Entity &entity, const model::Record &record);
    base::Result<void> giveNumber(const model::Entity &entity, const model::Record &record, const QString &number, changes::LocalChange &change);
    base::Result<std::optional<model::FieldKey>> formerNumberField(const model::Entity &entity);
    base::Result<bool> keepsNumber(const model::Entity &entity, const QString &number);
    base::Result<std::optional<model::Reference>> mapped(const model::Reference &reference, bool &isLater);
    [[nodiscard]] model::FieldKey keyThere(const model::Field &field) const { return m_fields.value(field.key, field.key); }
    base::Result<void> flush(bool isLast);
    base::Result<void> finish();
    [[nodiscard]] TransferCounts &counts() { return m_report.counts.last(); }

    store::Store &m_from;
    store::Store &m_to;
    const TransferOptions m_options;
    const Progress m_progress;
    TransferReport m_report;
    qint64 m_done = 0;
    qint64 m_total = 0;
    QHash<base::Id, base::Id> m_others;      ///< Own record -> the present one that stands for it.
    QHash<model::FieldKey, model::FieldKey> m_fields; ///< Custom fields that are called otherwise there.
    QHash<model::FieldKey, QString> m_fieldNames;     ///< New names of own custom fields.
    QHash<base::Id, base::Id> m_matches;     ///< Duplicates, whatever becomes of them.
    QHash<QString, base::Id> m_sameNames;    ///< Present settings of the entity at hand, by parent and title.
    const DuplicateSearch *m_search = nullptr;
    QHash<base::Id, bool> m_present;         ///< Of the rows at hand: there already -> whether trashed.
    QSet<base::Id> m_known;                  ///< Records that the target has or gets.
    std::vector<changes::LocalChange> m_changes;
    std::vector<std::pair<size_t, Renumbering>> m_awaitingNumbers; ///< Index in m_changes.
    std::vector<Deferred> m_deferred;
    std::vector<model::Reference> m_trash;
    bool m_isOpen = false; ///< The action was begun.
};

} // namespace fieldfare::domain
