// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/disk_room.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/random.h"
#include "core/base/secret.h"

#include <QDir>
#include <QSet>
#include <QTest>

#include <limits>

using namespace fieldfare::base;

namespace {

class SteppingBackClock final : public Clock {
public:
    std::int64_t wallMs() const override { return m_ms--; }
    std::int64_t bootMs() const override { return 0; }
    QByteArray bootId() const override { return QByteArray(16, '\1'); }

private:
    mutable std::int64_t m_ms = 1'800'000'000'000;
};

} // namespace

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idsGrowEvenWhenTheClockStepsBack()
    {
        const SteppingBackClock clock;
        SystemRandom random;
        IdGenerator generator(clock, random);
        Id last;
        for (int i = 0; i < 10'000; ++i) {
            const Id id = generator.next();
            QVERIFY(last < id);
            QCOMPARE(id.data()[6] >> 4, 7);
            QCOMPARE(id.data()[8] >> 6, 2);
            last = id;
        }
    }

    void idsSurviveTheirTextForm()
    {
        const Id id = Id::fromName(QStringLiteral("tag"), QStringLiteral("telecom"));
        QCOMPARE(Id::fromString(id.toString()), std::optional(id));
        QCOMPARE(Id::fromString(id.toString().toUpper()), std::optional(id));
        QCOMPARE(Id::fromBytes(id.toBytes()), id);
        QVERIFY(!Id::fromString(QStringLiteral("not an id")));
        QVERIFY(!Id::fromString(QStringLiteral("01234567-0123-0123-0123-0123456789ag")));
        QVERIFY(Id::fromBytes(QByteArray(15, 'x')).isNull());
    }

    void roomIsRefusedOnlyWhereTheSystemSaysSo()
    {
        QVERIFY(hasRoom(QDir::tempPath(), 1));
        QVERIFY(!hasRoom(QDir::tempPath(), std::numeric_limits<std::int64_t>::max()));
        QVERIFY(hasRoom(QStringLiteral("/no/such/folder"), 1));
    }

    void everyErrorCodeHasItsOwnName()
    {
        QSet<QString> names;
        for (const ErrorCode code : allErrorCodes())
            names.insert(errorCodeName(code));
        QCOMPARE(names.size(), allErrorCodes().size());
    }

    void sha256MatchesThePublishedVector()
    {
        QCOMPARE(sha256("abc").toHex(), QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void secretsMoveAndClone()
    {
        Secret::initializeHeap();
        Secret a = Secret::fromBytes("hunter2");
        const Secret b = a.clone();
        const Secret c = std::move(a);
        QVERIFY(equalInConstantTime(b.view(), c.view()));
        QVERIFY(!equalInConstantTime(b.view(), "hunter3"));
    }
};

QTEST_APPLESS_MAIN(TestBase)
#include "tst_base.moc"
