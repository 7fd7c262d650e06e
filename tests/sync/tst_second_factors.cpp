// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/one_time_code.h"
#include "sync/server/accounts/second_factors.h"
#include "tests/sync/server_store_fixture.h"

#include <QUrl>
#include <QUrlQuery>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::ErrorCode;

namespace {

const QByteArray kRfcSecret("12345678901234567890"); // RFC 4226, appendix D; RFC 6238, appendix B

struct FactorsFixture : ServerStore {
    SecondFactors factors{*connection, clock, random};
    base::Id anna = ids.next();
    QByteArray secret;

    /// What the app would show in so many steps from now.
    [[nodiscard]] QString shown(int steps = 0) const
    {
        return QString::fromLatin1(oneTimeCode(secret, oneTimeStep(clock.now) + steps));
    }
    void begin() { secret = factors.begin(anna).value(); }
    QStringList beginAndConfirm()
    {
        begin();
        const auto codes = factors.confirm(anna, shown());
        clock.now += kOneTimeStepMs; // that one is used
        return codes.ok() ? *codes : QStringList();
    }
    bool accepts(const QString &code)
    {
        const auto accepted = factors.accept(anna, code);
        return accepted.ok() && *accepted;
    }
};

} // namespace

class TestSecondFactors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codesAreThoseOfTheStandards();
    void base32IsThatOfTheStandard();
    void theAddressSaysAllThatAnAppNeeds();
    void clocksMayDifferByOneStep();
    void aCodeWorksOnce();
    void nothingIsAskedBeforeAFirstRightCode();
    void anActiveOneIsNotReplaced();
    void aRecoveryCodeWorksOnce();
    void newRecoveryCodesReplaceTheFormer();
    void whatIsRemovedIsGone();
    void oneUsersCodeIsNoOthers();
    void onlyHashesOfRecoveryCodesAreKept();
};

void TestSecondFactors::codesAreThoseOfTheStandards()
{
    // RFC 4226, appendix D: counters 0 to 9.
    const char *const hotp[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
    for (int counter = 0; counter < int(std::size(hotp)); ++counter)
        QCOMPARE(oneTimeCode(kRfcSecret, counter), QByteArray(hotp[counter]));
    // RFC 6238, appendix B, the rows of SHA-1: the last six of its eight digits.
    const std::pair<std::int64_t, const char *> totp[] = {{59, "287082"},         {1'111'111'109, "081804"}, {1'111'111'111, "050471"},
                                                          {1'234'567'890, "005924"}, {2'000'000'000, "279037"}, {20'000'000'000, "353130"}};
    for (const auto &[seconds, code] : totp)
        QCOMPARE(oneTimeCode(kRfcSecret, oneTimeStep(seconds * 1000)), QByteArray(code));
}

void TestSecondFactors::base32IsThatOfTheStandard()
{
    // RFC 4648, section 10, without its padding.
    const std::pair<const char *, const char *> vectors[] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (const auto &[bytes, text] : vectors)
        QCOMPARE(base32(QByteArrayView(bytes)), QByteArray(text));
    QCOMPARE(base32(QByteArray(5, '\xff')), QByteArray("77777777"));
}

void TestSecondFactors::theAddressSaysAllThatAnAppNeeds()
{
    const QUrl url(oneTimeUri(QStringLiteral("Fieldfare: 晨星"), QStringLiteral("anna & co"), kRfcSecret), QUrl::StrictMode);
    QVERIFY(url.isValid());
    QCOMPARE(url.scheme(), QStringLiteral("otpauth"));
    QCOMPARE(url.host(), QStringLiteral("totp"));
    QCOMPARE(url.path(QUrl::FullyDecoded), QStringLiteral("/Fieldfare 晨星:anna & co"));
    const QUrlQuery query(url);
    QCOMPARE(query.queryItemValue(QStringLiteral("secret")), QStringLiteral("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    QCOMPARE(query.queryItemValue(QStringLiteral("issuer"), QUrl::FullyDecoded), QStringLiteral("Fieldfare 晨星"));
    QCOMPARE(query.queryItemValue(QStringLiteral("algorithm")), QStringLiteral("SHA1"));
    QCOMPARE(query.queryItemValue(QStringLiteral("digits")), QStringLiteral("6"));
    QCOMPARE(query.queryItemValue(QStringLiteral("period")), QStringLiteral("30"));
}

void TestSecondFactors::clocksMayDifferByOneStep()
{
    const std::int64_t now = 1'795'000'000'000;
    for (int apart = -3; apart <= 3; ++apart) {
        const auto step = acceptedStep(kRfcSecret, oneTimeCode(kRfcSecret, oneTimeStep(now) + apart), now, 0);
        QCOMPARE(step.has_value(), std::abs(apart) <= 1);
        if (step)
            QCOMPARE(*step, oneTimeStep(now) + apart);
    }
    QVERIFY(!acceptedStep(kRfcSecret, QByteArray(), now, 0));
    QVERIFY(!acceptedStep(kRfcSecret, oneTimeCode(kRfcSecret, oneTimeStep(now)).left(5), now, 0));
}

void TestSecondFactors::aCodeWorksOnce()
{
    FactorsFixture f;
    f.begin();
    const QString confirming = f.shown();
    FIELDFARE_VERIFY_OK(f.factors.confirm(f.anna, confirming));
    QVERIFY(!f.accepts(confirming)); // the first one, too
    QVERIFY(!f.accepts(f.shown(-1))); // nor one that comes before a used one
    const QString next = f.shown(1);
    QVERIFY(f.accepts(next.left(3) + QLatin1Char(' ') + next.mid(3)));
    QVERIFY(!f.accepts(next));
    f.clock.now += kOneTimeStepMs;
    QVERIFY(!f.accepts(next)); // still within the window
    f.clock.now += kOneTimeStepMs;
    QVERIFY(f.accepts(f.shown()));
}

void TestSecondFactors::nothingIsAskedBeforeAFirstRightCode()
{
    FactorsFixture f;
    QCOMPARE(f.factors.confirm(f.anna, QStringLiteral("000000")).error().code, ErrorCode::NotFound);
    f.begin();
    QVERIFY(f.factors.standing(f.anna)->begun && !f.factors.standing(f.anna)->active);
    QVERIFY(!f.accepts(f.shown())); // there is nothing to sign in with yet
    QCOMPARE(f.factors.renewRecoveryCodes(f.anna).error().code, ErrorCode::NotFound);
    const QString former = f.shown();
    f.begin(); // the first code was never scanned
    QCOMPARE(f.factors.confirm(f.anna, former).error().code, ErrorCode::SecondFactorWrong);
    QVERIFY(!f.factors.standing(f.anna)->active);
    FIELDFARE_VERIFY_OK(f.factors.confirm(f.anna, f.shown()));
    QVERIFY(f.factors.standing(f.anna)->active);
    QCOMPARE(f.factors.standing(f.anna)->recoveryCodes, SecondFactors::kRecoveryCodes);
}

void TestSecondFactors::anActiveOneIsNotReplaced()
{
    FactorsFixture f;
    f.beginAndConfirm();
    QCOMPARE(f.factors.begin(f.anna).error().code, ErrorCode::AlreadyExists);
    QCOMPARE(f.factors.confirm(f.anna, f.shown()).error().code, ErrorCode::AlreadyExists);
    QVERIFY(f.accepts(f.shown()));
}

void TestSecondFactors::aRecoveryCodeWorksOnce()
{
    FactorsFixture f;
    const QStringList codes = f.beginAndConfirm();
    QCOMPARE(codes.size(), SecondFactors::kRecoveryCodes);
    QCOMPARE(QSet<QString>(codes.begin(), codes.end()).size(), codes.size());
    QVERIFY(f.accepts(codes.first()));
    QVERIFY(!f.accepts(codes.first()));
    QString typed = codes.at(1).toLower().remove(QLatin1Char('-'));
    typed.replace(QLatin1Char('o'), QLatin1Char('0')).replace(QLatin1Char('i'), QLatin1Char('1')).replace(QLatin1Char('b'), QLatin1Char('8'));
    QVERIFY(f.accepts(QLatin1Char(' ') + typed)); // as somebody reads it from paper
    QCOMPARE(f.factors.standing(f.anna)->recoveryCodes, SecondFactors::kRecoveryCodes - 2);
    QVERIFY(!f.accepts(codes.at(2).chopped(1)));
    QVERIFY(!f.accepts(QString()));
}

void TestSecondFactors::newRecoveryCodesReplaceTheFormer()
{
    FactorsFixture f;
    const QStringList former = f.beginAndConfirm();
    const auto renewed = f.factors.renewRecoveryCodes(f.anna);
    FIELDFARE_VERIFY_OK(renewed);
    QVERIFY(!f.accepts(former.first()));
    QVERIFY(f.accepts(renewed->first()));
}

void TestSecondFactors::whatIsRemovedIsGone()
{
    FactorsFixture f;
    QCOMPARE(f.factors.remove(f.anna).error().code, ErrorCode::NotFound);
    const QStringList codes = f.beginAndConfirm();
    FIELDFARE_VERIFY_OK(f.factors.remove(f.anna));
    QVERIFY(!f.factors.standing(f.anna)->begun);
    QCOMPARE(f.factors.standing(f.anna)->recoveryCodes, 0);
    QVERIFY(!f.accepts(f.shown()) && !f.accepts(codes.first()));
    f.beginAndConfirm();
    QVERIFY(!f.accepts(codes.first()));
}

void TestSecondFactors::oneUsersCodeIsNoOthers()
{
    FactorsFixture f;
    const QStringList annas = f.beginAndConfirm();
    const QString shownToAnna = f.shown();
    f.anna = f.ids.next();
    f.beginAndConfirm();
    QVERIFY(!f.accepts(annas.first()) && !f.accepts(shownToAnna));
}

void TestSecondFactors::onlyHashesOfRecoveryCodesAreKept()
{
    FactorsFixture f;
    const QStringList codes = f.beginAndConfirm();
    const auto count = [&f](const char *where) { return *f.connection->queryInt64(QLatin1StringView(where)); };
    QCOMPARE(count("SELECT count(*) FROM recovery_codes WHERE length(hash)=32"), SecondFactors::kRecoveryCodes);
    for (const QString &code : codes) {
        const QString bare = QString(code).remove(QLatin1Char('-'));
        const QString holds = storesAreInPostgres() ? QStringLiteral("position('%1'::bytea IN hash)>0") : QStringLiteral("instr(hash, '%1')>0");
        QCOMPARE(count(qPrintable(QStringLiteral("SELECT count(*) FROM recovery_codes WHERE %1 OR %2").arg(holds.arg(code), holds.arg(bare)))), 0);
    }
}

QTEST_GUILESS_MAIN(TestSecondFactors)
#include "tst_second_factors.moc"
