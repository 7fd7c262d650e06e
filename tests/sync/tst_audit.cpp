// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log: what is written into it, that nothing in it can be changed unseen, and what it raises alarms about.
#include "sync/server/audit/anomaly_rules.h"
#include "sync/server/audit/audit_chain.h"
#include "tests/sync/server_store_fixture.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::ErrorCode;
using base::Id;
using base::Result;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Log : ServerStore {
    AuditStore table{*connection};
    AuditLog log{table, clock, random};
    Id anna = ids.next();
    Id bo = ids.next();

    Log() : ServerStore(model::Catalog::standard(), true) { setHour(12); }

    void setHour(int hour)
    {
        QDateTime time = QDateTime::fromMSecsSinceEpoch(clock.now);
        time.setTime(QTime(hour, 0));
        clock.now = time.toMSecsSinceEpoch();
    }
    void note(const char *kind, const Id &user, std::int64_t amount = 1)
    {
        const auto noted = written([&] { return log.note({QString::fromLatin1(kind), user, {}, amount, {{QStringLiteral("why"), QStringLiteral("test")}}}); });
        if (!noted.ok())
            qFatal("%s", qPrintable(noted.error().detail));
    }
    [[nodiscard]] std::vector<AuditEntry> entries(std::int64_t after = 0) { return table.after(after, 1000).value(); }
    [[nodiscard]] QStringList kinds() { return kindsOf(entries()); }
    [[nodiscard]] static QStringList kindsOf(const std::vector<AuditEntry> &entries)
    {
        QStringList kinds;
        for (const AuditEntry &entry : entries)
            kinds.append(entry.kind);
        return kinds;
    }
    [[nodiscard]] QStringList alerts() { return kinds().filter(QRegularExpression(QStringLiteral("^alert-"))); }
    [[nodiscard]] QJsonObject lastDetail(const char *kind)
    {
        QJsonObject detail;
        for (const AuditEntry &entry : entries()) {
            if (entry.kind == QLatin1StringView(kind))
                detail = QJsonDocument::fromJson(entry.detail.value_or(QByteArray())).object();
        }
        return detail;
    }
};

PasswordHash anyHash()
{
    return {QByteArray(16, 's'), QByteArray(32, 'h'), 1024, 8, 1};
}

} // namespace

class TestAudit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Written once and for all: a program of later has to read the logs of today.
    void theChainIsAsItIsWrittenDown()
    {
        AuditEntry entry;
        entry.number = 1;
        entry.at = 1'795'000'000'000;
        entry.kind = QStringLiteral("signed-in");
        entry.user = *Id::fromString(QStringLiteral("01900000-0000-7000-8000-000000000001"));
        entry.device = *Id::fromString(QStringLiteral("01900000-0000-7000-8000-000000000002"));
        entry.amount = 1;
        entry.detailHash = auditDetailHash(QByteArray(16, 's'), "{}");
        const QByteArray before = firstAuditChain(*Id::fromString(QStringLiteral("01900000-0000-7000-8000-00000000000c")));
        QCOMPARE(before.toHex(), QByteArray("a2df6da20db97ca469d65c45a3bddce4588ef87dfc0de55646f5864120ba1e63"));
        QCOMPARE(entry.detailHash.toHex(), QByteArray("23550b0e5c94a024826a3f8d947429cc3775fa315754f702f8e2372cfc20d6ea"));
        QCOMPARE(auditChain(before, entry).toHex(), QByteArray("b9b8a48f805fe6e113af9828b61d5f8d7e2220cc403ee9b3fe5aafa11cdb006a"));
    }

    void aWholeLogIsWhole()
    {
        Log log;
        for (int i = 0; i < 2500; ++i)
            log.note("push", log.anna);
        const auto verified = verifyAudit(log.table);
        FIELDFARE_VERIFY_OK(verified);
        QCOMPARE(verified->head.number, 2500);
        QCOMPARE(verified->head, *log.log.head());
        QCOMPARE(verified->withoutDetail, 0);
    }

    void anEmptyLogIsWhole()
    {
        Log log;
        FIELDFARE_VERIFY_OK(verifyAudit(log.table));
        QVERIFY(!verifyAudit(log.table, {1, QByteArray(32, 'x')}).ok());
    }

    void whatIsChangedShows_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("entry");
        QTest::newRow("time") << QStringLiteral("UPDATE audit SET at=at+1 WHERE no=3") << QStringLiteral("3");
        QTest::newRow("kind") << QStringLiteral("UPDATE audit SET kind='pus' WHERE no=3") << QStringLiteral("3");
        QTest::newRow("user") << QStringLiteral("UPDATE audit SET user=NULL WHERE no=3") << QStringLiteral("3");
        QTest::newRow("device") << QStringLiteral("UPDATE audit SET device=user WHERE no=3") << QStringLiteral("3");
        QTest::newRow("amount") << QStringLiteral("UPDATE audit SET amount=0 WHERE no=3") << QStringLiteral("3");
        QTest::newRow("detail") << QStringLiteral("UPDATE audit_details SET detail=x'7b7d' WHERE no=3") << QStringLiteral("3");
        QTest::newRow("detail of another") << QStringLiteral("UPDATE audit_details SET salt=(SELECT salt FROM audit_details WHERE no=2), detail=(SELECT detail FROM audit_details WHERE no=2) WHERE no=3")
                                           << QStringLiteral("3");
        QTest::newRow("hash of the detail") << QStringLiteral("UPDATE audit SET detail_hash=x'0000000000000000000000000000000000000000000000000000000000000000' WHERE no=3; DELETE FROM audit_details WHERE no=3") << QStringLiteral("3");
        QTest::newRow("chain") << QStringLiteral("UPDATE audit SET chain=x'0000000000000000000000000000000000000000000000000000000000000000' WHERE no=3") << QStringLiteral("3");
        QTest::newRow("taken away") << QStringLiteral("DELETE FROM audit WHERE no=3") << QStringLiteral("3");
        QTest::newRow("first taken away") << QStringLiteral("DELETE FROM audit WHERE no=1") << QStringLiteral("1");
        QTest::newRow("swapped") << QStringLiteral("UPDATE audit SET no=-1 WHERE no=2; UPDATE audit SET no=2 WHERE no=3; UPDATE audit SET no=3 WHERE no=-1") << QStringLiteral("2");
    }

    void whatIsChangedShows()
    {
        QFETCH(const QString, sql);
        QFETCH(const QString, entry);
        Log log;
        for (int i = 0; i < 5; ++i)
            log.note("push", log.anna, i + 1);
        FIELDFARE_VERIFY_OK(log.connection->execute(sql));
        const auto verified = verifyAudit(log.table);
        QVERIFY(!verified.ok());
        QCOMPARE(verified.error().code, ErrorCode::AuditBroken);
        QCOMPARE(verified.error().arguments, QStringList{entry});
    }

    /// Whoever has the whole store can write a chain anew; not what others remember of it.
    void aLogWrittenAnewIsFoundOutByItsHead()
    {
        Log log;
        for (int i = 0; i < 5; ++i)
            log.note("push", log.anna);
        const AuditHead remembered = *log.log.head();
        log.note("push", log.bo);
        FIELDFARE_VERIFY_OK(verifyAudit(log.table, remembered));
        std::vector<AuditEntry> entries = log.entries();
        FIELDFARE_VERIFY_OK(log.connection->execute(QStringLiteral("DELETE FROM audit; DELETE FROM audit_details")));
        QByteArray chain = firstAuditChain(*log.table.company());
        for (AuditEntry &entry : entries) {
            if (entry.number == 2)
                entry.user = log.bo;
            entry.chain = chain = auditChain(chain, entry);
            FIELDFARE_VERIFY_OK(log.written([&] { return log.table.append(entry); }));
        }
        FIELDFARE_VERIFY_OK(verifyAudit(log.table)); // in itself it is sound
        const auto verified = verifyAudit(log.table, remembered);
        QVERIFY(!verified.ok());
        QCOMPARE(verified.error().arguments, QStringList{QString::number(remembered.number)});
    }

    void aLogThatIsCutOffIsFoundOutByItsHead()
    {
        Log log;
        for (int i = 0; i < 5; ++i)
            log.note("push", log.anna);
        const AuditHead remembered = *log.log.head();
        FIELDFARE_VERIFY_OK(log.connection->execute(QStringLiteral("DELETE FROM audit WHERE no>3")));
        FIELDFARE_VERIFY_OK(verifyAudit(log.table));
        QCOMPARE(verifyAudit(log.table, remembered).error().arguments, QStringList{QStringLiteral("4")});
    }

    void detailsAreForgottenAndTheChainHolds()
    {
        Log log;
        for (int i = 0; i < 1200; ++i)
            log.note("push", log.anna);
        log.clock.now += kHour;
        log.note("push", log.bo);
        const auto forgotten = log.written([&] { return log.log.forgetDetails(log.clock.now - kMinute); });
        FIELDFARE_VERIFY_OK(forgotten);
        QCOMPARE(*forgotten, 1200);
        const auto verified = verifyAudit(log.table);
        FIELDFARE_VERIFY_OK(verified);
        QCOMPARE(verified->withoutDetail, 1200);
        QCOMPARE(log.kindsOf(log.entries(1200)), (QStringList{QStringLiteral("push"), QStringLiteral("forgotten")}));
        QCOMPARE(*log.written([&] { return log.log.forgetDetails(log.clock.now - kMinute); }), 0);
        QCOMPARE(log.log.head()->number, 1202); // nothing was forgotten, nothing is said
    }

    void anExportedLogIsReadBack()
    {
        Log log;
        log.note("push", log.anna, 7);
        log.note("exported", {}, 3);
        FIELDFARE_VERIFY_OK(log.connection->execute(QStringLiteral("DELETE FROM audit_details WHERE no=1")));
        AuditCheck check(*log.table.company());
        for (const AuditEntry &entry : log.entries()) {
            const auto read = auditEntryFromJson(QJsonDocument::fromJson(QJsonDocument(toJson(entry)).toJson()).object());
            FIELDFARE_VERIFY_OK(read);
            QCOMPARE(read->chain, entry.chain);
            QCOMPARE(read->detail, entry.detail);
            FIELDFARE_VERIFY_OK(check.add(*read));
        }
        QCOMPARE(check.withoutDetail(), 1);
        QJsonObject line = toJson(log.entries(1).front());
        for (const char *name : {"no", "kind", "detail_hash", "chain"}) {
            QJsonObject without = line;
            without.remove(QLatin1StringView(name));
            QCOMPARE(auditEntryFromJson(without).error().code, ErrorCode::InvalidArgument);
        }
        line.insert(QStringLiteral("user"), QStringLiteral("somebody"));
        QCOMPARE(auditEntryFromJson(line).error().code, ErrorCode::InvalidArgument);
    }

    void eachRuleRaisesAnAlarmOnce()
    {
        for (const AnomalyRule &rule : anomalyRules()) {
            Log log;
            const int hour = rule.atNight ? 23 : 12;
            log.setHour(hour);
            const QString alert = QStringLiteral("alert-") + QLatin1StringView(rule.name);
            if (rule.threshold > 1) {
                log.note(rule.kind, log.anna, rule.threshold - 1);
                QVERIFY2(!log.alerts().contains(alert), rule.name);
            }
            log.note(rule.kind, rule.perUser ? log.anna : log.bo);
            QVERIFY2(log.alerts().count(alert) == 1, rule.name);
            log.note(rule.kind, log.anna, rule.threshold);
            QVERIFY2(log.alerts().count(alert) == 1, rule.name);
            log.clock.now += (rule.withinMs / kDay + 1) * kDay; // at the same hour
            log.note(rule.kind, log.anna, rule.threshold);
            QVERIFY2(log.alerts().count(alert) == 2, rule.name);
        }
    }

    void whatManyDoIsNoAlarmAboutOne()
    {
        Log log;
        log.note("denied", log.anna, 30);
        log.note("denied", log.bo, 30);
        QVERIFY(log.alerts().isEmpty());
        log.note("denied", {}, 1000); // by nobody who is known
        QVERIFY(log.alerts().isEmpty());
    }

    void theDayIsNoNight()
    {
        Log log;
        for (const int hour : {5, 12, 21}) {
            log.setHour(hour);
            log.note("signed-in", log.anna);
        }
        QVERIFY(log.alerts().isEmpty());
        for (const int hour : {4, 22}) {
            log.setHour(hour);
            log.note("signed-in", hour == 4 ? log.anna : log.bo);
        }
        QCOMPARE(log.alerts(), (QStringList{QStringLiteral("alert-sign-in-at-night"), QStringLiteral("alert-sign-in-at-night")}));
    }

    void accountsAndSignInsAreNoted()
    {
        Log log;
        const auto enrol = [&](bool isRight, const char *user = "anna") {
            return log.tables->write([&]() -> Result<void> {
                (void)log.accounts->enrol({QString::fromLatin1(user), {}, QStringLiteral("Laptop"), QByteArray(32, 'k'), {}}, isRight, QStringLiteral("192.0.2.7"));
                return {};
            });
        };
        FIELDFARE_VERIFY_OK(log.written([&] { return log.accounts->add({QStringLiteral("Anna"), QStringLiteral("sales_representative"), QStringLiteral("North"), anyHash()}); }));
        FIELDFARE_VERIFY_OK(enrol(false));
        QCOMPARE(log.lastDetail("sign-in-refused").value(QStringLiteral("code")).toString(), QStringLiteral("SignInFailed"));
        QCOMPARE(log.lastDetail("sign-in-refused").value(QStringLiteral("address")).toString(), QStringLiteral("192.0.2.7"));
        FIELDFARE_VERIFY_OK(enrol(true));
        FIELDFARE_VERIFY_OK(enrol(false, "my secret password"));
        FIELDFARE_VERIFY_OK(log.written([&] { return log.accounts->change(QStringLiteral("anna"), QStringLiteral("sales_manager"), std::nullopt); }));
        QCOMPARE(log.lastDetail("user").value(QStringLiteral("role")).toString(), QStringLiteral("sales_manager"));
        FIELDFARE_VERIFY_OK(log.written([&] { return log.accounts->revokeDevice(1); }));
        FIELDFARE_VERIFY_OK(log.written([&] { return log.accounts->disable(QStringLiteral("anna")); }));
        FIELDFARE_VERIFY_OK(enrol(true));
        QCOMPARE(log.lastDetail("sign-in-refused").value(QStringLiteral("code")).toString(), QStringLiteral("AccountDisabled"));
        FIELDFARE_VERIFY_OK(log.written([&] { return log.accounts->enable(QStringLiteral("anna")); }));
        QCOMPARE(log.kinds(), (QStringList{QStringLiteral("user"), QStringLiteral("sign-in-refused"), QStringLiteral("signed-in"), QStringLiteral("sign-in-refused"), QStringLiteral("user"),
                                           QStringLiteral("device-revoked"), QStringLiteral("user"), QStringLiteral("sign-in-refused"), QStringLiteral("user")}));
        for (const AuditEntry &entry : log.entries()) // people type their password where the name goes
            QVERIFY(!entry.detail->contains("secret"));
        FIELDFARE_VERIFY_OK(verifyAudit(log.table));
    }

    /// The line goes with what it tells of.
    void whatIsRolledBackIsNotNoted()
    {
        Log log;
        const auto failed = log.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(log.log.note({QStringLiteral("push"), log.anna}));
            return {ErrorCode::Internal, QStringLiteral("no")};
        });
        QVERIFY(!failed.ok());
        QCOMPARE(log.log.head()->number, 0);
    }
};

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
