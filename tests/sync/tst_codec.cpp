// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/codec.h"
#include "tests/testlib/sample_messages.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::protocol;
using fieldfare::base::ErrorCode;
using fieldfare::base::Id;
using fieldfare::testlib::SampleMessages;

namespace {

template <typename Message>
void roundTrip(const Message &message)
{
    const QByteArray bytes = encode(message);
    const auto back = decode<Message>(bytes);
    QVERIFY2(back.ok(), back.ok() ? "" : qPrintable(back.error().detail));
    QVERIFY(*back == message);
    QCOMPARE(encode(*back), bytes);
}

Id someId(int number)
{
    return Id::fromName(QStringLiteral("test"), QString::number(number));
}

} // namespace

class TestCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallMessagesSurvive()
    {
        roundTrip(PullRequest{someId(1), 7, 99, PullPosition{12, someId(2)}, 2000});
        roundTrip(PullRequest{someId(1), 7, 99, std::nullopt, 1});
        roundTrip(DownloadStartRequest{someId(1)});
        roundTrip(DownloadStart{1ULL << 60, 3, {{1, 1'000'000}, {9, 0}}});
        roundTrip(DownloadRequest{someId(1), 3, 9, {}, 10'000});
        roundTrip(ChecksumRequest{someId(1), 3, 77});
        roundTrip(ChecksumReply{77, 12, QByteArray(16, 'x')});
        roundTrip(EnrolRequest{QStringLiteral("bo"), QString::fromUtf8("pä😀ss"), QStringLiteral("laptop"), QByteArray(32, 'k'), {}});
        roundTrip(EnrolRequest{QStringLiteral("bo"), QStringLiteral("p"), QStringLiteral("laptop"), QByteArray(32, 'k'), someId(1), QStringLiteral("ABCD-EFGH")});
        roundTrip(EnrolReply{someId(1), 2, someId(2), QStringLiteral("Bo"), 3, QStringLiteral("Company"), QStringLiteral("EUR"),
                             QStringLiteral("a"), QStringLiteral("r"), -5, 12});
        roundTrip(RefreshRequest{someId(1), QStringLiteral("r"), 1'790'000'000'000, QByteArray(64, 's')});
        roundTrip(RefreshReply{QStringLiteral("a"), QStringLiteral("r"), std::numeric_limits<std::int64_t>::min()});
        roundTrip(NumberLeaseRequest{someId(1), {{1, 500}, {2, 100}}});
        roundTrip(NumberLeaseReply{{{1, 1, 500}, {2, 70, 100}}});
        roundTrip(HandInReply{HandInStatus::Full, 1ULL << 60});
        roundTrip(ExportsRequest{someId(1), {{1, 1'790'000'000'000, 3, 8800}, {2, -1, 65535, 1ULL << 40}}});
        roundTrip(ExportsRequest{someId(1), {}});
        roundTrip(ExportsReply{1ULL << 60});
        roundTrip(HandInRequest{SampleMessages(1).everyOperation(), true, QByteArray(64, 's')});
        roundTrip(FailureReply{QStringLiteral("ServerBusy"), QStringLiteral("later"), 1500});
    }

    void everyOperationSurvivesWithItsHash()
    {
        const PushRequest request = SampleMessages(1).everyOperation();
        roundTrip(request);
        const auto back = decode<PushRequest>(encode(request));
        QVERIFY(back.ok());
        for (size_t i = 0; i < request.operations.size(); ++i)
            QCOMPARE(changes::encodeContent(back->operations[i]), changes::encodeContent(request.operations[i]));
        roundTrip(PushRequest{});
    }

    void verdictsSurvive()
    {
        PushReply reply{PushStatus::Accepted, 44, 2, {}};
        for (int outcome = 1; outcome <= int(changes::Outcome::Settled); ++outcome) {
            changes::Verdict verdict;
            verdict.n = std::uint64_t(40 + outcome);
            verdict.outcome = changes::Outcome(outcome);
            verdict.version = outcome % 2 == 0 ? 0 : (1ULL << 40) + std::uint64_t(outcome);
            verdict.value = outcome % 3 == 0 ? model::Value(QStringLiteral("value")) : model::Value();
            verdict.reason = outcome == 6 ? QStringLiteral("user-disabled") : QString();
            reply.verdicts.push_back(verdict);
        }
        roundTrip(reply);
        roundTrip(PushReply{PushStatus::Cloned, 0, 2, {}});
    }

    void pagesSurvive()
    {
        SampleMessages samples(2);
        roundTrip(samples.customers(0));
        roundTrip(samples.customers(1));
        DownloadPage page = samples.customers(300);
        page.rows[5].values.insert(page.rows[5].values.begin(), {model::FieldKey(someId(3)), model::Value(model::RawValue{QByteArray::fromHex("a1016161")})});
        page.rows[5].versions.set(model::FieldKey(someId(3)), 5);
        page.rows[6].values.clear();
        page.rows[7].setValue(model::FieldKey(29), model::Value(model::Money::of(7, QStringLiteral("USD"))));
        page.rows[8].setValue(model::FieldKey(30), model::Value(std::numeric_limits<std::int64_t>::min()));
        page.rows[9].stamp = {std::numeric_limits<std::int64_t>::min(), {}, std::numeric_limits<std::int64_t>::max(), {}};
        roundTrip(page);
        PullReply reply = samples.changes(500);
        reply.rows[3] = {};
        reply.rows[3].id = someId(4);
        reply.rows[3].seq = 99;
        reply.rows[3].erased = true;
        reply.rows[4].fields.push_back({model::FieldKey(model::kTrashedNumber), 12, model::Value()});
        roundTrip(reply);
        roundTrip(PullReply{});
    }

    void sizesStayWithinTheGoals()
    {
        SampleMessages samples(3);
        const PushRequest push = samples.edits(500);
        const double editBytes = double(encode(push).size()) / 500;
        const double changeBytes = double(encode(samples.changes(1000)).size()) / 1000;
        const DownloadPage page = samples.customers(10'000);
        const double rowBytes = double(encode(page).size()) / 10'000;
        const double jsonBytes = double(SampleMessages::jsonBytes(page)) / 10'000;
        qInfo("wire: %.1f bytes an edit in a push of 500 (goal 45)", editBytes);
        qInfo("wire: %.1f bytes a change in a pull of 1,000 (goal 45)", changeBytes);
        qInfo("wire: %.1f bytes a customer of 20 fields in a download page (goal 85); %.0f as JSON", rowBytes, jsonBytes);
        qInfo("wire: %lld bytes for a push of one edit", static_cast<long long>(encode(samples.edits(1)).size()));
        QVERIFY(editBytes <= 45);
        QVERIFY(changeBytes <= 45);
        QVERIFY(rowBytes <= 85);
    }

    void pagesDecodeFast()
    {
        const DownloadPage page = SampleMessages(4).customers(10'000);
        QElapsedTimer timer;
        timer.start();
        const QByteArray bytes = encode(page);
        const double encodeMs = double(timer.nsecsElapsed()) / 1e6;
        timer.restart();
        const auto back = decode<DownloadPage>(bytes);
        const double decodeMs = double(timer.nsecsElapsed()) / 1e6;
        QVERIFY(back.ok());
        qInfo("download page of 10,000 customers: %.0f records/s encoded, %.0f decoded", 1e7 / encodeMs, 1e7 / decodeMs);
    }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
