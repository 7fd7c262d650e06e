// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_thread.h"

namespace fieldfare::storage {

BackupThread::~BackupThread()
{
    cancel();
    if (m_thread != nullptr) {
        m_thread->wait();
        delete m_thread;
    }
}

void BackupThread::cancel()
{
    if (m_isCancelled != nullptr)
        *m_isCancelled = true;
}

base::Error BackupThread::busy()
{
    return {base::ErrorCode::ProfileInUse, QStringLiteral("a backup is being made or tried out")};
}

bool BackupThread::begin(std::function<void(const BackupWatch &)> work, std::function<void()> done)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_thread != nullptr)
        return false;
    m_isCancelled = std::make_shared<std::atomic<bool>>(false);
    m_thread = QThread::create([this, work = std::move(work), isCancelled = m_isCancelled] {
        int told = -1;
        BackupWatch watch;
        watch.isCancelled = [isCancelled] { return isCancelled->load(std::memory_order_relaxed); };
        watch.onProgress = [this, &told](int percent) {
            if (std::exchange(told, percent) != percent)
                QMetaObject::invokeMethod(this, [this, percent] { Q_EMIT progressed(percent); }, Qt::QueuedConnection);
        };
        work(watch);
    });
    connect(m_thread, &QThread::finished, this, [this, done = std::move(done)] {
        std::exchange(m_thread, nullptr)->deleteLater();
        Q_EMIT runningChanged();
        done();
    });
    m_thread->setObjectName(QStringLiteral("backup"));
    m_thread->start(QThread::LowPriority);
    Q_EMIT runningChanged();
    return true;
}

} // namespace fieldfare::storage
