// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/bringing_back.h"

#include "core/model/unit_separator.h"
#include "core/storage/backup/scratch_copies.h"
#include "core/storage/transaction.h"
#include "core/store/backup/backup_list.h"
#include "core/store/meta_table.h"
#include "core/store/record_reader.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>

#include <algorithm>
#include <unordered_map>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::Field;
using model::Record;

namespace {

constexpr int kPage = 500;
constexpr QLatin1StringView kScratch("bring-back-");

/// What a person can give a value to.
bool isComparable(const Field &field)
{
    return field.isReplicated() && !field.has(model::Removed) && !field.has(model::ReadOnly) && !field.has(model::Number);
}

const Field *tagsOf(const Entity &entity)
{
    const auto field = std::find_if(entity.fields().begin(), entity.fields().end(), [](const Field &one) { return one.type == model::FieldType::Tags; });
    return field != entity.fields().end() ? &*field : nullptr;
}

/// The two sides, and what came out so far.
class Comparison {
public:
    Comparison(RecordReader &present, bool standsAlone, Store &then, const Entity &presentEntity, const Entity &thenEntity, base::IdGenerator &ids)
        : m_present(present), m_standsAlone(standsAlone), m_then(then), m_entity(presentEntity), m_thenEntity(thenEntity), m_ids(ids)
    {
    }

    Result<void> compare(std::span<const Id> ids)
    {
        FIELDFARE_ASSIGN(const std::vector<Record> before, m_then.records(m_entity.id(), ids, true));
        FIELDFARE_ASSIGN(const std::vector<Record> now, ofToday(m_present.records(m_entity.id(), ids)));
        std::unordered_map<Id, const Record *> present;
        for (const Record &record : now)
            present.emplace(record.id, &record);
        for (const Record &record : before) {
            ++m_plan.looked;
            const auto found = present.find(record.id);
            if (found != present.end())
                FIELDFARE_TRY(compare(record, *found->second));
            else if (m_standsAlone && !record.trashed)
                createAnew(record);
            else
                ++m_plan.gone;
        }
        return {};
    }
    [[nodiscard]] BringBackPlan &plan() { return m_plan; }

private:
    template <typename T>
    Result<T> ofToday(Result<T> read)
    {
        if (!read.ok())
            m_plan.unread = read.error();
        return read;
    }
    void createAnew(const Record &before)
    {
        LocalChange change;
        change.kind = OperationKind::Create;
        change.entity = m_entity.id();
        change.record = before.id;
        for (const Field &field : m_entity.fields()) {
            const Field *const then = m_thenEntity.field(field.key);
            if (field.isReplicated() && !field.has(model::Removed) && then != nullptr && then->type == field.type && !before.value(*then).isEmpty())
                change.values.push_back({field.key, before.value(*then)});
        }
        m_plan.changes.changes.push_back(std::move(change));
        // Not with the create, which takes for granted that there are none: those of the lost record may be there.
        if (const Field *const tags = tagsOf(m_entity); tags != nullptr && !before.tags.isEmpty()) {
            LocalChange tagged;
            tagged.kind = OperationKind::Set;
            tagged.entity = m_entity.id();
            tagged.record = before.id;
            tagged.values.push_back({tags->key, model::Value(before.tags.join(model::kUnitSeparator))});
            m_plan.changes.changes.push_back(std::move(tagged));
        }
        ++m_plan.lost;
    }
    Result<void> compare(const Record &before, const Record &now)
    {
        if (now.trashed && !before.trashed) {
            LocalChange change;
            change.kind = OperationKind::Restore;
            change.entity = m_entity.id();
            change.record = now.id;
            m_plan.changes.changes.push_back(std::move(change));
            ++m_plan.fromTrash;
        }
        LocalChange change;
        change.kind = OperationKind::Set;
        change.entity = m_entity.id();
        change.record = now.id;
        for (const Field &field : m_entity.fields()) {
            const Field *const then = m_thenEntity.field(field.key);
            if (isComparable(field) && then != nullptr && then->type == field.type && before.value(*then) != now.value(field))
                change.values.push_back({field.key, before.value(*then)});
        }
        if (const Field *const tags = tagsOf(m_entity)) {
            FIELDFARE_ASSIGN(const QStringList names, ofToday(m_present.tags({m_entity.id(), now.id})));
            if (names != before.tags)
                change.values.push_back({tags->key, model::Value(before.tags.join(model::kUnitSeparator))});
        }
        if (change.values.empty())
            return {};
        ++m_plan.edited;
        m_plan.fields += qint64(change.values.size());
        if (change.values.size() > 1)
            change.group = m_ids.next(); // a record comes back whole
        m_plan.changes.changes.push_back(std::move(change));
        return {};
    }

    RecordReader &m_present;
    const bool m_standsAlone;
    Store &m_then;
    const Entity &m_entity;
    const Entity &m_thenEntity;
    base::IdGenerator &m_ids;
    BringBackPlan m_plan;
};

Result<void> compareAll(Store &then, const Entity &entity, Comparison &comparison, const storage::BackupWatch &watch)
{
    Id after;
    for (;;) {
        std::vector<Id> ids;
        {
            storage::Statement &query = then.connection().statement(QStringLiteral("SELECT id FROM %1 WHERE id > ? ORDER BY id LIMIT ?").arg(quoted(entity.table())));
            const storage::StatementReset reset(query);
            query.bindBlob(1, after.toBytes());
            query.bind(2, kPage);
            for (;;) {
                FIELDFARE_ASSIGN(const bool row, query.step());
                if (!row)
                    break;
                ids.push_back(Id::fromBytes(query.blob(0)));
            }
        }
        if (ids.empty())
            return {};
        if (watch.cancelled())
            return {ErrorCode::Cancelled, QStringLiteral("looking for what to bring back was stopped")};
        after = ids.back();
        FIELDFARE_TRY(comparison.compare(ids));
    }
}

/// What the order names, of the backup.
Result<void> compareChosen(const BringBackOrder &order, Store &then, const Entity &entity, Comparison &comparison, const storage::BackupWatch &watch)
{
    if (order.records.isEmpty())
        return compareAll(then, entity, comparison, watch);
    std::vector<Id> chosen;
    for (const QString &text : order.records) {
        FIELDFARE_ASSIGN(const Id id, then.resolve(entity.id(), text));
        if (std::find(chosen.begin(), chosen.end(), id) == chosen.end())
            chosen.push_back(id);
    }
    return comparison.compare(chosen);
}

/// The profile as it is, at one moment.
struct Today {
    std::unique_ptr<storage::Connection> connection;
    storage::Transaction snapshot;
};

Result<Today> openToday(const BackupOrigin &origin)
{
    storage::OpenOptions options;
    options.path = origin.paths.database();
    options.key = origin.key;
    options.readOnly = true;
    options.busyTimeoutMs = 2000;
    FIELDFARE_ASSIGN(auto connection, storage::Connection::open(options));
    FIELDFARE_ASSIGN(storage::Transaction snapshot, storage::Transaction::begin(*connection, storage::Transaction::Mode::Deferred));
    return Today{std::move(connection), std::move(snapshot)};
}

} // namespace

Result<void> discardBringingBackLeftovers(const QString &folder)
{
    return storage::discardScratchCopies(folder, kScratch);
}

Result<BringBackPlan> planBringingBack(const BackupOrigin &origin, const model::CatalogPointer &catalog, const BringBackOrder &order, const base::Clock &clock,
                                       const storage::BackupWatch &watch)
{
    FIELDFARE_ASSIGN(const Entity *const entity, catalog->find(order.entity));
    auto opened = ProfileBackups::open(order.backup, origin.key);
    if (!opened.ok() && opened.error().code == ErrorCode::FileDamaged && storage::BackupFolder::at(order.backup).ok() && isOfFormerKey(order.backup, origin))
        return base::Error{ErrorCode::Unsupported, QStringLiteral("the backup is of a former data key"), {order.backup}};
    FIELDFARE_ASSIGN(const storage::BackupAssembly assembly, std::move(opened));
    FIELDFARE_TRY(discardBringingBackLeftovers(origin.paths.folder));
    const QTemporaryDir scratch(origin.paths.folder + QLatin1Char('/') + kScratch + QStringLiteral("XXXXXX"));
    if (!scratch.isValid())
        return base::Error{ErrorCode::PermissionDenied, scratch.errorString(), {origin.paths.folder}};
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const auto then, ProfileBackups::openCopy(assembly, scratch.filePath(QStringLiteral("then")), clock, random, watch));
    const Entity *const thenEntity = then->catalog()->entity(entity->id());
    if (thenEntity == nullptr)
        return base::Error{ErrorCode::UnknownEntity, QStringLiteral("the backup has no such records"), {order.entity}};

    BringBackPlan unreadable;
    const auto today = openToday(origin);
    if (!today.ok()) {
        unreadable.unread = today.error();
        return unreadable;
    }
    const auto profile = MetaTable(*today->connection).profileInfo();
    if (!profile.ok()) {
        unreadable.unread = profile.error();
        return unreadable;
    }
    RecordReader present(*today->connection, catalog);
    base::IdGenerator ids(clock, random);
    Comparison comparison(present, profile->isStandAlone(), *then, *entity, *thenEntity, ids);
    const auto compared = compareChosen(order, *then, *thenEntity, comparison, watch);
    if (comparison.plan().unread) {
        unreadable.unread = comparison.plan().unread;
        return unreadable;
    }
    FIELDFARE_TRY(compared);
    BringBackPlan plan = std::move(comparison.plan());
    plan.at = assembly.manifest().at;
    plan.changes.isTaken = true;
    return plan;
}

} // namespace fieldfare::store
