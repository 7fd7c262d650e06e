// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"
#include "core/store/thread/read_context.h"

#include <QList>
#include <QObject>
#include <QPointer>

#include <any>
#include <functional>
#include <memory>

namespace fieldfare::store {

/// Names one asked read or write; never 0, never used twice.
using RequestNumber = std::uint64_t;

/// Interactive work goes before all background work that has not begun. Background work (import chunks, download pages,
/// search folding) is cut into pieces of under 20 ms by whoever asks for it.
enum class Priority { Interactive, Background };

struct DatabaseThreadOptions {
    StoreOptions store;          ///< inMemory is not possible: readers have connections of their own.
    int readers = 2;             ///< Threads with a read connection each, 1 to 4; with several, one does no background work.
    bool foldsSearch = true;     ///< Brings the search index up to date whenever nothing else waits.
};

/// The store and its read connections on threads of their own, for programs with an event loop (DESIGN 3).
///
/// Lives on the thread that made it, the UI thread, and every public function is called there (asserted). Work runs on the
/// database threads; answers come back through the event loop, in the thread of this object, and only while `context` is
/// alive. Nothing here waits, but for the destructor: it cancels reads, drops background writes that have not begun, does the interactive
/// ones that wait, without an answer, and closes the file.
///
/// Reads see what was committed when they begin. A read that is asked from the answer of a write sees that write.
class DatabaseThread : public QObject {
    Q_OBJECT
public:
    explicit DatabaseThread(DatabaseThreadOptions options, QObject *parent = nullptr);
    ~DatabaseThread() override;

    /// Opens the file in the background; opened() or failedToOpen() follows. Work asked earlier than opened() waits for it.
    void start();
    [[nodiscard]] bool isOpen() const;

    /// Runs `work` with a read connection and hands its result to `done`. Interactive reads go first.
    template <typename T>
    RequestNumber read(std::function<base::Result<T>(ReadContext &)> work, QObject *context,
                       std::function<void(base::Result<T>)> done, Priority priority = Priority::Interactive)
    {
        return enqueueRead(
            [work = std::move(work)](ReadContext &reading) -> std::any { return std::make_shared<base::Result<T>>(work(reading)); },
            context, handOver<T>(std::move(done)), priority);
    }

    /// Runs `work` with the store. Its observers are told before `done` is called.
    template <typename T>
    RequestNumber write(std::function<base::Result<T>(Store &)> work, QObject *context,
                        std::function<void(base::Result<T>)> done, Priority priority = Priority::Interactive)
    {
        return enqueueWrite(
            [work = std::move(work)](Store &store) -> std::any { return std::make_shared<base::Result<T>>(work(store)); },
            context, handOver<T>(std::move(done)), priority);
    }

    /// A commit, answered with its report.
    RequestNumber commit(ChangeSet changes, QObject *context, std::function<void(base::Result<CommitReport>)> done,
                         Priority priority = Priority::Interactive);

    /// Takes work from the queue, or interrupts it when it is a read that has begun; a write that has begun goes on.
    /// `done` is not called any more in any case.
    void cancel(RequestNumber request);

    /// For the work of a write that takes long, at a moment when it holds neither transaction nor statement: does the writes
    /// that were asked meanwhile, interactive ones first. On the database's own thread only.
    void runWaiting();

    /// Everything that was asked is answered or cancelled, and no FollowingRead rests before it asks again.
    [[nodiscard]] bool isIdle() const;

    /// As of the last opened() or catalogChanged().
    [[nodiscard]] model::CatalogPointer catalog() const;
    /// As of opened() or the last setProfileInfo() through this object's store.
    [[nodiscard]] ProfileInfo profileInfo() const;

    /// From who leaves out what is damaged and goes on: tells damageFound().
    void noteDamage(const base::Error &error);

Q_SIGNALS:
    /// A read or write that was asked here met a damaged part of the file: FileDamaged. Told each time.
    void damageFound(const fieldfare::base::Error &error);
    void opened();
    void failedToOpen(const fieldfare::base::Error &error);
    /// Rows of one entity look different, came or went; changes that come close together are told at once. An empty
    /// list: many, read anew.
    void rowsChanged(fieldfare::model::EntityId entity, const QList<fieldfare::base::Id> &ids);
    /// Counts of waiting operations, conflicts or the tray may have changed.
    void stateChanged();
    void catalogChanged();
    /// 0 to 100 while the search index catches up; 100 once it has.
    void searchIndexed(int percent);

private:
    friend class FollowingRead;
    using AnyRead = std::function<std::any(ReadContext &)>;
    using AnyWrite = std::function<std::any(Store &)>;
    /// Gets the result, or an error when the work could not even begin.
    using AnyDone = std::function<void(const std::any &, const base::Error *)>;

    template <typename T>
    AnyDone handOver(std::function<void(base::Result<T>)> done)
    {
        return [this, done = std::move(done)](const std::any &result, const base::Error *error) {
            if (error == nullptr) {
                base::Result<T> &answer = *std::any_cast<const std::shared_ptr<base::Result<T>> &>(result);
                if (!answer.ok() && answer.error().code == base::ErrorCode::FileDamaged)
                    noteDamage(answer.error());
                if (done)
                    done(std::move(answer));
            } else if (done) {
                done(*error);
            }
        };
    }

    RequestNumber enqueueRead(AnyRead work, QObject *context, AnyDone done, Priority priority);
    RequestNumber enqueueWrite(AnyWrite work, QObject *context, AnyDone done, Priority priority);

    class Impl;
    std::unique_ptr<Impl> m_impl;
    int m_restingReads = 0;
};

} // namespace fieldfare::store
