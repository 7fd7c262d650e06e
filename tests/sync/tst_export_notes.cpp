// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was exported on a device reaches the server's audit log once, whatever happens on the way.
#include "sync/engine/sync_engine.h"
#include "sync/server/api/audited_requests.h"
#include "tests/sync/quarantine_fixture.h"
#include "tests/testlib/simulation/ram_replica_storage.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::ExportNotes;
using protocol::ExportsReply;
using protocol::ExportsRequest;

namespace {

class Listener final : public changes::ReplicaListener {
public:
    Result<void> rowInserted(changes::ReplicaRow &&, Cause) override { return {}; }
    Result<void> rowChanged(const changes::ReplicaRow &, const std::vector<changes::FieldValue> &, const changes::RowStamp &, Cause) override { return {}; }
    Result<void> rowRemoved(const changes::ReplicaRow &, Cause) override { return {}; }
};

/// A device with nothing to send, and a server that only takes notes.
class Bench final : public engine::ReplicaAccess, public engine::Transport {
public:
    Bench()
    {
        storage.disk.state.incarnation = 1;
        storage.disk.state.device = Id::fromBytes(QByteArray(16, '\1'));
        storage.disk.state.cursor = 1;
        storage.disk.state.rolling = changes::firstRollingHash();
    }
    [[nodiscard]] bool sync()
    {
        engine::SyncEngine engine(*this, *this, clock, {});
        bool ok = false;
        engine.start([&ok](const Result<engine::SyncReport> &done) { ok = done.ok(); });
        return ok;
    }
    void run(Work work, std::function<void(Result<void>)> done) override
    {
        changes::Replica replica(storage, listener, clock);
        done(work(replica, storage));
    }
    void push(const protocol::PushRequest &, engine::Callback<protocol::PushReply>) override { QFAIL("nothing to push"); }
    void pull(const protocol::PullRequest &, engine::Callback<protocol::PullReply> done) override
    {
        protocol::PullReply reply;
        reply.complete = true;
        reply.counter = 9;
        done(reply);
    }
    void beginDownload(const Id &, engine::Callback<protocol::DownloadStart>) override { QFAIL("no download"); }
    void downloadPage(const protocol::DownloadRequest &, engine::Callback<protocol::DownloadPage>) override { QFAIL("no download"); }
    void enrolAnew(const Id &, engine::Callback<protocol::EnrolReply>) override { QFAIL("no other identity"); }
    void handIn(const protocol::HandInRequest &, engine::Callback<protocol::HandInReply>) override { QFAIL("nothing to hand in"); }
    void tellExports(const ExportsRequest &request, engine::Callback<ExportsReply> done) override
    {
        asked.push_back(request);
        done(answer(request));
    }
    void cancelAll() override {}

    StillClock clock;
    simulation::RamReplicaStorage storage;
    Listener listener;
    std::vector<ExportsRequest> asked;
    std::function<Result<ExportsReply>(const ExportsRequest &)> answer = [](const ExportsRequest &request) { return ExportsReply{request.notes.back().number}; };
};

struct Company : QuarantineFixture {
    Puller puller{*tables, catalog, clock};
    WriteContext context{*tables, *merger, puller, *accounts, quarantine};

    std::vector<AuditEntry> entries(const char *kind)
    {
        std::vector<AuditEntry> found;
        const std::vector<AuditEntry> all = AuditStore(*connection).after(0, 1000).value();
        std::copy_if(all.begin(), all.end(), std::back_inserter(found), [kind](const AuditEntry &entry) { return entry.kind == QLatin1StringView(kind); });
        return found;
    }
    Result<ExportsReply> tell(const std::vector<changes::ExportNote> &notes)
    {
        return written<ExportsReply>([&] { return auditedExports(context, {anna.device, notes}); });
    }
};

} // namespace

class TestExportNotes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsToldWithoutAnExport()
    {
        Bench bench;
        QVERIFY(bench.sync());
        QVERIFY(bench.asked.empty());
    }

    void theyAreToldInPartsAndForgotten()
    {
        Bench bench;
        for (int i = 0; i < 700; ++i)
            bench.storage.disk.exportNotes.add(1, 10, i);
        QVERIFY(bench.sync());
        QCOMPARE(bench.asked.size(), 2U);
        QCOMPARE(bench.asked[0].notes.size(), ExportNotes::kMost);
        QCOMPARE(bench.asked[1].notes.front().number, 501U);
        QVERIFY(bench.storage.disk.exportNotes.waiting.empty());
        QCOMPARE(bench.storage.disk.exportNotes.lastNumber, 700U); // no number is given twice
        QVERIFY(bench.sync());
        QCOMPARE(bench.asked.size(), 2U);
    }

    /// The records have arrived: the session has done what it is for.
    void aFailureKeepsThemAndFailsNothing()
    {
        for (const ErrorCode code : {ErrorCode::NotFound, ErrorCode::TimedOut, ErrorCode::ServerBusy}) {
            Bench bench;
            bench.storage.disk.exportNotes.add(1, 10, 5);
            bench.answer = [code](const ExportsRequest &) -> Result<ExportsReply> { return {code, QString()}; };
            QVERIFY(bench.sync());
            QCOMPARE(bench.storage.disk.exportNotes.waiting.size(), 1U);
            bench.answer = [](const ExportsRequest &) { return ExportsReply{0}; }; // a server that takes nothing must not be asked for ever
            QVERIFY(bench.sync());
            QCOMPARE(bench.asked.size(), 2U);
            QCOMPARE(bench.storage.disk.exportNotes.waiting.size(), 1U);
        }
    }

    void thousandsOfThemAreBoundedAndNoneIsLost()
    {
        ExportNotes notes;
        for (int i = 0; i < 5000; ++i)
            notes.add(model::EntityId(1 + i % 3), 10, i);
        QVERIFY(notes.waiting.size() <= 2 * ExportNotes::kMost);
        std::uint64_t records = 0;
        for (size_t i = 0; i < notes.waiting.size(); ++i) {
            records += notes.waiting[i].records;
            if (i < ExportNotes::kMost) // they may be on their way
                QCOMPARE(notes.waiting[i].records, 10U);
        }
        QCOMPARE(records, 50'000U);
    }

    void theServerWritesEachOnce()
    {
        Company company;
        QCOMPARE(company.tell({{1, 5, 1, 100}, {2, 6, 2, 50}})->knownNumber, 2U);
        QCOMPARE(company.tell({{1, 5, 1, 100}, {2, 6, 2, 50}, {3, 7, 1, 1}})->knownNumber, 3U); // the answer was lost
        QCOMPARE(company.tell({})->knownNumber, 3U);
        const auto entries = company.entries(audit::kExported);
        QCOMPARE(entries.size(), 3U);
        QCOMPARE(entries[0].amount, 100);
        QCOMPARE(entries[0].user, company.anna.user);
        QCOMPARE(entries[2].amount, 1);
    }

    void manyRecordsRaiseAnAlarm()
    {
        Company company;
        FIELDFARE_VERIFY_OK(company.tell({{1, 5, 1, 4999}}));
        QVERIFY(company.entries("alert-mass-export").empty());
        FIELDFARE_VERIFY_OK(company.tell({{2, 5, 1, 1}}));
        QCOMPARE(company.entries("alert-mass-export").size(), 1U);
    }

    /// With the rolling hash, so that the log covers the operations; and nothing for what is only repeated.
    void aPushIsNotedOnce()
    {
        Company company;
        company.anna.add(company.set("phone", QStringLiteral("123")));
        const auto push = [&] { return company.written<protocol::PushReply>([&] { return auditedPush(company.context, company.anna.all()); }); };
        FIELDFARE_VERIFY_OK(push());
        FIELDFARE_VERIFY_OK(push());
        const auto entries = company.entries(audit::kPush);
        QCOMPARE(entries.size(), 1U);
        QCOMPARE(entries[0].amount, 1);
        QVERIFY(entries[0].detail->contains(company.anna.rolling.back().toHex()));
        QVERIFY(entries[0].detail->contains("\"applied\":1"));
        QVERIFY(!entries[0].detail->contains("123"));
        QVERIFY(company.entries(audit::kDenied).empty());
    }
};

QTEST_GUILESS_MAIN(TestExportNotes)
#include "tst_export_notes.moc"
