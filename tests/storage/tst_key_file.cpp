// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "core/storage/profile_lock.h"
#include "tests/storage/storage_fixture.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <thread>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;
using base::Secret;

namespace {

bool equal(const DataKey &a, const DataKey &b)
{
    return base::equalInConstantTime(a.secret().view(), b.secret().view());
}

} // namespace

class TestKeyFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_next = 0;

    KeyFile freshFile() { return KeyFile(m_folder.filePath(QStringLiteral("key%1").arg(++m_next))); }

    static constexpr KeyFile::Parameters kSlow{.logN = 18};
    [[nodiscard]] static QByteArray saltOf(const QByteArray &keyFile) { return keyFile.sliced(32, 32); }
    /// Begins `change` on a thread; returns when it has read the file, and so is deriving: it mends a copy that is of another time first.
    [[nodiscard]] static std::thread changeWhenRead(const KeyFile &file, const std::function<void()> &change)
    {
        KeyFileContent copy = KeyFileContent::parse(readFile(file.path())).value();
        copy.keyId = QByteArray(DataKey::kIdSize, 'i'); // or it would be of version 1, which has no records
        copy.records.insert(KeyFileContent::FormerKey, QByteArray(64, 'f'));
        if (!writeFile(file.previousPath(), copy.toBytes()))
            qFatal("the copy cannot be written");
        const QByteArray planted = readFile(file.previousPath());
        std::thread thread(change);
        while (readFile(file.previousPath()) == planted)
            std::this_thread::yield();
        return thread;
    }

private Q_SLOTS:
    void aKeychainsSecretOpensItsRecordOnly()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("p"), kQuick);
        const QByteArray item(KeychainRecord::kItemSize, 'i');
        const Secret secret = Secret::fromBytes(QByteArray(KeychainRecord::kSecretSize, 's'));
        QCOMPARE(file.keychain().error().code, ErrorCode::NotFound);
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        QCOMPARE(KeychainRecord::make(*made, item.chopped(1), secret).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(KeychainRecord::make(*made, item, Secret::fromBytes("short")).error().code, ErrorCode::InvalidArgument);
        const auto record = KeychainRecord::make(*made, item, secret);
        QVERIFY(record.ok());
        QVERIFY(file.setKeychain(*made, *record).ok());
        const auto opened = file.unlockByKeychain(secret);
        QVERIFY(opened.ok() && equal(*made, *opened));
        QVERIFY(file.unlock(passphrase("p")).ok());
        QCOMPARE(file.keychain()->item(), item);
        const QByteArray bytes = readFile(file.path());
        QVERIFY(!bytes.contains(secret.view().toByteArray()) && !bytes.contains(made->secret().view().toByteArray()));
        QCOMPARE(file.unlockByKeychain(Secret::fromBytes(QByteArray(KeychainRecord::kSecretSize, 't'))).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(file.unlockByKeychain(Secret()).error().code, ErrorCode::WrongPassphrase);

        // No byte of it can be changed, the name of the secret among them.
        for (qsizetype at = 0; at < KeychainRecord::kSize; ++at) {
            QByteArray changed = record->toBytes();
            changed[at] = char(changed.at(at) ^ 1);
            QVERIFY2(!KeychainRecord::parse(changed)->open(secret), qPrintable(QString::number(at)));
        }
        QVERIFY(!KeychainRecord::parse(record->toBytes() + 'x'));
        // Nor does one that was made with another key come into the file and out of it.
        const auto another = freshFile().create(passphrase("p"), kQuick);
        QCOMPARE(file.setKeychain(*another, *KeychainRecord::make(*another, item, secret)).error().code, ErrorCode::InvalidArgument);
        QVERIFY(file.setKeychain(*made, *KeychainRecord::make(*another, item, secret)).ok());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::WrongPassphrase);

        QVERIFY(file.removeKeychain().ok());
        QVERIFY(file.removeKeychain().ok());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        QVERIFY(file.unlock(passphrase("p")).ok());
    }

    void aNewPassphraseOrKeyForgetsTheKeychain()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("p"), kQuick);
        const Secret secret = Secret::fromBytes(QByteArray(KeychainRecord::kSecretSize, 's'));
        const KeyFile copy(file.previousPath());
        const auto turnOn = [&](const DataKey &key) {
            const auto record = KeychainRecord::make(key, QByteArray(KeychainRecord::kItemSize, 'i'), secret);
            return file.setKeychain(key, *record).ok() && file.unlockByKeychain(secret).ok();
        };
        QVERIFY(turnOn(*made));
        QVERIFY(file.changePassphrase(passphrase("p"), passphrase("q"), kQuick).ok());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        QCOMPARE(copy.unlockByKeychain(secret).error().code, ErrorCode::NotFound); // the copy opens with the former passphrase only
        QVERIFY(copy.unlock(passphrase("p")).ok());
        QVERIFY(turnOn(*made));
        const auto replaced = file.beginRotation(*made, passphrase("q"), 7);
        QVERIFY(replaced.ok());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        QCOMPARE(copy.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        // In between it opens both keys, as the passphrase does.
        QVERIFY(turnOn(*replaced));
        const auto both = file.unlockByKeychain(secret);
        QVERIFY(both.ok() && both->hasFormer() && equal(*both, *replaced));
        QVERIFY(file.endRotation(*replaced).ok());
        const auto alone = file.unlockByKeychain(secret);
        QVERIFY(alone.ok() && !alone->hasFormer());
        QCOMPARE(copy.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        // Lost, the file comes back from its copy by the passphrase, and the keychain opens nothing.
        QVERIFY(QFile::remove(file.path()));
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::KeyFileMissing);
        QVERIFY(file.unlock(passphrase("q")).ok());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::NotFound);
        QVERIFY(turnOn(*replaced));
        QVERIFY(file.erase().ok());
        QVERIFY(!file.exists());
        QCOMPARE(file.unlockByKeychain(secret).error().code, ErrorCode::KeyFileMissing);
    }

    void theSamePassphraseGivesTheSameKey()
    {
        KeyFile file = freshFile();
        QVERIFY(!file.exists());
        QCOMPARE(file.unlock(passphrase("x")).error().code, ErrorCode::KeyFileMissing);
        const auto made = file.create(passphrase("fieldfares over K\xc3\xb6ln"), kQuick);
        QVERIFY(made.ok());
        const auto opened = file.unlock(passphrase("fieldfares over K\xc3\xb6ln"));
        QVERIFY(opened.ok() && equal(*made, *opened));
        // The same text typed as o and a combining diaeresis.
        QVERIFY(file.unlock(passphrase("fieldfares over Ko\xcc\x88ln")).ok());
        QCOMPARE(file.create(passphrase("other"), kQuick).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(QFileInfo(file.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QVERIFY(!readFile(file.path()).contains(made->secret().view().toByteArray()));
    }

    void aWrongPassphraseIsNotADamagedFile()
    {
        KeyFile file = freshFile();
        QVERIFY(file.create(passphrase("right"), kQuick).ok());
        QCOMPARE(file.unlock(passphrase("wrong")).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(file.unlock(Secret()).error().code, ErrorCode::WrongPassphrase);
        const QByteArray sound = readFile(file.path());
        QCOMPARE(sound.size(), KeyFileContent::kSize);
        for (qsizetype offset = 0; offset < sound.size(); ++offset) {
            QByteArray bytes = sound;
            bytes[offset] = char(bytes[offset] ^ (1 << (offset % 8)));
            const auto parsed = KeyFileContent::parse(bytes);
            QVERIFY(!parsed.ok());
            QVERIFY(parsed.error().code == ErrorCode::KeyFileDamaged || parsed.error().code == ErrorCode::SchemaTooNew);
        }
        for (qsizetype size = 0; size < sound.size(); ++size)
            QCOMPARE(KeyFileContent::parse(sound.first(size)).error().code, ErrorCode::KeyFileDamaged);
        QVERIFY(writeFile(file.path(), sound.chopped(1)));
        QCOMPARE(file.unlock(passphrase("right")).error().code, ErrorCode::KeyFileDamaged);
    }

    void alteredParametersDoNotPassEvenWithAChecksumMade()
    {
        KeyFile file = freshFile();
        QVERIFY(file.create(passphrase("right"), kQuick).ok());
        KeyFileContent content = KeyFileContent::parse(readFile(file.path())).value();
        content.logN = 15;
        QVERIFY(writeFile(file.path(), content.toBytes()));
        QCOMPARE(file.unlock(passphrase("right")).error().code, ErrorCode::WrongPassphrase);
    }

    void costsOutOfBoundsAreRefused()
    {
        KeyFile file = freshFile();
        QCOMPARE(file.create(passphrase("x"), {.logN = 13}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(file.create(passphrase("x"), {.logN = 21}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(file.create(passphrase("x"), kQuick).ok());
        KeyFileContent content = KeyFileContent::parse(readFile(file.path())).value();
        for (const int logN : {0, 13, 21, 63}) {
            content.logN = logN;
            QCOMPARE(KeyFileContent::parse(content.toBytes()).error().code, ErrorCode::KeyFileDamaged);
        }
    }

    void changingThePassphraseKeepsTheKey()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        QCOMPARE(file.changePassphrase(passphrase("wrong"), passphrase("new"), kQuick).error().code,
                 ErrorCode::WrongPassphrase);
        QVERIFY(file.unlock(passphrase("old")).ok());
        QVERIFY(file.changePassphrase(passphrase("old"), passphrase("new"), kQuick).ok());
        QCOMPARE(file.unlock(passphrase("old")).error().code, ErrorCode::WrongPassphrase);
        QVERIFY(equal(*made, file.unlock(passphrase("new")).value()));
        QVERIFY(KeyFile(file.previousPath()).unlock(passphrase("old")).ok());
        QVERIFY(file.forgetPrevious().ok());
        QVERIFY(!QFileInfo::exists(file.previousPath()));
        QVERIFY(file.unlock(passphrase("new")).ok());
    }

    void whatAGuessCostsIsRaisedAndNeverLowered()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        QCOMPARE(file.logN().value(), 14);
        QVERIFY(file.changePassphrase(passphrase("old"), passphrase("old"), {.logN = 15}).ok());
        QCOMPARE(file.logN().value(), 15);
        QVERIFY(equal(*made, file.unlock(passphrase("old")).value()));
        QVERIFY(file.changePassphrase(passphrase("old"), passphrase("new"), kQuick).ok());
        QCOMPARE(file.logN().value(), 15);
        QCOMPARE(file.changePassphrase(passphrase("new"), passphrase("new"), {.logN = 21}).error().code, ErrorCode::InvalidArgument);
        QVERIFY(equal(*made, file.unlock(passphrase("new")).value()));
    }

    void aTornFileIsRestoredFromItsPreviousCopy()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        QVERIFY(file.changePassphrase(passphrase("old"), passphrase("new"), kQuick).ok());
        QVERIFY(writeFile(file.path(), readFile(file.path()).first(80)));
        QCOMPARE(file.unlock(passphrase("new")).error().code, ErrorCode::KeyFileDamaged);
        QVERIFY(equal(*made, file.unlock(passphrase("old")).value()));
        QVERIFY(QFile::remove(file.previousPath()));
        QVERIFY2(file.unlock(passphrase("old")).ok(), "the file itself was repaired");
        QVERIFY(QFile::rename(file.path(), file.previousPath()));
        QVERIFY(file.unlock(passphrase("old")).ok());
    }

    void aDamagedFileNeverReplacesItsPreviousCopy()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        QVERIFY(file.changePassphrase(passphrase("old"), passphrase("new"), kQuick).ok());
        QVERIFY(writeFile(file.path(), QByteArray("garbage")));
        QVERIFY(file.store(*made, passphrase("third"), kQuick).ok());
        QVERIFY(KeyFile(file.previousPath()).unlock(passphrase("old")).ok());
        QVERIFY(file.unlock(passphrase("third")).ok());
    }

    void aDeviceSecretIsNeededToo()
    {
        KeyFile file = freshFile();
        const Secret device = Secret::fromBytes(QByteArray(32, 'd'));
        const Secret otherDevice = Secret::fromBytes(QByteArray(32, 'e'));
        const auto made = file.create(passphrase("p"), {.logN = 14, .deviceSecret = &device});
        QVERIFY(made.ok());
        QCOMPARE(file.needsDeviceSecret().value(), true);
        QCOMPARE(file.unlock(passphrase("p")).error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(file.unlock(passphrase("p"), &otherDevice).error().code, ErrorCode::WrongPassphrase);
        QVERIFY(equal(*made, file.unlock(passphrase("p"), &device).value()));
        QVERIFY(file.changePassphrase(passphrase("p"), passphrase("q"), kQuick, &device).ok());
        QCOMPARE(file.needsDeviceSecret().value(), false);
        QVERIFY(equal(*made, file.unlock(passphrase("q")).value()));
    }

    /// As a program that opened the file before, and goes on with it after another one has begun to replace the data
    /// key.
    void theFormerKeyIsNotStoredOverANewOne()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("p"), kQuick);
        const auto replaced = file.beginRotation(*made, passphrase("p"), 7);
        QVERIFY(replaced.ok());
        const QByteArray standing = readFile(file.path());
        const auto stored = file.store(*made, passphrase("q"), kQuick);
        QVERIFY(!stored.ok());
        QCOMPARE(stored.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readFile(file.path()), standing);
        QVERIFY(file.store(*replaced, passphrase("q"), kQuick).ok());
        QVERIFY(equal(*replaced, file.unlock(passphrase("q")).value()));
    }

    /// Deriving takes a second: neither the window, which turns the keychain off, nor a sync waits for it.
    void nobodyWaitsForADerivation()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        const auto record = KeychainRecord::make(*made, QByteArray(KeychainRecord::kItemSize, 'i'), Secret::fromBytes(QByteArray(KeychainRecord::kSecretSize, 's')));
        QVERIFY(file.setKeychain(*made, *record).ok());
        const QByteArray before = readFile(file.path());
        bool isChanged = false;
        std::thread changing = changeWhenRead(file, [&] { isChanged = KeyFile(file.path()).changePassphrase(passphrase("old"), passphrase("new"), kSlow).ok(); });
        const bool isRemoved = file.removeKeychain().ok();
        const QByteArray inBetween = readFile(file.path());
        changing.join();
        QVERIFY(isRemoved && isChanged);
        QVERIFY2(saltOf(inBetween) == saltOf(before), "the keychain's record went only after the new passphrase was there");
        QVERIFY(saltOf(readFile(file.path())) != saltOf(before));
        QCOMPARE(file.keychain().error().code, ErrorCode::NotFound);
        QVERIFY(equal(*made, file.unlock(passphrase("new")).value()));
    }

    /// The new passphrase is derived for the former key: it must come to the one that the file has by then, and to its records.
    void aPassphraseThatChangesMeetsANewKey()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        base::Result<void> changed;
        std::thread changing = changeWhenRead(file, [&] { changed = KeyFile(file.path()).changePassphrase(passphrase("old"), passphrase("new"), kSlow); });
        const auto replaced = file.beginRotation(*made, passphrase("old"), 7);
        changing.join();
        QVERIFY2(changed.ok(), changed.ok() ? "" : qPrintable(changed.error().detail));
        QVERIFY(replaced.ok());
        const DataKey opened = file.unlock(passphrase("new")).value();
        QVERIFY(opened.hasFormer() && equal(opened, *replaced));
        QCOMPARE(file.unlock(passphrase("old")).error().code, ErrorCode::WrongPassphrase);
    }

    /// What was opened before had a former key, which nobody is to have again.
    void aPassphraseThatChangesMeetsTheEndOfAReplacement()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        const auto replaced = file.beginRotation(*made, passphrase("old"), 7);
        base::Result<void> changed;
        std::thread changing = changeWhenRead(file, [&] { changed = KeyFile(file.path()).changePassphrase(passphrase("old"), passphrase("new"), kSlow); });
        const bool isEnded = file.endRotation(*replaced).ok();
        changing.join();
        QVERIFY(isEnded && changed.ok());
        const DataKey opened = file.unlock(passphrase("new")).value();
        QVERIFY(!opened.hasFormer() && equal(opened, *replaced));
    }

    /// Of two changes at once the later one finds that its old passphrase is none any more.
    void ofTwoNewPassphrasesOneIsRefused()
    {
        KeyFile file = freshFile();
        const auto made = file.create(passphrase("old"), kQuick);
        base::Result<void> slow;
        std::thread changing = changeWhenRead(file, [&] { slow = KeyFile(file.path()).changePassphrase(passphrase("old"), passphrase("slow"), kSlow); });
        const auto quick = file.changePassphrase(passphrase("old"), passphrase("quick"), kQuick);
        changing.join();
        QVERIFY(quick.ok() && !slow.ok());
        QCOMPARE(slow.error().code, ErrorCode::WrongPassphrase);
        QVERIFY(equal(*made, file.unlock(passphrase("quick")).value()));
    }

    void eraseLeavesNothing()
    {
        KeyFile file = freshFile();
        QVERIFY(file.create(passphrase("a"), kQuick).ok());
        QVERIFY(file.changePassphrase(passphrase("a"), passphrase("b"), kQuick).ok());
        // As a program leaves them that was killed while it wrote, and one that somebody guessed at.
        const QStringList left{file.path() + QStringLiteral(".new"), file.path() + QStringLiteral(".tries")};
        for (const QString &path : left)
            QVERIFY(QFile::copy(file.path(), path));
        QVERIFY(file.erase().ok());
        QVERIFY(!file.exists());
        for (const QString &path : left)
            QVERIFY2(!QFile::exists(path), qPrintable(path));
        QCOMPARE(file.unlock(passphrase("b")).error().code, ErrorCode::KeyFileMissing);
    }

    void twoFilesOfOneKeyHaveNothingInCommon()
    {
        KeyFile a = freshFile();
        KeyFile b = freshFile();
        const auto key = a.create(passphrase("p"), kQuick);
        QVERIFY(b.store(*key, passphrase("p"), kQuick).ok());
        QVERIFY(readFile(a.path()).sliced(32, 124) != readFile(b.path()).sliced(32, 124));
        QVERIFY(equal(*key, b.unlock(passphrase("p")).value()));
    }

    void weakPassphrasesAreRefused()
    {
        QCOMPARE(passphraseStrength(QString()).score, 0);
        for (const char *weak : {"password", "123456", "qwertyuiop", "fieldfare1", "Passw0rd!", "aaaaaaaaaaaaaaaa"}) {
            QVERIFY2(!passphraseStrength(QString::fromUtf8(weak)).isSufficient(), weak);
            QCOMPARE(requireStrongPassphrase(QString::fromUtf8(weak)).error().code, ErrorCode::WeakPassphrase);
        }
        for (const char *strong : {"correct horse battery staple", "k9#Vw!2pLq7z", "Drossel-am-Teich-41-Apfelwein"})
            QVERIFY2(requireStrongPassphrase(QString::fromUtf8(strong)).ok(), strong);
    }

    void oneProgramHoldsAProfile()
    {
        const QTemporaryDir profile;
        {
            const auto first = ProfileLock::acquire(profile.path());
            QVERIFY(first.ok());
            const auto second = ProfileLock::acquire(profile.path());
            QCOMPARE(second.error().code, ErrorCode::ProfileInUse);
            QCOMPARE(second.error().arguments.value(0), QString::number(QCoreApplication::applicationPid()));
        }
        QVERIFY(ProfileLock::acquire(profile.path()).ok());
        // Left by a program that is gone: no process has this id.
        QVERIFY(writeFile(profile.filePath(QStringLiteral("lock")),
                          "4194303\nfieldfare\n" + QSysInfo::machineHostName().toUtf8() + "\n"));
        QVERIFY(ProfileLock::acquire(profile.path()).ok());
        QCOMPARE(ProfileLock::acquire(profile.filePath(QStringLiteral("no/such/folder"))).error().code,
                 ErrorCode::PermissionDenied);
    }
};

QTEST_GUILESS_MAIN(TestKeyFile)
#include "tst_key_file.moc"
