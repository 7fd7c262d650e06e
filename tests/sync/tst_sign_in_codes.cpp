// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Codes that sign in a first device, and passwords that an administrator sets.
#include "app/server/user_commands.h"
#include "sync/server/accounts/one_time_code.h"
#include "tests/sync/server_store_fixture.h"

#include <QJsonArray>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using app::UserCommand;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

struct Company : ServerStore {
    Company() : ServerStore(model::Catalog::standard(), true) {}

    /// As it comes over the socket.
    Result<QJsonObject> run(const UserCommand &command)
    {
        FIELDFARE_ASSIGN(const UserCommand asked, app::userCommandFromJson(toJson(command)));
        FIELDFARE_ASSIGN(const QJsonObject answer, written([&] { return app::runUserCommand(*accounts, asked); }));
        return answer.value(QStringLiteral("users")).toArray().first().toObject();
    }
    Result<QJsonObject> run(const char *command, int days = SignInCodes::kUsualDays)
    {
        UserCommand made{QString::fromLatin1(command), QStringLiteral("anna"), QStringLiteral("sales_representative"), std::nullopt, {}};
        made.days = days;
        return run(made);
    }
    QString codeBy(const char *command, int days = SignInCodes::kUsualDays)
    {
        const auto user = run(command, days);
        return user.ok() ? user->value(QStringLiteral("code")).toString() : QString();
    }
    /// Empty: signed in. The password is wrong, as it is when a code is typed in its place.
    QString signIn(const QString &typed, const QString &factor = {}, bool passwordIsRight = false)
    {
        Result<protocol::EnrolReply> reply(ErrorCode::Internal, QString());
        (void)tables->write([&]() -> Result<void> {
            reply = accounts->enrol({QStringLiteral("Anna"), typed, QStringLiteral("Laptop"), QByteArray(32, 'k'), {}, factor}, passwordIsRight);
            return reply.ok() || Accounts::isRefusal(reply.error().code) ? Result<void>() : Result<void>(reply.error());
        });
        return reply.ok() ? QString() : base::errorCodeName(reply.error().code);
    }
};

const QString kWrong = QStringLiteral("SignInFailed");

} // namespace

class TestSignInCodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCodeSignsInOnce()
    {
        Company company;
        const QString code = company.codeBy("add");
        QCOMPARE(code.size(), 19); // ABCD-EFGH-IJKL-MNOP
        QString typed = code.toLower();
        typed.replace(QLatin1Char('-'), QLatin1Char(' ')).replace(QLatin1Char('o'), QLatin1Char('0'));
        QCOMPARE(company.signIn(typed), QString());
        QCOMPARE(company.signIn(code), kWrong);
        const auto counted = company.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM sign_in_codes"));
        QCOMPARE(*counted, 0);
    }

    void nobodySignsInWithoutAPassword()
    {
        Company company;
        company.codeBy("add");
        QCOMPARE(company.signIn({}), kWrong);
        QCOMPARE(company.signIn(QStringLiteral("AAAA-AAAA-AAAA-AAAA")), kWrong);
        const PasswordHash hash = *company.accounts->beginSignIn(QStringLiteral("anna"));
        QVERIFY(!*isPassword(passwordBytes({}), hash));
        QCOMPARE(hash.n, PasswordCost().n); // or it would be told from others by its time
    }

    void aCodeEndsWithItsTime()
    {
        Company company;
        const QString code = company.codeBy("add", 2);
        company.clock.now += 2 * kDayMs - 1;
        QCOMPARE(company.signIn(code), QString());
        const QString later = company.codeBy("code", 1);
        company.clock.now += kDayMs;
        QCOMPARE(company.signIn(later), kWrong);
    }

    void daysAreBounded()
    {
        Company company;
        company.codeBy("add");
        for (const int days : {-1, 0, 91})
            QCOMPARE(company.run("code", days).error().code, ErrorCode::InvalidArgument);
    }

    void anotherCodeEndsTheFormer()
    {
        Company company;
        const QString former = company.codeBy("add");
        const QString code = company.codeBy("code");
        QCOMPARE(company.signIn(former), kWrong);
        QCOMPARE(company.signIn(code), QString());
    }

    void aCodeIsOfItsAccountAlone()
    {
        Company company;
        company.codeBy("add");
        UserCommand bo{QStringLiteral("add"), QStringLiteral("Bo"), QStringLiteral("sales_representative"), std::nullopt, {}};
        const QString code = company.run(bo)->value(QStringLiteral("code")).toString();
        QCOMPARE(company.signIn(code), kWrong);
    }

    void guessingLocksAsWithPasswords()
    {
        Company company;
        const QString code = company.codeBy("add");
        for (int i = 0; i < Accounts::kFreeFailures; ++i)
            QCOMPARE(company.signIn(QStringLiteral("AAAA-AAAA-AAAA-AAAA")), kWrong);
        QCOMPARE(company.signIn(code), QStringLiteral("TooManyAttempts"));
        company.clock.now += Accounts::kFirstLockMs;
        QCOMPARE(company.signIn(code), QString());
    }

    /// Whoever has lost both password and phone.
    void aCodeNeedsNoSecondFactor()
    {
        Company company;
        company.codeBy("add");
        const base::Id anna = company.accounts->userNamed(QStringLiteral("anna"))->user;
        const QByteArray secret = *company.written([&] { return company.accounts->secondFactors().begin(anna); });
        const QString shown = QString::fromLatin1(oneTimeCode(secret, oneTimeStep(company.clock.now)));
        FIELDFARE_VERIFY_OK(company.written([&] { return company.accounts->secondFactors().confirm(anna, shown); }));
        QCOMPARE(company.signIn(company.codeBy("code")), QString());
        QCOMPARE(company.signIn(QStringLiteral("the right one"), {}, true), QStringLiteral("SecondFactorNeeded"));
    }

    void aDisabledAccountsCodeLetsNobodyIn()
    {
        Company company;
        const QString code = company.codeBy("add");
        FIELDFARE_VERIFY_OK(company.run("disable"));
        QCOMPARE(company.signIn(code), QStringLiteral("AccountDisabled"));
        FIELDFARE_VERIFY_OK(company.run("enable"));
        QCOMPARE(company.signIn(code), QString());
    }

    void aPasswordIsSet()
    {
        Company company;
        const QString code = company.codeBy("add");
        for (int i = 0; i < Accounts::kFreeFailures; ++i)
            (void)company.signIn(QStringLiteral("wrong"));
        const QString password = QStringLiteral("blue heron 77 river");
        UserCommand command{QStringLiteral("password"), QStringLiteral("anna"), std::nullopt, std::nullopt, hashPassword(passwordBytes(password), PasswordCost(), company.random).value()};
        FIELDFARE_VERIFY_OK(company.run(command));
        const auto hash = company.accounts->beginSignIn(QStringLiteral("anna")); // the lock has ended
        FIELDFARE_VERIFY_OK(hash);
        QVERIFY(*isPassword(passwordBytes(password), *hash));
        QCOMPARE(company.signIn(code), kWrong); // so has the code
        command.name = QStringLiteral("nobody");
        QCOMPARE(company.run(command).error().code, ErrorCode::NotFound);
    }

    void aHashThatCannotBeComputedIsRefused()
    {
        Company company;
        company.codeBy("add");
        UserCommand command{QStringLiteral("password"), QStringLiteral("anna"), std::nullopt, std::nullopt, PasswordHash{QByteArray(16, 's'), QByteArray(32, 'h'), 1ULL << 40, 8, 1}};
        QCOMPARE(company.run(command).error().code, ErrorCode::ProtocolViolation);
        command.password.reset();
        QCOMPARE(company.run(command).error().code, ErrorCode::ProtocolViolation);
    }
};

QTEST_GUILESS_MAIN(TestSignInCodes)
#include "tst_sign_in_codes.moc"
