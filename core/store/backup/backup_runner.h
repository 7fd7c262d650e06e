// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_thread.h"
#include "core/store/backup/backup_list.h"
#include "core/store/backup/bringing_back.h"

namespace fieldfare::store {

/// One backup that is asked for.
struct BackupOrder {
    QString folder; ///< Where backups lie.
    ProfileBackups::Wish wish = ProfileBackups::Wish::Increment;
    bool keepsAll = false; ///< Or old ones go (storage::BackupRetention).
};

struct BackupDone {
    storage::StoredBackup backup;
    int removed = 0;
    qint64 ms = 0;
};

/// Writes one and removes what need not be kept any more. As ProfileBackups::write.
[[nodiscard]] base::Result<BackupDone> makeBackup(const BackupOrigin &origin, const BackupOrder &order, const base::Clock &clock, const storage::BackupWatch &watch = {});

/// Makes and tries out backups of an open profile. Origin's database must stay where it is and locked; the clock outlives this.
class BackupRunner : public storage::BackupThread {
    Q_OBJECT
public:
    BackupRunner(BackupOrigin origin, const base::Clock &clock, QObject *parent = nullptr) : BackupThread(parent), m_origin(std::move(origin)), m_clock(clock) {}

    /// The data key was replaced: what begins from now on knows this one.
    void setKey(std::shared_ptr<const storage::DataKey> key) { m_origin.key = std::move(key); }
    void write(const BackupOrder &order, QObject *context, std::function<void(base::Result<BackupDone>)> done);
    /// listBackups(), beside whatever runs.
    void list(const QString &folder, QObject *context, std::function<void(BackupList)> done) const;
    void drill(const QString &backup, QObject *context, std::function<void(base::Result<BackupDrill>)> done);
    /// What planBringingBack() says; to be committed by the caller.
    void plan(const BringBackOrder &order, const model::CatalogPointer &catalog, QObject *context, std::function<void(base::Result<BringBackPlan>)> done);

private:
    BackupOrigin m_origin;
    const base::Clock &m_clock;
};

} // namespace fieldfare::store
