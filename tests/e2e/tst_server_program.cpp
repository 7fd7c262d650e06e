// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/model/catalog.h"
#include "sync/net/http_client.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"
#include "sync/server/accounts/address_lock.h"
#include "tests/e2e/server_process.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace fieldfare;
using namespace fieldfare::tests;

namespace {

/// One device's HTTPS client, pinned to the server's authority.
class Device {
public:
    Device(const QString &url, const QByteArray &fingerprint)
        : m_client(net::ServerAddress{QUrl(url), {QByteArray::fromHex(fingerprint)}}, m_clock)
    {
    }

    /// Status and body; status 0 when the request failed.
    net::HttpReply call(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        net::HttpHeaders headers{{QByteArrayLiteral("Content-Type"), protocol::kContentType},
                                 {protocol::kVersionHeader, QByteArray::number(version)}};
        if (!token.isEmpty())
            headers.emplaceBack(QByteArrayLiteral("Authorization"), "Bearer " + token.toLatin1());
        net::HttpReply answer;
        QEventLoop loop;
        m_client.request(method, path, headers, body, [&](base::Result<net::HttpReply> reply) {
            if (reply.ok())
                answer = *reply;
            else
                qWarning("%s: %s", qPrintable(base::errorCodeName(reply.error().code)), qPrintable(reply.error().detail));
            loop.quit();
        });
        loop.exec();
        return answer;
    }

    template <typename Reply, typename Request>
    std::optional<Reply> ask(const QByteArray &path, const Request &request)
    {
        const net::HttpReply answer = call("POST", path, protocol::encode(request));
        status = answer.status;
        if (status != 200) {
            const auto failure = protocol::decode<protocol::FailureReply>(answer.body);
            code = failure.ok() ? failure->code : QString();
            return std::nullopt;
        }
        const auto reply = protocol::decode<Reply>(answer.body);
        return reply.ok() ? std::optional<Reply>(*reply) : std::nullopt;
    }

    bool enrol(const QString &user, const QString &password)
    {
        const auto reply = ask<protocol::EnrolReply>(
            protocol::kEnrolPath, protocol::EnrolRequest{user, password, QStringLiteral("Test"), QByteArray(32, 'k'), {}});
        if (!reply)
            return false;
        identity = *reply;
        token = reply->accessToken;
        m_rolling = changes::firstRollingHash();
        return true;
    }

    /// Creates a tag and pushes it.
    std::optional<protocol::PushReply> pushTag(const QString &name)
    {
        changes::Operation operation;
        operation.name = {identity.device, identity.incarnation, ++m_n};
        operation.kind = changes::OperationKind::Create;
        operation.entity = model::EntityId(8);
        for (const model::Entity &entity : model::Catalog::standard()->entities()) {
            if (entity.name() == QLatin1StringView("tag")) {
                operation.entity = entity.id();
                operation.values = {{entity.field(QStringLiteral("name"))->key, model::Value(name)}};
            }
        }
        operation.record = m_ids.next();
        operation.user = identity.user;
        operation.stamp = {m_clock.wallMs(), m_clock.bootMs(), m_clock.bootId()};
        const QByteArray content = changes::encodeContent(operation);
        m_rolling = changes::nextRollingHash(m_rolling, changes::contentHash(operation, content));
        protocol::PushRequest request;
        request.device = identity.device;
        request.incarnation = identity.incarnation;
        request.epoch = identity.epoch;
        request.rolling = m_rolling;
        request.operations = {operation};
        request.clock = {m_clock.wallMs(), m_clock.bootMs(), m_clock.bootId()};
        return ask<protocol::PushReply>(protocol::kPushPath, request);
    }

    std::optional<protocol::PullReply> pull(changes::Version cursor)
    {
        protocol::PullRequest request;
        request.device = identity.device;
        request.epoch = identity.epoch;
        request.cursor = cursor;
        return ask<protocol::PullReply>(protocol::kPullPath, request);
    }

    protocol::EnrolReply identity;
    QString token;
    QString code;
    int status = 0;
    int version = protocol::kProtocolVersion;

private:
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    base::IdGenerator m_ids{m_clock, m_random};
    QByteArray m_rolling;
    std::uint64_t m_n = 0;
    net::HttpClient m_client;
};

} // namespace

/// The real program: init, serve, user, verify; ended politely and not.
class TestServerProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void wrongUsageIsTold();
    void helpNeedsNoFolder();
    void initMakesAServerOnce();
    void wrongPassphraseChangesNothing();
    void secretFilesAreChecked();
    void usersAreMadeBesideARunningServer();
    void aDeviceEnrolsPushesAndPulls();
    void guessingFromOneAddressWaits();
    void aRevokedDeviceIsToldWhateverItAsks();
    void requestsAreChecked();
    void whatOnlyReadsDoesNotWaitForTheWriter();
    void aSecondServerIsRefused();
    void confirmedWorkSurvivesAKill();
    void verifyFindsDamage();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerProcess> m_server;
    QByteArray m_fingerprint;

    void makeServer()
    {
        const ServerRun made = m_server->init();
        QVERIFY2(made.exitCode == 0, made.errors.constData());
        m_fingerprint = made.json().value(QStringLiteral("fingerprint")).toString().toLatin1();
        QCOMPARE(m_fingerprint.size(), 64);
    }
    [[nodiscard]] QString data() const { return m_folder->filePath(QStringLiteral("server")); }
};

void TestServerProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ServerProcess>(data());
}

void TestServerProgram::cleanup()
{
    m_server.reset();
    m_folder.reset();
}

void TestServerProgram::wrongUsageIsTold()
{
    for (const QStringList &arguments : {QStringList{}, QStringList{QStringLiteral("fly")}, QStringList{QStringLiteral("init")},
                                         QStringList{QStringLiteral("user"), QStringLiteral("add")},
                                         QStringList{QStringLiteral("verify"), QStringLiteral("--team"), QStringLiteral("x")}}) {
        const ServerRun run = m_server->run(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.output.isEmpty());
        QCOMPARE(run.error().value(QStringLiteral("code")).toString(), QStringLiteral("InvalidArgument"));
        QVERIFY2(run.error().value(QStringLiteral("advice")).toString().contains(QLatin1String("fieldfare-server COMMAND --help")), run.errors.constData());
    }
    QVERIFY(!QFile::exists(data()));
}

void TestServerProgram::helpNeedsNoFolder()
{
    for (const char *command : {"init", "serve", "user", "verify"}) {
        const ServerRun help = m_server->run({QString::fromLatin1(command), QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY2(help.output.startsWith(QByteArray("usage: fieldfare-server ") + command) && help.output.contains("--data DIR"), help.output.constData());
        QVERIFY(help.errors.isEmpty());
    }
    const QByteArray user = m_server->run({QStringLiteral("user"), QStringLiteral("--help")}).output;
    for (const char *role : {"system_administrator", "sales_manager", "sales_representative", "customer_service_representative", "market_analyst", "data_administrator"})
        QVERIFY2(user.contains(role), role);
    QVERIFY(m_server->run({QStringLiteral("--help")}).output.contains("FIELDFARE_PASSPHRASE"));
    const ServerRun version = m_server->run({QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.output.startsWith("fieldfare-server "));
    QVERIFY(!QFile::exists(data()));
}

void TestServerProgram::initMakesAServerOnce()
{
    makeServer();
    for (const char *name : {"server.db", "data.key", "ca.crt", "ca.key", "server.crt", "server.key"})
        QVERIFY2(QFile::exists(data() + u'/' + QLatin1StringView(name)), name);
    QCOMPARE(QFile::permissions(data() + QStringLiteral("/data.key")) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QFile file(data() + QStringLiteral("/server.db"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(!bytes.contains("admin") && !bytes.contains("SQLite format"));
    const ServerRun again = m_server->init();
    QCOMPARE(again.exitCode, 1);
    QVERIFY(again.errors.contains("AlreadyExists"));
    const ServerRun sound = m_server->run({QStringLiteral("verify")});
    QVERIFY2(sound.exitCode == 0, sound.errors.constData());
    QVERIFY(sound.json().value(QStringLiteral("ok")).toBool());
    QVERIFY(sound.json().value(QStringLiteral("rows")).toInt() > 50);
}

void TestServerProgram::wrongPassphraseChangesNothing()
{
    m_server->setPassphrase(QStringLiteral("password"));
    QVERIFY(m_server->init().errors.contains("WeakPassphrase"));
    m_server->setPassphrase(kServerPassphrase);
    makeServer();
    m_server->setPassphrase(QStringLiteral("another-harbour-cinnamon-41-lantern"));
    const ServerRun run = m_server->run({QStringLiteral("user"), QStringLiteral("list")});
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.errors.contains("WrongPassphrase"));
    QVERIFY(m_server->serve().isEmpty());
    QCOMPARE(m_server->end(), 1);
    m_server->setPassphrase(kServerPassphrase);
    QCOMPARE(m_server->run({QStringLiteral("user"), QStringLiteral("list")}).exitCode, 0);
}

void TestServerProgram::secretFilesAreChecked()
{
    makeServer();
    m_server->setPassphrase(QString());
    const auto list = [this](const QString &path) {
        return m_server->run({QStringLiteral("user"), QStringLiteral("list"), QStringLiteral("--secret-file"), path});
    };
    const auto write = [](const QString &path, QFile::Permissions permissions) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kServerPassphrase.toUtf8() + '\n');
        file.setPermissions(permissions);
    };
    const QString good = m_folder->filePath(QStringLiteral("secret"));
    write(good, QFile::ReadOwner);
    QCOMPARE(list(good).exitCode, 0);
    const QString open = m_folder->filePath(QStringLiteral("open"));
    write(open, QFile::ReadOwner | QFile::ReadGroup);
    QVERIFY(list(open).errors.contains("PermissionDenied"));
    const QString inside = data() + QStringLiteral("/secret");
    write(inside, QFile::ReadOwner);
    QVERIFY(list(inside).errors.contains("PermissionDenied"));
    QVERIFY(m_server->run({QStringLiteral("user"), QStringLiteral("list")}).errors.contains("no terminal"));
}

void TestServerProgram::usersAreMadeBesideARunningServer()
{
    makeServer();
    const QStringList addAnna{QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("anna"), QStringLiteral("--team"), QStringLiteral("Central")};
    QCOMPARE(m_server->run(addAnna).exitCode, 0); // without a server
    QVERIFY(!m_server->serve().isEmpty());
    m_server->setPassphrase(QString()); // the running one has the store open
    const ServerRun bo = m_server->run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("bo"), QStringLiteral("--team"),
                                        QStringLiteral("central"), QStringLiteral("--role"), QStringLiteral("sales_manager")});
    QVERIFY2(bo.exitCode == 0, bo.errors.constData());
    QCOMPARE(bo.json().value(QStringLiteral("team")).toString(), QStringLiteral("Central"));
    QVERIFY(m_server->run(addAnna).errors.contains("AlreadyExists"));
    const ServerRun king = m_server->run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("li"), QStringLiteral("--role"), QStringLiteral("king")});
    QCOMPARE(king.exitCode, 1);
    QVERIFY(king.output.isEmpty());
    QCOMPARE(king.error().value(QStringLiteral("code")).toString(), QStringLiteral("UnknownChoice"));
    QCOMPARE(king.error().value(QStringLiteral("subject")).toString(), QStringLiteral("role king"));
    QVERIFY2(king.errors.contains("sales_manager, sales_representative"), king.errors.constData());
    QVERIFY(m_server->run({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("li")}, QStringLiteral("short")).errors.contains("InvalidArgument"));
    QCOMPARE(m_server->run({QStringLiteral("user"), QStringLiteral("disable"), QStringLiteral("bo")}).exitCode, 0);
    const ServerRun list = m_server->run({QStringLiteral("user"), QStringLiteral("list")});
    const QList<QByteArray> lines = list.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(QJsonDocument::fromJson(lines.at(2)).object().value(QStringLiteral("disabled")).toBool());
    QCOMPARE(m_server->terminate(), 0);
    QVERIFY(!m_server->log().contains(kAdminPassword.toUtf8()));
}

/// At so many accounts that none of them is locked.
void TestServerProgram::guessingFromOneAddressWaits()
{
    makeServer();
    const QString url = m_server->serve();
    Device device(url, m_fingerprint);
    QVERIFY(device.enrol(QStringLiteral("admin"), kAdminPassword));
    Device other(url, m_fingerprint);
    for (int i = 0; i < fieldfare::server::AddressLock::kFreeFailures; ++i) {
        QVERIFY(!other.enrol(QStringLiteral("user %1").arg(i), QStringLiteral("wrong password")));
        QCOMPARE(other.code, QStringLiteral("SignInFailed"));
    }
    QVERIFY(!other.enrol(QStringLiteral("admin"), kAdminPassword));
    QCOMPARE(other.code, QStringLiteral("TooManyAttempts"));
    QCOMPARE(other.status, 429);
    QVERIFY(device.pushTag(QStringLiteral("important")).has_value()); // who has signed in works on
}

/// Its token would be good for a quarter of an hour.
void TestServerProgram::aRevokedDeviceIsToldWhateverItAsks()
{
    makeServer();
    const QString url = m_server->serve();
    Device device(url, m_fingerprint);
    Device other(url, m_fingerprint);
    QVERIFY(device.enrol(QStringLiteral("admin"), kAdminPassword) && other.enrol(QStringLiteral("admin"), kAdminPassword));
    const ServerRun revoked = m_server->run({QStringLiteral("device"), QStringLiteral("revoke"), QString::number(device.identity.deviceNumber)});
    QCOMPARE(revoked.exitCode, 0);
    const auto pushed = device.pushTag(QStringLiteral("important"));
    QVERIFY(pushed && pushed->status == protocol::PushStatus::Revoked);
    const auto pulled = device.pull(0);
    QVERIFY(pulled && pulled->status == protocol::PullStatus::Revoked);
    const base::Id id = device.identity.device;
    const auto epoch = device.identity.epoch;
    QVERIFY(!device.ask<protocol::DownloadStart>(protocol::kDownloadStartPath, protocol::DownloadStartRequest{id}));
    QCOMPARE(device.code, QStringLiteral("DeviceRevoked"));
    QVERIFY(!device.ask<protocol::ChecksumReply>(protocol::kChecksumPath, protocol::ChecksumRequest{id, epoch, pulled->counter}));
    QCOMPARE(device.code, QStringLiteral("DeviceRevoked"));
    const model::EntityId customer = model::Catalog::standard()->entity(QStringLiteral("customer"))->id();
    QVERIFY(!device.ask<protocol::NumberLeaseReply>(protocol::kNumbersPath, protocol::NumberLeaseRequest{id, {{customer, 50}}}));
    QCOMPARE(device.code, QStringLiteral("DeviceRevoked"));
    QCOMPARE(device.status, 403);
    QVERIFY(other.pushTag(QStringLiteral("important")).has_value());
}

void TestServerProgram::aDeviceEnrolsPushesAndPulls()
{
    makeServer();
    const QString url = m_server->serve();
    QVERIFY(!url.isEmpty());
    Device device(url, m_fingerprint);
    QVERIFY(!device.enrol(QStringLiteral("admin"), QStringLiteral("wrong password")));
    QCOMPARE(device.status, 401);
    QVERIFY(device.enrol(QStringLiteral("Admin"), kAdminPassword));
    const auto start = device.ask<protocol::DownloadStart>(protocol::kDownloadStartPath, protocol::DownloadStartRequest{device.identity.device});
    QVERIFY(start.has_value());
    const auto pushed = device.pushTag(QStringLiteral("important"));
    QVERIFY(pushed.has_value());
    QVERIFY(pushed->status == protocol::PushStatus::Accepted);
    QCOMPARE(pushed->verdicts.size(), 1U);
    QVERIFY2(pushed->verdicts.front().outcome == changes::Outcome::Applied, qPrintable(pushed->verdicts.front().reason));
    const auto pulled = device.pull(start->cursor);
    QVERIFY(pulled.has_value());
    QVERIFY(pulled->complete);
    QCOMPARE(pulled->rows.size(), 1U);
    protocol::DownloadRequest page;
    page.device = device.identity.device;
    page.epoch = device.identity.epoch;
    page.entity = model::Catalog::standard()->entity(QStringLiteral("choice_value"))->id();
    const auto rows = device.ask<protocol::DownloadPage>(protocol::kDownloadPagePath, page);
    QVERIFY(rows.has_value());
    QVERIFY(rows->last && rows->rows.size() > 50);
    const auto sum = device.ask<protocol::ChecksumReply>(
        protocol::kChecksumPath, protocol::ChecksumRequest{device.identity.device, device.identity.epoch, pulled->counter});
    QVERIFY(sum.has_value());
    QCOMPARE(sum->counter, pulled->counter);
    QVERIFY(sum->rows > rows->rows.size());
    const auto lease = device.ask<protocol::NumberLeaseReply>(
        protocol::kNumbersPath,
        protocol::NumberLeaseRequest{device.identity.device, {{model::Catalog::standard()->entity(QStringLiteral("customer"))->id(), 50}}});
    QVERIFY(lease.has_value());
    QCOMPARE(lease->leases.front().count, 50U);
    QCOMPARE(device.call("GET", "/healthz").status, 200);
    QCOMPARE(device.call("GET", "/readyz").status, 200);
    QVERIFY(device.call("GET", "/metrics").body.contains("fieldfare_operations_total 1"));
    QCOMPARE(m_server->terminate(), 0);
    const QByteArray log = m_server->log();
    QVERIFY(log.contains("/sync/v1/push") && !log.contains("important") && !log.contains(device.token.toLatin1()));
    const ServerRun sound = m_server->run({QStringLiteral("verify")});
    QVERIFY2(sound.exitCode == 0, sound.errors.constData());
    QCOMPARE(sound.json().value(QStringLiteral("devices")).toInt(), 1);
}

void TestServerProgram::requestsAreChecked()
{
    makeServer();
    const QString url = m_server->serve();
    Device device(url, m_fingerprint);
    QVERIFY(device.enrol(QStringLiteral("admin"), kAdminPassword));
    const QString token = device.token;
    device.token = token + QStringLiteral("x");
    QVERIFY(!device.pull(0));
    QCOMPARE(device.status, 401);
    device.token.clear();
    QVERIFY(!device.pull(0));
    QCOMPARE(device.status, 401);
    device.token = token;
    device.version = 0;
    QVERIFY(!device.pull(0));
    QCOMPARE(device.code, QStringLiteral("ClientTooOld"));
    device.version = 1;
    const base::Id own = device.identity.device;
    device.identity.device = base::Id::fromName(QStringLiteral("x"), QString());
    QVERIFY(!device.pull(0));
    QCOMPARE(device.status, 403);
    device.identity.device = own;
    QCOMPARE(device.call("POST", protocol::kPushPath, QByteArray("rubbish")).status, 400);
    QCOMPARE(device.call("POST", "/sync/v1/nowhere", QByteArray("x")).status, 404);
    QCOMPARE(device.call("GET", protocol::kPullPath).status, 405);
    QVERIFY(device.pull(0).has_value());
    QCOMPARE(m_server->run({QStringLiteral("user"), QStringLiteral("disable"), QStringLiteral("admin")}).exitCode, 0);
    QVERIFY(!device.pull(0));
    QCOMPARE(device.status, 403);
    QCOMPARE(device.code, QStringLiteral("AccountDisabled"));
    QVERIFY(!device.pushTag(QStringLiteral("after")));
    QCOMPARE(device.code, QStringLiteral("AccountDisabled"));
    protocol::HandInRequest part;
    part.push.device = device.identity.device;
    part.push.incarnation = device.identity.incarnation;
    part.push.epoch = device.identity.epoch;
    part.signature = QByteArray(64, 'x');
    QVERIFY(!device.ask<protocol::HandInReply>(protocol::kHandInPath, part)); // a token is no signature
    QCOMPARE(device.status, 401);
}

/// Nor does it make devices wait: a look at the quarantine, and a hand-in that no device signed.
void TestServerProgram::whatOnlyReadsDoesNotWaitForTheWriter()
{
    makeServer();
    const QString url = m_server->serve();
    QVERIFY2(!url.isEmpty(), m_server->log().constData());
    Device device(url, m_fingerprint);
    QVERIFY(device.enrol(QStringLiteral("admin"), kAdminPassword));
    QVERIFY(device.pushTag(QStringLiteral("important")).has_value());
    const auto writeJobs = [&device] {
        const QByteArray text = device.call("GET", "/metrics").body;
        const QByteArray name = "\nfieldfare_write_jobs_total ";
        const qsizetype at = text.indexOf(name);
        return at < 0 ? -1 : text.mid(at + name.size(), 20).split('\n').first().toLongLong();
    };
    QCOMPARE(m_server->run({QStringLiteral("quarantine"), QStringLiteral("list")}).exitCode, 0);
    const qint64 before = writeJobs();
    QVERIFY(before > 0);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(m_server->run({QStringLiteral("quarantine"), QStringLiteral("list")}).exitCode, 0);
        QVERIFY(m_server->run({QStringLiteral("quarantine"), QStringLiteral("show"), QStringLiteral("1")}).errors.contains("NotFound"));
        protocol::HandInRequest unsignedPart;
        unsignedPart.push.device = device.identity.device;
        unsignedPart.signature = QByteArray(64, 's');
        QVERIFY(!device.ask<protocol::HandInReply>(protocol::kHandInPath, unsignedPart).has_value());
        QCOMPARE(device.code, QStringLiteral("SignInFailed"));
    }
    QCOMPARE(writeJobs(), before);
}

void TestServerProgram::aSecondServerIsRefused()
{
    makeServer();
    QVERIFY(!m_server->serve().isEmpty());
    ServerProcess second(data());
    QVERIFY(second.serve().isEmpty());
    QCOMPARE(second.end(), 1);
    QVERIFY(second.log().contains("ProfileInUse"));
    QVERIFY(second.run({QStringLiteral("verify")}).errors.contains("ProfileInUse"));
    QCOMPARE(m_server->terminate(), 0);
}

void TestServerProgram::confirmedWorkSurvivesAKill()
{
    makeServer();
    QString url = m_server->serve();
    auto device = std::make_unique<Device>(url, m_fingerprint);
    QVERIFY(device->enrol(QStringLiteral("admin"), kAdminPassword));
    for (int i = 0; i < 5; ++i)
        QVERIFY(device->pushTag(QStringLiteral("tag %1").arg(i)).has_value());
    const protocol::EnrolReply identity = device->identity;
    m_server->kill();
    url = m_server->serve(); // over the dead one's lock and socket
    QVERIFY2(!url.isEmpty(), m_server->log().constData());
    device = std::make_unique<Device>(url, m_fingerprint);
    device->identity = identity;
    device->token = identity.accessToken; // a restart signs nobody out
    const auto pulled = device->pull(0);
    QVERIFY(pulled.has_value());
    int tags = 0;
    const model::EntityId tag = model::Catalog::standard()->entity(QStringLiteral("tag"))->id();
    for (const changes::RowChange &row : pulled->rows)
        tags += row.entity == tag ? 1 : 0;
    QCOMPARE(tags, 5);
    m_server->kill();
    const ServerRun sound = m_server->run({QStringLiteral("verify")});
    QVERIFY2(sound.exitCode == 0, (sound.errors + sound.output).constData());
}

void TestServerProgram::verifyFindsDamage()
{
    makeServer();
    QFile file(data() + QStringLiteral("/server.db"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 at = 4096 * 7 + 100;
    QVERIFY(file.size() > at);
    file.seek(at);
    char byte = 0;
    file.getChar(&byte);
    file.seek(at);
    file.putChar(char(byte ^ 1));
    file.close();
    const ServerRun run = m_server->run({QStringLiteral("verify")});
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.errors.contains("page 8"), run.errors.constData());
}

QTEST_GUILESS_MAIN(TestServerProgram)
#include "tst_server_program.moc"
