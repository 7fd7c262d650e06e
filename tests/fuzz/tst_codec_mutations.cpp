// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/operation.h"
#include "sync/protocol/cbor_check.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/frame.h"
#include "tests/fuzz/codec_entry.h"
#include "tests/testlib/sample_messages.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>
#include <random>

using namespace fieldfare;
using namespace fieldfare::protocol;
using fieldfare::base::ErrorCode;
using fieldfare::testlib::SampleMessages;

namespace {

/// By operator new, which the lists of the messages use; strings and byte arrays of Qt do not.
std::atomic<std::size_t> g_largest{0};

void *countedAllocation(std::size_t size)
{
    std::size_t largest = g_largest.load();
    while (size > largest && !g_largest.compare_exchange_weak(largest, size)) {
    }
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

constexpr std::size_t kLargestAllowed = std::size_t(kMaxMessageBytes) * 2;

/// An array header, a number of the message and whatever follows, as a frame.
QByteArray frameOf(const char *hex)
{
    return compressFrame(QByteArray::fromHex(hex));
}

} // namespace

void *operator new(std::size_t size)
{
    return countedAllocation(size);
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

/// The fuzzer's entry in the normal build: 20,000 inputs mutated from good messages, half of them as frames and half as the
/// CBOR inside. FIELDFARE_SEED replays a run.
class TestCodecMutations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mutatedInputsBreakNothing()
    {
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const std::vector<QByteArray> good = seeds();
        g_largest = 0;
        for (int i = 0; i < 20'000; ++i) {
            const QByteArray input = mutated(good[random() % good.size()], random);
            runCodecEntry(reinterpret_cast<const std::uint8_t *>(input.constData()), static_cast<std::size_t>(input.size()));
        }
        qInfo("largest list of values or rows: %zu bytes", g_largest.load());
        QVERIFY(g_largest.load() <= kLargestAllowed);
    }

    void bombsAreRefusedBeforeTheyGrow()
    {
        const QByteArray zeros(kMaxMessageBytes + 1, '\0');
        const auto large = decode<PullReply>(compressFrame(zeros));
        QCOMPARE(large.error().code, ErrorCode::TooLarge);
        QCOMPARE(decode<PushRequest>(compressFrame(zeros.first(kMaxPushBytes + 1))).error().code, ErrorCode::TooLarge);
        QCOMPARE(decode<EnrolRequest>(compressFrame(zeros.first(70'000))).error().code, ErrorCode::TooLarge);
        // A claim of a terabyte in a header of ten bytes, and one of 60 MB with nothing behind it.
        QCOMPARE(decode<PullReply>(QByteArray::fromHex("28b52ffde00000000000010000")).error().code, ErrorCode::TooLarge);
        QCOMPARE(decode<PullReply>(QByteArray::fromHex("28b52ffda00000900301000000")).error().code, ErrorCode::ProtocolViolation);
    }

    /// A dictionary of one value makes a million cells of a few hundred bytes.
    void smallPagesCannotFillTheHeap()
    {
        DownloadPage page;
        page.epoch = 1;
        page.entity = 1;
        for (int i = 0; i < kDownloadPageRows; ++i) {
            changes::ReplicatedRow row;
            row.entity = 1;
            row.id = base::Id::fromName(QStringLiteral("row"), QString::number(i));
            for (std::uint16_t field = 1; field <= 251; ++field)
                row.values.push_back({model::FieldKey(field), model::Value(std::int64_t(1))});
            page.rows.push_back(std::move(row));
        }
        const QByteArray frame = encode(page);
        g_largest = 0;
        QCOMPARE(decode<DownloadPage>(frame).error().code, ErrorCode::TooLarge);
        qInfo("frame of %lld bytes: largest list %zu bytes", static_cast<long long>(frame.size()), g_largest.load());
        QVERIFY(g_largest.load() <= kLargestAllowed);
        for (changes::ReplicatedRow &row : page.rows)
            row.values.resize(250);
        QVERIFY(decode<DownloadPage>(encode(page)).ok());
    }

    void malformedCborIsRefused_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<bool>("sound");
        QTest::newRow("array") << QByteArray("83010203") << true;
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("trailing byte") << QByteArray("8301020300") << false;
        QTest::newRow("item missing") << QByteArray("830102") << false;
        QTest::newRow("indefinite array") << QByteArray("9f01ff") << false;
        QTest::newRow("indefinite text") << QByteArray("7f6161ff") << false;
        QTest::newRow("reserved length") << QByteArray("1c") << false;
        QTest::newRow("text longer than the rest") << QByteArray("6561626364") << false;
        QTest::newRow("array of 2^64 - 1") << QByteArray("9bffffffffffffffff") << false;
        QTest::newRow("map of 2^63") << QByteArray("bb8000000000000000") << false;
        QTest::newRow("map") << QByteArray("a201020304") << true;
        QTest::newRow("duplicate key") << QByteArray("a201020104") << false;
        QTest::newRow("duplicate text key") << QByteArray("a2616101616102") << false;
        QTest::newRow("simple value of two bytes below 32") << QByteArray("f818") << false;
        QTest::newRow("15 deep") << QByteArray("81").repeated(15) + "01" << true;
        QTest::newRow("16 deep") << QByteArray("81").repeated(16) + "01" << false;
        QTest::newRow("tags count") << QByteArray("c1").repeated(16) + "01" << false;
    }

    void malformedCborIsRefused()
    {
        QFETCH(QByteArray, hex);
        QTEST(isSoundCbor(QByteArray::fromHex(hex)), "sound");
    }

    void strangersAndNewerPeers()
    {
        const QByteArray frame = encode(ChecksumReply{7, 8, QByteArray(16, 'x')});
        QCOMPARE(decode<ChecksumReply>(frame + '\0').error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(decode<ChecksumReply>(frame + frame).error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(decode<ChecksumReply>(frame.chopped(1)).error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(decode<ChecksumReply>(QByteArray()).error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(decode<RefreshReply>(frame).error().code, ErrorCode::ProtocolViolation);
        // [10, 7, 8, 16 bytes, "new"]: a newer peer's item is skipped; one item less is refused.
        const QByteArray newer = decode<ChecksumReply>(frameOf("850a07085078787878787878787878787878787878636e6577")).ok() ? "ok" : "refused";
        QCOMPARE(newer, QByteArray("ok"));
        QCOMPARE(decode<ChecksumReply>(frameOf("830a0708")).error().code, ErrorCode::ProtocolViolation);
        QCOMPARE(decode<PushReply>(frameOf("85020900018540404082004082004 0")).ok(), false);
    }

private:
    /// First byte: the message, see codec_entry.cpp.
    static std::vector<QByteArray> seeds()
    {
        SampleMessages samples(5);
        PushReply verdicts{PushStatus::Accepted, 9, 1, {}};
        for (std::uint64_t n = 1; n <= 9; ++n)
            verdicts.verdicts.push_back({n, changes::Outcome(n), n * 7, model::Value(QStringLiteral("v")), QStringLiteral("reason")});
        DownloadPage mixed = samples.customers(12);
        mixed.rows[1].setValue(model::FieldKey(29), model::Value(model::Money::of(7, QStringLiteral("USD"))));
        mixed.rows[2].values.insert(mixed.rows[2].values.begin(), {model::FieldKey(base::Id::fromName({}, {})), model::Value(model::RawValue{QByteArray::fromHex("a1016161")})});
        const std::pair<int, QByteArray> frames[] = {{0, encode(samples.everyOperation())},
                                                     {0, encode(samples.edits(20))},
                                                     {1, encode(verdicts)},
                                                     {2, encode(PullRequest{samples.id(1), 1, 2, PullPosition{3, samples.id(4)}, 5})},
                                                     {3, encode(samples.changes(20))},
                                                     {4, encode(DownloadStart{1, 2, {{1, 2}, {3, 4}}})},
                                                     {6, encode(mixed)},
                                                     {9, encode(EnrolRequest{QStringLiteral("u"), QStringLiteral("p"), QStringLiteral("d"), QByteArray(32, 'k'), {}})},
                                                     {13, encode(NumberLeaseReply{{{1, 2, 3}}})},
                                                     {17, encode(HandInRequest{samples.edits(3), true, QByteArray(64, 's')})},
                                                     {18, encode(HandInReply{HandInStatus::Closed, 9})},
                                                     {19, encode(RecoveryKeyRequest{samples.id(1), QByteArray(32, 'h')})},
                                                     {20, encode(RecoveryKeyReply{QByteArray(65, '\4')})}};
        std::vector<QByteArray> all;
        for (const auto &[choice, frame] : frames) {
            all.push_back(char(choice) + frame);
            const auto cbor = decompressFrame(frame, kMaxMessageBytes);
            Q_ASSERT(cbor.ok());
            all.push_back(char(choice | 0x80) + *cbor);
            all.push_back(all.back()); // the inside is where most readers are
        }
        for (const changes::Operation &operation : samples.everyOperation().operations)
            all.push_back(char(21) + changes::encodeContent(operation));
        all.push_back(QByteArray::fromHex("160214030503"));
        return all;
    }

    static QByteArray mutated(QByteArray input, std::mt19937_64 &random)
    {
        static constexpr char telling[] = "\x00\x01\x17\x18\x1B\x40\x58\x5B\x60\x7F\x80\x9B\x9F\xA1\xBB\xC1\xF6\xF9\xFF";
        for (auto edits = 1 + random() % 5; edits > 0 && input.size() > 2; --edits) {
            const auto at = static_cast<qsizetype>(1 + random() % quint64(input.size() - 1));
            switch (random() % 6) {
            case 0:
                input[at] = static_cast<char>(random());
                break;
            case 1:
                input[at] = telling[random() % (sizeof telling - 1)];
                break;
            case 2:
                input[at] = static_cast<char>(input[at] + (random() % 2 == 0 ? 1 : -1));
                break;
            case 3:
                input.remove(at, 1 + static_cast<qsizetype>(random() % 9));
                break;
            case 4:
                input.insert(at, input.mid(static_cast<qsizetype>(random() % quint64(input.size())), static_cast<qsizetype>(random() % 20)));
                break;
            default:
                if (random() % 4 == 0)
                    input.truncate(at + 1);
                else
                    input.insert(at, telling[random() % (sizeof telling - 1)]);
                break;
            }
        }
        return input;
    }
};

QTEST_GUILESS_MAIN(TestCodecMutations)
#include "tst_codec_mutations.moc"
