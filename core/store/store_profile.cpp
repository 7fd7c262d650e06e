// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whose profile it is, its place in the protocol, numbers, first records, bulk loading.
#include "core/store/store_parts.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"
#include "core/store/migrations.h"
#include "core/store/schema.h"

#include <QScopeGuard>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::Value;

namespace {


LocalChange create(const Entity &entity, const Id &id, const std::vector<std::pair<const char *, Value>> &values)
{
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = entity.id();
    change.record = id;
    for (const auto &[name, value] : values) {
        if (!value.isEmpty())
            change.values.push_back({entity.field(QString::fromLatin1(name))->key, value});
    }
    return change;
}

} // namespace

Result<ProfileInfo> Store::profileInfo()
{
    return m_parts->meta.profileInfo();
}

Result<void> Store::setProfileInfo(const ProfileInfo &info)
{
    return m_parts->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(const ProfileInfo former, m_parts->meta.profileInfo());
        FIELDFARE_TRY(m_parts->meta.setProfileInfo(info));
        if (former.currency != info.currency)
            FIELDFARE_TRY(m_parts->computed.recomputeAll(info.currency));
        return {};
    });
}

Result<QByteArray> Store::setting(const QString &name)
{
    return m_parts->meta.value(QStringLiteral("setting.") + name);
}

Result<void> Store::setSetting(const QString &name, const QByteArray &value)
{
    return m_parts->write([&] { return m_parts->meta.setValue(QStringLiteral("setting.") + name, value); });
}

Result<QStringList> Store::settingNames()
{
    const QString prefix = QStringLiteral("setting.");
    FIELDFARE_ASSIGN(QStringList names, m_parts->meta.names(prefix));
    for (QString &name : names)
        name.remove(0, prefix.size());
    return names;
}

Result<bool> Store::trimHistory()
{
    return m_parts->write([&] { return m_parts->trimming.step(m_parts->options.clock->wallMs()); });
}

Result<changes::ReplicaState> Store::replicaState()
{
    return m_parts->storage.state();
}

Result<void> Store::setReplicaState(const changes::ReplicaState &state)
{
    return m_parts->write([&] { return m_parts->storage.setState(state); });
}

Result<void> Store::addNumberLease(model::EntityId entity, qint64 first, qint64 last)
{
    return m_parts->write([&] { return m_parts->numbers.addLease(entity, first, last); });
}

Result<qint64> Store::leasedNumbersLeft(model::EntityId entity)
{
    return m_parts->numbers.left(entity);
}

Result<void> Store::dropNumberLeases()
{
    return m_parts->write([&] { return m_parts->numbers.dropLeases(); });
}

Result<void> Store::seed(const QString &fullName)
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, replicaState());
    FIELDFARE_ASSIGN(const ProfileInfo info, profileInfo());
    const model::Catalog &known = *catalog();
    ChangeSet set;
    set.label = QStringLiteral("Seed");
    set.cause = Cause::Seed;
    QHash<QString, std::int64_t> order;
    const Entity &choice = *known.entity(model::entities::kChoiceValue.id);
    for (const model::ChoiceSeed &seed : model::choiceSeeds()) {
        const QString list = QString::fromLatin1(seed.list);
        const QString key = QString::fromLatin1(seed.key);
        set.changes.push_back(create(choice, model::choiceValueId(list, key),
                                     {{"list", list}, {"key", key}, {"label_en", QString::fromUtf8(seed.labelEnglish)},
                                      {"label_zh", QString::fromUtf8(seed.labelChinese)}, {"sort_order", ++order[list]}}));
    }
    const Id pipeline = model::defaultPipelineId();
    set.changes.push_back(create(*known.entity(model::entities::kPipeline.id), pipeline,
                                 {{"name", QStringLiteral("Sales")}, {"name_zh", QString::fromUtf8("销售")}, {"sort_order", 1}}));
    std::int64_t stageOrder = 0;
    for (const model::StageSeed &seed : model::stageSeeds()) {
        set.changes.push_back(create(*known.entity(model::entities::kStage.id), model::stageSeedId(seed.key),
                                     {{"pipeline", model::Reference{model::entities::kPipeline.id, pipeline}},
                                      {"name", QString::fromUtf8(seed.nameEnglish)},
                                      {"name_zh", QString::fromUtf8(seed.nameChinese)},
                                      {"kind", QString::fromLatin1(seed.kind)},
                                      {"probability", std::int64_t(seed.probability)},
                                      {"sort_order", ++stageOrder}}));
    }
    if (!state.user.isNull()) {
        const QString name = info.userName.isEmpty() ? QStringLiteral("me") : info.userName;
        set.changes.push_back(create(*known.entity(model::entities::kUser.id), state.user,
                                     {{"name", name}, {"full_name", fullName.isEmpty() ? name : fullName},
                                      {"role", QStringLiteral("system_administrator")}, {"active", std::int64_t(1)}}));
    }
    FIELDFARE_TRY(commit(set));
    return {};
}

Result<void> Store::beginBulkLoad()
{
    return m_parts->write([&]() -> Result<void> {
        for (const Entity &entity : m_parts->catalog->entities()) {
            FIELDFARE_ASSIGN(const auto any, m_parts->connection->prepare(QStringLiteral("SELECT 1 FROM %1 LIMIT 1").arg(quoted(entity.table()))));
            FIELDFARE_ASSIGN(const bool hasRows, any->step());
            if (hasRows)
                return {};
        }
        FIELDFARE_TRY(m_parts->meta.setNumber(QString(kBulkLoading), 1));
        for (const Entity &entity : m_parts->catalog->entities()) {
            for (const schema::Index &index : schema::indexes(entity))
                FIELDFARE_TRY(m_parts->connection->execute(QStringLiteral("DROP INDEX IF EXISTS %1").arg(quoted(index.name))));
        }
        return {};
    });
}

Result<void> Store::finishDownload(const std::function<bool()> &isStopped)
{
    FIELDFARE_ASSIGN(const bool isBulk, isBulkLoading());
    FIELDFARE_ASSIGN(const qint64 isUnderived, m_parts->meta.number(QString(kRecomputeNeeded), 0));
    if (!isBulk && isUnderived == 0)
        return {};
    constexpr int kStepsPerCheck = 10'000; // below a millisecond
    m_parts->connection->setProgressHook(kStepsPerCheck, isStopped);
    const auto unhook = qScopeGuard([this] { m_parts->connection->setProgressHook(0, {}); });
    return m_parts->write([&]() -> Result<void> {
        for (const Entity &entity : m_parts->catalog->entities())
            FIELDFARE_TRY(adjustIndexes(*m_parts->connection, entity));
        FIELDFARE_ASSIGN(const ProfileInfo info, m_parts->meta.profileInfo());
        FIELDFARE_TRY(m_parts->computed.recomputeAll(info.currency));
        FIELDFARE_TRY(m_parts->meta.setNumber(QString(kRecomputeNeeded), 0));
        return m_parts->meta.setNumber(QString(kBulkLoading), 0);
    });
}

Result<bool> Store::isBulkLoading()
{
    FIELDFARE_ASSIGN(const qint64 flag, m_parts->meta.number(QString(kBulkLoading), 0));
    return flag == 1;
}

} // namespace fieldfare::store
