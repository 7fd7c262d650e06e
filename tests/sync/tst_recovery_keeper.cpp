// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// To which recovery key a profile is sealed, and that the server alone cannot change it.
#include "app/composition/recovery_keeper.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/storage/passphrase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fieldfare;
using app::RecoveryKeeper;
using base::ErrorCode;
using base::Secret;

namespace {

QByteArray someKey()
{
    return *storage::curve::publicPoint(storage::curve::randomScalar());
}

struct KeptProfile {
    QTemporaryDir folder;
    base::SystemClock clock;
    base::SystemRandom random;
    base::Result<store::Profile> profile = store::Profile::create(folder.filePath(QStringLiteral("p")), storage::passphraseBytes(QStringLiteral("x")), {.key = {.logN = 14}});
    std::unique_ptr<store::Store> opened = profile->openStore(clock, random).value();
    storage::KeyFile keyFile{profile->paths().keyFile()};
    RecoveryKeeper keeper{profile->paths(), [this] { return profile->key(); }};
    base::Id device = base::Id::fromName(QStringLiteral("device"), QString());

    base::Result<QByteArray> take(const QByteArray &companyKey) { return keeper.take(*opened, *profile->key(), device, companyKey); }
    [[nodiscard]] QByteArray sealedTo() const
    {
        const auto record = keyFile.recovery();
        return record.ok() && record->isFor(*profile->key()) && record->device() == device ? record->companyKey() : QByteArray();
    }
};

} // namespace

class TestRecoveryKeeper final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstKeyIsTaken()
    {
        KeptProfile kept;
        const QByteArray key = someKey();
        QCOMPARE(kept.sealedTo(), QByteArray());
        QCOMPARE(kept.take(key).value(), QByteArray());
        QCOMPARE(kept.sealedTo(), key);
        const QByteArray record = kept.keyFile.recovery()->toBytes();
        QCOMPARE(kept.take(key).value(), QByteArray());
        QCOMPARE(kept.keyFile.recovery()->toBytes(), record); // nothing is written where nothing changed
        QCOMPARE(kept.take(QByteArray(65, 'x')).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(kept.take({}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(kept.sealedTo(), key);
    }

    void anotherKeyWaitsForAPerson()
    {
        KeptProfile kept;
        const QByteArray first = someKey();
        const QByteArray second = someKey();
        QVERIFY(kept.take(first).ok());
        QCOMPARE(kept.take(second).value(), second);
        QCOMPARE(kept.sealedTo(), first);
        const QString fingerprint = storage::companyKeyFingerprint(second);
        QCOMPARE(kept.keeper.accept(*kept.opened, *kept.profile->key(), kept.device, storage::companyKeyFingerprint(first)).error().code, ErrorCode::NotFound);
        QVERIFY(kept.keeper.accept(*kept.opened, *kept.profile->key(), kept.device, fingerprint.toLower()).ok());
        QCOMPARE(kept.sealedTo(), second);
        QCOMPARE(kept.take(second).value(), QByteArray());
        QCOMPARE(kept.keeper.accept(*kept.opened, *kept.profile->key(), kept.device, fingerprint).error().code, ErrorCode::NotFound);
        QCOMPARE(kept.take(first).value(), first); // nor back
    }

    /// The offer was taken back.
    void anOfferGoesWhenTheServerNamesTheAcceptedKey()
    {
        KeptProfile kept;
        const QByteArray first = someKey();
        const QByteArray second = someKey();
        QVERIFY(kept.take(first).ok());
        QVERIFY(kept.take(second).ok());
        QCOMPARE(kept.take(first).value(), QByteArray());
        QCOMPARE(kept.keeper.accept(*kept.opened, *kept.profile->key(), kept.device, storage::companyKeyFingerprint(second)).error().code, ErrorCode::NotFound);
    }

    /// Who writes to the disk and has the server cannot bring the profile to seal to a key of theirs by spoiling the sealing.
    void aSpoiledSealingIsMadeAnewToTheAcceptedKey()
    {
        KeptProfile kept;
        const QByteArray first = someKey();
        const QByteArray second = someKey();
        QVERIFY(kept.take(first).ok());
        storage::KeyFileContent content = [&] {
            QFile file(kept.keyFile.path());
            return file.open(QIODevice::ReadOnly) ? storage::KeyFileContent::parse(file.readAll()).value() : storage::KeyFileContent();
        }();
        QByteArray forged = kept.keyFile.recovery()->toBytes();
        forged.replace(28, 65, second);
        QByteArray ofTheFirstVersion = kept.keyFile.recovery()->toBytes().remove(206, 129);
        ofTheFirstVersion[3] = 1;
        for (const QByteArray &record : {forged, QByteArray("short"), ofTheFirstVersion}) {
            content.records[storage::KeyFileContent::Recovery] = record;
            QFile file(kept.keyFile.path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content.toBytes());
            file.close();
            QCOMPARE(kept.take(second).value(), second);
            QCOMPARE(kept.sealedTo(), first);
        }
    }

    /// A clone that enrolled anew, and a data key that was replaced behind the keeper's back.
    void theSealingFollowsTheDeviceAndTheKey()
    {
        KeptProfile kept;
        const QByteArray key = someKey();
        QVERIFY(kept.take(key).ok());
        kept.device = base::Id::fromName(QStringLiteral("device"), QStringLiteral("anew"));
        QCOMPARE(kept.sealedTo(), QByteArray());
        QVERIFY(kept.take(key).ok());
        QCOMPARE(kept.sealedTo(), key);
        auto replaced = kept.keyFile.beginRotation(*kept.profile->key(), storage::passphraseBytes(QStringLiteral("x")), 9);
        QVERIFY(replaced.ok());
        QCOMPARE(kept.take(key).error().code, ErrorCode::InvalidArgument); // with the key of before
        QVERIFY(kept.keyFile.recovery()->isFor(*replaced));
    }
};

QTEST_GUILESS_MAIN(TestRecoveryKeeper)
#include "tst_recovery_keeper.moc"
