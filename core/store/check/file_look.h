// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/store/check/check_finding.h"

#include <QList>
#include <QSet>

#include <atomic>
#include <functional>

namespace fieldfare::store {

/// The part of a check that only reads the file: pages, SQLite's own look at tables and indexes, references. Runs on a thread of
/// its own where the file can be opened once more.
class FileLook {
public:
    /// `isStandAlone`: a reference that leads nowhere is wrong.
    FileLook(storage::Connection &connection, model::CatalogPointer catalog, bool isStandAlone);

    /// Returns when all was read; calls `idle` every few milliseconds on this thread, and ends with Cancelled when it says true.
    base::Result<void> run(const std::function<bool()> &idle);

    [[nodiscard]] const QList<CheckFinding> &findings() const { return m_findings; }
    [[nodiscard]] const QList<quint32> &damagedPages() const { return m_damagedPages; }
    /// Whose rows cannot all be read.
    [[nodiscard]] const QSet<model::EntityId> &damagedTables() const { return m_damagedTables; }
    [[nodiscard]] qint64 danglingReferences() const { return m_danglingReferences; }
    /// 0 to 100; any thread.
    [[nodiscard]] int percent() const { return m_percent.load(std::memory_order_relaxed); }

private:
    base::Result<void> runBehind(const storage::OpenOptions &options, const std::function<bool()> &idle);
    base::Result<void> look(storage::Connection &connection);
    base::Result<void> findWhatStandsOnDamage(storage::Connection &connection);
    base::Result<void> checkStructure(storage::Connection &connection);
    base::Result<void> checkReferences(storage::Connection &connection, const model::Entity &entity, const model::Field &field);
    void addStructure(const QString &text);
    void addStructureLine(const QString &text);

    storage::Connection &m_own;
    model::CatalogPointer m_catalog;
    bool m_isStandAlone;
    std::atomic<bool> m_isCancelled = false;
    std::atomic<int> m_percent = 0;
    QList<CheckFinding> m_findings;
    QList<quint32> m_damagedPages;
    QSet<model::EntityId> m_damagedTables;
    qint64 m_danglingReferences = 0;
};

} // namespace fieldfare::store
