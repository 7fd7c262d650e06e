// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The device's half of core/changes/docs/quarantine.md.
#include "sync/engine/sync_engine.h"
#include "tests/testlib/simulation/ram_replica_storage.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <QTest>

using namespace fieldfare;
using base::ErrorCode;
using base::Id;
using base::Result;
using protocol::HandInReply;
using protocol::HandInRequest;
using protocol::HandInStatus;
using Status = changes::HandedIn::Status;

namespace {

Id idOf(int number)
{
    return Id::fromBytes(QByteArray(15, '\1') + char(number));
}

class StillClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return 1'795'000'000'000; }
    [[nodiscard]] std::int64_t bootMs() const override { return 5; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
};

class Listener final : public changes::ReplicaListener {
public:
    Result<void> rowInserted(changes::ReplicaRow &&, Cause) override { return {}; }
    Result<void> rowChanged(const changes::ReplicaRow &, const std::vector<changes::FieldValue> &, const changes::RowStamp &, Cause) override { return {}; }
    Result<void> rowRemoved(const changes::ReplicaRow &, Cause) override { return {}; }
};

/// A device with some creates that wait, and a server that says its account is disabled and answers as it is told.
class Bench final : public engine::ReplicaAccess, public engine::Transport {
public:
    explicit Bench(int creates)
    {
        storage.disk.state.incarnation = 1;
        storage.disk.state.device = idOf(100);
        storage.disk.state.cursor = 1;
        storage.disk.state.rolling = changes::firstRollingHash();
        edit(creates);
    }
    void edit(int creates)
    {
        changes::Replica replica(storage, listener, clock);
        for (int i = 0; i < creates; ++i) {
            changes::LocalChange change;
            change.kind = changes::OperationKind::Create;
            change.entity = simulation::kThing;
            change.record = idOf(++rows);
            if (!replica.commit(std::vector{change}, {}).ok())
                qFatal("create");
        }
    }
    /// What a session ends with.
    ErrorCode sync(int pushOperations = 2)
    {
        parts.clear();
        engine::SyncEngine engine(*this, *this, clock, {.pushOperations = pushOperations});
        error = {ErrorCode::Internal, {}};
        engine.start([this](const Result<engine::SyncReport> &done) { error = done.ok() ? base::Error{ErrorCode::NothingToUndo, {}} : done.error(); });
        return error.code;
    }

    void run(Work work, std::function<void(Result<void>)> done) override
    {
        changes::Replica replica(storage, listener, clock);
        done(work(replica, storage));
    }
    void push(const protocol::PushRequest &request, engine::Callback<protocol::PushReply> done) override
    {
        if (isDisabled)
            return done(disabled());
        protocol::PushReply reply;
        for (const changes::Operation &operation : request.operations)
            reply.verdicts.push_back({operation.name.n, changes::Outcome::Applied, 5, {}, {}});
        done(reply);
    }
    void pull(const protocol::PullRequest &, engine::Callback<protocol::PullReply> done) override
    {
        if (isDisabled)
            return done(disabled());
        protocol::PullReply reply;
        reply.complete = true;
        reply.counter = 9;
        done(reply);
    }
    void beginDownload(const Id &, engine::Callback<protocol::DownloadStart>) override { QFAIL("no download"); }
    void downloadPage(const protocol::DownloadRequest &, engine::Callback<protocol::DownloadPage>) override { QFAIL("no download"); }
    void enrolAnew(const Id &, engine::Callback<protocol::EnrolReply>) override { QFAIL("no other identity"); }
    void handIn(const HandInRequest &request, engine::Callback<HandInReply> done) override
    {
        parts.push_back(request);
        done(answer(request));
    }
    void tellExports(const protocol::ExportsRequest &, engine::Callback<protocol::ExportsReply>) override { QFAIL("nothing was exported"); }
    void cancelAll() override {}

    static base::Error disabled() { return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")}; }
    /// As a server does that takes all.
    Result<HandInReply> take(const HandInRequest &request)
    {
        if (!isClosed)
            takenN = std::max(takenN, request.push.operations.back().name.n);
        isClosed = isClosed || request.isLast;
        return HandInReply{isClosed ? HandInStatus::Closed : HandInStatus::Taken, takenN};
    }

    StillClock clock;
    base::Error error{ErrorCode::Internal, {}}; ///< Of the last session.
    simulation::RamReplicaStorage storage;
    Listener listener;
    std::vector<HandInRequest> parts;
    std::function<Result<HandInReply>(const HandInRequest &)> answer = [this](const HandInRequest &request) { return take(request); };
    bool isDisabled = true;
    bool isClosed = false;
    std::uint64_t takenN = 0;
    int rows = 0;
};

/// "1-2 3-4 5-5 last".
QString partsOf(const Bench &bench)
{
    QStringList texts;
    for (const HandInRequest &part : bench.parts) {
        texts.append(QStringLiteral("%1-%2").arg(part.push.operations.front().name.n).arg(part.push.operations.back().name.n));
        if (part.isLast)
            texts.append(QStringLiteral("last"));
    }
    return texts.join(QLatin1Char(' '));
}

} // namespace

class TestEngineHandIn final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOutboxGoesInPartsAndStays()
    {
        Bench bench(5);
        const simulation::DeviceDisk before = bench.storage.disk;
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(partsOf(bench), QStringLiteral("1-2 3-4 5-5 last"));
        QCOMPARE(bench.parts.at(1).push.rolling, before.outbox.at(4).rolling);
        QCOMPARE(bench.storage.disk.outbox.size(), size_t(5));
        QCOMPARE(bench.storage.disk.state, before.state);
        QCOMPARE(bench.storage.disk.handedIn.upTo, (changes::OperationName{idOf(100), 1, 5}));
        QCOMPARE(bench.storage.disk.handedIn.status, Status::Closed);
        QCOMPARE(bench.error.detail, QString());
    }

    void anEmptyOutboxSaysNothing()
    {
        Bench bench(0);
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QVERIFY(bench.parts.empty());
        bench.edit(1);
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(partsOf(bench), QStringLiteral("1-1 last"));
    }

    void onceIsEnough()
    {
        Bench bench(3);
        bench.sync();
        bench.edit(2);
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(partsOf(bench), QStringLiteral("1-1")); // a question, not the outbox
        QCOMPARE(bench.storage.disk.handedIn.upTo.n, 3U);
        for (int session = 0; session < 2; ++session) { // it is said each time
            QCOMPARE(bench.error.detail, QStringLiteral("only a part was handed in: the rest stays on this computer"));
            QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        }
    }

    void aSecondDisablingTakesWhatCameSince()
    {
        Bench bench(3);
        bench.sync();
        bench.edit(3);
        bench.isClosed = false;
        bench.sync();
        QCOMPARE(partsOf(bench), QStringLiteral("1-1 4-5 6-6 last"));
        QCOMPARE(bench.storage.disk.handedIn.upTo.n, 6U);
    }

    void aLostReplyIsAskedForAgain()
    {
        Bench bench(5);
        bench.answer = [&bench](const HandInRequest &request) -> Result<HandInReply> {
            const Result<HandInReply> reply = bench.take(request);
            return request.isLast ? Result<HandInReply>(ErrorCode::TimedOut, QStringLiteral("no answer")) : reply;
        };
        QCOMPARE(bench.sync(), ErrorCode::TimedOut); // so that it is tried again by itself
        QCOMPARE(bench.storage.disk.handedIn.upTo.n, 4U);
        bench.answer = [&bench](const HandInRequest &request) { return bench.take(request); };
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(partsOf(bench), QStringLiteral("1-2"));
        QCOMPARE(bench.storage.disk.handedIn.upTo.n, 5U);
    }

    void whatIsNotTakenEndsIt_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("noted");
        QTest::addColumn<QString>("detail");
        QTest::newRow("full") << int(HandInStatus::Full) << int(Status::Full) << QStringLiteral("only a part could be handed in: the rest did not fit");
        QTest::newRow("closed") << int(HandInStatus::Closed) << int(Status::Closed) << QStringLiteral("only a part was handed in: the rest stays on this computer");
        QTest::newRow("other history") << int(HandInStatus::OtherHistory) << int(Status::OtherHistory)
                                       << QStringLiteral("the server knows another history of this profile: nothing could be handed in");
        QTest::newRow("epoch changed") << int(HandInStatus::EpochChanged) << int(Status::EpochChanged)
                                       << QStringLiteral("the server was restored: nothing could be handed in");
        QTest::newRow("taken, without progress") << int(HandInStatus::Taken) << int(Status::Open) << QString();
    }
    void whatIsNotTakenEndsIt()
    {
        QFETCH(const int, status);
        QFETCH(const int, noted);
        QFETCH(const QString, detail);
        Bench bench(5);
        bench.answer = [status](const HandInRequest &) { return HandInReply{HandInStatus(status), 0}; };
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(partsOf(bench), QStringLiteral("1-2"));
        QCOMPARE(bench.storage.disk.handedIn.upTo.n, 0U);
        QCOMPARE(int(bench.storage.disk.handedIn.status), noted);
        QCOMPARE(bench.error.detail, detail);
        QCOMPARE(bench.storage.disk.outbox.size(), size_t(5));
    }

    void aRevokedDeviceIsTold()
    {
        Bench bench(1);
        bench.answer = [](const HandInRequest &) -> Result<HandInReply> { return {ErrorCode::DeviceRevoked, QStringLiteral("revoked")}; };
        QCOMPARE(bench.sync(), ErrorCode::DeviceRevoked);
    }

    void anAccountThatWorksAgainSyncs()
    {
        Bench bench(2);
        bench.answer = [&bench](const HandInRequest &) {
            bench.isDisabled = false;
            return HandInReply{HandInStatus::NotDisabled, 0};
        };
        QCOMPARE(bench.sync(), ErrorCode::NothingToUndo); // no error
        QVERIFY(bench.storage.disk.outbox.empty());
    }

    void aServerThatCannotDecideIsLeft()
    {
        Bench bench(2);
        bench.answer = [](const HandInRequest &) { return HandInReply{HandInStatus::NotDisabled, 0}; };
        QCOMPARE(bench.sync(), ErrorCode::AccountDisabled);
        QCOMPARE(bench.parts.size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestEngineHandIn)
#include "tst_engine_hand_in.moc"
