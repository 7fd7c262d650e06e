// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <limits>

namespace fieldfare::store {

/// What came over from a damaged profile, and what did not.
struct SalvageReport {
    static constexpr qsizetype kMostIds = 1000;

    /// Rows that a page held which cannot be read: those with a local number above `above` and up to `upTo`, if there were any.
    struct LostRange {
        quint32 page = 0;
        qint64 above = std::numeric_limits<qint64>::min();
        qint64 upTo = std::numeric_limits<qint64>::max();
    };
    struct Table {
        QString name;
        qint64 rows = 0;         ///< That came over.
        QList<LostRange> ranges; ///< Empty: the table is whole.
        qint64 tornRows = 0;     ///< Rows whose beginning could be read, but not their end; they are left out.
        /// Of the ids in the table's index those without a row: exactly what was lost. -1 when the index is damaged, too, or there
        /// is none.
        qint64 lostRows = -1;
        QStringList lostIds;     ///< Of these the first kMostIds.

        [[nodiscard]] bool isWhole() const { return ranges.isEmpty() && tornRows == 0; }
    };

    QList<Table> tables;          ///< Those with rows or losses; search tables are made anew.
    QList<quint32> damagedPages;  ///< Of the file, free ones and those of indexes included.
    quint32 pages = 0;            ///< That the file has or had.
    QList<quint32> damagedFrames; ///< Of the write-ahead log: their pages are as they were before.
    bool isLogHeaderDamaged = false;
    bool hadJournal = false;      ///< A rollback journal lay beside it: a transaction is there in parts.
    bool usedPreviousKey = false; ///< The key file was damaged or missing; its previous copy opened.
    bool wasSaltMended = false;   ///< The first bytes of the file were damaged and found again.
    qint64 strayRows = 0;         ///< Rows on pages that no table could be found for.
    bool isStandAlone = true;
    qint64 operations = 0;        ///< Own edits that wait for the server and came over.
    qint64 lostOperations = 0;    ///< Known to have been there, by their numbers.
    qint64 createsIssuedAnew = 0; ///< Records whose create was among those: they are sent to the server as new ones.
    QStringList lostEdits;        ///< "customer 0189... phone": edits among those; the server's value comes back.

    [[nodiscard]] bool isWhole() const
    {
        for (const Table &table : tables) {
            if (!table.isWhole())
                return false;
        }
        return damagedFrames.isEmpty() && !isLogHeaderDamaged && strayRows == 0 && !hadJournal && lostOperations == 0;
    }
};

} // namespace fieldfare::store
