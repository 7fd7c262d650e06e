// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/connection.h"
#include "core/storage/key_file.h"
#include "core/storage/key_rotation.h"
#include "core/storage/passphrase.h"
#include "core/storage/transaction.h"
#include "tests/storage/storage_fixture.h"

#include <QDir>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <openssl/evp.h>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;

namespace {

constexpr char kPassphrase[] = "golden passphrase, never use it";

/// A second reader of the encrypted file, made from core/storage/docs/encrypted-file.md and key-file.md. It shares
/// nothing with the product but OpenSSL, and must not: it is what says that the pages tell the truth.
namespace decoder {

QByteArray hkdf(const QByteArray &key, const QByteArray &salt, const QByteArray &info, int size)
{
    const auto hmac = [](const QByteArray &message, const QByteArray &with) {
        return QMessageAuthenticationCode::hash(message, with, QCryptographicHash::Sha256);
    };
    const QByteArray extracted = hmac(key, salt.isEmpty() ? QByteArray(32, '\0') : salt);
    QByteArray all;
    QByteArray block;
    for (char counter = 1; all.size() < size; ++counter) {
        block = hmac(block + info + counter, extracted);
        all += block;
    }
    return all.first(size);
}

const unsigned char *u(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// Null when the tag is wrong.
QByteArray openGcm(const QByteArray &key, const QByteArray &nonce, const QByteArray &additional, const QByteArray &body,
                   QByteArray tag)
{
    QByteArray plain(body.size(), '\0');
    auto *out = reinterpret_cast<unsigned char *>(plain.data());
    int length = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    const bool sound = EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, u(key), u(nonce)) == 1 &&
                       EVP_DecryptUpdate(context, nullptr, &length, u(additional), int(additional.size())) == 1 &&
                       EVP_DecryptUpdate(context, out, &length, u(body), int(body.size())) == 1 &&
                       EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, tag.data()) == 1 &&
                       EVP_DecryptFinal_ex(context, out + length, &length) == 1;
    EVP_CIPHER_CTX_free(context);
    return sound ? plain : QByteArray();
}

QByteArray openOnce(const EVP_CIPHER *cipher, bool encrypt, const QByteArray &key, const QByteArray &iv,
                    const QByteArray &body)
{
    QByteArray out(body.size(), '\0');
    int length = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    EVP_CipherInit_ex(context, cipher, nullptr, u(key), iv.isEmpty() ? nullptr : u(iv), encrypt ? 1 : 0);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_CipherUpdate(context, reinterpret_cast<unsigned char *>(out.data()), &length, u(body), int(body.size()));
    EVP_CIPHER_CTX_free(context);
    return out;
}

quint32 wordAt(const QByteArray &bytes, qsizetype offset)
{
    return qFromBigEndian<quint32>(bytes.constData() + offset);
}

QByteArray dataKey(const QByteArray &file, const QByteArray &passphrase)
{
    const auto word = [&file](qsizetype offset) { return wordAt(file, offset); };
    const bool isSecond = file.size() > 156 && word(8) == 2;
    if ((!isSecond && (file.size() != 156 || word(8) != 1)) || file.first(8) != QByteArray::fromHex("46464b45590d0a1a") ||
        QCryptographicHash::hash(file.chopped(32), QCryptographicHash::Sha256) != file.last(32))
        return {};
    QByteArray derived(32, '\0');
    EVP_PBE_scrypt(passphrase.constData(), size_t(passphrase.size()), u(file) + 32, 32, quint64(1) << word(12),
                   word(16), word(20), 512 * 1024 * 1024, reinterpret_cast<unsigned char *>(derived.data()), 32);
    const QByteArray authenticated = file.first(8) + QByteArray::fromHex("00000001") + file.mid(12, 52);
    return openGcm(hkdf(derived, {}, "fieldfare key file", 32), file.mid(64, 12), authenticated, file.mid(76, 32),
                   file.mid(108, 16));
}

/// The former data key and the first epoch of the new one, of a file of version 2 with a record of type 1 first.
QByteArray formerKey(const QByteArray &file, const QByteArray &key, quint32 *boundary)
{
    if (wordAt(file, 132) != 1 || wordAt(file, 136) != 64 || file.mid(124, 8) != hkdf(key, {}, "fieldfare key id", 8))
        return {};
    const QByteArray record = file.mid(140, 64);
    *boundary = wordAt(record, 0);
    return openGcm(hkdf(key, {}, "fieldfare former key", 32), record.mid(4, 12), record.first(4), record.mid(16, 32), record.mid(48, 16));
}

struct File {
    QByteArray key;
    QByteArray salt;
    QByteArray former = {};
    quint32 boundary = 0;

    QByteArray page(quint32 pageNumber, const QByteArray &bytes) const
    {
        const QByteArray epoch = bytes.mid(4064, 4);
        const int start = pageNumber == 1 ? 16 : 0;
        const QByteArray plain =
            openGcm(hkdf(wordAt(epoch, 0) < boundary ? former : key, {}, "fieldfare page " + epoch, 32), bytes.mid(4068, 12), number(pageNumber) + salt,
                    bytes.mid(start, 4064 - start), bytes.mid(4080, 16));
        if (plain.isNull())
            return {};
        return (start > 0 ? QByteArray("SQLite format 3\0", 16) : QByteArray()) + plain + QByteArray(32, '\0');
    }

    QByteArray main(const QByteArray &bytes) const
    {
        QByteArray plain;
        for (qsizetype offset = 0; offset < bytes.size(); offset += 4096)
            plain += page(quint32(offset / 4096 + 1), bytes.mid(offset, 4096));
        return plain;
    }

    QByteArray logHeader(const QByteArray &bytes, qsizetype offset) const
    {
        QByteArray tweak(16, '\0');
        qToLittleEndian(quint64(offset), tweak.data());
        return openOnce(EVP_aes_256_xts(), false, hkdf(key, salt, "fieldfare log header", 64), tweak, bytes);
    }

    QByteArray log(const QByteArray &bytes) const
    {
        QByteArray plain = logHeader(bytes.first(32), 0);
        for (qsizetype offset = 32; offset < bytes.size(); offset += 4120) {
            const QByteArray header = logHeader(bytes.mid(offset, 24), offset);
            plain += header + page(qFromBigEndian<quint32>(header.constData()), bytes.mid(offset + 24, 4096));
        }
        return plain;
    }

    QByteArray journal(const QByteArray &bytes) const
    {
        const QByteArray maskKey = hkdf(key, salt, "fieldfare journal checksum", 32);
        QByteArray plain;
        while (bytes.mid(plain.size(), 8) == QByteArray::fromHex("d9d505f920a163d7")) {
            const quint32 records = qFromBigEndian<quint32>(bytes.constData() + plain.size() + 8);
            plain += bytes.mid(plain.size(), 512);
            for (quint32 i = 0; i < records; ++i) {
                const QByteArray record = bytes.mid(plain.size(), 4104);
                plain += record.first(4) + page(qFromBigEndian<quint32>(record.constData()), record.mid(4, 4096));
                const QByteArray mask = openOnce(EVP_aes_256_ecb(), true, maskKey, {}, record.mid(4 + 4080, 16));
                for (int byte = 0; byte < 4; ++byte)
                    plain += char(record[4100 + byte] ^ mask[byte]);
            }
            plain += QByteArray((512 - plain.size() % 512) % 512, '\0');
        }
        return plain;
    }
};

} // namespace decoder

QString golden(const char *name)
{
    return qEnvironmentVariable("FIELDFARE_TEST_DATA") + QStringLiteral("/storage/") + QLatin1StringView(name);
}

OpenOptions optionsFor(const QString &path, std::shared_ptr<const DataKey> key)
{
    OpenOptions options;
    options.path = path;
    options.key = std::move(key);
    return options;
}

/// The rows of both golden files, as they were committed.
QStringList rowsOf(Connection &connection)
{
    QStringList rows;
    Statement &read = connection.statement("SELECT id, name, length(filler) FROM bird ORDER BY id"_sql);
    for (;;) {
        const auto row = read.step();
        if (!row.ok())
            return {row.error().detail};
        if (!row.value())
            return rows;
        rows.append(QStringLiteral("%1 %2 %3").arg(read.int64(0)).arg(read.text(1)).arg(read.int64(2)));
    }
}

QStringList rowsOfLoggedFile()
{
    return {QStringLiteral("1 Wacholderdrossel 10"), QString::fromUtf8("2 田鸫 5000"), QStringLiteral("3 fieldfare 3")};
}

QStringList rowsOfJournalledFile()
{
    QStringList rows;
    for (int i = 1; i <= 16; ++i)
        rows.append(QStringLiteral("%1 bird %1 3000").arg(i));
    return rows;
}

QStringList rowsOfRotatingFile()
{
    return {QStringLiteral("1 old 10"), QStringLiteral("2 old 9000"), QStringLiteral("3 new 3")};
}

} // namespace

class TestGoldenFile : public QObject {
    Q_OBJECT

    QByteArray m_key;

    decoder::File fileOf(const char *name) const { return {m_key, readFile(golden(name)).first(16)}; }

private Q_SLOTS:
    void theKeyFileOpensByThePage()
    {
        m_key = decoder::dataKey(readFile(golden("golden.key")), kPassphrase);
        QCOMPARE(m_key.size(), 32);
        const auto opened = KeyFile(golden("golden.key")).unlock(passphraseBytes(QString::fromLatin1(kPassphrase)));
        QVERIFY(opened.ok());
        QCOMPARE(opened->secret().view().toByteArray(), m_key);
        QVERIFY(decoder::dataKey(readFile(golden("golden.key")), "another").isNull());
    }

    void pagesAndLogOpenByThePage()
    {
        const decoder::File file = fileOf("golden.db");
        const QByteArray main = file.main(readFile(golden("golden.db")));
        const QByteArray log = file.log(readFile(golden("golden.db-wal")));
        QCOMPARE(main.size(), readFile(golden("golden.db")).size());
        QCOMPARE(log.size(), readFile(golden("golden.db-wal")).size());
        QVERIFY(log.size() > 32);
        // Plain SQLite checks the rest: its own header, the log's checksums, the rows.
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("plain.db"));
        QVERIFY(writeFile(path, main));
        {
            const auto withoutLog = Connection::open(optionsFor(path, nullptr));
            QCOMPARE(rowsOf(**withoutLog).size(), 2);
        }
        QVERIFY(writeFile(path, main) && writeFile(path + QStringLiteral("-wal"), log));
        const auto plain = Connection::open(optionsFor(path, nullptr));
        QVERIFY(plain.ok());
        QCOMPARE(rowsOf(**plain), rowsOfLoggedFile());
    }

    void theJournalOpensByThePage()
    {
        const decoder::File file = fileOf("hot.db");
        const QByteArray main = file.main(readFile(golden("hot.db")));
        const QByteArray journal = file.journal(readFile(golden("hot.db-journal")));
        QCOMPARE(main.size(), readFile(golden("hot.db")).size());
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("plain.db"));
        QVERIFY(writeFile(path, main));
        OpenOptions options = optionsFor(path, nullptr);
        options.journal = OpenOptions::Journal::Rollback;
        {
            const auto halfWritten = Connection::open(options);
            QVERIFY(rowsOf(**halfWritten) != rowsOfJournalledFile());
        }
        QVERIFY(writeFile(path, main) && writeFile(path + QStringLiteral("-journal"), journal));
        const auto plain = Connection::open(options);
        QVERIFY(plain.ok());
        QCOMPARE(rowsOf(**plain), rowsOfJournalledFile());
        QCOMPARE((*plain)->statement("PRAGMA integrity_check"_sql).step().value(), true);
    }

    void aFileWithTwoKeysOpensByThePage()
    {
        const QByteArray keyFile = readFile(golden("rotating.key"));
        decoder::File file{decoder::dataKey(keyFile, kPassphrase), readFile(golden("rotating.db")).first(16)};
        QCOMPARE(file.key.size(), 32);
        file.former = decoder::formerKey(keyFile, file.key, &file.boundary);
        QCOMPARE(file.former, fixedKey(0x50)->secret().view().toByteArray());
        const QByteArray bytes = readFile(golden("rotating.db"));
        const QByteArray main = file.main(bytes);
        QCOMPARE(main.size(), bytes.size());
        int ofFormer = 0;
        for (qsizetype offset = 4064; offset < bytes.size(); offset += 4096)
            ofFormer += decoder::wordAt(bytes, offset) < file.boundary ? 1 : 0;
        QVERIFY(ofFormer > 0 && ofFormer < bytes.size() / 4096);
        const QTemporaryDir folder;
        const QString plainPath = folder.filePath(QStringLiteral("plain.db"));
        QVERIFY(writeFile(plainPath, main));
        const auto plain = Connection::open(optionsFor(plainPath, nullptr));
        QVERIFY(plain.ok());
        QCOMPARE(rowsOf(**plain), rowsOfRotatingFile());
        const QString path = folder.filePath(QStringLiteral("rotating.db"));
        QVERIFY(copyDatabase(golden("rotating.db"), path));
        const auto key = KeyFile(golden("rotating.key")).unlock(passphraseBytes(QString::fromLatin1(kPassphrase)));
        QVERIFY(key.ok());
        const auto connection = Connection::open(optionsFor(path, std::make_shared<const DataKey>(DataKey::replacing(key->secret().clone(), key->former().clone(), key->boundary()).value())));
        QVERIFY(connection.ok());
        QCOMPARE(rowsOf(**connection), rowsOfRotatingFile());
    }

    void theProductStillReadsThem()
    {
        const QTemporaryDir folder;
        const auto key = std::make_shared<const DataKey>(DataKey::fromSecret(base::Secret::fromBytes(m_key)).value());
        const QString logged = folder.filePath(QStringLiteral("golden.db"));
        const QString journalled = folder.filePath(QStringLiteral("hot.db"));
        QVERIFY(copyDatabase(golden("golden.db"), logged) && copyDatabase(golden("hot.db"), journalled));
        const auto first = Connection::open(optionsFor(logged, key));
        QVERIFY(first.ok());
        QCOMPARE(rowsOf(**first), rowsOfLoggedFile());
        const auto second = Connection::open(optionsFor(journalled, key));
        QVERIFY(second.ok());
        QCOMPARE(rowsOf(**second), rowsOfJournalledFile());
    }
};

namespace {

/// A file whose data key is being replaced: some pages are under the former one. tst_golden_file --make-rotating FOLDER.
bool makeRotating(const QString &folder)
{
    const QTemporaryDir work;
    const QString path = work.filePath(QStringLiteral("rotating.db"));
    OpenOptions options = optionsFor(path, fixedKey(0x50));
    options.createIfMissing = true;
    KeyFile keyFile(folder + QStringLiteral("/rotating.key"));
    const base::Secret passphrase = passphraseBytes(QString::fromLatin1(kPassphrase));
    const auto connection = Connection::open(options);
    bool made = connection.ok() && keyFile.store(*options.key, passphrase, {.logN = 14}).ok() &&
                (*connection)->execute("CREATE TABLE bird(id INTEGER PRIMARY KEY, name TEXT, filler BLOB);"
                                       "INSERT INTO bird VALUES(1, 'old', zeroblob(10)), (2, 'old', zeroblob(9000))"_sql).ok();
    const auto rotation = KeyRotation::open(options, keyFile);
    return made && rotation.ok() && (*rotation)->begin(passphrase).ok() &&
           (*connection)->execute("INSERT INTO bird VALUES(3, 'new', zeroblob(3))"_sql).ok() && (*connection)->checkpoint(true).ok() &&
           copyDatabase(path, folder + QStringLiteral("/rotating.db")) && keyFile.forgetPrevious().ok();
}

/// Makes the golden files anew, for a new version of the format: tst_golden_file --make FOLDER.
bool make(const QString &folder)
{
    const QDir target(folder);
    const QTemporaryDir work;
    const QString logged = work.filePath(QStringLiteral("golden.db"));
    const QString journalled = work.filePath(QStringLiteral("hot.db"));
    const auto key = fixedKey(0x40);
    KeyFile keyFile(target.filePath(QStringLiteral("golden.key")));
    OpenOptions options = optionsFor(logged, key);
    options.createIfMissing = true;
    const auto first = Connection::open(options);
    bool made = keyFile.store(*key, passphraseBytes(QString::fromLatin1(kPassphrase)), {.logN = 14}).ok() && first.ok();
    const auto create = "CREATE TABLE bird(id INTEGER PRIMARY KEY, name TEXT, filler BLOB)"_sql;
    made = made && (*first)->execute(create).ok() &&
           (*first)
               ->execute(QString::fromUtf8("INSERT INTO bird VALUES(1, 'Wacholderdrossel', zeroblob(10)),"
                                           "(2, '田鸫', zeroblob(5000))"))
               .ok() &&
           (*first)->checkpoint(true).ok() &&
           (*first)->execute("INSERT INTO bird VALUES(3, 'fieldfare', zeroblob(3))"_sql).ok() &&
           copyDatabase(logged, target.filePath(QStringLiteral("golden.db")));
    options.path = journalled;
    options.journal = OpenOptions::Journal::Rollback;
    options.cacheKiB = 16; // the update reaches the main file before its end
    const auto second = Connection::open(options);
    made = made && second.ok() && (*second)->execute(create).ok();
    for (int i = 1; made && i <= 16; ++i)
        made = (*second)->execute(QStringLiteral("INSERT INTO bird VALUES(%1, 'bird %1', zeroblob(3000))").arg(i)).ok();
    made = made && (*second)->execute("BEGIN; UPDATE bird SET name = 'never committed'"_sql).ok() &&
           copyDatabase(journalled, target.filePath(QStringLiteral("hot.db")));
    return made;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("--make"))
        return make(arguments.value(2)) ? 0 : 1;
    if (arguments.value(1) == QLatin1StringView("--make-rotating"))
        return makeRotating(arguments.value(2)) ? 0 : 1;
    TestGoldenFile test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_golden_file.moc"
