// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A first download asks for the next page while it writes one, and writes the pages in their order. That what comes of it is
// right is the simulation's to show.
#include "sync/engine/sync_engine.h"
#include "tests/testlib/simulation/ram_replica_storage.h"

#include <QTest>

#include <deque>

using namespace fieldfare;
using base::Id;
using base::Result;
using protocol::DownloadPage;

namespace {

constexpr model::EntityId kFirst = 1;
constexpr model::EntityId kSecond = 2;

class StillClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return 1; }
    [[nodiscard]] std::int64_t bootMs() const override { return 1; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
};

Id idOf(int number)
{
    return Id::fromBytes(QByteArray(15, '\1') + char(number));
}

class Listener final : public changes::ReplicaListener {
public:
    Result<void> rowInserted(changes::ReplicaRow &&row, Cause) override
    {
        inserted.append(QStringLiteral("%1/%2").arg(row.entity).arg(int(row.id.data().back())));
        return {};
    }
    Result<void> rowChanged(const changes::ReplicaRow &, const std::vector<changes::FieldValue> &, const changes::RowStamp &, Cause) override { return {}; }
    Result<void> rowRemoved(const changes::ReplicaRow &, Cause) override { return {}; }

    QStringList inserted;
};

/// A replica whose work, and a server whose answers, come when the test says so.
class Bench final : public engine::ReplicaAccess, public engine::Transport {
public:
    void run(Work work, std::function<void(Result<void>)> done) override { works.push_back({std::move(work), std::move(done)}); }
    void work()
    {
        auto [todo, done] = std::move(works.front());
        works.pop_front();
        changes::Replica replica(storage, listener, clock);
        done(todo(replica, storage));
    }

    void push(const protocol::PushRequest &, engine::Callback<protocol::PushReply>) override { QFAIL("nothing to push"); }
    void pull(const protocol::PullRequest &request, engine::Callback<protocol::PullReply> done) override
    {
        protocol::PullReply reply;
        reply.epoch = request.epoch;
        reply.complete = true;
        reply.counter = 9;
        ++pulls;
        done(reply);
    }
    void beginDownload(const Id &, engine::Callback<protocol::DownloadStart> done) override { done(protocol::DownloadStart{7, 1, {{kFirst, 4}, {kSecond, 1}}}); }
    void downloadPage(const protocol::DownloadRequest &request, engine::Callback<DownloadPage> done) override { asked.push_back({request, std::move(done)}); }
    void enrolAnew(const Id &, engine::Callback<protocol::EnrolReply>) override { QFAIL("no other identity"); }
    void handIn(const protocol::HandInRequest &, engine::Callback<protocol::HandInReply>) override { QFAIL("nothing to hand in"); }
    void tellExports(const protocol::ExportsRequest &, engine::Callback<protocol::ExportsReply>) override { QFAIL("nothing was exported"); }
    void cancelAll() override { asked.clear(); }

    /// The oldest question; rows 1 to 4 of the first entity, two a page, and one of the second.
    void answer()
    {
        auto [request, done] = std::move(asked.front());
        asked.pop_front();
        DownloadPage page;
        page.epoch = request.epoch;
        page.entity = request.entity;
        page.after = request.after;
        const int after = request.after.data().back();
        const int most = request.entity == kFirst ? 4 : 1;
        for (int i = after + 1; i <= std::min(after + 2, most); ++i) {
            changes::ReplicatedRow row;
            row.entity = request.entity;
            row.id = idOf(i);
            row.versions = changes::RowVersions(5);
            page.rows.push_back(row);
        }
        page.upTo = page.rows.back().id;
        page.last = page.rows.size() + size_t(after) >= size_t(most);
        done(page);
    }

    StillClock clock;
    simulation::RamReplicaStorage storage;
    Listener listener;
    struct Job {
        Work work;
        std::function<void(Result<void>)> done;
    };
    std::deque<Job> works;
    int pulls = 0;
    struct Question {
        protocol::DownloadRequest request;
        engine::Callback<DownloadPage> done;
    };
    std::deque<Question> asked;
};

} // namespace

class TestEngineDownload final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePageBehindIsAskedForWhileOneIsWritten()
    {
        Bench bench;
        bench.storage.disk.state.incarnation = 1;
        bench.storage.disk.state.device = idOf(100);
        engine::SyncEngine engine(bench, bench, bench.clock, {});
        std::optional<Result<engine::SyncReport>> report;
        engine.start([&report](const Result<engine::SyncReport> &done) { report = done; });
        bench.work(); // the state
        bench.work(); // the download begins
        QCOMPARE(bench.asked.size(), size_t(1));
        bench.answer();
        QCOMPARE(bench.works.size(), size_t(1)); // 1 and 2 wait to be written,
        QCOMPARE(bench.asked.size(), size_t(1)); // and what is behind them is on its way
        QVERIFY(bench.asked.front().request.after == idOf(2));
        bench.answer(); // it arrives first,
        QCOMPARE(bench.works.size(), size_t(1));
        QCOMPARE(bench.asked.size(), size_t(0)); // and one page waits at most
        bench.work();
        QCOMPARE(bench.listener.inserted, QStringList({QStringLiteral("1/1"), QStringLiteral("1/2")}));
        QVERIFY(bench.storage.disk.state.downloadAfter == idOf(2)); // where an interrupted download goes on
        QCOMPARE(bench.asked.size(), size_t(1));
        QCOMPARE(int(bench.asked.front().request.entity), int(kSecond));
        bench.work();
        bench.answer();
        while (!bench.works.empty())
            bench.work();
        QCOMPARE(bench.listener.inserted.size(), 5);
        QCOMPARE(bench.listener.inserted.last(), QStringLiteral("2/1"));
        QVERIFY(report && report->ok());
        QCOMPARE(report->value().pulled, std::uint64_t(5));
        QCOMPARE(bench.storage.disk.state.cursor, changes::Version(9));
    }

    /// What is on its way belongs to the download before; the new one gets every row.
    void whatIsBegunAnewMeanwhileGoesFromTheBeginning_data()
    {
        QTest::addColumn<int>("works");
        QTest::newRow("while a page is on its way") << 2;
        QTest::newRow("while the second page is written") << 3;
        QTest::newRow("while the pull is on its way") << -1;
    }
    void whatIsBegunAnewMeanwhileGoesFromTheBeginning()
    {
        QFETCH(const int, works);
        Bench bench;
        bench.storage.disk.state.incarnation = 1;
        bench.storage.disk.state.device = idOf(100);
        engine::SyncEngine engine(bench, bench, bench.clock, {});
        std::optional<Result<engine::SyncReport>> report;
        engine.start([&report](const Result<engine::SyncReport> &done) { report = done; });
        const auto go = [&bench] {
            if (bench.works.empty())
                bench.answer();
            else
                bench.work();
        };
        if (works < 0) {
            while (bench.pulls == 0)
                go();
        } else {
            for (int done = 0; done < works; ++done) {
                while (bench.works.empty())
                    bench.answer();
                bench.work();
            }
            while (bench.works.empty())
                bench.answer();
        }
        changes::Replica replica(bench.storage, bench.listener, bench.clock);
        QVERIFY(replica.downloadAnew().ok());
        bench.listener.inserted.clear();
        bench.storage.disk.rows.clear();
        while (!report)
            go();
        QVERIFY(report->ok());
        QCOMPARE(bench.listener.inserted.size(), 5);
        QCOMPARE(bench.storage.disk.state.cursor, changes::Version(9));
        QVERIFY(!bench.storage.disk.state.downloading);
    }

    void aPageThatComesAfterTheEndIsDropped()
    {
        Bench bench;
        bench.storage.disk.state.incarnation = 1;
        bench.storage.disk.state.device = idOf(100);
        engine::SyncEngine engine(bench, bench, bench.clock, {});
        bool isDone = false;
        engine.start([&isDone](const Result<engine::SyncReport> &) { isDone = true; });
        bench.work();
        bench.work();
        bench.answer();
        auto late = std::move(bench.asked.front().done);
        engine.cancel();
        late(DownloadPage());
        bench.work(); // what was handed over is written; nothing follows
        QVERIFY(bench.works.empty() && bench.asked.empty() && !isDone);
        QCOMPARE(bench.listener.inserted.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEngineDownload)
#include "tst_engine_download.moc"
