// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/thread/database_thread.h"

#include "core/base/machine_memory.h"
#include "core/base/platform.h"
#include "core/storage/transaction.h"
#include "core/store/search/search_index.h"
#include "core/store/thread/work_queue.h"

#include <QHash>
#include <QThread>

#include <algorithm>
#include <map>

namespace fieldfare::store {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

constexpr int kStepsPerCheck = 1000; ///< Of SQLite's machine: 10 to 50 us, so a cancelled read ends at once.
constexpr size_t kToldIds = 5000;    ///< More than these are told as "many".
constexpr std::chrono::milliseconds kFoldBudget(15);
/// What fills the pauses begins this long after the file was opened: until then a window wants the processors for its first list.
constexpr std::chrono::milliseconds kToTheFirstList(500);

constexpr int kScanCacheKiB = 8 * 1024;

/// Of the reader that lists and search wait for, a hundredth of the machine's memory or so: 8 MiB with 1 GiB, 32 MiB from 4 GiB on.
/// With the writer's own and that for scans, the program stays below 250 MB.
int cacheKiBOfAReader()
{
    constexpr std::int64_t kLeastKiB = 8 * 1024;
    constexpr std::int64_t kMostKiB = 32 * 1024;
    return int(std::clamp(base::platform::machineMemoryBytes() / 1024 / 128, kLeastKiB, kMostKiB));
}

using CancelFlag = std::shared_ptr<std::atomic<bool>>;

/// What both threads share, under one mutex: small and seldom changed.
struct Shared {
    std::mutex mutex;
    model::CatalogPointer catalog;
    ProfileInfo profile;
    bool isOpen = false;
    // changes that the UI thread has not heard of yet
    struct Changed {
        QList<base::Id> ids;
        bool isMany = false;
    };
    std::map<model::EntityId, Changed> changed;
    bool stateChanged = false;
    bool catalogChanged = false;
    bool isTold = false; ///< A call to the UI thread is on its way.
};

} // namespace

class DatabaseThread::Impl : public StoreObserver {
public:
    struct ReadJob {
        RequestNumber number = 0;
        CancelFlag cancelled;
        AnyRead work;
        QPointer<QObject> context;
        AnyDone done;
    };
    struct WriteJob {
        RequestNumber number = 0;
        CancelFlag cancelled;
        AnyWrite work;
        QPointer<QObject> context;
        AnyDone done;
    };

    Impl(DatabaseThread &owner, DatabaseThreadOptions given) : m_owner(owner), m_options(std::move(given)) {}

    void start();
    void stop();

    // --- on the threads
    void runWriter();
    void runReader(bool withBackground);
    void rowsChanged(model::EntityId entity, const std::vector<base::Id> &ids) override;
    void stateChanged() override;
    void catalogChanged() override;

    // --- on the UI thread
    void tellChanges();
    void runJob(const WriteJob &job);

    template <typename Job>
    void deliver(const Job &job, std::any result, std::optional<Error> error);
    template <typename Call>
    void onOwner(Call call)
    {
        QMetaObject::invokeMethod(&m_owner, std::move(call), Qt::QueuedConnection);
    }

    DatabaseThread &m_owner;
    DatabaseThreadOptions m_options;
    Shared m_shared;
    WorkQueue<ReadJob> m_reads;
    WorkQueue<WriteJob> m_writes;
    RequestNumber m_lastNumber = 0; ///< UI thread
    QHash<RequestNumber, CancelFlag> m_unanswered; ///< UI thread
    bool m_isStarted = false;
    std::unique_ptr<QThread> m_writer;

private:
    void refuseAll(const Error &error);
    void noteProfile();
    void runWrites();
    void foldUntilWork(bool &more);
    void tellFolding(bool more);
    void tell();

    std::unique_ptr<Store> m_store; ///< write thread
    std::vector<std::unique_ptr<QThread>> m_readers;
    int m_toldPercent = 100; ///< write thread
};

void DatabaseThread::Impl::start()
{
    m_isStarted = true;
    m_writer.reset(QThread::create([this] { runWriter(); }));
    m_writer->setObjectName(QStringLiteral("database"));
    m_writer->start();
}

void DatabaseThread::Impl::stop()
{
    for (const CancelFlag &flag : std::as_const(m_unanswered))
        flag->store(true, std::memory_order_relaxed);
    m_reads.close();
    m_writes.finish(); // what somebody did and has seen done is kept
    if (m_writer)
        m_writer->wait();
}

template <typename Job>
void DatabaseThread::Impl::deliver(const Job &job, std::any result, std::optional<Error> error)
{
    onOwner([this, number = job.number, cancelled = job.cancelled, context = job.context, done = job.done, result = std::move(result),
             error = std::move(error)] {
        m_unanswered.remove(number);
        if (context != nullptr && !cancelled->load(std::memory_order_relaxed))
            done(result, error ? &*error : nullptr);
    });
}

/// The file cannot be opened: nobody shall wait for ever.
void DatabaseThread::Impl::refuseAll(const Error &error)
{
    for (const ReadJob &job : m_reads.close())
        deliver(job, {}, error);
    for (const WriteJob &job : m_writes.close())
        deliver(job, {}, error);
}

void DatabaseThread::Impl::runWriter()
{
    auto opened = Store::open(m_options.store);
    if (!opened.ok()) {
        const Error error = opened.error();
        onOwner([this, error] { Q_EMIT m_owner.failedToOpen(error); });
        refuseAll(error);
        return;
    }
    m_store = std::move(*opened);
    m_store->addObserver(this);
    noteProfile();
    {
        const std::lock_guard lock(m_shared.mutex);
        m_shared.catalog = m_store->catalog();
        m_shared.isOpen = true;
    }
    const int readers = std::clamp(m_options.readers, 1, 4);
    m_reads.expect(readers > 1 ? 1 : 0);
    for (int i = 0; i < readers; ++i) {
        // The first of several is kept for what somebody waits for: a scan in each of them would stop the lists.
        const bool withBackground = i > 0 || readers == 1;
        m_readers.emplace_back(QThread::create([this, withBackground] { runReader(withBackground); }));
        m_readers.back()->setObjectName(QStringLiteral("database-read-%1").arg(i + 1));
        m_readers.back()->start();
    }
    // Only now: a thread begins with the priority of the one that starts it, and lists wait for a reader.
    base::platform::lowerThreadPriority(base::platform::ThreadPriority::BelowNormal);
    onOwner([this] { Q_EMIT m_owner.opened(); });
    runWrites();
    // Its connection closes last: one that may write moves the log into the file, so that the next start has nothing to recover.
    for (const auto &reader : m_readers)
        reader->wait();
    m_store->removeObserver(this);
    m_store.reset();
}

void DatabaseThread::Impl::noteProfile()
{
    const auto profile = m_store->profileInfo();
    if (!profile.ok())
        return;
    const std::lock_guard lock(m_shared.mutex);
    m_shared.profile = *profile;
}

void DatabaseThread::Impl::runWrites()
{
    bool isBehind = m_options.foldsSearch;
    bool trims = true;
    std::int64_t trimmedOn = -1;
    const auto firstPause = std::chrono::steady_clock::now() + kToTheFirstList;
    for (;;) {
        // Folding, and once a day trimming, fill the pauses, a piece at a time.
        std::optional<WriteJob> job = m_writes.takeUntil(firstPause);
        if (!job && isBehind && !m_writes.isClosed()) {
            foldUntilWork(isBehind);
            continue;
        }
        if (const std::int64_t today = m_store->clock().wallMs() / kDayMs; today != trimmedOn) {
            trimmedOn = today;
            trims = true;
        }
        if (!job && trims && !m_writes.isClosed()) {
            const auto more = m_store->trimHistory();
            trims = more.ok() && *more; // a failure is met again, and reported, by the next write
            continue;
        }
        if (!job)
            job = m_writes.take();
        if (!job)
            return;
        runJob(*job);
        isBehind = m_options.foldsSearch;
    }
}

void DatabaseThread::Impl::runJob(const WriteJob &job)
{
    std::any result = job.work(*m_store);
    noteProfile();
    deliver(job, std::move(result), std::nullopt);
}

void DatabaseThread::Impl::foldUntilWork(bool &more)
{
    const model::CatalogPointer catalog = m_store->catalog();
    const auto folded = search::foldSome(m_store->connection(), *catalog, kFoldBudget);
    more = folded.ok() && *folded; // a failure is met again, and reported, by the next write
    tellFolding(more);
    if (folded.ok() && !more) {
        const auto merged = search::mergeSome(m_store->connection(), *catalog, kFoldBudget);
        more = merged.ok() && *merged;
    }
}

void DatabaseThread::Impl::tellFolding(bool more)
{
    const model::CatalogPointer catalog = m_store->catalog();
    const auto progress = more ? search::progress(m_store->connection(), *catalog) : Result<search::Progress>(search::Progress{});
    const int percent = progress.ok() ? std::min(progress->percent(), more ? 99 : 100) : 100;
    if (percent == m_toldPercent)
        return;
    m_toldPercent = percent;
    onOwner([this, percent] { Q_EMIT m_owner.searchIndexed(percent); });
}

void DatabaseThread::Impl::runReader(bool withBackground)
{
    if (withBackground)
        base::platform::lowerThreadPriority(base::platform::ThreadPriority::Background);
    storage::OpenOptions file;
    file.path = m_options.store.path;
    file.key = m_options.store.key;
    file.readOnly = true;
    // A scan reads each page once and would only drive out what lists and search come back to.
    file.cacheKiB = withBackground ? kScanCacheKiB : cacheKiBOfAReader();
    file.busyTimeoutMs = 1000; // the first reader after a start may meet the recovery of the log
    file.onOpened = m_options.store.onOpened;
    file.onOpened.push_back(search::registerOn);
    auto opened = storage::Connection::open(file);
    const std::atomic<bool> *cancelled = nullptr;
    if (opened.ok())
        (*opened)->setProgressHook(kStepsPerCheck, [&cancelled] { return cancelled != nullptr && cancelled->load(std::memory_order_relaxed); });
    while (std::optional<ReadJob> job = m_reads.take(withBackground)) {
        std::any result;
        std::optional<Error> error;
        if (!opened.ok()) {
            error = opened.error();
        } else {
            FilterContext context;
            model::CatalogPointer catalog;
            {
                const std::lock_guard lock(m_shared.mutex);
                catalog = m_shared.catalog;
                context.currency = m_shared.profile.currency;
                context.user = m_shared.profile.user;
            }
            context.nowMs = m_options.store.clock->wallMs();
            cancelled = job->cancelled.get();
            {
                auto snapshot = storage::Transaction::begin(**opened, storage::Transaction::Mode::Deferred);
                ReadContext reading(**opened, catalog, context, *cancelled);
                if (snapshot.ok())
                    result = job->work(reading);
                else
                    error = snapshot.error();
            }
            cancelled = nullptr;
        }
        if (!withBackground)
            m_reads.done();
        deliver(*job, std::move(result), std::move(error));
    }
}

void DatabaseThread::Impl::rowsChanged(model::EntityId entity, const std::vector<base::Id> &ids)
{
    const std::lock_guard lock(m_shared.mutex);
    Shared::Changed &changed = m_shared.changed[entity];
    changed.isMany = changed.isMany || ids.empty() || size_t(changed.ids.size()) + ids.size() > kToldIds;
    if (changed.isMany)
        changed.ids.clear();
    else
        changed.ids.append(QList<base::Id>(ids.begin(), ids.end()));
    tell();
}

void DatabaseThread::Impl::stateChanged()
{
    const std::lock_guard lock(m_shared.mutex);
    m_shared.stateChanged = true;
    tell();
}

void DatabaseThread::Impl::catalogChanged()
{
    const std::lock_guard lock(m_shared.mutex);
    m_shared.catalog = m_store->catalog();
    m_shared.catalogChanged = true;
    tell();
}

/// With the mutex held: one call for all that changes until it arrives.
void DatabaseThread::Impl::tell()
{
    if (std::exchange(m_shared.isTold, true))
        return;
    onOwner([this] { tellChanges(); });
}

void DatabaseThread::Impl::tellChanges()
{
    std::map<model::EntityId, Shared::Changed> changed;
    bool state = false;
    bool catalogIsNew = false;
    {
        const std::lock_guard lock(m_shared.mutex);
        changed = std::exchange(m_shared.changed, {});
        state = std::exchange(m_shared.stateChanged, false);
        catalogIsNew = std::exchange(m_shared.catalogChanged, false);
        m_shared.isTold = false;
    }
    if (catalogIsNew)
        Q_EMIT m_owner.catalogChanged();
    for (const auto &[entity, rows] : changed)
        Q_EMIT m_owner.rowsChanged(entity, rows.ids);
    if (state)
        Q_EMIT m_owner.stateChanged();
}

DatabaseThread::DatabaseThread(DatabaseThreadOptions options, QObject *parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(*this, std::move(options)))
{
}

DatabaseThread::~DatabaseThread()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_impl->stop();
}

void DatabaseThread::start()
{
    Q_ASSERT(QThread::currentThread() == thread());
    Q_ASSERT(!m_impl->m_isStarted);
    m_impl->start();
}

void DatabaseThread::noteDamage(const Error &error)
{
    Q_EMIT damageFound(error);
}

bool DatabaseThread::isOpen() const
{
    const std::lock_guard lock(m_impl->m_shared.mutex);
    return m_impl->m_shared.isOpen;
}

RequestNumber DatabaseThread::enqueueRead(AnyRead work, QObject *context, AnyDone done, Priority priority)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Impl::ReadJob job{++m_impl->m_lastNumber, std::make_shared<std::atomic<bool>>(false), std::move(work),
                      context != nullptr ? context : this, std::move(done)};
    const RequestNumber number = job.number;
    m_impl->m_unanswered.insert(number, job.cancelled);
    if (m_impl->m_reads.isClosed())
        m_impl->deliver(job, {}, Error{ErrorCode::Cancelled, QStringLiteral("the profile is not open")});
    else
        m_impl->m_reads.push(std::move(job), priority == Priority::Background);
    return number;
}

RequestNumber DatabaseThread::enqueueWrite(AnyWrite work, QObject *context, AnyDone done, Priority priority)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Impl::WriteJob job{++m_impl->m_lastNumber, std::make_shared<std::atomic<bool>>(false), std::move(work),
                       context != nullptr ? context : this, std::move(done)};
    const RequestNumber number = job.number;
    m_impl->m_unanswered.insert(number, job.cancelled);
    if (m_impl->m_writes.isClosed())
        m_impl->deliver(job, {}, Error{ErrorCode::Cancelled, QStringLiteral("the profile is not open")});
    else
        m_impl->m_writes.push(std::move(job), priority == Priority::Background);
    return number;
}

RequestNumber DatabaseThread::commit(ChangeSet changes, QObject *context, std::function<void(Result<CommitReport>)> done, Priority priority)
{
    return write<CommitReport>([changes = std::move(changes)](Store &store) { return store.commit(changes); }, context, std::move(done),
                               priority);
}

void DatabaseThread::cancel(RequestNumber request)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const CancelFlag flag = m_impl->m_unanswered.take(request);
    if (flag == nullptr)
        return;
    flag->store(true, std::memory_order_relaxed);
    m_impl->m_reads.remove(request);
    m_impl->m_writes.remove(request);
}

void DatabaseThread::runWaiting()
{
    Q_ASSERT(QThread::currentThread() == m_impl->m_writer.get());
    while (const auto job = m_impl->m_writes.takeIfAny())
        m_impl->runJob(*job);
}

bool DatabaseThread::isIdle() const
{
    Q_ASSERT(QThread::currentThread() == thread());
    return m_impl->m_unanswered.isEmpty() && m_restingReads == 0;
}

model::CatalogPointer DatabaseThread::catalog() const
{
    const std::lock_guard lock(m_impl->m_shared.mutex);
    return m_impl->m_shared.catalog != nullptr ? m_impl->m_shared.catalog : m_impl->m_options.store.catalog;
}

ProfileInfo DatabaseThread::profileInfo() const
{
    const std::lock_guard lock(m_impl->m_shared.mutex);
    return m_impl->m_shared.profile;
}

} // namespace fieldfare::store
