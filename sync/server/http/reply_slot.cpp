// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/reply_slot.h"

#include "core/base/logging.h"
#include "sync/server/http/http_worker.h"

#include <atomic>

namespace fieldfare::server {

WorkerMailbox::WorkerMailbox(HttpWorker *worker) : m_worker(worker) {}

void WorkerMailbox::post(std::function<void(HttpWorker &)> call)
{
    // The lock is held while posting only; what was posted dies with the worker if that goes first.
    const std::lock_guard lock(m_mutex);
    if (m_worker == nullptr)
        return;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, call = std::move(call)] { call(*worker); }, Qt::QueuedConnection);
}

void WorkerMailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_worker = nullptr;
}

namespace {

/// Shared by all copies of one reply function. Content is HttpResponse or UpgradeDecision.
template <typename Content>
class OnceSlot {
public:
    OnceSlot(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key, Content fallback)
        : m_mailbox(std::move(mailbox)), m_key(key), m_fallback(std::move(fallback))
    {
    }
    OnceSlot(const OnceSlot &) = delete;
    OnceSlot &operator=(const OnceSlot &) = delete;
    ~OnceSlot()
    {
        if (!m_isAnswered.exchange(true))
            deliver(std::move(m_fallback));
    }

    void answer(Content content)
    {
        if (m_isAnswered.exchange(true)) {
            qCWarning(lcServer, "a request was answered twice; the second answer is dropped");
            return;
        }
        deliver(std::move(content));
    }

private:
    void deliver(Content content)
    {
        m_mailbox->post([key = m_key, content = std::move(content)](HttpWorker &worker) { worker.deliver(key, content); });
    }

    std::shared_ptr<WorkerMailbox> m_mailbox;
    RequestKey m_key;
    Content m_fallback;
    std::atomic<bool> m_isAnswered{false};
};

template <typename Content>
std::function<void(Content)> makeOnce(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key, Content fallback)
{
    auto slot = std::make_shared<OnceSlot<Content>>(std::move(mailbox), key, std::move(fallback));
    return [slot](Content content) { slot->answer(std::move(content)); };
}

} // namespace

RequestHandler::Reply makeReply(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key)
{
    return makeOnce<HttpResponse>(std::move(mailbox), key, HttpResponse::text(500, "no answer\n"));
}

RequestHandler::DecideUpgrade makeDecision(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key)
{
    return makeOnce<UpgradeDecision>(std::move(mailbox), key, UpgradeDecision{500, {}});
}

} // namespace fieldfare::server
