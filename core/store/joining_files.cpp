// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/joining_files.h"

#include "core/base/logging.h"
#include "core/base/platform.h"
#include "core/storage/durable_copy.h"
#include "core/storage/side_files.h"

#include <QFile>

#include <filesystem>

namespace fieldfare::store {

using base::Error;
using base::ErrorCode;
using base::Result;
using storage::copyDurably;

namespace {

std::filesystem::path pathOf(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

/// What lies beside a database goes with it, and before it: a log without its file is refused as damage.
void removeDatabase(const QString &path)
{
    if (const auto removed = storage::side_files::removeOfDatabase(path); removed.ok())
        QFile::remove(path);
}

/// A closed database is one file: its log was moved into it. With a log beside it, a copy or a rename would lose a part.
Result<void> requireClosed(const QString &path)
{
    for (const char *suffix : {"-wal", "-journal"}) {
        const QFile log(path + QLatin1String(suffix));
        if (log.exists() && log.size() > 0)
            return {ErrorCode::Io, QStringLiteral("the database has a log that was not moved into it"), {log.fileName()}};
    }
    return {};
}

} // namespace

QString JoiningFiles::formerName(int n) const
{
    return m_folder + QStringLiteral("/before-attach") + (n == 1 ? QString() : QStringLiteral("-%1").arg(n)) + QStringLiteral(".db");
}

QString JoiningFiles::former() const
{
    int n = 1;
    while (QFile::exists(formerName(n + 1)))
        ++n;
    return formerName(n);
}

bool JoiningFiles::hasDownload() const
{
    return QFile::exists(download());
}

Result<void> JoiningFiles::beginJoined() const
{
    removeDatabase(joined());
    FIELDFARE_TRY(requireClosed(download()));
    return copyDurably(download(), joined());
}

/// A second name of the same file where the file system has that, else a copy. A run that was killed behind this step has left
/// such a name, which is taken again.
Result<void> JoiningFiles::keepFormer(const QString &database) const
{
    int n = 1;
    std::error_code error;
    while (QFile::exists(formerName(n))) {
        if (std::filesystem::equivalent(pathOf(formerName(n)), pathOf(database), error))
            return {};
        ++n;
    }
    std::filesystem::create_hard_link(pathOf(database), pathOf(formerName(n)), error);
    if (error) {
        const QString unfinished = m_folder + QStringLiteral("/before-attach.new");
        FIELDFARE_TRY(copyDurably(database, unfinished));
        if (!base::platform::replaceFile(unfinished, formerName(n)))
            return {ErrorCode::Io, QStringLiteral("the former database cannot be kept"), {formerName(n)}};
    }
    return {};
}

Result<void> JoiningFiles::replaceDatabase(const QString &database) const
{
    FIELDFARE_TRY(requireClosed(joined()));
    FIELDFARE_TRY(requireClosed(database));
    FIELDFARE_TRY(keepFormer(database));
    FIELDFARE_TRY(storage::side_files::removeOfDatabase(database)); // empty ones: a database must not find another's
    if (!base::platform::syncDirectory(m_folder) || !base::platform::replaceFile(joined(), database))
        return {ErrorCode::Io, QStringLiteral("the joined database cannot take its place"), {database}};
    // It has taken its place: after a loss of power either of the two is there, each whole.
    if (!base::platform::syncDirectory(m_folder))
        qCWarning(lcStore, "the folder of the joined profile cannot be synced to the disk");
    discard();
    return {};
}

void JoiningFiles::discardJoined() const
{
    removeDatabase(joined());
}

void JoiningFiles::discard() const
{
    discardJoined();
    removeDatabase(download());
}

} // namespace fieldfare::store
