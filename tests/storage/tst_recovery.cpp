// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/storage/recovery/device_recovery.h"
#include "core/storage/recovery/ephemeral_proof.h"
#include "core/storage/recovery/sealed_bytes.h"
#include "tests/storage/storage_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using base::Secret;

namespace {

Secret fromHex(const char *hex)
{
    return Secret::fromBytes(QByteArray::fromHex(hex));
}

base::Id device(int number)
{
    return base::Id::fromName(QStringLiteral("test"), QString::number(number));
}

QByteArray golden(const char *name)
{
    return readFile(qEnvironmentVariable("FIELDFARE_TEST_DATA") + QStringLiteral("/recovery/") + QString::fromLatin1(name));
}

/// A company whose recovery key nobody holds in one piece: what two administrators do is done here by sums.
struct Company {
    Secret whole = curve::randomScalar();
    QByteArray key = *curve::publicPoint(whole);

    [[nodiscard]] std::optional<DataKey> open(const RecoveryRecord &record) const
    {
        const auto parts = curve::split(whole);
        const auto a = curve::multiply(record.ephemeral(), parts->first);
        const auto b = curve::multiply(record.ephemeral(), parts->second);
        return record.open(*curve::add(*a, *b));
    }
};

/// A profile's folder with a key file that is sealed to the company.
struct Profile {
    QTemporaryDir folder;
    Company company;
    KeyFile keyFile{folder.filePath(QStringLiteral("fieldfare.key"))};
    DeviceRecovery steps{folder.path(), keyFile};
    base::SystemClock clock;

    DataKey seal()
    {
        auto key = keyFile.create(passphrase("forgotten"), kQuick);
        const auto record = RecoveryRecord::make(*key, device(1), company.key);
        if (!keyFile.setRecovery(*key, *record).ok())
            qFatal("the key file takes no record");
        return std::move(*key);
    }
    [[nodiscard]] QByteArray answer(const RecoveryRequest &request) const
    {
        return RecoveryAnswer::make(request, *company.open(request.record))->toBytes();
    }
};

bool equal(const DataKey &a, const DataKey &b)
{
    return base::equalInConstantTime(a.secret().view(), b.secret().view());
}

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, the first message. The cipher we use
    /// differs from it by the number in the suite and the size of the key.
    void itOpensTheVectorOfTheRfc()
    {
        const Secret privateKey = fromHex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2");
        const QByteArray publicKey = QByteArray::fromHex("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e5"
                                                         "39c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0");
        const QByteArray ephemeral = QByteArray::fromHex("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e"
                                                         "5b7f951c0900be863c403ce65c9bfcb9382657222d18c4");
        const QByteArray ciphertext = QByteArray::fromHex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f3"
                                                          "9513434");
        QCOMPARE(*curve::publicPoint(privateKey), publicKey);
        QCOMPARE(*curve::publicPoint(fromHex("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb")), ephemeral);
        const auto plain = hpke::open(privateKey, "Ode on a Grecian Urn", "Count-0", ephemeral + ciphertext, hpke::Aead::Aes128Gcm);
        QVERIFY(plain);
        QCOMPARE(plain->view().toByteArray(), QByteArray("Beauty is truth, truth beauty"));
        QVERIFY(!hpke::open(privateKey, "Ode on a Grecian Urn", "Count-1", ephemeral + ciphertext, hpke::Aead::Aes128Gcm));
        QVERIFY(!hpke::open(privateKey, "Ode on a Grecian Urn", "Count-0", ephemeral + ciphertext));
    }

    void whatIsSealedOpensWithItsKeyOnly()
    {
        const Secret privateKey = curve::randomScalar();
        const QByteArray publicKey = *curve::publicPoint(privateKey);
        const Secret plain = fromHex("00112233445566778899aabbccddeeff");
        const QByteArray sealed = hpke::seal(publicKey, "info", "additional", plain).value();
        QCOMPARE(sealed.size(), qsizetype(plain.size()) + hpke::kOverhead);
        QVERIFY(sealed != hpke::seal(publicKey, "info", "additional", plain).value());
        QCOMPARE(hpke::open(privateKey, "info", "additional", sealed)->view(), plain.view());
        QVERIFY(!hpke::open(curve::randomScalar(), "info", "additional", sealed));
        QVERIFY(!hpke::open(privateKey, "other", "additional", sealed));
        QVERIFY(!hpke::open(privateKey, "info", "other", sealed));
        for (qsizetype offset = 0; offset < sealed.size(); ++offset) {
            QByteArray altered = sealed;
            altered[offset] = char(altered[offset] ^ (1 << (offset % 8)));
            QVERIFY2(!hpke::open(privateKey, "info", "additional", altered), qPrintable(QString::number(offset)));
            QVERIFY(!hpke::open(privateKey, "info", "additional", sealed.first(offset)));
        }
        QCOMPARE(hpke::seal(QByteArray(65, '\4'), "info", "", plain).error().code, ErrorCode::InvalidArgument);
    }

    void pointsThatAreNoneAreRefused()
    {
        const Secret scalar = curve::randomScalar();
        const QByteArray point = *curve::publicPoint(scalar);
        QVERIFY(curve::isPoint(point));
        QVERIFY(!curve::isPoint({}));
        QVERIFY(!curve::isPoint(QByteArray(1, '\0'))); // infinity
        QVERIFY(!curve::isPoint(QByteArray(65, '\0')));
        QVERIFY(!curve::isPoint(point.first(33)));
        QByteArray beside = point;
        beside[64] = char(beside[64] ^ 1); // of another curve
        QVERIFY(!curve::isPoint(beside));
        QVERIFY(!curve::multiply(beside, scalar));
        QVERIFY(!curve::multiply(point, Secret(32))); // 0
        QVERIFY(!curve::multiply(point, fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"))); // the order
        QVERIFY(!curve::publicPoint(Secret(31)));
        QByteArray negative = point; // the same x, the other y: the sum is infinity
        const QByteArray prime = QByteArray::fromHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        int borrow = 0;
        for (qsizetype i = 31; i >= 0; --i) {
            const int difference = int(quint8(prime[i])) - int(quint8(point[33 + i])) - borrow;
            borrow = difference < 0 ? 1 : 0;
            negative[33 + i] = char(difference & 0xFF);
        }
        QVERIFY(curve::isPoint(negative));
        QVERIFY(!curve::add(Secret::fromBytes(point), Secret::fromBytes(negative)));
    }

    void halvesMakeTheWholeAndNothingLess()
    {
        const Company company;
        const DataKey key = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'k'))).value();
        const RecoveryRecord record = RecoveryRecord::make(key, device(7), company.key).value();
        for (int i = 0; i < 20; ++i)
            QVERIFY(equal(*company.open(record), key));
        const auto parts = curve::split(company.whole);
        QVERIFY(!record.open(*curve::multiply(record.ephemeral(), parts->first)));
        QVERIFY(!record.open(*curve::multiply(record.ephemeral(), parts->second)));
        const auto others = curve::split(company.whole); // halves of two splits do not fit
        QVERIFY(!record.open(*curve::add(*curve::multiply(record.ephemeral(), parts->first), *curve::multiply(record.ephemeral(), others->second))));
    }

    void aRecordIsOfOneKeyAndOneDevice()
    {
        const Company company;
        const DataKey key = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'k'))).value();
        const DataKey other = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'o'))).value();
        const RecoveryRecord record = RecoveryRecord::make(key, device(7), company.key).value();
        const QByteArray bytes = record.toBytes();
        QCOMPARE(bytes.size(), RecoveryRecord::kSize);
        QCOMPARE(record.device(), device(7));
        QCOMPARE(record.keyId(), key.id());
        QCOMPARE(record.companyKey(), company.key);
        QVERIFY(record.isFor(key) && !record.isFor(other));
        QVERIFY(!bytes.contains(key.secret().view().toByteArray()));
        for (qsizetype offset = 0; offset < bytes.size(); ++offset) {
            QByteArray altered = bytes;
            altered[offset] = char(altered[offset] ^ (1 << (offset % 8)));
            const auto parsed = RecoveryRecord::parse(altered);
            QVERIFY2(!parsed || (!parsed->isFor(key) && !company.open(*parsed)), qPrintable(QString::number(offset)));
        }
        // Only the HMAC is not under the proof: it is the data key's, and the proof is for those who do not have that.
        for (qsizetype offset = 0; offset < bytes.size(); ++offset) {
            QByteArray altered = bytes;
            altered[offset] = char(altered[offset] ^ 0x80);
            QCOMPARE(RecoveryRecord::parse(altered).has_value(), offset >= 335);
        }
        // The sealing of one device cannot be put under the name of another.
        QByteArray moved = bytes;
        moved.replace(4, 16, device(8).toBytes());
        QVERIFY(!RecoveryRecord::parse(moved));
        QCOMPARE(RecoveryRecord::make(key, device(7), "no key").error().code, ErrorCode::InvalidArgument);
    }

    /// Written by another program than this one, from the document alone: tests/data/recovery/make_record.py.
    void theGoldenRecordIsReadAndOpens()
    {
        const QByteArray bytes = golden("record_2.bin");
        const auto record = RecoveryRecord::parse(bytes);
        QVERIFY(record);
        const Secret company = fromHex("f168ccdd91548c5a8c871bd4b9b757c5e889a1672e774bddef4a2714759a7a8f");
        QCOMPARE(record->companyKey(), *curve::publicPoint(company));
        QCOMPARE(record->device(), base::Id::fromBytes(QByteArray::fromHex("404142434445464748494a4b4c4d4e4f")));
        const auto opened = record->open(*curve::multiply(record->ephemeral(), company));
        QVERIFY(opened && record->isFor(*opened));
        QCOMPARE(opened->secret().view().toByteArray(), QByteArray::fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    }

    void theSecondGeneratorIsTheDocuments()
    {
        QCOMPARE(ephemeral_proof::secondGenerator().toHex(), QByteArray("041f518ebf66bccc00279b1424e53c2ae68eb662a04d34276839007768fbaa3b84"
                                                                         "938b304ccca8f0824e7d5893d8b3fad6faaa6cba6b899946ebb9ae9de71e8c9a"));
    }

    void aProofIsOfOnePointAndOneStatement()
    {
        const Secret scalar = curve::randomScalar();
        const QByteArray point = *curve::publicPoint(scalar);
        const QByteArray proof = *ephemeral_proof::make(scalar, "statement");
        QCOMPARE(proof.size(), ephemeral_proof::kSize);
        QVERIFY(proof != *ephemeral_proof::make(scalar, "statement")); // a nonce that came twice would tell the scalar
        QVERIFY(ephemeral_proof::holds(proof, point, "statement"));
        QVERIFY(!ephemeral_proof::holds(proof, point, "another"));
        QVERIFY(!ephemeral_proof::holds(proof, point, ""));
        QVERIFY(!ephemeral_proof::holds(proof.chopped(1), point, "statement"));
        QVERIFY(!ephemeral_proof::holds(proof + 'x', point, "statement"));
        QVERIFY(!ephemeral_proof::holds({}, point, "statement"));
        QVERIFY(!ephemeral_proof::make(Secret(32), "statement")); // 0
        for (qsizetype offset = 0; offset < proof.size(); ++offset) {
            for (const int bit : {0, 7}) {
                QByteArray altered = proof;
                altered[offset] = char(altered[offset] ^ (1 << bit));
                QVERIFY2(!ephemeral_proof::holds(altered, point, "statement"), qPrintable(QString::number(offset)));
            }
        }
        // What the points of others can be made into without their scalars: a multiple, a sum, the negative.
        const Secret factor = curve::randomScalar();
        const QByteArray multiple = curve::multiply(point, factor)->view().toByteArray();
        const QByteArray sum = curve::add(Secret::fromBytes(point), Secret::fromBytes(*curve::publicPoint(factor)))->view().toByteArray();
        const QByteArray negative = curve::multiply(point, *curve::negated(fromHex("0000000000000000000000000000000000000000000000000000000000000001")))->view().toByteArray();
        for (const QByteArray &related : {multiple, sum, negative}) {
            QVERIFY(curve::isPoint(related));
            QVERIFY(!ephemeral_proof::holds(proof, related, "statement"));
            QByteArray moved = proof; // with the second point moved alike
            moved.replace(0, 65, curve::multiply(proof.first(65), factor)->view());
            QVERIFY(!ephemeral_proof::holds(moved, related, "statement"));
        }
        // Scalars that are none, and one that is the same modulo the order.
        const QByteArray order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for (const QByteArray &scalarBytes : {QByteArray(32, '\0'), order, QByteArray(32, '\xff')}) {
            for (const qsizetype at : {65, 97}) {
                QByteArray altered = proof;
                altered.replace(at, 32, scalarBytes);
                QVERIFY(!ephemeral_proof::holds(altered, point, "statement"));
            }
        }
        QVERIFY(!ephemeral_proof::holds(proof, QByteArray(65, '\0'), "statement"));
    }

    void scalarsAreReckonedModuloTheOrder()
    {
        const Secret one = fromHex("0000000000000000000000000000000000000000000000000000000000000001");
        const Secret two = fromHex("0000000000000000000000000000000000000000000000000000000000000002");
        const QByteArray order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        QCOMPARE(curve::multiplyAdd(two, two, one)->view().toByteArray(), QByteArray(31, '\0') + '\5');
        QVERIFY(!curve::multiplyAdd(*curve::negated(one), one, one)); // 0
        QVERIFY(!curve::multiplyAdd(Secret(32), one, one));
        QVERIFY(!curve::negated(Secret(32)));
        QVERIFY(!curve::negated(Secret::fromBytes(order)));
        QCOMPARE(curve::negated(*curve::negated(two))->view(), two.view());
        QVERIFY(!curve::reduced(order)); // 0
        QVERIFY(!curve::reduced(order.first(31)));
        QCOMPARE(curve::reduced(two.view())->view(), two.view());
        QCOMPARE(curve::reduced(QByteArray(32, '\xff'))->view().toByteArray().toHex(), QByteArray("00000000ffffffff00000000000000004319055258e8617b0c46353d039cdaae"));
        const QByteArray point = *curve::publicPoint(two);
        const auto lifted = curve::pointAt(point.sliced(1, 32));
        QVERIFY(lifted && lifted->sliced(1, 32) == point.sliced(1, 32) && lifted->back() % 2 == 0);
        QVERIFY(!curve::pointAt(QByteArray(32, '\xff'))); // above the prime
        QVERIFY(!curve::pointAt({}));
    }

    void theKeyFileKeepsIt()
    {
        Profile profile;
        const DataKey key = profile.seal();
        QVERIFY(equal(profile.keyFile.unlock(passphrase("forgotten")).value(), key));
        QVERIFY(profile.keyFile.changePassphrase(passphrase("forgotten"), passphrase("next"), kQuick).ok());
        QVERIFY2(profile.keyFile.recovery()->isFor(key), "a change of the passphrase does not touch it");
        // A file that is lost is read from its copy, which has it as well once it was set again.
        const RecoveryRecord again = RecoveryRecord::make(key, device(1), profile.company.key).value();
        QVERIFY(profile.keyFile.setRecovery(key, again).ok());
        QVERIFY(QFile::remove(profile.keyFile.path()));
        QCOMPARE(profile.keyFile.recovery()->toBytes(), again.toBytes());
        const DataKey other = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'o'))).value();
        QVERIFY(profile.keyFile.unlock(passphrase("forgotten")).ok()); // puts the file back
        QCOMPARE(profile.keyFile.setRecovery(other, RecoveryRecord::make(other, device(1), profile.company.key).value()).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(profile.keyFile.setRecovery(key, RecoveryRecord::make(other, device(1), profile.company.key).value()).error().code,
                 ErrorCode::InvalidArgument);
        QCOMPARE(KeyFile(profile.folder.filePath(QStringLiteral("none"))).recovery().error().code, ErrorCode::KeyFileMissing);
    }

    /// The key that is recovered is the one that the pages are under, from the moment on that there is a new one.
    void aReplacedDataKeyIsSealedAnewAtOnce()
    {
        Profile profile;
        const DataKey before = profile.seal();
        const auto replaced = profile.keyFile.beginRotation(before, passphrase("forgotten"), 99);
        QVERIFY(replaced.ok());
        const RecoveryRecord record = profile.keyFile.recovery().value();
        QVERIFY(record.isFor(*replaced) && !record.isFor(before));
        QCOMPARE(record.device(), device(1));
        QVERIFY2(profile.steps.ask(profile.clock, false).ok(), "asked in the middle of the replacement");
        const auto request = profile.steps.ask(profile.clock, false);
        QVERIFY(profile.steps.finish(profile.answer(request->request), passphrase("new"), kQuick).ok());
        const DataKey opened = profile.keyFile.unlock(passphrase("new")).value();
        QVERIFY(equal(opened, *replaced) && opened.hasFormer());
        QCOMPARE(opened.boundary(), 99U);
        QVERIFY(profile.keyFile.endRotation(opened).ok());
        QVERIFY(profile.keyFile.recovery()->isFor(opened));
    }

    /// Somebody put a sealing of a key of his own into the file: it is not carried on.
    void aForgedRecordIsNotSealedAnew()
    {
        Profile profile;
        const DataKey key = profile.seal();
        KeyFileContent content = KeyFileContent::parse(readFile(profile.keyFile.path())).value();
        QByteArray forged = profile.keyFile.recovery()->toBytes();
        forged.replace(335, 32, QByteArray(32, 'f')); // the rest would not pass for a record at all
        content.records[KeyFileContent::Recovery] = forged;
        QVERIFY(writeFile(profile.keyFile.path(), content.toBytes()));
        QVERIFY(!profile.keyFile.recovery()->isFor(key));
        QVERIFY(profile.keyFile.beginRotation(key, passphrase("forgotten"), 7).ok());
        QCOMPARE(profile.keyFile.recovery().error().code, ErrorCode::NotFound);
    }

    void aForgottenPassphraseLosesNothing()
    {
        Profile profile;
        const DataKey key = profile.seal();
        QCOMPARE(profile.steps.finish(QByteArray(), passphrase("new"), kQuick).error().code, ErrorCode::NotFound);
        const auto asked = profile.steps.ask(profile.clock, false);
        QVERIFY(asked.ok() && !asked->isRepeated && profile.steps.isWaiting());
        const QString pending = profile.folder.filePath(QStringLiteral("recovery.pending"));
        QCOMPARE(QFileInfo(pending).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        QCOMPARE(asked->request.toBytes().size(), RecoveryRequest::kSize);
        const QByteArray answer = profile.answer(RecoveryRequest::parse(asked->request.toBytes()).value());
        QVERIFY(!answer.contains(key.secret().view().toByteArray()));
        QVERIFY(!profile.steps.finished());
        QVERIFY(profile.steps.finish(answer, passphrase("new"), kQuick).ok());
        QVERIFY(equal(profile.keyFile.unlock(passphrase("new")).value(), key));
        QCOMPARE(profile.keyFile.unlock(passphrase("forgotten")).error().code, ErrorCode::WrongPassphrase);
        QVERIFY2(!KeyFile(profile.keyFile.previousPath()).unlock(passphrase("forgotten")).ok(), "the copy, too, has the new passphrase");
        QVERIFY2(profile.keyFile.recovery()->isFor(key), "the next passphrase may be forgotten as well");
        QVERIFY(!QFileInfo::exists(pending));
        QCOMPARE(*profile.steps.finished(), asked->request.hash());
        profile.steps.forgetFinished();
        QVERIFY(!profile.steps.finished());
        // The same answer once more, and after another request.
        QCOMPARE(profile.steps.finish(answer, passphrase("third"), kQuick).error().code, ErrorCode::NotFound);
        QVERIFY(profile.steps.ask(profile.clock, false).ok());
        QCOMPARE(profile.steps.finish(answer, passphrase("third"), kQuick).error().code, ErrorCode::InvalidArgument);
        QVERIFY(profile.keyFile.unlock(passphrase("new")).ok());
        QVERIFY(profile.steps.giveUp().ok());
        QVERIFY(!profile.steps.isWaiting());
    }

    /// Asked and approved before the program was updated: the one-time key is here, and nothing of the request but its hash counts.
    void anAnswerToARequestOfTheFirstVersionIsTaken()
    {
        Profile profile;
        const DataKey key = profile.seal();
        const QString path = profile.folder.filePath(QStringLiteral("recovery.pending"));
        const Secret oneTimeKey = curve::randomScalar();
        const QByteArray replyKey = *curve::publicPoint(oneTimeKey);
        const RecoveryRecord record = profile.keyFile.recovery().value();
        const auto checked = [](const QByteArray &bytes) { return bytes + base::sha256(bytes); };
        QByteArray formerRecord = record.toBytes();
        formerRecord.remove(206, 129); // the proof
        formerRecord[3] = 1;
        const QByteArray request = checked("FFRECREQ" + QByteArray::fromHex("000000010000000000000001") + replyKey + formerRecord);
        QCOMPARE(request.size(), 355);
        const QByteArray kept = "FFRECONE" + QByteArray::fromHex("00000001") + oneTimeKey.view().toByteArray() + request;
        // As the administrators' programs of then made it.
        const auto answerWith = [&](const DataKey &given) {
            const QByteArray head = "FFRECANS" + QByteArray::fromHex("00000001") + base::sha256(request);
            return checked(head + *hpke::seal(replyKey, "fieldfare recovery: answer 1", head, given.secret()));
        };
        // The key file of then: its record is not read any more, and a further request cannot take the place of this one.
        KeyFileContent content = KeyFileContent::parse(readFile(profile.keyFile.path())).value();
        content.records[KeyFileContent::Recovery] = formerRecord;
        QVERIFY(writeFile(profile.keyFile.path(), content.toBytes()));
        QVERIFY(writeFile(path, checked(kept)));
        QCOMPARE(QFileInfo(path).size(), 431);
        QCOMPARE(profile.steps.ask(profile.clock, false).error().code, ErrorCode::NotFound);
        const DataKey other = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'o'))).value();
        QCOMPARE(profile.steps.finish(answerWith(other), passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
        const auto finished = profile.steps.finish(answerWith(key), passphrase("new"), kQuick);
        QVERIFY2(finished.ok(), finished.ok() ? "" : qPrintable(finished.error().detail));
        QVERIFY(equal(profile.keyFile.unlock(passphrase("new")).value(), key));
        QCOMPARE(*profile.steps.finished(), base::sha256(request));
        QVERIFY(!profile.steps.isWaiting());
        // Damaged, and of a version that is still to come.
        QByteArray damaged = checked(kept);
        damaged[20] = char(damaged[20] ^ 1);
        QVERIFY(writeFile(path, damaged));
        QCOMPARE(profile.steps.finish(answerWith(key), passphrase("third"), kQuick).error().code, ErrorCode::InvalidArgument);
        QByteArray later = kept;
        later[11] = 3;
        QVERIFY(writeFile(path, checked(later)));
        QCOMPARE(profile.steps.finish(answerWith(key), passphrase("third"), kQuick).error().code, ErrorCode::SchemaTooNew);
        // Sealed anew since: what is asked now is of this version.
        QVERIFY(writeFile(path, checked(kept)));
        QVERIFY(profile.keyFile.setRecovery(key, record).ok());
        QVERIFY(!profile.steps.ask(profile.clock, false)->isRepeated);
        QCOMPARE(QFileInfo(path).size(), 560);
    }

    void aRequestIsRepeatedUntilItIsMadeAnew()
    {
        Profile profile;
        const DataKey key = profile.seal();
        const auto first = profile.steps.ask(profile.clock, false);
        const auto second = profile.steps.ask(profile.clock, false);
        QVERIFY(second->isRepeated);
        QCOMPARE(second->request.toBytes(), first->request.toBytes());
        QCOMPARE(second->request.fingerprint(), first->request.fingerprint());
        const auto third = profile.steps.ask(profile.clock, true);
        QVERIFY(!third->isRepeated && third->request.fingerprint() != first->request.fingerprint());
        QCOMPARE(profile.steps.finish(profile.answer(first->request), passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
        // Another data key since: the request would bring back the former one.
        const auto replaced = profile.keyFile.beginRotation(key, passphrase("forgotten"), 5);
        QCOMPARE(profile.steps.finish(profile.answer(third->request), passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!profile.steps.ask(profile.clock, false)->isRepeated);
        // A damaged one does not stand in the way.
        QVERIFY(flipBit(profile.folder.filePath(QStringLiteral("recovery.pending")), 20));
        QCOMPARE(profile.steps.finish(profile.answer(third->request), passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
        QVERIFY(profile.steps.ask(profile.clock, false).ok());
    }

    /// Each file that finish() writes fails once; the same answer then ends what was begun.
    void finishingGoesOnAfterAFailure()
    {
        for (const char *blocked : {"fieldfare.key.new", "fieldfare.key.previous.new", "recovery.finished.new"}) {
            Profile profile;
            const DataKey key = profile.seal();
            const QByteArray answer = profile.answer(profile.steps.ask(profile.clock, false)->request);
            const QString path = profile.folder.filePath(QString::fromLatin1(blocked));
            QVERIFY(QDir().mkpath(path));
            QVERIFY2(!profile.steps.finish(answer, passphrase("new"), kQuick).ok(), blocked);
            QVERIFY2(profile.steps.isWaiting(), blocked);
            QVERIFY2(equal(key, profile.keyFile.unlock(passphrase("forgotten")).ok() ? profile.keyFile.unlock(passphrase("forgotten")).value()
                                                                                  : profile.keyFile.unlock(passphrase("new")).value()),
                     blocked);
            QVERIFY(QDir(path).removeRecursively());
            QVERIFY2(profile.steps.finish(answer, passphrase("new"), kQuick).ok(), blocked);
            QVERIFY(equal(key, profile.keyFile.unlock(passphrase("new")).value()));
            QVERIFY(!profile.steps.isWaiting());
        }
    }

    /// An answer with a key of somebody's own, rightly sealed to the request's one-time key, must not get in.
    void anAnswerWithAnotherKeyIsRefused()
    {
        Profile profile;
        profile.seal();
        const auto asked = profile.steps.ask(profile.clock, false);
        const DataKey other = DataKey::fromSecret(Secret::fromBytes(QByteArray(32, 'o'))).value();
        const QByteArray answer = RecoveryAnswer::make(asked->request, other)->toBytes();
        const QByteArray before = readFile(profile.keyFile.path());
        QCOMPARE(profile.steps.finish(answer, passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readFile(profile.keyFile.path()), before);
    }

    void aSwappedReplyKeyShowsInTheFingerprint()
    {
        Profile profile;
        profile.seal();
        const RecoveryRequest asked = profile.steps.ask(profile.clock, false)->request;
        RecoveryRequest swapped = asked;
        swapped.replyKey = *curve::publicPoint(curve::randomScalar());
        QVERIFY(RecoveryRequest::parse(swapped.toBytes()).ok());
        QVERIFY(swapped.hash() != asked.hash());
        QVERIFY(!sealed_bytes::isSameFingerprint(swapped.fingerprint(), asked.fingerprint()));
        QVERIFY(sealed_bytes::isSameFingerprint(asked.fingerprint().toLower().replace(u'-', u' '), asked.fingerprint()));
        QCOMPARE(asked.fingerprint().size(), 24);
        QCOMPARE(profile.steps.finish(profile.answer(swapped), passphrase("new"), kQuick).error().code, ErrorCode::InvalidArgument);
    }

    void garbageIsRefused()
    {
        Profile profile;
        profile.seal();
        const RecoveryRequest asked = profile.steps.ask(profile.clock, false)->request;
        const QByteArray request = asked.toBytes();
        const QByteArray answer = profile.answer(asked);
        QCOMPARE(RecoveryRequest::parse(answer).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(RecoveryAnswer::parse(request).error().code, ErrorCode::InvalidArgument);
        const QByteArray given = qgetenv("FIELDFARE_SEED");
        const quint64 seed = given.isEmpty() ? std::random_device{}() : given.toULongLong();
        qInfo("FIELDFARE_SEED=%llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        const int rounds = std::max(3000, qEnvironmentVariableIntValue("FIELDFARE_FUZZ_ROUNDS"));
        for (int round = 0; round < rounds; ++round) {
            const bool isRequest = random() % 2 == 0;
            QByteArray bytes = isRequest ? request : answer;
            for (auto edits = 1 + random() % 4; edits > 0; --edits)
                bytes[qsizetype(random() % std::uint64_t(bytes.size()))] = char(random());
            if (random() % 4 == 0)
                bytes.truncate(qsizetype(random() % std::uint64_t(bytes.size())));
            if (random() % 8 == 0)
                bytes.append(QByteArray(qsizetype(random() % 3000), 'x'));
            if (random() % 2 == 0 && bytes.size() > 32) // anybody can make the checksum
                bytes = bytes.chopped(32) + base::sha256(bytes.chopped(32));
            if (bytes == request || bytes == answer)
                continue;
            if (isRequest) {
                const auto parsed = RecoveryRequest::parse(bytes);
                QVERIFY(parsed.ok() ? parsed->toBytes() == bytes && parsed->hash() != asked.hash()
                                    : parsed.error().code == ErrorCode::InvalidArgument || parsed.error().code == ErrorCode::SchemaTooNew);
            } else {
                const auto parsed = RecoveryAnswer::parse(bytes);
                QVERIFY(parsed.ok() || parsed.error().code == ErrorCode::InvalidArgument || parsed.error().code == ErrorCode::SchemaTooNew);
                QVERIFY(!profile.steps.finish(bytes, passphrase("new"), kQuick).ok());
            }
        }
        QVERIFY(profile.keyFile.unlock(passphrase("forgotten")).ok());
    }

    /// The sync seals while somebody changes the passphrase: neither undoes the other.
    void twoThreadsWriteTheKeyFile()
    {
        Profile profile;
        const DataKey key = profile.seal();
        KeyFile keyFile = profile.keyFile;
        bool isSealed = true;
        std::thread sealing([&] {
            for (int i = 0; i < 15; ++i)
                isSealed = isSealed && keyFile.setRecovery(key, *RecoveryRecord::make(key, device(i), profile.company.key)).ok();
        });
        QByteArray current = "forgotten";
        bool isChanged = true;
        for (int i = 0; i < 4; ++i) {
            const QByteArray next = "passphrase " + QByteArray::number(i);
            isChanged = isChanged && profile.keyFile.changePassphrase(passphrase(current), passphrase(next), kQuick).ok();
            current = next;
        }
        sealing.join();
        QVERIFY(isSealed && isChanged);
        QVERIFY(equal(profile.keyFile.unlock(passphrase(current)).value(), key));
        QCOMPARE(profile.keyFile.recovery()->device(), device(14));
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
