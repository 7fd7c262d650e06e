// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/http_server.h"

#include "core/base/logging.h"
#include "sync/server/http/http_worker.h"
#include "sync/server/http/server_shared.h"

#include <QTcpServer>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <vector>

namespace fieldfare::server {

namespace {

constexpr int kBacklog = 512;
/// When the process has no descriptors left, QTcpServer stops accepting for good; it is asked again after this.
constexpr std::chrono::milliseconds kAcceptAgain{250};

class Listener : public QTcpServer {
public:
    explicit Listener(std::function<void(qintptr)> onSocket) : m_onSocket(std::move(onSocket)) {}

protected:
    // Nothing is ever "pending" here, so that QTcpServer's own limit of pending connections never applies.
    void incomingConnection(qintptr descriptor) override { m_onSocket(descriptor); }

private:
    std::function<void(qintptr)> m_onSocket;
};

} // namespace

class HttpServer::Private {
public:
    Private(HttpServer *server, RequestHandler &handler, const base::Clock &clock, const HttpLimits &limits)
        : q(server), shared(std::make_shared<ServerShared>(limits, handler, clock)),
          listener([this](qintptr descriptor) { accept(descriptor); })
    {
    }

    void accept(qintptr descriptor)
    {
        ++shared->counters.accepted;
        const auto &mailbox = mailboxes[next++ % mailboxes.size()];
        mailbox->post([descriptor](HttpWorker &worker) { worker.take(descriptor); });
    }

    void post(const std::function<void(HttpWorker &)> &call) const
    {
        for (const auto &mailbox : mailboxes)
            mailbox->post(call);
    }

    void finish(bool clean)
    {
        if (isFinished)
            return;
        isFinished = true;
        if (!clean)
            post([](HttpWorker &worker) { worker.stop(); });
        Q_EMIT q->drained(clean);
    }

    HttpServer *const q;
    const std::shared_ptr<ServerShared> shared;
    Listener listener;
    std::vector<std::unique_ptr<QThread>> threads;
    std::vector<std::shared_ptr<WorkerMailbox>> mailboxes;
    size_t next = 0;
    int stillDraining = 0;
    bool isFinished = false;
};

HttpServer::HttpServer(RequestHandler &handler, const base::Clock &clock, const HttpLimits &limits, int workers,
                       QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, handler, clock, limits))
{
    for (int i = 0; i < std::max(1, workers); ++i) {
        auto thread = std::make_unique<QThread>();
        thread->setObjectName(QStringLiteral("http-%1").arg(i));
        auto *const worker = new HttpWorker(d->shared);
        d->mailboxes.push_back(worker->mailbox());
        connect(worker, &HttpWorker::drained, this, [this, worker] {
            disconnect(worker, &HttpWorker::drained, this, nullptr);
            if (--d->stillDraining == 0)
                d->finish(true);
        });
        worker->moveToThread(thread.get());
        // Sockets must die on the thread that served them.
        connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
        thread->start();
        d->threads.push_back(std::move(thread));
    }
    connect(&d->listener, &QTcpServer::acceptError, this, [this](QAbstractSocket::SocketError) {
        qCWarning(lcServer, "cannot accept: %s", qUtf8Printable(d->listener.errorString()));
        QTimer::singleShot(kAcceptAgain, &d->listener, [this] { d->listener.resumeAccepting(); });
    });
}

HttpServer::~HttpServer()
{
    d->listener.close();
    // By the mailbox, so that sockets on their way to a worker are taken first, and closed with it.
    d->post([](HttpWorker &worker) {
        worker.drain();
        worker.thread()->quit();
    });
    for (const auto &thread : d->threads)
        thread->wait();
}

void HttpServer::setTlsConfiguration(const QSslConfiguration &configuration)
{
    d->shared->setTls(configuration);
}

base::Result<void> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    if (d->shared->tls().localCertificateChain().isEmpty())
        return base::Error{base::ErrorCode::InvalidArgument, QStringLiteral("no server certificate"), {}};
    d->listener.setListenBacklogSize(kBacklog);
    if (!d->listener.listen(address, port)) {
        return base::Error{base::ErrorCode::NetworkUnreachable, d->listener.errorString(),
                           {QStringLiteral("%1:%2").arg(address.toString()).arg(port)}};
    }
    return {};
}

quint16 HttpServer::port() const
{
    return d->listener.serverPort();
}

bool HttpServer::isListening() const
{
    return d->listener.isListening();
}

void HttpServer::broadcast(const QByteArray &message)
{
    d->post([message](HttpWorker &worker) { worker.broadcast(message); });
}

void HttpServer::send(const QByteArray &subject, const QByteArray &message)
{
    d->post([subject, message](HttpWorker &worker) { worker.send(subject, message); });
}

void HttpServer::closeLive(const QByteArray &subject)
{
    d->post([subject](HttpWorker &worker) { worker.closeLive(subject); });
}

void HttpServer::shutdown(std::chrono::milliseconds deadline)
{
    if (d->stillDraining > 0 || d->isFinished)
        return;
    d->listener.close();
    d->stillDraining = int(d->mailboxes.size());
    d->post([](HttpWorker &worker) { worker.drain(); });
    QTimer::singleShot(deadline, this, [this] { d->finish(false); });
}

HttpStatistics HttpServer::statistics() const
{
    return d->shared->counters.read();
}

} // namespace fieldfare::server
