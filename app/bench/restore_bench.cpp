// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// restore: a backup of a profile, an increment after 1,000 edits all over it, and a profile made of both again.
#include "app/bench/bench.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/storage/backup/backup_assembly.h"
#include "core/storage/backup/backup_writer.h"
#include "core/storage/durable_copy.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "core/store/query/list_reader.h"
#include "tests/bench/bare_table.h"

#include <QDir>
#include <QFileInfo>

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr int kEdits = 1000;
constexpr double kMostSeconds = 300; // for a million customers

/// One edit a commit, as people make them, of customers all over the file.
Result<void> editAllOver(store::Store &store, const std::vector<base::Id> &ids)
{
    const model::Entity &customer = *store.catalog()->entity(QStringLiteral("customer"));
    const model::Field &phone = *customer.field(QStringLiteral("phone"));
    int n = 0;
    for (const base::Id &id : ids) {
        store::ChangeSet set;
        changes::LocalChange change;
        change.kind = changes::OperationKind::Set;
        change.entity = customer.id();
        change.record = id;
        change.values.push_back({phone.key, model::Value(QStringLiteral("+49 30 %1").arg(100'000 + n++))});
        set.label = QStringLiteral("Edit");
        set.changes.push_back(std::move(change));
        FIELDFARE_TRY(store.commit(std::move(set)));
    }
    return {};
}

} // namespace

Result<QList<Line>> restore(const Options &options)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    FIELDFARE_TRY(profile->foldSearch());
    std::vector<base::Id> ids;
    {
        FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(profile->store().connection(), QStringLiteral("customer"), profile->otherPath(QStringLiteral("bare.db")), profile->key()));
        FIELDFARE_TRY(bare.insertAllAgain(int(store::Store::kLargestChunk)));
        FIELDFARE_ASSIGN(ids, bare.someIds(kEdits));
    }
    FIELDFARE_TRY(profile->store().connection().checkpoint(true));
    const base::Secret passphrase = storage::passphraseBytes(QStringLiteral("orchid-lantern-42-gravel"));
    const QString keyFile = profile->otherPath(QStringLiteral("bench.key"));
    FIELDFARE_TRY(storage::KeyFile(keyFile).store(*profile->key(), passphrase, {}));
    const QString place = profile->otherPath(QStringLiteral("backups"));
    storage::BackupWriter writer({QStringLiteral("bench"), profile->path(), keyFile, profile->key()}, place);
    base::SystemRandom random;
    const base::SystemClock clock;
    using Wish = storage::BackupWriter::Wish;

    Stopwatch watch;
    FIELDFARE_TRY(storage::copyDurably(profile->path(), profile->otherPath(QStringLiteral("plain-copy"))));
    const double copySeconds = watch.seconds();
    QFile::remove(profile->otherPath(QStringLiteral("plain-copy")));
    watch = Stopwatch();
    FIELDFARE_ASSIGN(const storage::StoredBackup full, writer.write(Wish::Full, clock.wallMs(), random));
    const double fullSeconds = watch.seconds();
    FIELDFARE_TRY(editAllOver(profile->store(), ids));
    watch = Stopwatch();
    FIELDFARE_ASSIGN(const storage::StoredBackup increment, writer.write(Wish::Increment, clock.wallMs(), random));
    const double incrementSeconds = watch.seconds();

    watch = Stopwatch();
    const storage::BackupAssembly::Names names{QFileInfo(profile->path()).fileName(), QFileInfo(keyFile).fileName()};
    FIELDFARE_ASSIGN(const storage::BackupAssembly assembly, storage::BackupAssembly::open(increment.folder, names, passphrase));
    const QString target = profile->otherPath(QStringLiteral("restored"));
    if (!QDir().mkpath(target))
        return base::Error{base::ErrorCode::Io, QStringLiteral("no folder to restore into"), {target}};
    FIELDFARE_TRY(assembly.writeTo(target));
    store::StoreOptions file;
    file.path = target + QLatin1Char('/') + names.database;
    file.key = assembly.key();
    file.clock = &clock;
    file.random = &random;
    FIELDFARE_ASSIGN(const auto restored, store::Store::open(std::move(file)));
    const model::EntityId customer = restored->catalog()->entity(QStringLiteral("customer"))->id();
    FIELDFARE_ASSIGN(const std::int64_t rows, store::ListReader(restored->connection(), restored->catalog(), {}).count({.entity = customer}));
    const double restoreSeconds = watch.seconds();
    if (rows != options.rows)
        return base::Error{base::ErrorCode::Internal, QStringLiteral("%1 rows came back of %2").arg(rows).arg(options.rows)};
    const double million = restoreSeconds * 1'000'000 / double(options.rows);
    constexpr double kMegabyte = 1'000'000;
    return QList<Line>{
        {QStringLiteral("backup-full"), fullSeconds, QStringLiteral("s"), copySeconds, options.rows},
        {QStringLiteral("backup-full-size"), double(full.bytes) / kMegabyte, QStringLiteral("MB"), double(QFileInfo(profile->path()).size()) / kMegabyte, options.rows},
        {QStringLiteral("backup-incremental"), incrementSeconds, QStringLiteral("s"), fullSeconds, options.rows},
        {QStringLiteral("backup-incremental-size"), double(increment.bytes) / kMegabyte, QStringLiteral("MB"), double(full.bytes) / kMegabyte, options.rows},
        {QStringLiteral("restore"), restoreSeconds, QStringLiteral("s"), copySeconds, options.rows},
        {QStringLiteral("restore-million"), million, QStringLiteral("s, linear"), kMostSeconds, 1'000'000},
    };
}

} // namespace fieldfare::bench
