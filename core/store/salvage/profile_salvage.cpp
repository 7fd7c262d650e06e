// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/profile_salvage.h"

#include "core/base/disk_room.h"
#include "core/storage/durable_copy.h"
#include "core/storage/secret_file.h"
#include "core/storage/try_limit.h"
#include "core/storage/unfinished_mark.h"
#include "core/store/salvage/salvage_server.h"
#include "core/store/salvage/salvage_writer.h"

#include <QDir>
#include <QFileInfo>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kSpareBytes = 4'000'000;
constexpr int kLooksAt = 1024; // pages between two looks at the watch
constexpr int kScanned = 20;   // percent
constexpr int kWritten = 90;

/// One salvage.
class Salvage {
public:
    Salvage(const QString &from, const QString &to, const base::Clock &clock, base::RandomSource &random, const CheckWatch &watch)
        : m_from{from}, m_to{to}, m_clock(clock), m_random(random), m_watch(watch)
    {
    }

    Result<SalvageReport> run(const base::Secret &passphrase)
    {
        FIELDFARE_TRY(prepare());
        FIELDFARE_ASSIGN(storage::DataKey key, unlock(passphrase));
        m_key = std::make_shared<const storage::DataKey>(std::move(key));
        FIELDFARE_ASSIGN(const auto pages, storage::SalvagedPages::open(m_from.database(), m_key));
        FIELDFARE_TRY(listDamage(*pages));
        {
            storage::OpenOptions options;
            options.path = m_to.database();
            options.key = m_key;
            options.createIfMissing = true;
            FIELDFARE_ASSIGN(const auto connection, storage::Connection::open(options));
            SalvageWriter writer(*pages, *connection, m_report, [this](int percent) { return look(kScanned + percent * (kWritten - kScanned) / 100); });
            FIELDFARE_TRY(writer.run(*model::Catalog::standard()));
        }
        FIELDFARE_TRY(finish());
        return m_report;
    }

private:
    bool look(int percent)
    {
        if (m_watch.progress)
            m_watch.progress(percent);
        return m_watch.cancelled && m_watch.cancelled();
    }

    Result<void> prepare()
    {
        if (!QFileInfo::exists(m_from.database()))
            return {ErrorCode::NotFound, QStringLiteral("no database there"), {m_from.database()}};
        if (m_to.exists())
            return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {m_to.folder}};
        // Where the damaged profile lies on a disk that cannot be written to, nobody else has it open for writing either.
        auto locked = storage::ProfileLock::acquire(m_from.folder);
        if (!locked.ok() && locked.error().code == ErrorCode::ProfileInUse)
            return locked.error();
        if (locked.ok())
            m_fromLock = std::move(locked).value();
        if (!QDir().mkpath(m_to.folder) || !QFile::setPermissions(m_to.folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
            return {ErrorCode::PermissionDenied, QStringLiteral("the folder cannot be made"), {m_to.folder}};
        FIELDFARE_ASSIGN(m_toLock, storage::ProfileLock::acquire(m_to.folder));
        storage::unfinished_mark::removeRemains(m_to.folder, {QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")});
        FIELDFARE_TRY(storage::unfinished_mark::set(m_to.folder));
        const qint64 size = QFileInfo(m_from.database()).size() + QFileInfo(m_from.database() + QStringLiteral("-wal")).size();
        if (!base::hasRoom(m_to.folder, size + kSpareBytes))
            return {ErrorCode::DiskFull, QStringLiteral("no room for what may come to %1 bytes").arg(size), {m_to.folder}};
        return {};
    }

    /// In the new folder, as unlocking puts a damaged key file right from its previous copy.
    Result<storage::DataKey> unlock(const base::Secret &passphrase)
    {
        const QString previous = QStringLiteral(".previous");
        if (!QFileInfo::exists(m_from.keyFile()) && !QFileInfo::exists(m_from.keyFile() + previous))
            return {ErrorCode::KeyFileMissing, QStringLiteral("no key file there"), {m_from.keyFile()}};
        for (const QString &ending : {QString(), previous}) {
            if (QFileInfo::exists(m_from.keyFile() + ending))
                FIELDFARE_TRY(storage::copyDurably(m_from.keyFile() + ending, m_to.keyFile() + ending));
        }
        // Counted at the damaged profile: whoever guesses takes a new folder each time.
        FIELDFARE_ASSIGN(storage::DataKey key, storage::TryLimit(m_from.keyFile(), m_clock).attempt([&] { return storage::KeyFile(m_to.keyFile()).unlock(passphrase); }));
        const auto stood = storage::secret_file::read(m_from.keyFile());
        const auto now = storage::secret_file::read(m_to.keyFile());
        m_report.usedPreviousKey = !stood.ok() || !now.ok() || *stood != *now;
        return key;
    }

    Result<void> listDamage(storage::SalvagedPages &pages)
    {
        m_report.pages = pages.count();
        m_report.damagedFrames = pages.damagedFrames();
        m_report.isLogHeaderDamaged = pages.isLogHeaderDamaged();
        m_report.wasSaltMended = pages.wasSaltMended();
        m_report.hadJournal = pages.hasJournal();
        for (quint32 page = 1; page <= pages.count(); ++page) {
            if (page != storage::kLockBytePage && pages.read(page) == nullptr)
                m_report.damagedPages.append(page);
            if (page % kLooksAt == 0 && look(int(qint64(page) * kScanned / pages.count())))
                return {ErrorCode::Cancelled, QStringLiteral("the salvage was stopped")};
        }
        return {};
    }

    /// Indexes, derived fields, search tables; then what the server must be told.
    Result<void> finish()
    {
        StoreOptions options;
        options.path = m_to.database();
        options.key = m_key;
        options.clock = &m_clock;
        options.random = &m_random;
        FIELDFARE_ASSIGN(const auto store, Store::open(std::move(options)));
        FIELDFARE_TRY(settleWithServer(*store, m_report));
        FIELDFARE_ASSIGN(const bool moved, store->connection().checkpoint(true));
        if (!moved)
            return {ErrorCode::Io, QStringLiteral("the new profile's log cannot be moved into it"), {m_to.folder}};
        look(100);
        return storage::unfinished_mark::clear(m_to.folder);
    }

    const ProfilePaths m_from;
    const ProfilePaths m_to;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    const CheckWatch &m_watch;
    std::unique_ptr<storage::ProfileLock> m_fromLock;
    std::unique_ptr<storage::ProfileLock> m_toLock;
    std::shared_ptr<const storage::DataKey> m_key;
    SalvageReport m_report;
};

} // namespace

Result<SalvageReport> salvageProfile(const QString &from, const QString &to, const base::Secret &passphrase, const base::Clock &clock,
                                     base::RandomSource &random, const CheckWatch &watch)
{
    return Salvage(from, to, clock, random, watch).run(passphrase);
}

} // namespace fieldfare::store
