// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"
#include "core/storage/key_file.h"
#include "tests/storage/storage_fixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstring>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;

namespace {

constexpr std::uint8_t kMask = 0xa5;
/// The passphrase stands nowhere in the program but so; the compiler must not put it together.
volatile std::uint8_t g_maskedPassphrase[] = {'q' ^ kMask, 'u' ^ kMask, 'a' ^ kMask, 'y' ^ kMask, '-' ^ kMask, '7' ^ kMask, '1' ^ kMask, '-' ^ kMask, 'v' ^ kMask, 'e' ^ kMask,
                                               'l' ^ kMask, 'v' ^ kMask, 'e' ^ kMask, 't' ^ kMask, '-' ^ kMask, 'k' ^ kMask, 'i' ^ kMask, 't' ^ kMask, 'e' ^ kMask, 's' ^ kMask};

base::Secret passphrase()
{
    base::Secret secret(sizeof g_maskedPassphrase);
    for (size_t i = 0; i < secret.size(); ++i)
        secret.data()[i] = g_maskedPassphrase[i] ^ kMask;
    return secret;
}

/// What is looked for, masked.
QByteArray masked(const std::uint8_t *bytes, size_t size, int step = 1)
{
    QByteArray needle;
    for (size_t i = 0; i < size; ++i) {
        needle.append(char(bytes[i] ^ kMask));
        if (step == 2)
            needle.append(char(kMask)); // UTF-16
    }
    return needle;
}

struct Places {
    int locked = 0; ///< In OpenSSL's secure heap.
    int other = 0;
};

/// Through all memory that this process may write to.
Places placesOf(const QByteArray &needle)
{
    Places places;
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return places;
    const QByteArray all = maps.readAll();
    const auto *wanted = reinterpret_cast<const std::uint8_t *>(needle.constData());
    const auto size = size_t(needle.size());
    const auto first = std::uint8_t(wanted[0] ^ kMask);
    for (const QByteArray &line : all.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 2 || !words.at(1).startsWith("rw") || line.contains("[vvar"))
            continue;
        const QList<QByteArray> ends = words.at(0).split('-');
        const auto *from = reinterpret_cast<const std::uint8_t *>(ends.at(0).toULongLong(nullptr, 16)); // NOLINT: addresses are numbers here
        const auto *end = reinterpret_cast<const std::uint8_t *>(ends.at(1).toULongLong(nullptr, 16));  // NOLINT
        while (size_t(end - from) >= size) {
            from = static_cast<const std::uint8_t *>(std::memchr(from, first, size_t(end - from) - size + 1));
            if (from == nullptr)
                break;
            size_t same = 1;
            while (same < size && from[same] == (wanted[same] ^ kMask))
                ++same;
            if (same == size)
                ++(CRYPTO_secure_allocated(from) == 1 ? places.locked : places.other);
            ++from;
        }
    }
    return places;
}

} // namespace

/// Where keys and passphrases are while a file is open: in memory that is locked and left out of dumps, and nowhere once they are done
/// with. Keys of pages, which are made from the data key, are in OpenSSL's contexts in other memory: core/storage/docs/threat-model.md.
class TestSecretsInMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::Secret::initializeHeap()); }

    void theScanFindsWhatIsThere()
    {
        const base::Secret locked = passphrase();
        const QByteArray needle = masked(locked.data(), locked.size());
        QVERIFY(placesOf(needle).locked >= 1);
        QCOMPARE(placesOf(needle).other, 0);
        auto loose = std::make_unique<std::uint8_t[]>(locked.size());
        std::memcpy(loose.get(), locked.data(), locked.size());
        QCOMPARE(placesOf(needle).other, 1);
        base::wipe(loose.get(), locked.size());
        QCOMPARE(placesOf(needle).other, 0);
    }

    void onlyTheDataKeyStays()
    {
        const QTemporaryDir folder;
        const KeyFile file(folder.filePath(QStringLiteral("key")));
        QByteArray keyNeedle;
        QByteArray passphraseNeedle;
        QByteArray wideNeedle;
        QByteArray scratchNeedle;
        OpenOptions options;
        {
            const base::Secret words = passphrase();
            passphraseNeedle = masked(words.data(), words.size());
            wideNeedle = masked(words.data(), words.size(), 2);
            QVERIFY(KeyFile(file).create(words, {.logN = 14}).ok());
            auto key = file.unlock(words);
            QVERIFY(key.ok());
            keyNeedle = masked(key->secret().data(), key->secret().size());
            options.key = std::make_shared<const DataKey>(std::move(key).value());
            // What scrypt begins with (RFC 7914, 6): the first block of its large table.
            base::Secret block(64);
            const QByteArray salt = readFile(file.path()).mid(32, 32);
            QCOMPARE(PKCS5_PBKDF2_HMAC(reinterpret_cast<const char *>(words.data()), int(words.size()), reinterpret_cast<const unsigned char *>(salt.constData()), int(salt.size()), 1, EVP_sha256(),
                                       int(block.size()), block.data()), 1);
            scratchNeedle = masked(block.data(), block.size());
        }
        options.path = folder.filePath(QStringLiteral("a.db"));
        options.createIfMissing = true;
        {
            const auto connection = Connection::open(options);
            QVERIFY(connection.ok() && fill(**connection, 200) && isIntact(**connection));
            QVERIFY((*connection)->checkpoint(true).ok());
            QVERIFY(placesOf(keyNeedle).locked >= 1);
            QCOMPARE(placesOf(keyNeedle).other, 0);
            for (const QByteArray &needle : {passphraseNeedle, wideNeedle, scratchNeedle}) {
                QCOMPARE(placesOf(needle).locked, 0);
                QCOMPARE(placesOf(needle).other, 0);
            }
        }
        options.key.reset();
        QCOMPARE(placesOf(keyNeedle).locked, 0);
        QCOMPARE(placesOf(keyNeedle).other, 0);
    }
};

QTEST_GUILESS_MAIN(TestSecretsInMemory)
#include "tst_secrets_in_memory.moc"
