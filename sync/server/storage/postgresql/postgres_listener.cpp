// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_listener.h"

#include "core/base/logging.h"

#include <libpq-fe.h>

#include <algorithm>

namespace fieldfare::server {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirstWait = 200ms;
constexpr std::chrono::milliseconds kLongestWait = 10s;
/// A connection that broke without a word is found by asking.
constexpr auto kAskEvery = 20s;

} // namespace

class PostgresListener::Work : public QObject {
public:
    Work(PostgresUrl url, std::function<void()> onChanged) : m_url(std::move(url)), m_onChanged(std::move(onChanged)), m_again(this), m_ask(this)
    {
        m_again.setSingleShot(true);
        m_ask.setInterval(kAskEvery);
        connect(&m_again, &QTimer::timeout, this, &Work::listen);
        connect(&m_ask, &QTimer::timeout, this, &Work::ask);
    }

    void listen()
    {
        m_notifier.reset();
        auto connected = connectPostgres(m_url);
        if (!connected.ok())
            return later(connected.error().detail);
        m_handle = std::move(connected).value();
        const PostgresResult listening(PQexec(m_handle.get(), "LISTEN fieldfare_changed"));
        if (PQresultStatus(listening.get()) != PGRES_COMMAND_OK)
            return later(QStringLiteral("LISTEN was refused"));
        m_wait = kFirstWait;
        m_notifier = std::make_unique<QSocketNotifier>(PQsocket(m_handle.get()), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &Work::hear);
        m_ask.start();
        m_onChanged();
        hear(); // what came with the answer
    }

    void stop()
    {
        m_again.stop();
        m_ask.stop();
        m_notifier.reset();
        m_handle.reset();
    }

private:
    void later(const QString &why)
    {
        qCWarning(lcServer) << "what other processes commit is not heard:" << why;
        stop();
        m_again.start(m_wait);
        m_wait = std::min(m_wait * 2, kLongestWait);
    }

    void hear()
    {
        if (m_handle == nullptr)
            return;
        if (PQconsumeInput(m_handle.get()) == 0)
            return later(QStringLiteral("the connection is lost"));
        bool isChanged = false;
        while (PGnotify *const note = PQnotifies(m_handle.get())) {
            isChanged = true;
            PQfreemem(note);
        }
        if (isChanged)
            m_onChanged();
    }

    void ask()
    {
        const PostgresResult answer(PQexec(m_handle.get(), ""));
        if (PQresultStatus(answer.get()) != PGRES_EMPTY_QUERY)
            return later(QStringLiteral("the connection is lost"));
        hear();
    }

    const PostgresUrl m_url;
    const std::function<void()> m_onChanged;
    PostgresHandle m_handle;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_again;
    QTimer m_ask;
    std::chrono::milliseconds m_wait = kFirstWait;
};

PostgresListener::PostgresListener(PostgresUrl url, std::function<void()> onChanged) : m_work(new Work(std::move(url), std::move(onChanged)))
{
    m_work->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::started, m_work, &Work::listen);
    QObject::connect(&m_thread, &QThread::finished, m_work, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("listener"));
    m_thread.start();
}

PostgresListener::~PostgresListener()
{
    QMetaObject::invokeMethod(m_work, &Work::stop, Qt::QueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace fieldfare::server
