// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/storage/field_columns.h"

#include <optional>

namespace fieldfare::server {

/// What a new company's store is made with.
struct CompanySettings {
    base::Id id;
    QString name;
    QString currency; ///< ISO 4217
};

/// Tables of DATA/server.db, or of the company's database in PostgreSQL (sync/server/docs/storage.md, postgresql.md): one an entity, made from the catalog, and those of sync,
/// accounts and number leases. Called on the write connection, once at each start.
///
/// A file of an older program is brought forward: new entities and fields get their tables and columns, and values that
/// were kept as unknown move into them.
class ServerSchema {
public:
    /// Raised when a fixed table changes; steps forward are in server_schema.cpp.
    static constexpr int kVersion = 3;

    /// Makes the tables in an empty file. AlreadyExists when it is not empty.
    [[nodiscard]] static base::Result<void> create(storage::Connection &connection, const model::Catalog &catalog,
                                                   const CompanySettings &company, base::RandomSource &random);
    /// Fails with SchemaTooNew for a file of a newer program and NotFound for one that create() did not finish.
    [[nodiscard]] static base::Result<void> migrate(storage::Connection &connection, const model::Catalog &catalog);
};

/// Where a conflict says which row it is about.
struct ConflictAbout {
    QString table;
    storage::FieldColumn column;
};
[[nodiscard]] std::optional<ConflictAbout> conflictAboutColumn(const model::Catalog &catalog);

/// Where an owned child says whose it is; empty for entities that are nobody's children.
[[nodiscard]] std::optional<storage::FieldColumn> parentColumn(const model::Entity &entity);

/// Small settings and counters of the store.
class ServerMeta {
public:
    explicit ServerMeta(storage::Connection &connection) : m_connection(connection) {}

    [[nodiscard]] base::Result<qint64> integer(QLatin1StringView name);
    [[nodiscard]] base::Result<QByteArray> bytes(QLatin1StringView name);
    [[nodiscard]] base::Result<QString> text(QLatin1StringView name);
    /// The counter, and until the transaction ends nobody else writes the store: with several processes over one database this
    /// is the first lock that each takes.
    [[nodiscard]] base::Result<qint64> lockedCounter();
    [[nodiscard]] base::Result<void> put(QLatin1StringView name, qint64 value);
    [[nodiscard]] base::Result<void> put(QLatin1StringView name, const QByteArray &value);
    [[nodiscard]] base::Result<void> put(QLatin1StringView name, const QString &value);

    static constexpr QLatin1StringView kEpoch{"epoch"};
    static constexpr QLatin1StringView kCounter{"counter"};
    static constexpr QLatin1StringView kCompanyId{"company_id"};
    static constexpr QLatin1StringView kCompanyName{"company_name"};
    static constexpr QLatin1StringView kCurrency{"currency"};
    static constexpr QLatin1StringView kErasureKey{"erasure_key"}; ///< Of the hashes of erased ids.
    static constexpr QLatin1StringView kTokenKey{"token_key"};     ///< Of the access tokens' signatures.
    static constexpr QLatin1StringView kFingerprint{"fingerprint"}; ///< Of the catalog that the tables follow.

private:
    [[nodiscard]] base::Result<storage::Statement *> find(QLatin1StringView name);

    storage::Connection &m_connection;
};

} // namespace fieldfare::server
