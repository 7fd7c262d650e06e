// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/choice_seeds.h"
#include "sync/protocol/hand_in_signing.h"
#include "sync/protocol/refresh_signing.h"
#include "sync/server/accounts/device_signature.h"
#include "sync/server/accounts/one_time_code.h"
#include "sync/server/accounts/password_queue.h"
#include "sync/server/accounts/rate_limit.h"
#include "tests/sync/server_store_fixture.h"

#include <openssl/evp.h>

#include <future>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::ErrorCode;
using model::Value;

namespace {

constexpr PasswordCost kCheap{1U << 10, 8, 1};

/// A device's key pair.
class DeviceKeys {
public:
    DeviceKeys() : m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free) {}

    [[nodiscard]] QByteArray publicKey() const
    {
        size_t size = 32;
        QByteArray bytes(qsizetype(size), '\0');
        EVP_PKEY_get_raw_public_key(m_key.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size);
        return bytes;
    }
    [[nodiscard]] QByteArray sign(const QByteArray &message) const
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_key.get());
        size_t size = 64;
        QByteArray signature(qsizetype(size), '\0');
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                       reinterpret_cast<const unsigned char *>(message.constData()), size_t(message.size()));
        return signature;
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key;
};

struct AccountsFixture : ServerStore {
    DeviceKeys keys;
    QByteArray secret; ///< Of Anna's second factor.

    AccountsFixture() : ServerStore(model::Catalog::standard(), true) {}

    base::Result<UserSummary> add(const QString &name, const QString &password, const QString &role, const QString &team)
    {
        FIELDFARE_ASSIGN(auto hash, hashPassword(passwordBytes(password), kCheap, random));
        base::Result<UserSummary> added(ErrorCode::Internal, QString());
        FIELDFARE_TRY(tables->write([&]() -> base::Result<void> {
            added = accounts->add({name, role, team, hash});
            return added.ok() ? base::Result<void>() : base::Result<void>(added.error());
        }));
        return added;
    }
    base::Result<UserSummary> addAnna()
    {
        return add(QStringLiteral("Anna"), QStringLiteral("correct horse"), QStringLiteral("sales_representative"),
                   QStringLiteral("Central"));
    }
    /// As the server does it: the count of failures is kept also when the sign-in fails.
    base::Result<protocol::EnrolReply> signIn(const QString &name, const QString &password, const base::Id &former = {}, const QString &code = {})
    {
        FIELDFARE_ASSIGN(const PasswordHash hash, accounts->beginSignIn(name));
        FIELDFARE_ASSIGN(const bool isRight, isPassword(passwordBytes(password), hash));
        base::Result<protocol::EnrolReply> reply(ErrorCode::Internal, QString());
        FIELDFARE_TRY(tables->write([&]() -> base::Result<void> {
            reply = accounts->enrol({name, password, QStringLiteral("Laptop"), keys.publicKey(), former, code}, isRight);
            return {};
        }));
        return reply;
    }
    base::Result<protocol::EnrolReply> annaSignsIn() { return signIn(QStringLiteral("anna"), QStringLiteral("correct horse")); }
    base::Result<protocol::EnrolReply> annaSignsInWith(const QString &code)
    {
        return signIn(QStringLiteral("anna"), QStringLiteral("correct horse"), {}, code);
    }
    /// Anna's account with an active second factor; its recovery codes.
    QStringList addAnnaWithSecondFactor()
    {
        const base::Id anna = addAnna()->user;
        secret = accounts->secondFactors().begin(anna).value();
        const QStringList codes = accounts->secondFactors().confirm(anna, shown()).value();
        clock.now += kOneTimeStepMs; // that code is used
        return codes;
    }
    /// What Anna's app shows.
    [[nodiscard]] QString shown() const { return QString::fromLatin1(oneTimeCode(secret, oneTimeStep(clock.now))); }
    [[nodiscard]] QString notShown() const { return QString::fromLatin1(oneTimeCode(secret, oneTimeStep(clock.now) + 1000)); }
    base::Result<protocol::RefreshReply> refresh(const base::Id &device, const QString &token)
    {
        protocol::RefreshRequest request{device, token, clock.now, {}};
        request.signature = keys.sign(protocol::refreshSigningBytes(request));
        return accounts->refresh(request);
    }
};

} // namespace

class TestServerAccounts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUserIsARecordAndAnAccount();
    void aTeamIsMadeOnce();
    void badUsersAreRefused();
    void easyPasswordsAreRefused();
    void theCompanyStartsWithItsChoices();
    void signingInEnrolsADevice();
    void wrongPasswordsLockForALongerAndLongerTime();
    void aLockLeavesEnrolledDevicesAlone();
    void aSecondFactorIsAskedFor();
    void aRecoveryCodeSignsInOnce();
    void wrongCodesLockAsWrongPasswordsDo();
    void aLockThatCameMeanwhileHolds();
    void aSecondFactorLeavesEnrolledDevicesAlone();
    void anUnknownNameLooksLikeAWrongPassword();
    void aDisabledUserIsTurnedAway();
    void disablingSaysHowManyDevicesMayHandIn();
    void aHandInNeedsTheDevicesSignature();
    void aClonedProfileGetsANewIdentity();
    void theRefreshTokenRotatesWithOneGraceReuse();
    void aRefreshNeedsTheDevicesSignature();
    void anAccessTokenEndsAndCannotBeForged();
    void passwordsWaitInAShortQueue();
    void ratesAreLimitedByKey();
    void noSecretStandsInAnEntity();
};

void TestServerAccounts::aUserIsARecordAndAnAccount()
{
    AccountsFixture f;
    const auto anna = f.addAnna();
    FIELDFARE_VERIFY_OK(anna);
    QCOMPARE(anna->team, QStringLiteral("Central"));
    const auto row = *f.tables->row(f.entity("user"), anna->user);
    QVERIFY(row.has_value());
    QCOMPARE(row->value(f.key("user", "name")).textOrEmpty(), QStringLiteral("Anna"));
    QCOMPARE(row->value(f.key("user", "active")).integerOr(0), 1);
    QCOMPARE(row->value(f.key("user", "role")).textOrEmpty(), QStringLiteral("sales_representative"));
    const auto users = f.accounts->list();
    FIELDFARE_VERIFY_OK(users);
    QCOMPARE(users->size(), 1U);
    QCOMPARE(users->front().name, QStringLiteral("Anna"));
}

void TestServerAccounts::aTeamIsMadeOnce()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    FIELDFARE_VERIFY_OK(f.add(QStringLiteral("Bo"), QStringLiteral("12345678"), QStringLiteral("sales_manager"), QStringLiteral(" central ")));
    QCOMPARE(*f.tables->rowCount(f.entity("team")), 1U);
    FIELDFARE_VERIFY_OK(f.add(QStringLiteral("Li"), QStringLiteral("12345678"), QStringLiteral("sales_manager"), QString()));
    QCOMPARE(*f.tables->rowCount(f.entity("team")), 1U);
}

void TestServerAccounts::badUsersAreRefused()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    QCOMPARE(f.add(QStringLiteral("ANNA "), QStringLiteral("12345678"), QStringLiteral("sales_manager"), {}).error().code,
             ErrorCode::AlreadyExists);
    QCOMPARE(f.add(QStringLiteral("Bo"), QStringLiteral("12345678"), QStringLiteral("king"), {}).error().code,
             ErrorCode::UnknownChoice);
    QCOMPARE(f.add(QStringLiteral("  "), QStringLiteral("12345678"), QStringLiteral("sales_manager"), {}).error().code,
             ErrorCode::InvalidArgument);
    QCOMPARE(f.accounts->list()->size(), 1U); // and nothing is left of them
}

void TestServerAccounts::easyPasswordsAreRefused()
{
    const auto check = [](const char *password, const char *user = "Anna Berg") { return checkPassword(QString::fromLatin1(password), QString::fromLatin1(user)); };
    QCOMPARE(check("short").error().code, ErrorCode::InvalidArgument);
    QCOMPARE(checkPassword(QString(kMaxPasswordLength + 1, QLatin1Char('x')), QString()).error().code, ErrorCode::InvalidArgument);
    for (const char *easy : {"password", "12345678", "qwertyuiop", "Summer2026", "aaaaaaaaaaaaaaaa"})
        QVERIFY2(!check(easy).ok() && check(easy).error().code == ErrorCode::WeakPassphrase, easy);
    QCOMPARE(check("anna berg 26").error().code, ErrorCode::WeakPassphrase); // who guesses knows the name
    FIELDFARE_VERIFY_OK(check("copper lighthouse"));
    FIELDFARE_VERIFY_OK(check("copper lighthouse", "o")); // no name to look for
}

void TestServerAccounts::theCompanyStartsWithItsChoices()
{
    AccountsFixture f;
    QCOMPARE(*f.tables->rowCount(f.entity("choice_value")), model::choiceSeeds().size());
    QCOMPARE(*f.tables->rowCount(f.entity("stage")), model::stageSeeds().size());
    const auto role = *f.tables->row(f.entity("choice_value"),
                                     model::choiceValueId(QStringLiteral("user_role"), QStringLiteral("sales_manager")));
    QVERIFY(role.has_value());
    QCOMPARE(role->value(f.key("choice_value", "label_zh")).textOrEmpty(), QString::fromUtf8("销售经理"));
    const changes::Version before = *f.tables->counter();
    FIELDFARE_VERIFY_OK(f.tables->write([&] { return seedCompany(*f.merger, *f.catalog); }));
    QCOMPARE(*f.tables->counter(), before); // twice is once
}

void TestServerAccounts::signingInEnrolsADevice()
{
    AccountsFixture f;
    const auto anna = f.addAnna();
    const auto reply = f.annaSignsIn();
    FIELDFARE_VERIFY_OK(reply);
    QVERIFY(reply->user == anna->user);
    QCOMPARE(reply->userName, QStringLiteral("Anna"));
    QCOMPARE(reply->company, QStringLiteral("Company"));
    QCOMPARE(reply->currency, QStringLiteral("USD"));
    QCOMPARE(reply->deviceNumber, 1);
    QCOMPARE(reply->incarnation, 1U);
    const auto session = f.signer->check(reply->accessToken.toLatin1());
    FIELDFARE_VERIFY_OK(session);
    QVERIFY(session->device == reply->device && session->user == anna->user);
    const auto device = *f.tables->device(reply->device);
    QVERIFY(device.has_value() && device->user == anna->user);
    QCOMPARE(device->name, QStringLiteral("Laptop"));
    QCOMPARE(f.annaSignsIn()->deviceNumber, 2);
    QCOMPARE(f.accounts->list()->front().devices, 2);
}

void TestServerAccounts::wrongPasswordsLockForALongerAndLongerTime()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const QString anna = QStringLiteral("Anna");
    for (int i = 0; i < Accounts::kFreeFailures; ++i)
        QCOMPARE(f.signIn(anna, QStringLiteral("wrong")).error().code, ErrorCode::SignInFailed);
    const auto locked = f.annaSignsIn();
    QCOMPARE(locked.error().code, ErrorCode::TooManyAttempts);
    QCOMPARE(locked.error().arguments, QStringList{QString::number(Accounts::kFirstLockMs)});
    f.clock.now += Accounts::kFirstLockMs;
    QCOMPARE(f.signIn(anna, QStringLiteral("wrong")).error().code, ErrorCode::SignInFailed);
    f.clock.now += Accounts::kFirstLockMs;
    QCOMPARE(f.annaSignsIn().error().code, ErrorCode::TooManyAttempts); // twice as long now
    f.clock.now += Accounts::kFirstLockMs;
    FIELDFARE_VERIFY_OK(f.annaSignsIn());
    QCOMPARE(f.signIn(anna, QStringLiteral("wrong")).error().code, ErrorCode::SignInFailed);
    FIELDFARE_VERIFY_OK(f.annaSignsIn()); // the count started anew
    QCOMPARE(Accounts::lockMs(Accounts::kFreeFailures - 1), 0);
    QCOMPARE(Accounts::lockMs(1000), Accounts::kLongestLockMs);
}

void TestServerAccounts::aLockLeavesEnrolledDevicesAlone()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto device = f.annaSignsIn();
    for (int i = 0; i < 2 * Accounts::kFreeFailures; ++i)
        QVERIFY(!f.signIn(QStringLiteral("Anna"), QStringLiteral("wrong")).ok());
    QCOMPARE(f.annaSignsIn().error().code, ErrorCode::TooManyAttempts);
    FIELDFARE_VERIFY_OK(f.refresh(device->device, device->refreshToken));
}

void TestServerAccounts::aSecondFactorIsAskedFor()
{
    AccountsFixture f;
    const base::Id anna = f.addAnna()->user;
    FIELDFARE_VERIFY_OK(f.annaSignsInWith(QStringLiteral("123456"))); // who has none is asked for none
    f.secret = f.accounts->secondFactors().begin(anna).value();
    FIELDFARE_VERIFY_OK(f.annaSignsIn()); // begun is not active
    QVERIFY(!f.accounts->list()->front().hasSecondFactor);
    FIELDFARE_VERIFY_OK(f.accounts->secondFactors().confirm(anna, f.shown()));
    QVERIFY(f.accounts->list()->front().hasSecondFactor);
    f.clock.now += kOneTimeStepMs;
    QCOMPARE(f.annaSignsIn().error().code, ErrorCode::SecondFactorNeeded);
    QCOMPARE(f.annaSignsInWith(QStringLiteral("  ")).error().code, ErrorCode::SecondFactorNeeded);
    QCOMPARE(f.annaSignsInWith(f.notShown()).error().code, ErrorCode::SecondFactorWrong);
    QCOMPARE(f.signIn(QStringLiteral("anna"), QStringLiteral("wrong"), {}, f.shown()).error().code, ErrorCode::SignInFailed);
    FIELDFARE_VERIFY_OK(f.annaSignsInWith(f.shown())); // a wrong password used no code up
    QCOMPARE(f.annaSignsInWith(f.shown()).error().code, ErrorCode::SecondFactorWrong);
    FIELDFARE_VERIFY_OK(f.accounts->secondFactors().remove(anna));
    FIELDFARE_VERIFY_OK(f.annaSignsIn());
}

void TestServerAccounts::aRecoveryCodeSignsInOnce()
{
    AccountsFixture f;
    const QStringList codes = f.addAnnaWithSecondFactor();
    QCOMPARE(codes.size(), SecondFactors::kRecoveryCodes);
    for (const QString &code : codes)
        FIELDFARE_VERIFY_OK(f.annaSignsInWith(code));
    QCOMPARE(f.annaSignsInWith(codes.first()).error().code, ErrorCode::SecondFactorWrong);
    FIELDFARE_VERIFY_OK(f.annaSignsInWith(f.shown()));
}

void TestServerAccounts::wrongCodesLockAsWrongPasswordsDo()
{
    AccountsFixture f;
    f.addAnnaWithSecondFactor();
    for (int i = 0; i < Accounts::kFreeFailures; ++i) {
        QCOMPARE(f.annaSignsIn().error().code, ErrorCode::SecondFactorNeeded); // a right password alone ends no row of wrong codes
        QCOMPARE(f.annaSignsInWith(f.notShown()).error().code, ErrorCode::SecondFactorWrong);
    }
    const auto locked = f.annaSignsInWith(f.shown());
    QCOMPARE(locked.error().code, ErrorCode::TooManyAttempts);
    QCOMPARE(locked.error().arguments, QStringList{QString::number(Accounts::kFirstLockMs)});
    f.clock.now += Accounts::kFirstLockMs;
    QCOMPARE(f.annaSignsInWith(f.notShown()).error().code, ErrorCode::SecondFactorWrong);
    f.clock.now += Accounts::kFirstLockMs;
    QCOMPARE(f.annaSignsInWith(f.shown()).error().code, ErrorCode::TooManyAttempts); // twice as long now
    f.clock.now += Accounts::kFirstLockMs;
    FIELDFARE_VERIFY_OK(f.annaSignsInWith(f.shown()));
    f.clock.now += kOneTimeStepMs;
    QCOMPARE(f.annaSignsInWith(f.notShown()).error().code, ErrorCode::SecondFactorWrong);
    FIELDFARE_VERIFY_OK(f.annaSignsInWith(f.shown())); // the count started anew
}

/// Many may guess at once: all have passed the first look when the first of them is found wrong.
void TestServerAccounts::aLockThatCameMeanwhileHolds()
{
    AccountsFixture f;
    f.addAnnaWithSecondFactor();
    const auto finish = [&f](const QString &code) {
        return f.accounts->enrol({QStringLiteral("anna"), QStringLiteral("correct horse"), QStringLiteral("Laptop"), f.keys.publicKey(), {}, code}, true);
    };
    for (int i = 0; i < Accounts::kFreeFailures; ++i)
        QCOMPARE(finish(f.notShown()).error().code, ErrorCode::SecondFactorWrong);
    QCOMPARE(finish(f.shown()).error().code, ErrorCode::TooManyAttempts);
}

void TestServerAccounts::aSecondFactorLeavesEnrolledDevicesAlone()
{
    AccountsFixture f;
    const base::Id anna = f.addAnna()->user;
    const auto device = f.annaSignsIn();
    f.secret = f.accounts->secondFactors().begin(anna).value();
    FIELDFARE_VERIFY_OK(f.accounts->secondFactors().confirm(anna, f.shown()));
    const auto refreshed = f.refresh(device->device, device->refreshToken);
    FIELDFARE_VERIFY_OK(refreshed);
    const auto session = f.signer->check(refreshed->accessToken.toLatin1());
    FIELDFARE_VERIFY_OK(session);
    FIELDFARE_VERIFY_OK(f.accounts->enrolAnew({QStringLiteral("anna"), {}, {}, f.keys.publicKey(), device->device}, *session));
}

void TestServerAccounts::anUnknownNameLooksLikeAWrongPassword()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto hash = f.accounts->beginSignIn(QStringLiteral("nobody"));
    FIELDFARE_VERIFY_OK(hash);
    QCOMPARE(hash->n, PasswordCost().n); // as dear as a real one
    QCOMPARE(f.accounts->enrol({QStringLiteral("nobody"), {}, {}, f.keys.publicKey(), {}}, false).error(),
             f.signIn(QStringLiteral("Anna"), QStringLiteral("wrong")).error());
}

void TestServerAccounts::aDisabledUserIsTurnedAway()
{
    AccountsFixture f;
    const auto anna = f.addAnna();
    const auto device = f.annaSignsIn();
    FIELDFARE_VERIFY_OK(f.tables->write([&]() -> base::Result<void> {
        FIELDFARE_TRY(f.accounts->disable(QStringLiteral("anna")));
        return {};
    }));
    QCOMPARE(f.annaSignsIn().error().code, ErrorCode::AccountDisabled);
    QCOMPARE(f.signIn(QStringLiteral("Anna"), QStringLiteral("wrong")).error().code, ErrorCode::SignInFailed);
    QCOMPARE(f.refresh(device->device, device->refreshToken).error().code, ErrorCode::AccountDisabled);
    QVERIFY((*f.tables->device(device->device))->userDisabled);
    QCOMPARE((*f.tables->row(f.entity("user"), anna->user))->value(f.key("user", "active")).integerOr(1), 0);
    QVERIFY(f.accounts->list()->front().disabled);
    QCOMPARE(f.accounts->disable(QStringLiteral("nobody")).error().code, ErrorCode::NotFound);
}

void TestServerAccounts::disablingSaysHowManyDevicesMayHandIn()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto first = f.annaSignsIn();
    FIELDFARE_VERIFY_OK(f.annaSignsIn());
    FIELDFARE_VERIFY_OK(f.tables->write([&]() -> base::Result<void> {
        FIELDFARE_ASSIGN(const auto disabled, f.accounts->disable(QStringLiteral("anna")));
        [&] { QCOMPARE(disabled.mayHandIn, 2); }();
        FIELDFARE_TRY(f.tables->putHandIn({.device = first->device, .lastN = 1, .closed = true}));
        FIELDFARE_ASSIGN(const auto again, f.accounts->disable(QStringLiteral("anna")));
        [&] { QCOMPARE(again.mayHandIn, 1); }(); // it was disabled already
        FIELDFARE_ASSIGN(const auto enabled, f.accounts->enable(QStringLiteral("anna")));
        [&] { QVERIFY(!enabled.disabled && enabled.mayHandIn == 0); }();
        FIELDFARE_ASSIGN(const auto anew, f.accounts->disable(QStringLiteral("anna")));
        [&] { QCOMPARE(anew.mayHandIn, 2); }();
        return {};
    }));
    QCOMPARE((*f.tables->row(f.entity("user"), first->user))->value(f.key("user", "active")).integerOr(1), 0);
}

void TestServerAccounts::aHandInNeedsTheDevicesSignature()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto device = f.annaSignsIn();
    protocol::HandInRequest request;
    request.push.device = device->device;
    request.push.incarnation = 1;
    request.push.rolling = QByteArray(16, 'r');
    request.signature = f.keys.sign(protocol::handInSigningBytes(request));
    AccountStore keys(*f.connection);
    FIELDFARE_VERIFY_OK(Accounts::checkHandIn(keys, request));
    protocol::HandInRequest other = request;
    other.push.rolling[0] = 'x';
    QCOMPARE(Accounts::checkHandIn(keys, other).error().code, ErrorCode::SignInFailed);
    other = request;
    other.isLast = true;
    QCOMPARE(Accounts::checkHandIn(keys, other).error().code, ErrorCode::SignInFailed);
    other = request;
    other.push.device = f.ids.next();
    QCOMPARE(Accounts::checkHandIn(keys, other).error().code, ErrorCode::SignInFailed);
}

void TestServerAccounts::aClonedProfileGetsANewIdentity()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto first = f.annaSignsIn();
    const auto second = f.signIn(QStringLiteral("Anna"), QStringLiteral("correct horse"), first->device);
    FIELDFARE_VERIFY_OK(second);
    QVERIFY(second->device != first->device);
    QCOMPARE(second->incarnation, first->incarnation + 1);
    QVERIFY((*f.tables->device(first->device)).has_value()); // the other copy goes on
}

void TestServerAccounts::theRefreshTokenRotatesWithOneGraceReuse()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto device = f.annaSignsIn();
    const auto second = f.refresh(device->device, device->refreshToken);
    FIELDFARE_VERIFY_OK(second);
    QVERIFY(second->refreshToken != device->refreshToken);
    FIELDFARE_VERIFY_OK(f.signer->check(second->accessToken.toLatin1()));
    const auto third = f.refresh(device->device, device->refreshToken); // the reply was lost
    FIELDFARE_VERIFY_OK(third);
    QCOMPARE(f.refresh(device->device, device->refreshToken).error().code, ErrorCode::SignInFailed);
    QCOMPARE(f.refresh(device->device, second->refreshToken).error().code, ErrorCode::SignInFailed);
    FIELDFARE_VERIFY_OK(f.refresh(device->device, third->refreshToken));
    FIELDFARE_VERIFY_OK(f.refresh(device->device, third->refreshToken)); // its own grace
}

void TestServerAccounts::aRefreshNeedsTheDevicesSignature()
{
    AccountsFixture f;
    FIELDFARE_VERIFY_OK(f.addAnna());
    const auto device = f.annaSignsIn();
    protocol::RefreshRequest request{device->device, device->refreshToken, f.clock.now, {}};
    QCOMPARE(f.accounts->refresh(request).error().code, ErrorCode::SignInFailed);
    request.signature = DeviceKeys().sign(protocol::refreshSigningBytes(request));
    QCOMPARE(f.accounts->refresh(request).error().code, ErrorCode::SignInFailed);
    request.signature = f.keys.sign(protocol::refreshSigningBytes(request));
    request.atMs += 1; // signed for another moment
    QCOMPARE(f.accounts->refresh(request).error().code, ErrorCode::SignInFailed);
    request.atMs -= 1;
    FIELDFARE_VERIFY_OK(f.accounts->refresh(request));
    // RFC 8032, 7.1, test 2
    const QByteArray key = QByteArray::fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const QByteArray signature = QByteArray::fromHex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d2916"
        "12bb0c00");
    QVERIFY(isSignedByDevice(key, QByteArray("r"), signature));
    QVERIFY(!isSignedByDevice(key, QByteArray("s"), signature));
}

void TestServerAccounts::anAccessTokenEndsAndCannotBeForged()
{
    StillClock clock;
    const TokenSigner signer(QByteArray(32, 'k'), clock);
    const base::Id device = base::Id::fromName(QStringLiteral("d"), QString());
    const QByteArray token = signer.issue(device, device).token.toLatin1();
    FIELDFARE_VERIFY_OK(signer.check(token));
    for (qsizetype i = 0; i < token.size(); ++i) {
        QByteArray forged = token;
        forged[i] = forged.at(i) == 'A' ? 'B' : 'A';
        // The last character carries two bits that base64 does not use.
        if (QByteArray::fromBase64(forged, QByteArray::Base64UrlEncoding) != QByteArray::fromBase64(token, QByteArray::Base64UrlEncoding))
            QVERIFY2(!signer.check(forged).ok(), forged.constData());
    }
    QVERIFY(!TokenSigner(QByteArray(32, 'x'), clock).check(token).ok());
    QVERIFY(!signer.check(QByteArray()).ok());
    QVERIFY(!signer.check(token + token).ok());
    clock.now += TokenSigner::kLifetimeMs;
    QVERIFY(!signer.check(token).ok());
}

void TestServerAccounts::passwordsWaitInAShortQueue()
{
    base::SystemRandom random;
    const auto hash = hashPassword(passwordBytes(QStringLiteral("right")), kCheap, random);
    FIELDFARE_VERIFY_OK(hash);
    std::promise<void> gate;
    std::promise<void> begun;
    std::promise<bool> last;
    PasswordQueue queue;
    QVERIFY(queue.check(passwordBytes(QStringLiteral("right")), *hash, [&](base::Result<bool> result) {
        begun.set_value();
        gate.get_future().wait();
        QVERIFY(result.ok() && *result);
    }));
    begun.get_future().wait(); // the first one is being looked at and holds up the rest
    for (size_t i = 0; i + 1 < PasswordQueue::kMaxWaiting; ++i)
        QVERIFY(queue.check(passwordBytes(QStringLiteral("wrong")), *hash, [](const base::Result<bool> &) {}));
    QVERIFY(queue.check(passwordBytes(QStringLiteral("wrong")), *hash, [&](base::Result<bool> result) { last.set_value(*result); }));
    QVERIFY(!queue.check(passwordBytes(QStringLiteral("one too many")), *hash, [](const base::Result<bool> &) {}));
    gate.set_value();
    QVERIFY(!last.get_future().get());
}

void TestServerAccounts::ratesAreLimitedByKey()
{
    StillClock clock;
    RateLimit limit(clock, 3, 2);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limit.take("a"), 0);
    QCOMPARE(limit.take("a"), 500);
    QCOMPARE(limit.take("b"), 0);
    clock.now += 499;
    QCOMPARE(limit.take("a"), 1);
    clock.now += 1;
    QCOMPARE(limit.take("a"), 0);
    clock.now += 3'600'000;
    QCOMPARE(limit.take("a", 100), 0); // larger than the bucket: empties it
    QVERIFY(limit.take("a") > 0);
}

void TestServerAccounts::noSecretStandsInAnEntity()
{
    AccountsFixture f;
    const QString password = QStringLiteral("correct horse");
    const QStringList recoveryCodes = f.addAnnaWithSecondFactor();
    const auto device = f.annaSignsInWith(recoveryCodes.first());
    FIELDFARE_VERIFY_OK(device);
    AccountStore store(*f.connection);
    const PasswordHash hash = (*store.find(QStringLiteral("anna")))->password;
    const DeviceKey key = **store.deviceKey(device->device);
    const QList<QByteArray> secrets = {password.toUtf8(),  hash.hash,       hash.salt, device->refreshToken.toLatin1(),
                                       key.refreshHash,    device->accessToken.toLatin1(), key.publicKey,
                                       f.secret,           base32(f.secret), recoveryCodes.last().toLatin1()};
    int rows = 0;
    for (const model::Entity &entity : f.catalog->entities()) {
        for (const model::Field &field : entity.fields()) {
            for (const char *word : {"password", "secret", "token", "totp", "salt", "hash"})
                QVERIFY2(!field.name.contains(QLatin1StringView(word)), qPrintable(entity.name() + u'.' + field.name));
        }
        const auto all = f.tables->rowsAfter(entity.id(), base::Id(), 100'000);
        FIELDFARE_VERIFY_OK(all);
        for (const changes::ReplicatedRow &row : *all) {
            ++rows;
            for (const changes::FieldValue &value : row.values) {
                const QByteArray bytes = model::encodeValue(value.value);
                for (const QByteArray &secret : secrets) {
                    QVERIFY2(!bytes.contains(secret) && !bytes.contains(secret.toHex()) && !bytes.contains(secret.toBase64()),
                             qPrintable(entity.name()));
                }
            }
        }
    }
    QVERIFY(rows > 10);
    // The tokens themselves are nowhere in the file, only their hashes.
    QCOMPARE(*f.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM device_keys WHERE length(refresh_hash)=32")), 1);
}

QTEST_GUILESS_MAIN(TestServerAccounts)
#include "tst_server_accounts.moc"
