// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/store_fixture.h"

#include "core/storage/data_key.h"

namespace fieldfare::store_test {

using changes::LocalChange;
using changes::OperationKind;

namespace {

[[noreturn]] void fail(const base::Error &error)
{
    qFatal("%s: %s (%s)", qPrintable(base::errorCodeName(error.code)), qPrintable(error.detail),
           qPrintable(error.arguments.join(QStringLiteral("; "))));
    std::abort();
}

const model::Entity &entityOf(const model::Catalog &catalog, const char *name)
{
    const model::Entity *entity = catalog.entity(QString::fromLatin1(name));
    if (entity == nullptr)
        qFatal("no entity %s", name);
    return *entity;
}

std::vector<changes::FieldValue> valuesOf(const model::Entity &entity, const std::vector<NamedValue> &values)
{
    std::vector<changes::FieldValue> result;
    for (const NamedValue &entry : values) {
        const model::Field *field = entity.field(QString::fromLatin1(entry.field));
        if (field == nullptr)
            qFatal("no field %s", entry.field);
        result.push_back({field->key, entry.value});
    }
    return result;
}

} // namespace

void TestRandom::fill(std::span<std::uint8_t> bytes)
{
    for (std::uint8_t &byte : bytes) { // xorshift64*
        m_state ^= m_state >> 12;
        m_state ^= m_state << 25;
        m_state ^= m_state >> 27;
        byte = std::uint8_t((m_state * 0x2545F4914F6CDD1DULL) >> 56);
    }
}

TestProfile::TestProfile(model::CatalogPointer catalog) : m_catalog(std::move(catalog))
{
    m_key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(random));
    if (!open())
        fail(m_error);
}

TestProfile::~TestProfile() = default;

bool TestProfile::open()
{
    return openWith(m_catalog);
}

bool TestProfile::openWith(model::CatalogPointer catalog)
{
    m_store.reset();
    m_catalog = std::move(catalog);
    store::StoreOptions options;
    options.path = path();
    options.key = m_key;
    options.createIfMissing = true;
    options.catalog = m_catalog;
    options.clock = &clock;
    options.random = &random;
    options.synchronous = storage::OpenOptions::Synchronous::Off;
    auto opened = store::Store::open(std::move(options));
    if (!opened.ok()) {
        m_error = opened.error();
        return false;
    }
    m_store = std::move(opened).value();
    return true;
}

void TestProfile::identify(const QString &serverUrl)
{
    auto state = m_store->replicaState();
    if (!state.ok())
        fail(state.error());
    state->device = m_store->newId();
    state->incarnation = 1;
    state->user = m_store->newId();
    if (const auto done = m_store->setReplicaState(*state); !done.ok())
        fail(done.error());
    store::ProfileInfo info;
    info.user = state->user;
    info.serverUrl = serverUrl;
    info.deviceNumber = serverUrl.isEmpty() ? 0 : 7;
    if (const auto done = m_store->setProfileInfo(info); !done.ok())
        fail(done.error());
}

model::Value reference(const model::Catalog &catalog, const char *entity, const base::Id &id)
{
    return model::Value(model::Reference{entityOf(catalog, entity).id(), id});
}

LocalChange create(const model::Catalog &catalog, const char *entity, const std::vector<NamedValue> &values, const base::Id &id)
{
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = entityOf(catalog, entity).id();
    change.record = id;
    change.values = valuesOf(entityOf(catalog, entity), values);
    return change;
}

LocalChange set(const model::Catalog &catalog, const char *entity, const base::Id &id, const std::vector<NamedValue> &values)
{
    LocalChange change = create(catalog, entity, values, id);
    change.kind = OperationKind::Set;
    return change;
}

LocalChange mark(const model::Catalog &catalog, const char *entity, const base::Id &id, OperationKind kind)
{
    LocalChange change = create(catalog, entity, {}, id);
    change.kind = kind;
    return change;
}

store::ChangeSet setOf(std::vector<LocalChange> changes, const char *label)
{
    store::ChangeSet result;
    result.label = QString::fromUtf8(label);
    result.changes = std::move(changes);
    return result;
}

store::CommitReport commit(store::Store &store, std::vector<LocalChange> changes)
{
    auto report = store.commit(setOf(std::move(changes)));
    if (!report.ok())
        fail(report.error());
    return *report;
}

store::CommitReport commit(store::Store &store, LocalChange change)
{
    return commit(store, std::vector<LocalChange>{std::move(change)});
}

model::Value valueOf(store::Store &store, const char *entity, const base::Id &id, const char *field)
{
    const model::CatalogPointer catalog = store.catalog();
    const model::Entity &description = entityOf(*catalog, entity);
    const auto record = store.record(description.id(), id);
    if (!record.ok())
        fail(record.error());
    const model::Field *found = description.field(QString::fromLatin1(field));
    if (found == nullptr)
        qFatal("no field %s", field);
    return record->value(*found);
}

} // namespace fieldfare::store_test
