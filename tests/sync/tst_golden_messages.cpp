// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/codec.h"
#include "sync/protocol/frame.h"
#include "tests/testlib/sample_messages.h"

#include <QCborValue>
#include <QDir>
#include <QFile>
#include <QTest>

using namespace fieldfare;
using namespace fieldfare::protocol;
using fieldfare::testlib::SampleMessages;

namespace {

const char *const kContentLabels[] = {"kind", "entity", "record", "values", "base", "before", "seen cursor", "seen exceptions", "seen own",
                                      "action", "group", "user", "stamp"};

QString folder(const char *name)
{
    return qEnvironmentVariable("FIELDFARE_TEST_DATA") + QLatin1Char('/') + QLatin1StringView(name) + QLatin1Char('/');
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Diagnostic notation (RFC 8949, section 8), one item of the outermost array a line.
QByteArray readable(const QByteArray &cbor, const char *const *labels = nullptr)
{
    const QCborArray items = QCborValue::fromCbor(cbor).toArray();
    QByteArray text;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QByteArray label = labels ? QByteArray(labels[i]) : i == 0 ? QByteArray("message") : "item " + QByteArray::number(i);
        text += label + ": " + items.at(i).toDiagnosticNotation(QCborValue::Compact).toUtf8() + '\n';
    }
    return text;
}

/// Set to write the files anew after a change of the format that was meant.
bool isWriting()
{
    return qEnvironmentVariableIsSet("FIELDFARE_WRITE_GOLDEN");
}

void compareOrWrite(const QString &path, const QByteArray &cbor, const QByteArray &text)
{
    if (isWriting()) {
        writeFile(path + QStringLiteral(".cbor"), cbor);
        writeFile(path + QStringLiteral(".txt"), text);
        return;
    }
    QVERIFY2(contentOf(path + QStringLiteral(".cbor")) == cbor, qPrintable(path));
    QCOMPARE(QString::fromUtf8(contentOf(path + QStringLiteral(".txt"))), QString::fromUtf8(text));
}

/// The frame around a message may differ between versions of zstd, what is inside may not.
template <typename Message>
void compareMessage(const char *name, const Message &message)
{
    const auto cbor = decompressFrame(encode(message), kMaxMessageBytes);
    QVERIFY(cbor.ok());
    compareOrWrite(folder("protocol") + QLatin1StringView(name), *cbor, readable(*cbor));
    const auto back = decode<Message>(compressFrame(contentOf(folder("protocol") + QLatin1StringView(name) + QStringLiteral(".cbor"))));
    QVERIFY2(back.ok(), name);
    QVERIFY2(*back == message, name);
}

base::Id someId(int number)
{
    return base::Id::fromName(QStringLiteral("golden"), QString::number(number));
}

/// Without what came later.
PushReply formerPushReply()
{
    PushReply verdicts{PushStatus::Accepted, 1005, 1, {}};
    verdicts.verdicts = {{1001, changes::Outcome::Applied, 7, {}, {}},
                         {1002, changes::Outcome::ConflictLost, 8, model::Value(QStringLiteral("theirs")), {}},
                         {1003, changes::Outcome::Denied, 0, {}, QStringLiteral("user-disabled")}};
    return verdicts;
}

PullReply formerPullReply(SampleMessages &samples)
{
    PullReply changes = samples.changes(3);
    changes.rows[1] = {};
    changes.rows[1].entity = 1;
    changes.rows[1].id = someId(3);
    changes.rows[1].seq = changes.rows[0].seq + 1;
    changes.rows[1].erased = true;
    return changes;
}

template <typename Message>
void compareFormer(const char *name, const Message &message)
{
    const auto back = decode<Message>(compressFrame(contentOf(folder("protocol/former") + QLatin1StringView(name) + QStringLiteral(".cbor"))));
    QVERIFY2(back.ok(), name);
    QVERIFY2(*back == message, name);
}

} // namespace

class TestGoldenMessages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void operations()
    {
        static const char *const names[] = {"create", "set", "trash", "restore", "erase"};
        const std::vector<changes::Operation> operations = SampleMessages(1).everyOperation().operations;
        QCOMPARE(operations.size(), std::size(names));
        for (size_t i = 0; i < operations.size(); ++i) {
            const changes::Operation &operation = operations[i];
            const QByteArray content = changes::encodeContent(operation);
            const QByteArray hash = changes::contentHash(operation, content);
            const changes::OperationName &first = operation.origin ? operation.origin->name : operation.name;
            const QByteArray text = readable(content, kContentLabels) + "first device: " + first.device.toBytes().toHex() + "\nfirst incarnation: "
                + QByteArray::number(first.incarnation) + "\nhash: " + hash.toHex()
                + "\nrolling hash as the first of a device: " + changes::nextRollingHash(changes::firstRollingHash(), hash).toHex() + '\n';
            const QString path = folder("operations") + QLatin1StringView(names[i]);
            compareOrWrite(path, content, text);
            auto back = changes::decodeContent(contentOf(path + QStringLiteral(".cbor")));
            QVERIFY2(back.ok(), names[i]);
            QCOMPARE(changes::encodeContent(*back), content);
            back->name = operation.name;
            back->origin = operation.origin;
            QVERIFY2(*back == operation, names[i]);
        }
    }

    void rowVersions()
    {
        changes::RowVersions versions((changes::Version(3) << changes::kCounterBits) + 1000);
        versions.set(model::FieldKey(2), versions.base() + 1);
        versions.set(model::FieldKey(300), versions.base() + 100'000);
        versions.set(model::FieldKey(model::kTrashedNumber), versions.base() - 1);
        versions.set(model::FieldKey(someId(9)), (changes::Version(4) << changes::kCounterBits) + 5);
        const QByteArray bytes = versions.encodeExceptions();
        compareOrWrite(folder("operations") + QStringLiteral("row_versions"), bytes,
                       "base: epoch 3, counter 1000\ncustom field " + someId(9).toBytes().toHex()
                           + ": epoch 4, counter 5\nfield 2: base + 1\nfield 300: base + 100000\nfield 65001 (trashed): base - 1\nbytes: " + bytes.toHex() + '\n');
        const auto back = changes::RowVersions::decode(versions.base(), contentOf(folder("operations") + QStringLiteral("row_versions.cbor")));
        QVERIFY(back.ok());
        QVERIFY(*back == versions);
    }

    void messages()
    {
        SampleMessages samples(1);
        compareMessage("push_request", samples.everyOperation());
        PushReply verdicts = formerPushReply();
        verdicts.verdicts[2].outOfSight = true;
        compareMessage("push_reply", verdicts);
        compareMessage("pull_request", PullRequest{someId(1), 1, 99, PullPosition{100, someId(2)}, 2000, 77, 12});
        PullReply changes = formerPullReply(samples);
        changes.rows[2] = {};
        changes.rows[2].entity = 2;
        changes.rows[2].id = someId(4);
        changes.rows[2].seq = changes.rows[1].seq + 1;
        changes.rows[2].left = true;
        changes.audit = {15, QByteArray(32, 'c'), QByteArray(32, 'd')};
        compareMessage("pull_reply", changes);
        compareMessage("download_start_request", DownloadStartRequest{someId(1)});
        compareMessage("download_start", DownloadStart{99, 1, {{1, 1000}, {2, 0}}, 77});
        compareMessage("download_request", DownloadRequest{someId(1), 1, 1, {}, 10'000, 77});
        DownloadPage page = samples.customers(8);
        page.rows[1].setValue(model::FieldKey(29), model::Value(model::Money::of(7, QStringLiteral("USD"))));
        compareMessage("download_page", page);
        compareMessage("checksum_request", ChecksumRequest{someId(1), 1, 99, 77});
        compareMessage("checksum_reply", ChecksumReply{99, 1000, QByteArray(16, 's')});
        compareMessage("enrol_request", EnrolRequest{QStringLiteral("bo"), QStringLiteral("secret"), QStringLiteral("laptop"), QByteArray(32, 'k'), {}, QStringLiteral("287082")});
        compareMessage("enrol_reply", EnrolReply{someId(1), 1, someId(4), QStringLiteral("Bo"), 1, QStringLiteral("Company"), QStringLiteral("EUR"),
                                                 QStringLiteral("access"), QStringLiteral("refresh"), 1'790'000'000'000, 12});
        compareMessage("refresh_request", RefreshRequest{someId(1), QStringLiteral("refresh"), 1'790'000'000'000, QByteArray(64, 'g')});
        compareMessage("refresh_reply", RefreshReply{QStringLiteral("access"), QStringLiteral("refresh"), 1'790'000'000'000});
        compareMessage("number_lease_request", NumberLeaseRequest{someId(1), {{1, 500}}});
        compareMessage("number_lease_reply", NumberLeaseReply{{{1, 1501, 500}}});
        compareMessage("failure_reply", FailureReply{QStringLiteral("ServerBusy"), QStringLiteral("try later"), 5000});
        compareMessage("hand_in_request", HandInRequest{SampleMessages(2).edits(2), true, QByteArray(64, 'g')});
        compareMessage("hand_in_reply", HandInReply{HandInStatus::Closed, 1005});
        compareMessage("recovery_key_request", RecoveryKeyRequest{someId(1), QByteArray(32, 'h')});
        compareMessage("exports_request", ExportsRequest{someId(1), {{7, 1'790'000'000'000, 1, 8800}, {8, 1'790'000'000'001, 2, 1}}});
        compareMessage("exports_reply", ExportsReply{8});
        compareMessage("recovery_key_reply", RecoveryKeyReply{'\4' + QByteArray(64, 'p')});
    }

    /// As programs of before there were scopes and second factors wrote them.
    void formerMessagesAreStillRead()
    {
        SampleMessages samples(1);
        (void)samples.everyOperation(); // the samples come one after the other
        compareFormer("push_reply", formerPushReply());
        compareFormer("pull_request", PullRequest{someId(1), 1, 99, PullPosition{100, someId(2)}, 2000});
        compareFormer("pull_reply", formerPullReply(samples));
        compareFormer("download_start", DownloadStart{99, 1, {{1, 1000}, {2, 0}}});
        compareFormer("download_request", DownloadRequest{someId(1), 1, 1, {}, 10'000});
        compareFormer("checksum_request", ChecksumRequest{someId(1), 1, 99});
        compareFormer("enrol_request", EnrolRequest{QStringLiteral("bo"), QStringLiteral("secret"), QStringLiteral("laptop"), QByteArray(32, 'k'), {}, {}});
    }

    /// A frame as zstd 1.5 wrote it stays readable.
    void aStoredFrame()
    {
        const QString path = folder("protocol") + QStringLiteral("push_request.zst");
        const PushRequest request = SampleMessages(1).everyOperation();
        if (isWriting())
            writeFile(path, encode(request));
        const auto back = decode<PushRequest>(contentOf(path));
        QVERIFY(back.ok());
        QVERIFY(*back == request);
    }
};

QTEST_GUILESS_MAIN(TestGoldenMessages)
#include "tst_golden_messages.moc"
