// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/request_handler.h"

#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace fieldfare::server {

class HttpWorker;

/// The way back to a worker that may be gone: reply functions hold the mailbox, never the worker or a connection.
/// Thread safe.
class WorkerMailbox {
public:
    explicit WorkerMailbox(HttpWorker *worker);

    /// Runs the function later on the worker's thread; drops it when the worker is gone.
    void post(std::function<void(HttpWorker &)> call);

    /// The worker is going; after this nothing is posted to it.
    void close();

private:
    std::mutex m_mutex;
    HttpWorker *m_worker;
};

/// Which request an answer belongs to.
struct RequestKey {
    quint64 connection = 0;
    quint64 number = 0;
};

/// Functions for RequestHandler that answer once, from any thread, and by themselves (500) when all copies are gone.
[[nodiscard]] RequestHandler::Reply makeReply(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key);
[[nodiscard]] RequestHandler::DecideUpgrade makeDecision(std::shared_ptr<WorkerMailbox> mailbox, RequestKey key);

} // namespace fieldfare::server
