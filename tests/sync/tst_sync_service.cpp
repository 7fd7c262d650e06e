// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// When the service talks to its server: not while it is paused, whenever that was asked.
#include "app/composition/enrolment.h"
#include "app/composition/sync_service.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace fieldfare;

class TestSyncService final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aSessionBeginsWithTheServer();
    void pausedBeforeTheFirstByteSendsNone();

private:
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<app::DirectStoreAccess> m_access;
    std::unique_ptr<app::SyncService> m_sync;
};

void TestSyncService::init()
{
    m_sync.reset();
    m_access.reset();
    m_server = std::make_unique<QTcpServer>(); // says nothing
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    store::StoreOptions options;
    options.inMemory = true;
    options.clock = &m_clock;
    options.random = &m_random;
    auto opened = store::Store::open(options);
    QVERIFY(opened.ok());
    m_store = std::move(*opened);
    app::Enrolled enrolled{{.address = {QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server->serverPort())), {QByteArray(32, 'p')}},
                            .device = base::Id::fromBytes(QByteArray(16, 'd')),
                            .user = QStringLiteral("ann"),
                            .deviceName = QStringLiteral("here"),
                            .key = net::DeviceKey::generate(m_random),
                            .deviceNumber = 1,
                            .accessToken = QStringLiteral("a"),
                            .refreshToken = QStringLiteral("r")},
                           {}};
    enrolled.reply.device = enrolled.account.device;
    enrolled.reply.user = base::Id::fromBytes(QByteArray(16, 'u'));
    QVERIFY(app::joinServer(*m_store, enrolled).ok());
    m_access = std::make_unique<app::DirectStoreAccess>(*m_store);
    m_sync = std::make_unique<app::SyncService>(*m_access, m_clock, m_random);
    bool isLoaded = false;
    m_sync->load([&isLoaded](const base::Result<void> &loaded) { isLoaded = loaded.ok(); });
    QTRY_VERIFY(isLoaded);
}

void TestSyncService::aSessionBeginsWithTheServer()
{
    m_sync->syncNow();
    QTRY_VERIFY2(m_server->hasPendingConnections(), qUtf8Printable(m_sync->state().error.detail));
    m_sync->setPaused(true);
    QCOMPARE(int(m_sync->state().link), int(store::LinkState::Link::Paused));
}

void TestSyncService::pausedBeforeTheFirstByteSendsNone()
{
    QSignalSpy ended(m_sync.get(), &app::SyncService::sessionEnded);
    m_sync->syncNow(); // the store is asked first
    m_sync->setPaused(true);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(int(m_sync->state().link), int(store::LinkState::Link::Paused));
    QVERIFY(!m_server->hasPendingConnections());
    // Going on is one call.
    m_sync->setPaused(false);
    QTRY_VERIFY(m_server->hasPendingConnections());
}

QTEST_GUILESS_MAIN(TestSyncService)
#include "tst_sync_service.moc"
