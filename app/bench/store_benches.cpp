// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// bulk-insert, local-edit, disk: the write path against bare SQLite on the same encrypted file format.
#include "app/bench/bench.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/base/platform.h"
#include "core/store/search/search_index.h"
#include "tests/bench/bare_table.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <map>

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr int kEdits = 1500;

std::int64_t fileBytes(const QString &path)
{
    return QFileInfo(path).size();
}

} // namespace

Result<QList<Line>> bulkInsert(const Options &options)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    const Stopwatch watch;
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    const double ours = double(options.rows) / watch.seconds();
    FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(profile->store().connection(), QStringLiteral("customer"),
                                                       profile->otherPath(QStringLiteral("bare.db")), profile->key()));
    FIELDFARE_ASSIGN(const double seconds, bare.insertAllAgain(int(store::Store::kChunkChanges)));
    return QList<Line>{{QStringLiteral("bulk-insert"), ours, QStringLiteral("rows/s"), double(options.rows) / seconds, options.rows}};
}

Result<QList<Line>> localEdit(const Options &options)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    FIELDFARE_TRY(profile->foldSearch());
    store::Store &store = profile->store();
    const model::Entity &customer = *store.catalog()->entity(QStringLiteral("customer"));
    const model::FieldKey field = customer.field(QStringLiteral("name"))->key;
    FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(store.connection(), QStringLiteral("customer"),
                                                       profile->otherPath(QStringLiteral("bare.db")), profile->key()));
    FIELDFARE_TRY(bare.insertAllAgain(int(store::Store::kChunkChanges)));
    FIELDFARE_ASSIGN(const std::vector<base::Id> ids, bare.someIds(kEdits));
    const auto edit = [&](const base::Id &id, int i) -> Result<void> {
        store::ChangeSet set;
        set.label = QStringLiteral("Edit");
        changes::LocalChange change;
        change.kind = changes::OperationKind::Set;
        change.entity = customer.id();
        change.record = id;
        change.values = {{field, model::Value(QStringLiteral("Edited %1").arg(i))}};
        set.changes.push_back(change);
        FIELDFARE_TRY(store.commit(set));
        return {};
    };
    // In turns, so that a drift of the machine meets both.
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int i = 0; i < int(ids.size()); ++i) {
        const Stopwatch own;
        FIELDFARE_TRY(edit(ids[size_t(i)], i));
        ours.push_back(own.seconds());
        const Stopwatch other;
        FIELDFARE_TRY(bare.updateText(QStringLiteral("name"), ids[size_t(i)], QStringLiteral("Edited %1").arg(i)));
        theirs.push_back(other.seconds());
    }
    return QList<Line>{{QStringLiteral("local-edit"), 1.0 / median(ours), QStringLiteral("edits/s"), 1.0 / median(theirs), options.rows}};
}

Result<QList<Line>> searchFold(const Options &options)
{
    constexpr std::chrono::milliseconds kPiece(15);
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    store::Store &store = profile->store();
    std::vector<double> pieces;
    const double cpuBefore = base::platform::cpuSeconds();
    const Stopwatch all;
    bool more = true;
    while (more) {
        const Stopwatch piece;
        FIELDFARE_ASSIGN(more, store::search::foldSome(store.connection(), *store.catalog(), kPiece));
        pieces.push_back(piece.seconds() * 1000);
    }
    const double seconds = all.seconds();
    const double cpu = base::platform::cpuSeconds() - cpuBefore;
    FIELDFARE_TRY(store::search::startRebuild(store.connection(), *store.catalog()));
    const Stopwatch atOnce;
    FIELDFARE_TRY(profile->foldSearch());
    const double atOnceSeconds = atOnce.seconds();
    const auto rows = double(options.rows);
    const auto budget = double(kPiece.count());
    return QList<Line>{{QStringLiteral("search-fold"), rows / seconds, QStringLiteral("rows/s"), rows / atOnceSeconds, options.rows, cpu},
                       {QStringLiteral("search-fold/median piece"), median(pieces), QStringLiteral("ms"), budget, options.rows},
                       {QStringLiteral("search-fold/p99 piece"), percentile(pieces, 0.99), QStringLiteral("ms"), budget, options.rows},
                       {QStringLiteral("search-fold/longest piece"), pieces.back(), QStringLiteral("ms"), budget, options.rows}};
}

/// What a table or index is for, by its name.
QString shareOf(const QString &name)
{
    static const QRegularExpression search(QStringLiteral("^search_|_(names|text)_(config|data|docsize|idx)$"));
    static const QRegularExpression history(QStringLiteral("^(ix_|sqlite_autoindex_)?(history|action)(_|$)"));
    static const QRegularExpression sync(QStringLiteral("^(ix_)?(outbox|dirty_field|tombstone|replica_state|tray)(_|$)"));
    if (search.match(name).hasMatch())
        return QStringLiteral("search");
    if (history.match(name).hasMatch())
        return QStringLiteral("history");
    return sync.match(name).hasMatch() ? QStringLiteral("edits that wait to be sent") : QStringLiteral("records, their versions and indexes");
}

Result<std::map<QString, double>> bytesByShare(storage::Connection &connection)
{
    FIELDFARE_ASSIGN(const auto tables, bytesByTable(connection));
    std::map<QString, double> bytes;
    for (const auto &[name, size] : tables)
        bytes[shareOf(name)] += double(size);
    return bytes;
}

Result<QList<Line>> disk(const Options &options)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    FIELDFARE_TRY(profile->foldSearch());
    FIELDFARE_ASSIGN(BareTable bare, BareTable::copyOf(profile->store().connection(), QStringLiteral("customer"),
                                                       profile->otherPath(QStringLiteral("plain.db")), nullptr));
    FIELDFARE_TRY(bare.insertAllAgain(int(store::Store::kChunkChanges)));
    FIELDFARE_TRY(bare.close());
    FIELDFARE_TRY(profile->store().connection().checkpoint(true));
    const auto rows = double(options.rows);
    const double plain = double(fileBytes(profile->otherPath(QStringLiteral("plain.db")))) / rows;
    QList<Line> lines{{QStringLiteral("disk"), double(fileBytes(profile->path())) / rows, QStringLiteral("bytes/record"), plain, options.rows}};
    FIELDFARE_ASSIGN(const auto shares, bytesByShare(profile->store().connection()));
    for (const auto &[share, bytes] : shares)
        lines.append({QStringLiteral("disk/") + share, bytes / rows, QStringLiteral("bytes/record"), plain, options.rows});
    return lines;
}

} // namespace fieldfare::bench
