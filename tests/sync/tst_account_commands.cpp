// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator does about second factors and devices, and what is drawn on the terminal.
#include "app/server/device_commands.h"
#include "app/server/qr_text.h"
#include "app/server/second_factor_commands.h"
#include "sync/server/accounts/one_time_code.h"
#include "tests/sync/server_store_fixture.h"

#include <QJsonArray>
#include <QUrl>
#include <QUrlQuery>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using app::DeviceCommand;
using app::SecondFactorCommand;
using base::ErrorCode;
using base::Result;

namespace {

struct Desk : ServerStore {
    Desk() : ServerStore(model::Catalog::standard(), true)
    {
        for (const char *name : {"Anna", "Bo"})
            (void)written([&] { return accounts->add({QString::fromLatin1(name), QStringLiteral("sales_representative"), {}, PasswordHash{QByteArray(16, 's'), QByteArray(32, 'h'), 1024, 8, 1}}); });
    }

    /// As they come over the socket.
    Result<QJsonObject> factor(const char *command, const QString &code = {}, const char *name = "anna")
    {
        FIELDFARE_ASSIGN(const SecondFactorCommand asked, app::secondFactorCommandFromJson(toJson(SecondFactorCommand{QString::fromLatin1(command), QString::fromLatin1(name), code})));
        return written([&] { return app::runSecondFactorCommand(*tables, *accounts, asked); });
    }
    Result<QJsonArray> device(const DeviceCommand &command)
    {
        FIELDFARE_ASSIGN(const DeviceCommand asked, app::deviceCommandFromJson(toJson(command)));
        FIELDFARE_ASSIGN(const QJsonObject answer, written([&] { return app::runDeviceCommand(*accounts, asked); }));
        return answer.value(QStringLiteral("devices")).toArray();
    }
    protocol::EnrolReply enrol(const char *user, const char *name)
    {
        return *written([&] { return accounts->enrol({QString::fromLatin1(user), {}, QString::fromLatin1(name), QByteArray(32, 'k'), {}}, true); });
    }
};

QString text(const QJsonValue &object, const char *name)
{
    return object.toObject().value(QLatin1StringView(name)).toString();
}

/// The modules of a drawn code, dark ones true, a list a row.
QList<QList<bool>> modulesOf(const QStringList &lines)
{
    QList<QList<bool>> rows;
    for (const QString &line : lines) {
        QList<bool> above;
        QList<bool> below;
        for (const QChar block : line) {
            above.append(block == QChar(0x2588) || block == QChar(0x2580));
            below.append(block == QChar(0x2588) || block == QChar(0x2584));
        }
        rows.append(above);
        rows.append(below);
    }
    return rows;
}

/// Seven modules square, dark around light around a dark middle of three (ISO/IEC 18004, 6.3.3).
bool isFinder(const QList<QList<bool>> &rows, int left, int top)
{
    for (int y = 0; y < 7; ++y) {
        for (int x = 0; x < 7; ++x) {
            const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
            if (rows[top + y][left + x] != (ring != 2))
                return false;
        }
    }
    return true;
}

} // namespace

class TestAccountCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondFactorIsBegunAndConfirmed()
    {
        Desk desk;
        const auto begun = desk.factor("begin");
        FIELDFARE_VERIFY_OK(begun);
        QVERIFY(!begun->value(QStringLiteral("active")).toBool());
        const QUrl uri(begun->value(QStringLiteral("uri")).toString());
        QCOMPARE(uri.path(), QStringLiteral("/Fieldfare Company:Anna"));
        const auto record = *SecondFactorStore(*desk.connection).find(desk.accounts->userNamed(QStringLiteral("anna"))->user);
        QCOMPARE(QUrlQuery(uri).queryItemValue(QStringLiteral("secret")).toLatin1(), base32(record->secret));
        QCOMPARE(desk.factor("confirm", QStringLiteral("12345")).error().code, ErrorCode::SecondFactorWrong);
        const auto confirmed = desk.factor("confirm", QString::fromLatin1(oneTimeCode(record->secret, oneTimeStep(desk.clock.now))));
        FIELDFARE_VERIFY_OK(confirmed);
        QVERIFY(confirmed->value(QStringLiteral("active")).toBool());
        QVERIFY(!confirmed->contains(QStringLiteral("uri"))); // it is told once
        const QJsonArray codes = confirmed->value(QStringLiteral("recovery_codes")).toArray();
        QCOMPARE(codes.size(), SecondFactors::kRecoveryCodes);
        QCOMPARE(desk.factor("begin").error().code, ErrorCode::AlreadyExists);
        const auto renewed = desk.factor("codes");
        FIELDFARE_VERIFY_OK(renewed);
        QVERIFY(renewed->value(QStringLiteral("recovery_codes")).toArray() != codes);
        FIELDFARE_VERIFY_OK(desk.factor("remove"));
        QCOMPARE(desk.factor("remove").error().code, ErrorCode::NotFound);
        QCOMPARE(desk.factor("begin", {}, "nobody").error().code, ErrorCode::NotFound);
        QCOMPARE(desk.factor("forget").error().code, ErrorCode::ProtocolViolation);
    }

    void devicesAreListedWithTheirLastContact()
    {
        Desk desk;
        const auto first = desk.enrol("anna", "Laptop");
        desk.clock.now += 60'000;
        desk.enrol("bo", "Tablet");
        const auto all = desk.device({QStringLiteral("list")});
        FIELDFARE_VERIFY_OK(all);
        QCOMPARE(all->size(), 2);
        QCOMPARE(all->at(0).toObject().value(QStringLiteral("id")).toInt(), first.deviceNumber);
        QCOMPARE(text(all->at(0), "device"), first.device.toString());
        QCOMPARE(text(all->at(0), "name"), QStringLiteral("Laptop"));
        QCOMPARE(text(all->at(0), "user"), QStringLiteral("Anna"));
        QCOMPARE(text(all->at(0), "state"), QStringLiteral("active"));
        QCOMPARE(text(all->at(0), "last_contact"), QStringLiteral("2026-11-18T11:06:40Z"));
        QCOMPARE(text(all->at(1), "last_contact"), QStringLiteral("2026-11-18T11:07:40Z"));
        const auto bos = desk.device({QStringLiteral("list"), QStringLiteral("BO")});
        QCOMPARE(bos->size(), 1);
        QCOMPARE(text(bos->first(), "name"), QStringLiteral("Tablet"));
        QCOMPARE(desk.device({QStringLiteral("list"), QStringLiteral("nobody")}).error().code, ErrorCode::NotFound);
        FIELDFARE_VERIFY_OK(desk.written([&] { return desk.accounts->disable(QStringLiteral("bo")); }));
        QCOMPARE(text(desk.device({QStringLiteral("list"), QStringLiteral("bo")})->first(), "state"), QStringLiteral("disabled"));
    }

    void aRevokedDeviceIsToldAndTheOthersAreNot()
    {
        Desk desk;
        const auto lost = desk.enrol("anna", "Lost");
        const auto kept = desk.enrol("anna", "Kept");
        const auto revoked = desk.device({QStringLiteral("revoke"), {}, lost.deviceNumber});
        FIELDFARE_VERIFY_OK(revoked);
        QCOMPARE(text(revoked->first(), "state"), QStringLiteral("revoked"));
        FIELDFARE_VERIFY_OK(desk.device({QStringLiteral("revoke"), {}, lost.deviceNumber})); // it is one already
        const auto anew = [&desk](const protocol::EnrolReply &device) {
            const Session session{device.device, device.user, 0};
            return desk.written([&] { return desk.accounts->enrolAnew({{}, {}, {}, QByteArray(32, 'k'), device.device}, session); });
        };
        QCOMPARE(anew(lost).error().code, ErrorCode::DeviceRevoked); // no other identity either
        FIELDFARE_VERIFY_OK(anew(kept));
        QVERIFY((*desk.tables->device(lost.device))->revoked && !(*desk.tables->device(kept.device))->revoked);
        QCOMPARE(desk.device({QStringLiteral("revoke"), {}, 99}).error().code, ErrorCode::NotFound);
        QCOMPARE(desk.device({QStringLiteral("forget"), {}, 1}).error().code, ErrorCode::ProtocolViolation);
    }

    void aCodeIsDrawnAsPhonesReadIt()
    {
        const QString uri = oneTimeUri(QStringLiteral("Fieldfare Company"), QStringLiteral("anna"), QByteArray(20, 's'));
        const QStringList lines = app::qrLines(uri);
        const QList<QList<bool>> rows = modulesOf(lines);
        QVERIFY(!rows.isEmpty());
        const int width = int(rows.first().size()) - 8; // without the quiet zone
        QVERIFY2(width >= 21 && (width - 21) % 4 == 0, qPrintable(QString::number(width)));
        QVERIFY(width + 8 <= 80); // of a usual terminal
        for (const QString &line : lines)
            QCOMPARE(int(line.size()), width + 8);
        for (int i = 0; i < width + 8; ++i) {
            for (int edge = 0; edge < 4; ++edge)
                QVERIFY(!rows[edge][i] && !rows[width + 4 + edge][i] && !rows[i][edge] && !rows[i][width + 4 + edge]);
        }
        const int far = width + 4 - 7;
        QVERIFY(isFinder(rows, 4, 4) && isFinder(rows, far, 4) && isFinder(rows, 4, far));
        QVERIFY(!isFinder(rows, far, far)); // else it would be mirrored or turned
        for (int i = 8; i < width - 8; ++i) // the timing patterns
            QVERIFY(rows[4 + 6][4 + i] == (i % 2 == 0) && rows[4 + i][4 + 6] == (i % 2 == 0));
        QVERIFY(app::qrLines(uri + QLatin1Char('x')) != lines);
        QVERIFY(app::qrLines(QString(5000, QLatin1Char('x'))).isEmpty());
        QCOMPARE(app::qrForTerminal(uri).count(QLatin1Char('\n')), lines.size());
    }
};

QTEST_GUILESS_MAIN(TestAccountCommands)
#include "tst_account_commands.moc"
