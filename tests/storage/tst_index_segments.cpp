// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of the search tables: when they are merged, and that nobody notices.
#include "tests/storage/query_profile.h"

#include "core/store/search/index_segments.h"
#include "core/store/search/search.h"

using namespace fieldfare;
using namespace fieldfare::store;
using fieldfare::test::QueryProfile;

namespace {

QString words(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

class TestIndexSegments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What many small transactions left in many segments becomes one, in pieces, and answers as before.
    void scatteredSegmentsAreMerged()
    {
        QueryProfile profile;
        storage::Connection &connection = *profile.connection;
        for (int round = 0; round < 150; ++round) {
            profile.run(words("BEGIN"));
            for (int i = 0; i < 60; ++i)
                profile.add("customer", {{"name", model::Value(words("Firm %1 in town %2").arg(round * 60 + i).arg(i * 7919 + round))},
                                         {"email", model::Value(words("box%1@town%2.example").arg(i * 104'729 + round).arg(round))}});
            profile.run(words("COMMIT"));
            while (search::foldSome(connection, *profile.catalog).value()) {
            }
        }
        const auto segments = [&] {
            const auto read = std::move(connection.prepare(words("SELECT block FROM customer_names_data WHERE id = 10"))).value();
            return read->step().value() ? search::decodeSegments(read->blob(0)) : std::nullopt;
        };
        const auto before = segments();
        QVERIFY(before.has_value());
        QVERIFY2(before->areScattered(), qPrintable(QString::number(before->count)));
        // The record is read right: FTS5 keeps one row for each leaf but the first of a segment.
        const qint64 leaves = connection.queryInt64(QLatin1StringView("SELECT count(*) FROM customer_names_idx")).value();
        QVERIFY(before->pages >= leaves && before->pages <= leaves + before->count * 2 + 50);
        const auto hits = [&] {
            std::vector<std::int64_t> found;
            for (const char *query : {"firm", "town 7919", "box104729", "in to", "nobody"}) {
                const auto result = Search(connection, *profile.catalog).find({words(query), {}, 500});
                for (const EntityHits &one : result->entities) {
                    for (const SearchHit &hit : one.hits)
                        found.push_back(hit.rid);
                }
            }
            return found;
        };
        const std::vector<std::int64_t> expected = hits();
        QVERIFY(expected.size() > 500);
        int pieces = 0;
        while (search::mergeSome(connection, *profile.catalog, std::chrono::milliseconds(1)).value()) {
            QVERIFY(++pieces < 10'000);
            if (pieces == 2)
                QCOMPARE(hits(), expected);
        }
        QVERIFY(pieces > 1);
        QCOMPARE(segments()->count, 1);
        QCOMPARE(hits(), expected);
        QCOMPARE(search::check(connection, *profile.catalog).value(), QStringList());
        QVERIFY(!search::mergeSome(connection, *profile.catalog).value());
    }

    /// The segments that are gathered stay until the end: one that holds nearly everything already does not end a merge.
    void aMergeThatHasBegunIsEnded()
    {
        search::IndexSegments segments{.count = 6, .pages = 1000, .largest = 950, .merging = 5};
        QVERIFY(segments.areScattered());
        segments.merging = 0;
        QVERIFY(!segments.areScattered());
        // Two levels; the first has three segments of which three are being merged, the second the one that comes of it.
        const auto half = search::decodeSegments(QByteArray::fromHex("00000000" "020400" "0303010105020106030107" "00010401835f"));
        QVERIFY(half.has_value());
        QCOMPARE(half->count, 4);
        QCOMPARE(half->merging, 3);
        QCOMPARE(half->largest, 479);
    }

    void aStrangeStructureRecordIsNoReason()
    {
        QVERIFY(!search::decodeSegments({}).has_value());
        QVERIFY(!search::decodeSegments(QByteArray(4, '\0')).has_value());
        QVERIFY(!search::decodeSegments(QByteArray::fromHex("00000000ff0000010101")).has_value());
        QVERIFY(!search::decodeSegments(QByteArray::fromHex("00000000010203")).has_value());
        QVERIFY(!search::decodeSegments(QByteArray::fromHex("0000000001010000010105030a")).has_value()); // pages backwards, and a byte more
        const auto one = search::decodeSegments(QByteArray::fromHex("000000000101050001010309"));
        QVERIFY(one.has_value());
        QCOMPARE(one->count, 1);
        QCOMPARE(one->pages, 7);
    }
};

QTEST_GUILESS_MAIN(TestIndexSegments)
#include "tst_index_segments.moc"
