// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "sync/net/chain_check.h"
#include "sync/server/tls/certificate_authority.h"
#include "sync/server/tls/server_tls.h"

#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using base::ErrorCode;
using server::CertificateAuthority;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kStartMs = 1'767'225'600'000; // 2026-01-01 UTC

class SetClock : public base::Clock {
public:
    std::int64_t nowMs = kStartMs;
    [[nodiscard]] std::int64_t wallMs() const override { return nowMs; }
    [[nodiscard]] std::int64_t bootMs() const override { return 0; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, '\0'); }
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestTlsAuthority : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesAuthorityAndLeaf()
    {
        QTemporaryDir folder;
        SetClock clock;
        auto made = CertificateAuthority::create(folder.path(), {QStringLiteral("crm.example"), QStringLiteral("192.0.2.7")}, clock);
        QVERIFY2(made.ok(), made.ok() ? "" : qPrintable(made.error().detail));
        const QStringList expected{QStringLiteral("crm.example"), QStringLiteral("192.0.2.7"), QStringLiteral("localhost"),
                                   QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
        QCOMPARE(made->hosts(), expected);
        QCOMPARE(made->leafEndsMs(), kStartMs + 90 * kDayMs);

        const QList<QSslCertificate> chain = QSslCertificate::fromPath(made->certificatePath());
        QCOMPARE(chain.size(), 2);
        const QList<QSslCertificate> authority = QSslCertificate::fromPath(made->authorityPath());
        QCOMPARE(authority.size(), 1);
        QCOMPARE(chain.at(1), authority.first());
        QVERIFY(authority.first().isSelfSigned());
        QCOMPARE(authority.first().expiryDate().toMSecsSinceEpoch(), kStartMs + 3650 * kDayMs);
        QCOMPARE(chain.first().publicKey().algorithm(), QSsl::Ec);
        QCOMPARE(made->fingerprint(), net::publicKeyHash(authority.first()).toHex());
        QCOMPARE(made->fingerprint().size(), 64);

        for (const QString &name : {QStringLiteral("ca.key"), QStringLiteral("server.key")}) {
            const auto permissions = QFile::permissions(folder.filePath(name));
            QVERIFY(!(permissions & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
        }
        QVERIFY(server::serverTlsConfiguration(made->certificatePath(), made->keyPath()).ok());
    }

    void refusesASecondAuthority()
    {
        QTemporaryDir folder;
        SetClock clock;
        QVERIFY(CertificateAuthority::create(folder.path(), {}, clock).ok());
        const QByteArray before = contentOf(folder.filePath(QStringLiteral("ca.key")));
        const auto again = CertificateAuthority::create(folder.path(), {}, clock);
        QVERIFY(!again.ok());
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("ca.key"))), before);
    }

    void refusesWhatIsNoHost_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("space") << QStringLiteral("a b");
        QTest::newRow("second name smuggled in") << QStringLiteral("a.example,DNS:b.example");
        QTest::newRow("line break") << QStringLiteral("a\nb");
        QTest::newRow("slash") << QStringLiteral("https://a.example/");
    }
    void refusesWhatIsNoHost()
    {
        QFETCH(QString, host);
        QTemporaryDir folder;
        SetClock clock;
        const auto made = CertificateAuthority::create(folder.path(), {host}, clock);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty()); // nothing half made
    }

    void refusesKeysThatOthersMayRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("authority") << QStringLiteral("ca.key");
        QTest::newRow("server") << QStringLiteral("server.key");
    }
    void refusesKeysThatOthersMayRead()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        SetClock clock;
        QVERIFY(CertificateAuthority::create(folder.path(), {}, clock).ok());
        QVERIFY(QFile::setPermissions(folder.filePath(name), QFile::ReadOwner | QFile::ReadGroup));
        const auto opened = CertificateAuthority::open(folder.path(), clock);
        QVERIFY(!opened.ok());
        QCOMPARE(opened.error().code, ErrorCode::PermissionDenied);
        QCOMPARE(opened.error().arguments.value(0), folder.filePath(name));
    }

    void renewsBelowThirtyDays()
    {
        QTemporaryDir folder;
        SetClock clock;
        auto authority = CertificateAuthority::create(folder.path(), {QStringLiteral("crm.example")}, clock);
        QVERIFY(authority.ok());
        const QByteArray firstLeaf = contentOf(authority->certificatePath());
        const QByteArray firstKey = contentOf(authority->keyPath());
        const QByteArray fingerprint = authority->fingerprint();

        clock.nowMs = kStartMs + 60 * kDayMs;
        QVERIFY(!authority->renewIfDue().value());
        QCOMPARE(contentOf(authority->certificatePath()), firstLeaf);

        clock.nowMs += 1;
        auto opened = CertificateAuthority::open(folder.path(), clock);
        QVERIFY(opened.ok());
        QVERIFY(opened->renewIfDue().value());
        QVERIFY(contentOf(opened->certificatePath()) != firstLeaf);
        QVERIFY(contentOf(opened->keyPath()) != firstKey);
        QCOMPARE(opened->leafEndsMs() / 1000, (clock.nowMs + 90 * kDayMs) / 1000);
        QVERIFY(opened->hosts().contains(QStringLiteral("crm.example")));
        QCOMPARE(opened->fingerprint(), fingerprint); // devices need not hear of it
        QVERIFY(!opened->renewIfDue().value());
    }

    void issuesAgainWhenKeyAndLeafDoNotMatch()
    {
        // What a crash between the two renames leaves.
        QTemporaryDir folder;
        QTemporaryDir other;
        SetClock clock;
        auto authority = CertificateAuthority::create(folder.path(), {QStringLiteral("crm.example")}, clock);
        auto stranger = CertificateAuthority::create(other.path(), {}, clock);
        QVERIFY(authority.ok() && stranger.ok());
        QVERIFY(QFile::remove(authority->keyPath()));
        QVERIFY(QFile::copy(stranger->keyPath(), authority->keyPath()));
        QVERIFY(!server::serverTlsConfiguration(authority->certificatePath(), authority->keyPath()).ok());

        auto opened = CertificateAuthority::open(folder.path(), clock);
        QVERIFY(opened.ok());
        QVERIFY(opened->renewIfDue().value());
        QVERIFY(opened->hosts().contains(QStringLiteral("crm.example")));
        QVERIFY(server::serverTlsConfiguration(opened->certificatePath(), opened->keyPath()).ok());
    }

    void doesNotOpenADamagedAuthority()
    {
        QTemporaryDir folder;
        QTemporaryDir other;
        SetClock clock;
        auto authority = CertificateAuthority::create(folder.path(), {}, clock);
        auto stranger = CertificateAuthority::create(other.path(), {}, clock);
        QVERIFY(authority.ok() && stranger.ok());
        QVERIFY(QFile::remove(authority->authorityPath()));
        QCOMPARE(CertificateAuthority::open(folder.path(), clock).error().code, ErrorCode::NotFound);
        QVERIFY(QFile::copy(stranger->authorityPath(), authority->authorityPath()));
        QCOMPARE(CertificateAuthority::open(folder.path(), clock).error().code, ErrorCode::FileDamaged);
    }

    void checksChains();
    void refusesAPinnedAuthorityThatDidNotSign();
};

void TestTlsAuthority::checksChains()
{
    QTemporaryDir folder;
    SetClock clock;
    auto authority = CertificateAuthority::create(folder.path(), {QStringLiteral("crm.example")}, clock);
    QVERIFY(authority.ok());
    net::ChainQuestion question;
    question.chain = QSslCertificate::fromPath(authority->certificatePath());
    question.host = QStringLiteral("crm.example");
    question.pins = {QByteArray::fromHex(authority->fingerprint())};
    question.nowMs = kStartMs;
    QVERIFY(net::checkChain(question).ok());

    net::ChainQuestion byLeaf = question;
    byLeaf.pins = {net::publicKeyHash(question.chain.first())};
    QVERIFY(net::checkChain(byLeaf).ok());

    net::ChainQuestion byAddress = question;
    byAddress.host = QStringLiteral("127.0.0.1");
    QVERIFY(net::checkChain(byAddress).ok());

    net::ChainQuestion authorityFromFile = question;
    authorityFromFile.chain = {question.chain.first()};
    QCOMPARE(net::checkChain(authorityFromFile).error().code, ErrorCode::CertificateChanged);
    authorityFromFile.authorityPem = question.chain.last().toPem();
    QVERIFY(net::checkChain(authorityFromFile).ok());

    net::ChainQuestion otherHost = question;
    otherHost.host = QStringLiteral("other.example");
    QCOMPARE(net::checkChain(otherHost).error().code, ErrorCode::CertificateUntrusted);

    net::ChainQuestion tooLate = question;
    tooLate.nowMs = kStartMs + 91 * kDayMs;
    QCOMPARE(net::checkChain(tooLate).error().code, ErrorCode::CertificateUntrusted);
    QVERIFY(net::checkChain(tooLate).error().arguments.value(1).contains(QLatin1String("expired")));

    net::ChainQuestion tooEarly = question;
    tooEarly.nowMs = kStartMs - 2 * kDayMs;
    QCOMPARE(net::checkChain(tooEarly).error().code, ErrorCode::CertificateUntrusted);

    net::ChainQuestion noPins = question;
    noPins.pins.clear();
    QCOMPARE(net::checkChain(noPins).error().code, ErrorCode::CertificateUntrusted);
    QVERIFY(net::checkChainAsShown(noPins).ok());

    net::ChainQuestion nothing = question;
    nothing.chain.clear();
    QCOMPARE(net::checkChain(nothing).error().code, ErrorCode::CertificateUntrusted);

    net::ChainQuestion viaProxy = question;
    viaProxy.pins = {QByteArray(32, 'x')};
    QCOMPARE(net::checkChain(viaProxy).error().code, ErrorCode::CertificateChanged);
    viaProxy.throughProxy = true;
    QCOMPARE(net::checkChain(viaProxy).error().code, ErrorCode::TlsInspected);
    QVERIFY(net::checkChain(viaProxy).error().arguments.value(0).contains(QLatin1String("Fieldfare private CA")));
}

void TestTlsAuthority::refusesAPinnedAuthorityThatDidNotSign()
{
    // An attacker shows a leaf and authority of its own and simply adds our public certificate to the chain.
    QTemporaryDir ours;
    QTemporaryDir theirs;
    SetClock clock;
    auto good = CertificateAuthority::create(ours.path(), {QStringLiteral("crm.example")}, clock);
    auto evil = CertificateAuthority::create(theirs.path(), {QStringLiteral("crm.example")}, clock);
    QVERIFY(good.ok() && evil.ok());
    net::ChainQuestion question;
    question.chain = QSslCertificate::fromPath(evil->certificatePath()) + QSslCertificate::fromPath(good->authorityPath());
    question.host = QStringLiteral("crm.example");
    question.pins = {QByteArray::fromHex(good->fingerprint())};
    question.nowMs = kStartMs;
    QCOMPARE(net::checkChain(question).error().code, ErrorCode::CertificateChanged);
}

QTEST_GUILESS_MAIN(TestTlsAuthority)
#include "tst_tls_authority.moc"
