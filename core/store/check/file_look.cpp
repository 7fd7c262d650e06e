// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/file_look.h"

#include "core/store/check/profile_check.h"
#include "core/store/search/search_index.h"
#include "core/store/table_layout.h"

#include <QRegularExpression>

#include <chrono>
#include <future>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Entity;
using model::Field;

namespace {

constexpr int kStepsBetweenLooks = 1000;
constexpr std::chrono::milliseconds kBetweenIdles(5);
constexpr int kPagesDone = 40;     // percent, after each part
constexpr int kStructureDone = 80;

} // namespace

FileLook::FileLook(storage::Connection &connection, model::CatalogPointer catalog, bool isStandAlone)
    : m_own(connection), m_catalog(std::move(catalog)), m_isStandAlone(isStandAlone)
{
}

Result<void> FileLook::run(const std::function<bool()> &idle)
{
    if (const auto options = m_own.optionsOfReader())
        return runBehind(*options, idle);
    return look(m_own);
}

Result<void> FileLook::runBehind(const storage::OpenOptions &given, const std::function<bool()> &idle)
{
    storage::OpenOptions options = given;
    options.onOpened.push_back(search::registerOn);
    std::future<Result<void>> looked = std::async(std::launch::async, [this, options]() -> Result<void> {
        FIELDFARE_ASSIGN(const auto connection, storage::Connection::open(options));
        connection->setProgressHook(kStepsBetweenLooks, [this] { return m_isCancelled.load(std::memory_order_relaxed); });
        return look(*connection);
    });
    while (looked.wait_for(kBetweenIdles) != std::future_status::ready) {
        if (idle && idle())
            m_isCancelled = true;
    }
    return looked.get();
}

Result<void> FileLook::look(storage::Connection &connection)
{
    FIELDFARE_ASSIGN(const qint64 pages, connection.queryInt64(QLatin1StringView("PRAGMA page_count")));
    FIELDFARE_ASSIGN(m_damagedPages, connection.damagedPages([this, pages](quint32 page) {
        m_percent = int(page * kPagesDone / std::max<qint64>(pages, page));
        return m_isCancelled.load(std::memory_order_relaxed);
    }));
    for (const quint32 page : std::as_const(m_damagedPages)) {
        if (m_findings.size() < kMostFindings)
            m_findings.append({CheckFinding::Kind::Page, CheckFinding::Mend::NotHere, QStringLiteral("page %1").arg(page),
                               QStringLiteral("the page is not what was written there"), page, 0, {}, {}});
    }
    m_percent = kPagesDone;
    if (!m_damagedPages.isEmpty())
        FIELDFARE_TRY(findWhatStandsOnDamage(connection));
    FIELDFARE_TRY(checkStructure(connection));
    m_percent = kStructureDone;
    const QList<Entity> &entities = m_catalog->entities();
    for (qsizetype i = 0; i < entities.size(); ++i) {
        for (const Field &field : entities.at(i).fields()) {
            if (field.isReference() && field.hasColumn() && !field.has(model::Removed))
                FIELDFARE_TRY(checkReferences(connection, entities.at(i), field));
        }
        m_percent = int(kStructureDone + (100 - kStructureDone) * (i + 1) / entities.size());
    }
    return {};
}

namespace {

/// False when a page of what it walks through is damaged. Not by count(*): that takes the smallest index, whatever one names.
Result<bool> isReadable(storage::Connection &connection, const QString &sql)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    const Result<bool> row = query->step();
    if (!row.ok() && row.error().code == ErrorCode::FileDamaged)
        return false;
    FIELDFARE_TRY(row);
    return true;
}

} // namespace

/// Whether rows are lost is what one wants to know first: an index can be made of its table again.
Result<void> FileLook::findWhatStandsOnDamage(storage::Connection &connection)
{
    for (const Entity &entity : m_catalog->entities()) {
        const QString table = quoted(entity.table());
        FIELDFARE_ASSIGN(const bool hasRows, isReadable(connection, QStringLiteral("SELECT total(rid) FROM %1 NOT INDEXED").arg(table)));
        if (!hasRows) {
            m_damagedTables.insert(entity.id());
            m_findings.append({CheckFinding::Kind::Structure, CheckFinding::Mend::NotHere, entity.name(),
                               QStringLiteral("some of its rows stand on damaged pages"), 0, entity.id(), {}, {}});
        }
        FIELDFARE_ASSIGN(const auto names, connection.prepare(QStringLiteral("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND coalesce(sql, '') NOT LIKE '% WHERE %'")));
        names->bindText(1, entity.table());
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, names->step());
            if (!row)
                break;
            const QString index = names->text(0);
            FIELDFARE_ASSIGN(const bool isWhole, isReadable(connection, QStringLiteral("SELECT total(rid) FROM %1 INDEXED BY %2").arg(table, quoted(index))));
            if (!isWhole)
                m_findings.append({CheckFinding::Kind::Index, CheckFinding::Mend::NotHere, index,
                                   hasRows ? QStringLiteral("a page of this index is damaged; no record of %1 stands on it").arg(entity.name())
                                           : QStringLiteral("a page of this index is damaged"), 0, entity.id(), {}, {}});
        }
    }
    return {};
}

/// A line or several, below the name of the database.
void FileLook::addStructure(const QString &text)
{
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const bool isNamed = line.contains(QLatin1StringView("unable to get the page")) && !m_damagedPages.isEmpty();
        if (!isNamed && !line.startsWith(QLatin1StringView("***")) && m_findings.size() < kMostFindings)
            addStructureLine(line);
    }
}

/// "row 7 missing from index ix_deal__stage__sort" and the like name an index that can be built anew; whatever else SQLite says is
/// about a table, or about the file.
void FileLook::addStructureLine(const QString &text)
{
    static const QRegularExpression ofIndex(QStringLiteral("^(?:row \\d+ missing from index|wrong # of entries in index|non-unique entry in index|"
                                                           "rowid \\d+ at wrong position in index|row \\d+ values differ from index) (.+)$"));
    const QRegularExpressionMatch match = ofIndex.match(text);
    const bool isIndex = match.hasMatch();
    const QString where = isIndex ? match.captured(1) : QStringLiteral("file");
    m_findings.append({isIndex ? CheckFinding::Kind::Index : CheckFinding::Kind::Structure,
                       isIndex ? CheckFinding::Mend::Reindex : CheckFinding::Mend::NotHere, where, text, 0, 0, {}, {}});
}

Result<void> FileLook::checkStructure(storage::Connection &connection)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("PRAGMA integrity_check(%1)").arg(kMostFindings)));
    for (;;) {
        const Result<bool> row = query->step();
        if (!row.ok()) {
            if (row.error().code == ErrorCode::FileDamaged && !m_damagedPages.isEmpty())
                return {}; // it ends at a page that is named already
            if (row.error().code != ErrorCode::FileDamaged)
                return row.error();
            addStructure(row.error().detail);
            return {};
        }
        if (!*row)
            return {};
        if (const QString text = query->text(0); text != QLatin1StringView("ok"))
            addStructure(text);
    }
}

Result<void> FileLook::checkReferences(storage::Connection &connection, const Entity &entity, const Field &field)
{
    const bool isWide = field.targets.size() > 1;
    const QString key = isWide ? QStringLiteral("substr(t.%1, 3)").arg(quoted(field.column)) : QStringLiteral("t.%1").arg(quoted(field.column));
    QString sql = QStringLiteral("SELECT t.id FROM %1 t WHERE t.%2 IS NOT NULL").arg(quoted(entity.table()), quoted(field.column));
    for (const model::EntityId target : field.targets) {
        if (const Entity *other = m_catalog->entity(target))
            sql += QStringLiteral(" AND NOT EXISTS (SELECT 1 FROM %1 o WHERE o.id = %2)").arg(quoted(other->table()), key);
    }
    CheckFinding::Mend mend = CheckFinding::Mend::Nothing;
    if (m_isStandAlone)
        mend = field.has(model::Required) ? CheckFinding::Mend::TrashRow : CheckFinding::Mend::EmptyReference;
    const QString where = QStringLiteral("%1.%2").arg(entity.name(), field.name);
    const QString detail = m_isStandAlone ? QStringLiteral("points to a record that is not here")
                                          : QStringLiteral("points to a record that is not here; it may be outside your rights");
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    for (qint64 found = 0;; ++found) {
        const Result<bool> row = query->step();
        if (!row.ok() && row.error().code == ErrorCode::FileDamaged)
            return {}; // what is damaged is told already
        FIELDFARE_TRY(row);
        if (!*row)
            return {};
        ++m_danglingReferences;
        if (found < kMostFindings)
            m_findings.append({CheckFinding::Kind::Reference, mend, where, detail, 0, entity.id(), readId(*query, 0), field.key});
    }
}

} // namespace fieldfare::store
