// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/storage/passphrase.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"
#include "sync/server/api/sync_handler.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstdio>
#include <mutex>

using namespace fieldfare;
using namespace fieldfare::server;

namespace {

/// Stands still unless a test moves it, for all threads.
class StillClock final : public base::Clock {
public:
    std::atomic<std::int64_t> now{1'795'000'000'000};
    [[nodiscard]] std::int64_t wallMs() const override { return now; }
    [[nodiscard]] std::int64_t bootMs() const override { return now - 1'000'000'000'000; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
};

/// A handler over a store of its own, without a front end. Members end in the order in which the server ends them.
struct Desk {
    QTemporaryDir folder;
    StillClock clock;
    base::SystemRandom random;
    std::unique_ptr<ServerDatabase> database = make();
    TokenSigner signer{QByteArray(32, 'k'), clock};
    std::FILE *stream = std::tmpfile();
    RequestLog log{clock, stream};
    WriteQueue writes{*database, signer, clock, random};
    ReadPool reads{*database, clock};
    ReadPool longReads{*database, clock};
    std::unique_ptr<PasswordQueue> passwords = std::make_unique<PasswordQueue>();
    SyncHandler handler{{writes, reads, longReads, *passwords, signer, log, clock, database->catalog()}};

    Desk()
    {
        if (!writes.start([](changes::Version) {}).ok() || !reads.start(1).ok() || !longReads.start(1).ok())
            qFatal("no queues");
    }
    ~Desk()
    {
        passwords.reset();
        writes.stop();
        reads.stop();
        longReads.stop();
        std::fclose(stream);
    }

    /// The answer, when it is given at once: refusals are. Status 0: it is being worked on.
    HttpResponse ask(const QByteArray &path, const QByteArray &body, const QString &peer, const QByteArray &token = {})
    {
        HttpRequest request;
        request.method = "POST";
        request.path = path;
        request.body = body;
        request.peer = QHostAddress(peer);
        request.id = QStringLiteral("1");
        if (!token.isEmpty())
            request.headers.emplaceBack("Authorization", "Bearer " + token);
        struct Slot {
            std::mutex mutex;
            HttpResponse response;
        };
        const auto slot = std::make_shared<Slot>();
        slot->response.status = 0;
        handler.handle(std::move(request), [slot](const HttpResponse &response) {
            const std::lock_guard lock(slot->mutex);
            slot->response = response;
        });
        const std::lock_guard lock(slot->mutex);
        return slot->response;
    }
    HttpResponse signIn(const QString &user, int address)
    {
        return ask(protocol::kEnrolPath, protocol::encode(protocol::EnrolRequest{user, QStringLiteral("wrong"), QStringLiteral("Test"), QByteArray(32, 'k'), {}}),
                   QStringLiteral("192.0.2.%1").arg(address));
    }

private:
    std::unique_ptr<ServerDatabase> make()
    {
        auto made = ServerDatabase::create(folder.filePath(QStringLiteral("server")), storage::passphraseBytes(QStringLiteral("orchid-lantern-42-gravel")),
                                           model::Catalog::standard(), {QStringLiteral("Company"), QStringLiteral("USD")}, clock, random);
        if (!made.ok())
            qFatal("no store: %s", qPrintable(made.error().detail));
        return std::move(*made);
    }
};

void isTooMany(const HttpResponse &response, const QByteArray &seconds)
{
    QCOMPARE(response.status, 429);
    QCOMPARE(headerValue(response.headers, "Retry-After"), seconds);
    const auto failure = protocol::decode<protocol::FailureReply>(response.body);
    QVERIFY(failure.ok());
    QCOMPARE(failure->code, QStringLiteral("TooManyAttempts"));
    QVERIFY(failure->retryAfterMs > 0 && failure->retryAfterMs <= seconds.toLongLong() * 1000);
}

} // namespace

/// Who asks too often is told when to come back, and nobody else is: by account, by address, by device.
class TestSyncHandler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signInsOfOneAccountAreLimited()
    {
        Desk desk;
        for (int i = 0; i < 30; ++i)
            QVERIFY(desk.signIn(i % 2 == 0 ? QStringLiteral("anna") : QStringLiteral("ANNA"), i + 1).status != 429); // addresses differ
        isTooMany(desk.signIn(QStringLiteral("Anna"), 100), "1");
        QVERIFY(desk.signIn(QStringLiteral("bo"), 100).status != 429);
        desk.clock.now += 1'000;
        QVERIFY(desk.signIn(QStringLiteral("anna"), 101).status != 429);
        isTooMany(desk.signIn(QStringLiteral("anna"), 102), "1");
    }

    void signInsFromOneAddressAreLimited()
    {
        Desk desk;
        for (int i = 0; i < 60; ++i)
            QVERIFY(desk.signIn(QStringLiteral("user%1").arg(i), 7).status != 429);
        isTooMany(desk.signIn(QStringLiteral("another"), 7), "1");
        QVERIFY(desk.signIn(QStringLiteral("another"), 8).status != 429);
    }

    void requestsOfOneDeviceAreLimited()
    {
        Desk desk;
        const auto ask = [&desk](const base::Id &device) {
            const QByteArray token = desk.signer.issue(device, base::Id::fromName(QStringLiteral("user"), QString())).token.toLatin1();
            protocol::PullRequest request;
            request.device = device;
            return desk.ask(protocol::kPullPath, protocol::encode(request), QStringLiteral("192.0.2.1"), token);
        };
        const base::Id one = base::Id::fromName(QStringLiteral("device"), QStringLiteral("one"));
        for (int i = 0; i < 400; ++i)
            QVERIFY(ask(one).status != 429);
        isTooMany(ask(one), "1");
        QVERIFY(ask(base::Id::fromName(QStringLiteral("device"), QStringLiteral("two"))).status != 429);
    }
};

QTEST_GUILESS_MAIN(TestSyncHandler)
#include "tst_sync_handler.moc"
