// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What two administrators can do with the company's recovery key, what one cannot, and what the server notes of it.
#include "app/server/recovery_commands.h"
#include "core/base/hash.h"
#include "core/storage/passphrase.h"
#include "tests/sync/server_store_fixture.h"

#include <QRegularExpression>

using namespace fieldfare;
using namespace fieldfare::tests;
using app::RecoveryCommand;
using base::ErrorCode;
using base::Result;
using base::Secret;
using server::CompanyKey;
using server::RecoveryApproval;
using storage::DataKey;
using storage::RecoveryAnswer;
using storage::RecoveryRecord;
using storage::RecoveryRequest;

namespace {

Secret passphrase(const QString &name)
{
    return storage::passphraseBytes(QStringLiteral("recovery passphrase of ") + name);
}

DataKey keyOf(char seed)
{
    return DataKey::fromSecret(Secret::fromBytes(QByteArray(32, seed))).value();
}

/// A company with administrators, and a device of Bo's that is sealed to its key.
struct RecoveryCompany : ServerStore {
    CompanyKey key;
    base::Id device;
    DataKey dataKey = keyOf('d');
    Secret oneTimeKey = storage::curve::randomScalar();

    explicit RecoveryCompany(const QStringList &administrators = {QStringLiteral("Ada"), QStringLiteral("Ben"), QStringLiteral("Cyd")})
        : ServerStore(model::Catalog::standard(), true)
    {
        for (const QString &name : administrators)
            addUser(name, "system_administrator");
        addUser(QStringLiteral("Bo"), "sales_representative");
        std::vector<server::NewAdministrator> wanted;
        for (const QString &name : administrators)
            wanted.push_back({user(name), name, passphrase(name)});
        auto made = server::makeCompanyKey(wanted, clock.now, 14);
        if (!made.ok())
            qFatal("%s", qPrintable(made.error().detail));
        key = std::move(*made);
        device = addDevice(QStringLiteral("Bo"));
    }
    void addUser(const QString &name, const char *role)
    {
        const server::PasswordHash password{QByteArray(16, 's'), QByteArray(32, 'h'), server::PasswordCost().n, server::PasswordCost().r, server::PasswordCost().p};
        const auto added = written<server::UserSummary>([&] { return accounts->add({name, QString::fromLatin1(role), QString(), password}); });
        if (!added.ok())
            qFatal("%s", qPrintable(added.error().detail));
    }
    base::Id user(const QString &name)
    {
        const auto users = accounts->list();
        for (const server::UserSummary &one : *users) {
            if (one.name == name)
                return one.user;
        }
        return {};
    }
    base::Id addDevice(const QString &name)
    {
        server::DeviceRecord record;
        record.device = ids.next();
        record.incarnation = 1;
        record.user = user(name);
        record.name = name + QStringLiteral("'s laptop");
        record.rolling = QByteArray(32, '\0');
        if (!tables->write([&] { return tables->putDevice(record); }).ok())
            qFatal("device");
        return record.device;
    }
    template <typename T>
    Result<T> written(const std::function<Result<T>()> &work)
    {
        std::optional<Result<T>> answer;
        FIELDFARE_TRY(tables->write([&]() -> Result<void> {
            answer = work();
            return answer->ok() ? Result<void>() : Result<void>(answer->error());
        }));
        return *answer;
    }
    /// As a running server is asked: through JSON and back.
    Result<QJsonObject> ask(const RecoveryCommand &command)
    {
        const auto read = app::recoveryCommandFromJson(app::toJson(command));
        if (!read.ok())
            return read.error();
        const auto answer = written<QJsonObject>([&] { return app::runRecoveryCommand(*tables, *accounts, clock, *read); });
        if (!answer.ok())
            return answer.error();
        return answer->value(QStringLiteral("lines")).toArray().first().toObject();
    }
    Result<QJsonObject> ask(const char *what, const RecoveryRequest &request, const char *administrator)
    {
        RecoveryCommand command;
        command.what = QString::fromLatin1(what);
        command.request = request.toBytes();
        command.administrator = QString::fromLatin1(administrator);
        return ask(command);
    }
    Result<QJsonObject> make(bool replaces = false)
    {
        RecoveryCommand command;
        command.what = QStringLiteral("make");
        command.key = key;
        command.replaces = replaces;
        return ask(command);
    }
    RecoveryRequest request(const RecoveryRecord &record) { return {clock.now, *storage::curve::publicPoint(oneTimeKey), record}; }
    RecoveryRequest request() { return request(*RecoveryRecord::make(dataKey, device, key.publicKey)); }

    Secret privateKey(int number) const
    {
        const server::RecoveryAdministrator *const one = key.administrator(number);
        auto unlocked = server::unlockAdministrator(*one, passphrase(one->name));
        if (!unlocked.ok())
            qFatal("%s", qPrintable(unlocked.error().detail));
        return std::move(*unlocked);
    }
    /// What the first administrator hands on to the second.
    RecoveryApproval approval(int first, int second, const RecoveryRequest &request) const
    {
        const auto approvals = server::approve(key, first, privateKey(first), request);
        for (const RecoveryApproval &one : *approvals) {
            if (one.partner == second)
                return one;
        }
        qFatal("no approval");
        return {};
    }
    /// The whole of it, as the command line does it.
    Result<QJsonObject> approve(const char *name, const RecoveryRequest &request, std::optional<RecoveryAnswer> *answer = nullptr)
    {
        const auto material = ask("look", request, name);
        if (!material.ok())
            return material.error();
        const auto given = app::companyKeyFromJson(material->value(QStringLiteral("material")).toObject());
        const int number = material->value(QStringLiteral("number")).toInt();
        const auto others = app::approvalsFromJson(material->value(QStringLiteral("approvals")).toArray());
        if (!others.empty()) {
            const auto made = server::answer(*given, others.front(), privateKey(number), request);
            if (!made.ok())
                return made.error();
            if (answer != nullptr)
                *answer = *made;
            return ask("open", request, name);
        }
        RecoveryCommand command;
        command.what = QStringLiteral("approve");
        command.request = request.toBytes();
        command.administrator = QString::fromLatin1(name);
        const auto approvals = server::approve(*given, number, privateKey(number), request);
        if (!approvals.ok())
            return approvals.error();
        command.approvals = *approvals;
        return ask(command);
    }
    Result<server::UserSummary> disable(const QString &name, bool isStolen = false)
    {
        return written<server::UserSummary>([&] { return accounts->disable(name, isStolen); });
    }
    QStringList events()
    {
        server::RecoveryStore store(*connection);
        const auto notes = store.notes(0, 1000);
        QStringList events;
        for (const server::RecoveryNote &note : *notes)
            events.append(note.event + (note.administrator.isEmpty() ? QString() : QLatin1Char(' ') + note.administrator));
        return events;
    }
    bool opens(const RecoveryAnswer &answer) const
    {
        const auto opened = answer.open(oneTimeKey);
        return opened && opened->view() == dataKey.secret().view();
    }
};

} // namespace

class TestRecoveryCommands final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyTwoOpenWhatWasSealed()
    {
        const RecoveryCompany company;
        QCOMPARE(company.key.administrators.size(), 3U);
        QCOMPARE(company.key.halves.size(), 6U);
        RecoveryCompany &work = const_cast<RecoveryCompany &>(company);
        const RecoveryRequest request = work.request();
        for (int first = 1; first <= 3; ++first) {
            for (int second = 1; second <= 3; ++second) {
                if (first == second)
                    continue;
                const auto answer = server::answer(company.key, company.approval(first, second, request), company.privateKey(second), request);
                FIELDFARE_VERIFY_OK(answer);
                QVERIFY(company.opens(*answer));
            }
        }
    }

    /// With everything that lies on the server, and the one passphrase.
    void oneAloneOpensNothing()
    {
        RecoveryCompany company;
        const RecoveryRequest request = company.request();
        const Secret own = company.privateKey(1);
        const auto approvals = server::approve(company.key, 1, own, request);
        FIELDFARE_VERIFY_OK(approvals);
        QCOMPARE(approvals->size(), 2U);
        for (RecoveryApproval one : *approvals) {
            QVERIFY(!server::answer(company.key, one, own, request).ok()); // as if he were the partner
            one.administrator = one.partner;
            one.partner = 1;
            QVERIFY(!server::answer(company.key, one, own, request).ok()); // as if the partner had approved
        }
        // His own halves of both pairs do not make a whole, nor twice the same.
        std::vector<Secret> halves;
        for (const server::RecoveryHalf &half : company.key.halves) {
            QByteArray pair = company.key.publicKey + QByteArray(3, '\0') + char(half.administrator) + QByteArray(3, '\0') + char(half.partner);
            auto opened = storage::hpke::open(own, "fieldfare recovery: half of the company key 1", pair, half.sealed);
            QCOMPARE(opened.has_value(), half.administrator == 1);
            if (opened)
                halves.push_back(std::move(*opened));
        }
        QCOMPARE(halves.size(), 2U);
        for (const Secret &a : halves) {
            const auto part = storage::curve::multiply(request.record.ephemeral(), a);
            QVERIFY(!request.record.open(*part));
            for (const Secret &b : halves)
                QVERIFY(!request.record.open(*storage::curve::add(*part, *storage::curve::multiply(request.record.ephemeral(), b))));
        }
    }

    /// Whoever got the first approval of one request holds nothing for another.
    void anApprovalIsOfOneRequest()
    {
        RecoveryCompany company;
        const RecoveryRequest request = company.request();
        RecoveryApproval approval = company.approval(1, 2, request);
        RecoveryRequest swapped = request; // somebody put in a key of his own
        swapped.replyKey = *storage::curve::publicPoint(storage::curve::randomScalar());
        QCOMPARE(server::answer(company.key, approval, company.privateKey(2), swapped).error().code, ErrorCode::InvalidArgument);
        approval.request = swapped.hash();
        QCOMPARE(server::answer(company.key, approval, company.privateKey(2), swapped).error().code, ErrorCode::InvalidArgument);
        const RecoveryRequest other = company.request(); // the same device, sealed once more
        approval.request = other.hash();
        QCOMPARE(server::answer(company.key, approval, company.privateKey(2), other).error().code, ErrorCode::InvalidArgument);
        RecoveryApproval altered = company.approval(1, 2, request);
        altered.sealed[70] = char(altered.sealed[70] ^ 1);
        QCOMPARE(server::answer(company.key, altered, company.privateKey(2), request).error().code, ErrorCode::InvalidArgument);
        // The partner of another pair.
        QCOMPARE(server::answer(company.key, company.approval(1, 2, request), company.privateKey(3), request).error().code, ErrorCode::InvalidArgument);
    }

    void aWrongPassphraseUnlocksNobody()
    {
        RecoveryCompany company;
        QCOMPARE(server::unlockAdministrator(company.key.administrators[0], passphrase(QStringLiteral("Ben"))).error().code, ErrorCode::WrongPassphrase);
        server::RecoveryAdministrator swapped = company.key.administrators[0];
        swapped.publicKey = company.key.administrators[1].publicKey;
        QCOMPARE(server::unlockAdministrator(swapped, passphrase(QStringLiteral("Ada"))).error().code, ErrorCode::WrongPassphrase);
        for (const qsizetype size : {0, 50, 95, 97}) {
            server::RecoveryAdministrator damaged = company.key.administrators[0];
            damaged.sealedKey.resize(size);
            QCOMPARE(server::unlockAdministrator(damaged, passphrase(QStringLiteral("Ada"))).error().code, ErrorCode::InvalidArgument);
        }
        server::RecoveryAdministrator dear = company.key.administrators[0];
        dear.sealedKey[3] = char(40); // 2^40 KiB of memory
        QCOMPARE(server::unlockAdministrator(dear, passphrase(QStringLiteral("Ada"))).error().code, ErrorCode::InvalidArgument);
    }

    void aKeyNeedsTwoToTen()
    {
        const base::SystemClock clock;
        base::SystemRandom random;
        base::IdGenerator ids(clock, random);
        const auto made = [&](int count, bool twice) {
            std::vector<server::NewAdministrator> wanted;
            const base::Id same = ids.next();
            for (int i = 0; i < count; ++i)
                wanted.push_back({twice ? same : ids.next(), QString::number(i), passphrase(QString::number(i))});
            return server::makeCompanyKey(wanted, 0, 14);
        };
        QCOMPARE(made(1, false).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(made(11, false).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(made(2, true).error().code, ErrorCode::InvalidArgument);
        FIELDFARE_VERIFY_OK(made(2, false));
    }

    void theServerLeadsTwoAdministratorsThroughIt()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        const auto look = company.ask("look", request, "");
        FIELDFARE_VERIFY_OK(look);
        QCOMPARE(look->value(QStringLiteral("user")).toString(), QStringLiteral("Bo"));
        QCOMPARE(look->value(QStringLiteral("device")).toString(), QStringLiteral("Bo's laptop"));
        QCOMPARE(look->value(QStringLiteral("fingerprint")).toString(), request.fingerprint());
        QVERIFY(!look->contains(QStringLiteral("material")));
        const auto first = company.approve("ada", request);
        FIELDFARE_VERIFY_OK(first);
        QCOMPARE(first->value(QStringLiteral("approved_by")).toArray(), QJsonArray{QStringLiteral("Ada")});
        QCOMPARE(first->value(QStringLiteral("state")).toString(), QStringLiteral("waiting"));
        QCOMPARE(company.approve("ada", request).error().code, ErrorCode::AlreadyExists);
        std::optional<RecoveryAnswer> answer;
        const auto second = company.approve("Cyd", request, &answer);
        FIELDFARE_VERIFY_OK(second);
        QCOMPARE(second->value(QStringLiteral("state")).toString(), QStringLiteral("opened"));
        QVERIFY(company.opens(*RecoveryAnswer::parse(answer->toBytes())));
        const QStringList expected{QStringLiteral("made Ada, Ben, Cyd"), QStringLiteral("asked"), QStringLiteral("approved Ada"), QStringLiteral("opened Cyd")};
        QCOMPARE(company.events(), expected);
    }

    void theDeviceSaysThatItIsDone()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        const auto finish = [&](const base::Id &device) {
            return company.tables->write([&] { return server::RecoveryStore(*company.connection).noteFinished(request.hash(), device, company.clock.now); });
        };
        FIELDFARE_VERIFY_OK(finish(company.device)); // of something nobody asked for
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        FIELDFARE_VERIFY_OK(finish(company.device)); // too early
        FIELDFARE_VERIFY_OK(company.approve("Ben", request));
        FIELDFARE_VERIFY_OK(finish(company.addDevice(QStringLiteral("Ada")))); // another device
        QVERIFY(!company.events().contains(QStringLiteral("finished")));
        FIELDFARE_VERIFY_OK(finish(company.device));
        FIELDFARE_VERIFY_OK(finish(company.device)); // the reply was lost
        QCOMPARE(company.events().count(QStringLiteral("finished")), 1);
        QCOMPARE(company.ask("look", request, "")->value(QStringLiteral("state")).toString(), QStringLiteral("finished"));
        QCOMPARE(company.ask("open", request, "Ben").error().code, ErrorCode::RecordChanged); // it would need both again
    }

    void oneApprovalDoesNotOpen()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        QCOMPARE(company.ask("open", request, "Ada").error().code, ErrorCode::RecordChanged);
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        QCOMPARE(company.ask("open", request, "Ada").error().code, ErrorCode::RecordChanged);
        QCOMPARE(company.approve("Bo", request).error().code, ErrorCode::NotPermitted);
        QCOMPARE(company.approve("nobody", request).error().code, ErrorCode::NotFound);
        FIELDFARE_VERIFY_OK(company.disable(QStringLiteral("Ben")));
        QCOMPARE(company.approve("Ben", request).error().code, ErrorCode::NotPermitted);
        FIELDFARE_VERIFY_OK(company.approve("Cyd", request));
    }

    void aRefusedRequestStaysRefused()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        FIELDFARE_VERIFY_OK(company.ask("refuse", request, "Ben"));
        QCOMPARE(company.approve("Cyd", request).error().code, ErrorCode::RecordChanged);
        QCOMPARE(company.approve("Ada", request).error().code, ErrorCode::RecordChanged);
        QVERIFY(company.events().contains(QStringLiteral("refused Ben")));
        FIELDFARE_VERIFY_OK(company.approve("Ada", company.request())); // asked anew
    }

    void anApprovalLastsAWeek()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        company.clock.now += app::kApprovalLastsMs + 1;
        const auto later = company.approve("Cyd", request); // the first one now
        FIELDFARE_VERIFY_OK(later);
        QCOMPARE(later->value(QStringLiteral("approved_by")).toArray(), QJsonArray{QStringLiteral("Cyd")});
        QVERIFY(company.events().contains(QStringLiteral("expired")));
        std::optional<RecoveryAnswer> answer;
        FIELDFARE_VERIFY_OK(company.approve("Ada", request, &answer));
        QVERIFY(answer && company.opens(*answer));
    }

    void anApprovalEndsWithItsAdministratorsAccount()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        FIELDFARE_VERIFY_OK(company.disable(QStringLiteral("Ada")));
        QCOMPARE(company.ask("open", request, "Ben").error().code, ErrorCode::RecordChanged); // whatever Ben's process has kept of it
        const auto first = company.approve("Ben", request);                                   // the first one again
        FIELDFARE_VERIFY_OK(first);
        QCOMPARE(first->value(QStringLiteral("state")).toString(), QStringLiteral("waiting"));
        QCOMPARE(first->value(QStringLiteral("approved_by")).toArray(), QJsonArray{QStringLiteral("Ben")});
        std::optional<RecoveryAnswer> answer;
        FIELDFARE_VERIFY_OK(company.approve("Cyd", request, &answer));
        QVERIFY(answer && company.opens(*answer));
        const QStringList expected{QStringLiteral("made Ada, Ben, Cyd"), QStringLiteral("asked"), QStringLiteral("approved Ada"),
                                   QStringLiteral("voided Ada"), QStringLiteral("approved Ben"), QStringLiteral("opened Cyd")};
        QCOMPARE(company.events(), expected);
    }

    /// Nobody looked at the request while the account was disabled. In the next key its number is another's.
    void anApprovalDoesNotComeBackWithTheAccount()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        FIELDFARE_VERIFY_OK(company.approve("Ada", company.request()));
        std::swap(company.key.administrators[0].user, company.key.administrators[1].user);
        std::swap(company.key.administrators[0].name, company.key.administrators[1].name);
        company.key.publicKey = *storage::curve::publicPoint(storage::curve::randomScalar());
        FIELDFARE_VERIFY_OK(company.make(true));
        for (const QString &name : {QStringLiteral("Ben"), QStringLiteral("Ada"), QStringLiteral("Ada")}) {
            FIELDFARE_VERIFY_OK(company.disable(name));
            FIELDFARE_VERIFY_OK(company.written<server::UserSummary>([&] { return company.accounts->enable(name); }));
        }
        QCOMPARE(company.events().mid(3), (QStringList{QStringLiteral("made Ben, Ada, Cyd"), QStringLiteral("voided Ada")}));
    }

    void aRevokedDeviceIsNotOpened()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        FIELDFARE_VERIFY_OK(company.disable(QStringLiteral("Bo"), true));
        QCOMPARE(company.approve("Ben", request).error().code, ErrorCode::NotPermitted);
        QCOMPARE(company.ask("open", request, "Ben").error().code, ErrorCode::NotPermitted);
        const auto look = company.ask("look", request, "");
        FIELDFARE_VERIFY_OK(look);
        QVERIFY(look->value(QStringLiteral("revoked")).toBool());
    }

    /// Ben has the key file of a stolen laptop, and puts its sealing under the name of a laptop of his own. Ada would be shown that, and
    /// would hand Ben her part of what opens the stolen one's: with a program of his own he would take it from there.
    void aSealingUnderAnotherNameIsNotApproved()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const QByteArray own = company.addDevice(QStringLiteral("Ben")).toBytes();
        const QByteArray sound = company.request().toBytes();
        RecoveryCommand command;
        command.administrator = QStringLiteral("Ada");
        const auto ask = [&](const char *what, const QByteArray &request) {
            command.what = QString::fromLatin1(what);
            command.request = request.chopped(32) + base::sha256(request.chopped(32)); // anybody can make the checksum
            return company.ask(command);
        };
        FIELDFARE_VERIFY_OK(ask("look", sound));
        const QStringList before = company.events();
        QByteArray renamed = sound;
        renamed.replace(85 + 4, 16, own);
        for (const char *what : {"look", "approve", "open"}) {
            const auto answer = ask(what, renamed);
            QVERIFY2(!answer.ok(), what);
            QCOMPARE(answer.error().code, ErrorCode::InvalidArgument);
        }
        // Nor is his own sealing with the stolen one's point in it, with or without the proof of either.
        const QByteArray his = company.request(*RecoveryRecord::make(company.dataKey, base::Id::fromBytes(own), company.key.publicKey)).toBytes();
        for (const auto &[offset, size] : {std::pair(93, 65), std::pair(93, 113), std::pair(93, 242), std::pair(206, 129), std::pair(206, 65)}) {
            QByteArray mixed = his;
            mixed.replace(85 + offset, size, sound.sliced(85 + offset, size));
            const auto answer = ask("look", mixed);
            QVERIFY2(!answer.ok(), qPrintable(QString::number(offset)));
            QCOMPARE(answer.error().code, ErrorCode::InvalidArgument);
        }
        QCOMPARE(company.events(), before);
        FIELDFARE_VERIFY_OK(ask("look", his)); // which is what it says
    }

    /// As devices of before sent it: nothing shows for which device it was made.
    void aRequestOfTheFirstVersionIsToldToSync()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        QByteArray bytes = company.request().toBytes();
        bytes[11] = 1;
        bytes.remove(85 + 206, 129);
        bytes[85 + 3] = 1;
        bytes = bytes.chopped(32) + base::sha256(bytes.chopped(32));
        QCOMPARE(bytes.size(), 355);
        RecoveryCommand command;
        command.what = QStringLiteral("look");
        command.request = bytes;
        const auto answer = company.ask(command);
        QVERIFY(!answer.ok());
        QCOMPARE(answer.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(answer.error().detail.contains(QStringLiteral("sync once")), qPrintable(answer.error().detail));
    }

    void strangersRequestsAreRefused()
    {
        RecoveryCompany company;
        QCOMPARE(company.ask("look", company.request(), "").error().code, ErrorCode::NotFound); // no key yet
        FIELDFARE_VERIFY_OK(company.make());
        RecoveryCompany other;
        QCOMPARE(company.ask("look", other.request(), "").error().code, ErrorCode::NotFound);
        QCOMPARE(company.ask("look", company.request(*RecoveryRecord::make(company.dataKey, other.device, company.key.publicKey)), "").error().code, ErrorCode::NotFound);
        RecoveryCommand garbage;
        garbage.what = QStringLiteral("look");
        garbage.request = QByteArray(RecoveryRequest::kSize, 'x');
        QCOMPARE(company.ask(garbage).error().code, ErrorCode::InvalidArgument);
        QVERIFY(company.events() == QStringList{QStringLiteral("made Ada, Ben, Cyd")});
    }

    /// The former key opens what is still sealed to it; devices are given the new one.
    void aReplacedKeyGoesOnOpening()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        const CompanyKey former = company.key;
        company.key = *server::makeCompanyKey({[&] {
            std::vector<server::NewAdministrator> two;
            for (const char *name : {"Ben", "Cyd"})
                two.push_back({company.user(QString::fromLatin1(name)), QString::fromLatin1(name), passphrase(QString::fromLatin1(name))});
            return two;
        }()}, company.clock.now, 14);
        QCOMPARE(company.make().error().code, ErrorCode::AlreadyExists);
        FIELDFARE_VERIFY_OK(company.make(true));
        QCOMPARE(server::RecoveryStore(*company.connection).currentPublicKey().value(), company.key.publicKey);
        QCOMPARE(company.approve("Ada", company.request()).error().code, ErrorCode::NotPermitted); // not of the new one
        company.key = former;
        std::optional<RecoveryAnswer> answer;
        FIELDFARE_VERIFY_OK(company.approve("Ada", request));
        FIELDFARE_VERIFY_OK(company.approve("Ben", request, &answer));
        QVERIFY(company.opens(*answer));
    }

    void onlySystemAdministratorsHoldIt()
    {
        RecoveryCompany company;
        RecoveryCommand who;
        who.what = QStringLiteral("who");
        who.names = {QStringLiteral("ada"), QStringLiteral("Ben")};
        FIELDFARE_VERIFY_OK(company.ask(who));
        who.names = {QStringLiteral("Ada"), QStringLiteral("Bo")};
        QCOMPARE(company.ask(who).error().code, ErrorCode::NotPermitted);
        who.names = {QStringLiteral("Ada"), QStringLiteral("ADA")};
        QCOMPARE(company.ask(who).error().code, ErrorCode::InvalidArgument);
        who.names = {QStringLiteral("Ada"), QStringLiteral("nobody")};
        QCOMPARE(company.ask(who).error().code, ErrorCode::NotFound);
    }

    void theAuditShowsWhatWasTakenAway()
    {
        RecoveryCompany company;
        FIELDFARE_VERIFY_OK(company.make());
        FIELDFARE_VERIFY_OK(company.approve("Ada", company.request()));
        server::RecoveryStore store(*company.connection);
        QCOMPARE(store.isWhole().value(), true);
        FIELDFARE_VERIFY_OK(company.connection->execute(QStringLiteral("UPDATE recovery_audit SET administrator='Ben' WHERE event='approved'")));
        QCOMPARE(store.isWhole().value(), false);
        FIELDFARE_VERIFY_OK(company.connection->execute(QStringLiteral("UPDATE recovery_audit SET administrator='Ada' WHERE event='approved'")));
        QCOMPARE(store.isWhole().value(), true);
        FIELDFARE_VERIFY_OK(company.connection->execute(QStringLiteral("DELETE FROM recovery_audit WHERE no=1")));
        QCOMPARE(store.isWhole().value(), false);
    }

    /// What comes by the socket is the data folder's owner's, but must not be able to leave a key behind that opens nothing.
    void malformedCommandsAreRefused()
    {
        RecoveryCompany company;
        const QJsonObject sound = app::toJson(company.key);
        FIELDFARE_VERIFY_OK(app::companyKeyFromJson(sound));
        for (const QString &name : sound.keys()) {
            if (name == QLatin1StringView("made_at"))
                continue;
            QJsonObject broken = sound;
            broken.remove(name);
            QCOMPARE(app::companyKeyFromJson(broken).error().code, ErrorCode::ProtocolViolation);
        }
        QCOMPARE(app::recoveryCommandFromJson({{QStringLiteral("recovery"), QStringLiteral("steal")}}).error().code, ErrorCode::ProtocolViolation);
        FIELDFARE_VERIFY_OK(company.make());
        const RecoveryRequest request = company.request();
        RecoveryCommand command;
        command.what = QStringLiteral("approve");
        command.request = request.toBytes();
        command.administrator = QStringLiteral("Ada");
        command.approvals = *server::approve(company.key, 2, company.privateKey(2), request); // in the name of another
        QCOMPARE(company.ask(command).error().code, ErrorCode::ProtocolViolation);
        command.approvals = {{request.hash(), 1, 2, QByteArray(5, 'x'), 0}};
        QCOMPARE(company.ask(command).error().code, ErrorCode::ProtocolViolation);
    }
};

QTEST_GUILESS_MAIN(TestRecoveryCommands)
#include "tst_recovery_commands.moc"
