// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_runner.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>

namespace fieldfare::store {

using base::Result;

Result<BackupDone> makeBackup(const BackupOrigin &origin, const BackupOrder &order, const base::Clock &clock, const storage::BackupWatch &watch)
{
    QElapsedTimer taken;
    taken.start();
    const ProfileBackups backups(order.folder);
    FIELDFARE_ASSIGN(const storage::StoredBackup backup, backups.write(origin, order.wish, clock, watch));
    BackupDone written{backup, 0, taken.elapsed()};
    if (!order.keepsAll)
        written.removed = backups.prune(backup, clock.wallMs());
    return written;
}

void BackupRunner::write(const BackupOrder &order, QObject *context, std::function<void(Result<BackupDone>)> done)
{
    run<BackupDone>([origin = m_origin, order, clock = &m_clock](const storage::BackupWatch &watch) { return makeBackup(origin, order, *clock, watch); }, context, std::move(done));
}

void BackupRunner::list(const QString &folder, QObject *context, std::function<void(BackupList)> done) const
{
    QThreadPool::globalInstance()->start([origin = m_origin, folder, receiver = QPointer<QObject>(context), done = std::move(done)] {
        QMetaObject::invokeMethod(QCoreApplication::instance(), [receiver, done, list = listBackups(folder, origin)] {
            if (receiver != nullptr)
                done(list);
        });
    });
}

void BackupRunner::drill(const QString &backup, QObject *context, std::function<void(Result<BackupDrill>)> done)
{
    run<BackupDrill>(
        [key = m_origin.key, backup, clock = &m_clock](const storage::BackupWatch &watch) {
            base::SystemRandom random;
            return ProfileBackups::drill(backup, key, *clock, random, watch);
        },
        context, std::move(done));
}

void BackupRunner::plan(const BringBackOrder &order, const model::CatalogPointer &catalog, QObject *context, std::function<void(Result<BringBackPlan>)> done)
{
    run<BringBackPlan>([origin = m_origin, order, catalog, clock = &m_clock](const storage::BackupWatch &watch) { return planBringingBack(origin, catalog, order, *clock, watch); },
                       context, std::move(done));
}

} // namespace fieldfare::store
