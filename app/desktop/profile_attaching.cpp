// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/profile_attaching.h"

namespace fieldfare::app {

ProfileAttaching::ProfileAttaching(const base::Clock &clock, base::RandomSource &random) : m_worker(new AttachmentWorker(clock, random, m_isStopped))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &Attaching::standingChanged, this, &Attaching::standingChanged);
    connect(m_worker, &Attaching::probed, this, &Attaching::probed);
    connect(m_worker, &Attaching::probeFailed, this, &Attaching::probeFailed);
    connect(m_worker, &Attaching::progressed, this, &Attaching::progressed);
    connect(m_worker, &Attaching::prepared, this, &Attaching::prepared);
    connect(m_worker, &Attaching::attached, this, &Attaching::attached);
    connect(m_worker, &Attaching::failed, this, &Attaching::failed);
    m_thread.setObjectName(QStringLiteral("attaching"));
    m_thread.start();
}

ProfileAttaching::~ProfileAttaching()
{
    m_isStopped = true;
    m_thread.quit();
    m_thread.wait();
}

void ProfileAttaching::onWorker(const std::function<void(AttachmentWorker &)> &work)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, work] { work(*worker); }, Qt::QueuedConnection);
}

void ProfileAttaching::open()
{
    onWorker([](AttachmentWorker &worker) { worker.open(); });
}

void ProfileAttaching::probe(const QString &address)
{
    onWorker([address](AttachmentWorker &worker) { worker.probe(address); });
}

void ProfileAttaching::begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code)
{
    m_isStopped = false;
    onWorker([userName, password, code](AttachmentWorker &worker) { worker.begin(userName, password, code); });
}

void ProfileAttaching::resume()
{
    m_isStopped = false;
    onWorker([](AttachmentWorker &worker) { worker.resume(); });
}

void ProfileAttaching::attach(domain::DuplicatePolicy duplicates)
{
    m_isStopped = false;
    onWorker([duplicates](AttachmentWorker &worker) { worker.attach(duplicates); });
}

void ProfileAttaching::stop()
{
    m_isStopped = true;
    onWorker([](AttachmentWorker &worker) { worker.stop(); });
}

// A profile cannot be copied, and what is carried from thread to thread must be.

void ProfileAttaching::setProfile(store::Profile profile)
{
    const auto carried = std::make_shared<store::Profile>(std::move(profile));
    onWorker([carried](AttachmentWorker &worker) { worker.setProfile(std::move(*carried)); });
}

void ProfileAttaching::takeProfile(const Taken &taken)
{
    m_isStopped = true;
    onWorker([this, taken](AttachmentWorker &worker) {
        const auto carried = std::make_shared<store::Profile>(worker.takeProfile());
        QMetaObject::invokeMethod(this, [carried, taken] { taken(std::move(*carried)); }, Qt::QueuedConnection);
    });
}

} // namespace fieldfare::app
