// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_folder.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

namespace fieldfare::storage {

/// Work on backups on a thread of its own, for programs with an event loop, one at a time. Lives on the thread that made it, where nothing
/// here waits but for the destructor: it stops what runs. Answers come through the event loop, while `context` is alive.
class BackupThread : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~BackupThread() override;

    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }
    /// What runs ends with Cancelled soon.
    void cancel();

    /// ProfileInUse when something runs. The work must not refer to what does not outlive this.
    template <typename T>
    void run(std::function<base::Result<T>(const BackupWatch &)> work, QObject *context, std::function<void(base::Result<T>)> done)
    {
        const auto result = std::make_shared<std::optional<base::Result<T>>>();
        const bool begun = begin([work = std::move(work), result](const BackupWatch &watch) { *result = work(watch); },
                                 [result, receiver = QPointer<QObject>(context), done] {
                                     if (receiver != nullptr)
                                         done(std::move(**result));
                                 });
        if (!begun)
            QMetaObject::invokeMethod(context, [done] { done(busy()); }, Qt::QueuedConnection);
    }

Q_SIGNALS:
    void runningChanged();
    void progressed(int percent);

private:
    bool begin(std::function<void(const BackupWatch &)> work, std::function<void()> done);
    static base::Error busy();

    QThread *m_thread = nullptr; ///< Owned.
    std::shared_ptr<std::atomic<bool>> m_isCancelled;
};

} // namespace fieldfare::storage
