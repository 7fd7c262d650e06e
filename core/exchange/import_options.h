// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/field_key.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTimeZone>

#include <functional>

namespace fieldfare::exchange {

/// What happens to a choice or a reference that the profile does not have.
enum class UnknownPolicy : std::uint8_t {
    Create, ///< A new choice, or a new record of that name.
    Empty,  ///< The field stays empty and a warning is counted.
    Reject, ///< The whole record is rejected.
};

/// What somebody asks of an import. A value.
struct ImportOptions {
    QString file;
    QString entity;                       ///< The catalog's name.
    QHash<QString, QString> columns = {}; ///< Column heading -> field name; "" leaves the column out. Others by their names.
    QString key = {};                     ///< Field by which records are found and updated, "id" too; empty: create only.
    QHash<QString, UnknownPolicy> unknown = {}; ///< By field name; others by defaultPolicy().
    QString rejectsFile = {};             ///< Rejected records with line and reason; empty: none is written.
    bool dryRun = false;                  ///< Counts only, nothing is written.
    QTimeZone zone = QTimeZone::systemTimeZone(); ///< Of times without a zone.
};

/// A warning or the reason of a rejection.
struct ImportFinding {
    qint64 line = 0; ///< Physical line of the file, from 1.
    QString column;  ///< Heading; empty when it is about the whole record.
    QString text;    ///< English.
    bool isRejection = false;
};

/// Choices, tags and records of other kinds that were made because a column named them. Everybody in the company gets them.
struct ImportCreation {
    static constexpr qsizetype kMaxNames = 20;

    QString field;         ///< Of the entity that is imported.
    qint64 count = 0;
    QStringList names;     ///< The first kMaxNames, as the file writes them.

    friend bool operator==(const ImportCreation &, const ImportCreation &) = default;
};

/// What came of it; COMMANDS.md names the numbers. read = created + updated + unchanged + rejected.
struct ImportReport {
    static constexpr qsizetype kMaxFindings = 1000;

    qint64 read = 0;
    qint64 blank = 0;
    qint64 created = 0;
    qint64 updated = 0;
    qint64 unchanged = 0;
    qint64 rejected = 0;
    qint64 warnings = 0;
    qint64 alsoCreated = 0; ///< Of all creations.
    bool resumed = false;
    bool finished = false;
    base::Id action;                ///< For undo; null when nothing was written.
    QList<ImportCreation> creations; ///< With a dry run, what would be made.
    QList<ImportFinding> findings;  ///< The first kMaxFindings.

    void noteCreation(const QString &field, const QString &name);
};

} // namespace fieldfare::exchange
