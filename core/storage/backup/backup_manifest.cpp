// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_manifest.h"

#include "core/base/random.h"
#include "core/storage/page_cipher.h"
#include "core/storage/shared_file.h"

#include <QJsonDocument>
#include <QtEndian>

#include <openssl/evp.h>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr QByteArrayView kMagic("FFBACKUP");
constexpr quint32 kVersion = 1;
constexpr qsizetype kClearSize = 8 + 4 + 4 + 16 + 16 + 8 + 4 + 4 + kSaltSize + BackupManifest::kHashSize + kNonceSize;
constexpr qsizetype kMostBytes = 1'000'000;

const unsigned char *unsignedBytes(const char *bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes);
}

base::Secret sealingKey(const std::shared_ptr<const DataKey> &key)
{
    return SharedFile(key, false).derive({}, "fieldfare backup", 32);
}

template <typename Number>
void append(QByteArray &bytes, Number number)
{
    const Number big = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char *>(&big), sizeof big);
}

/// Takes values off the front.
class Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) {}
    QByteArray take(qsizetype count)
    {
        const QByteArray taken = m_bytes.mid(m_at, count);
        m_at += count;
        return taken;
    }
    template <typename Number>
    Number number()
    {
        return qFromBigEndian<Number>(take(sizeof(Number)).constData());
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

Error damaged(const char *what)
{
    return {ErrorCode::FileDamaged, QString::fromLatin1(what)};
}

} // namespace

Result<QByteArray> BackupManifest::sealed(const std::shared_ptr<const DataKey> &key) const
{
    QByteArray bytes(kMagic.toByteArray());
    append(bytes, kVersion);
    append(bytes, quint32(kind));
    bytes.append(id);
    bytes.append(kind == Kind::Full ? QByteArray(kIdSize, '\0') : base);
    append(bytes, at);
    append(bytes, pages);
    append(bytes, stored);
    bytes.append(reinterpret_cast<const char *>(salt.data()), kSaltSize);
    bytes.append(pagesHash);
    const QByteArray nonce = base::SystemRandom().bytes(kNonceSize);
    bytes.append(nonce);
    if (bytes.size() != kClearSize)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("an id or hash of a backup has a wrong size")};
    const QByteArray plain = QJsonDocument(facts).toJson(QJsonDocument::Compact);
    QByteArray secret(plain.size() + kTagSize, '\0');
    const base::Secret sealing = sealingKey(key);
    const CipherContext context(EVP_CIPHER_CTX_new());
    auto *out = reinterpret_cast<unsigned char *>(secret.data());
    int length = 0;
    if (EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, sealing.data(), unsignedBytes(nonce.constData())) != 1
        || EVP_EncryptUpdate(context.get(), nullptr, &length, unsignedBytes(bytes.constData()), int(bytes.size())) != 1
        || EVP_EncryptUpdate(context.get(), out, &length, unsignedBytes(plain.constData()), int(plain.size())) != 1
        || EVP_EncryptFinal_ex(context.get(), out + length, &length) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, out + plain.size()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("sealing a backup's manifest failed")};
    return bytes + secret;
}

Result<BackupManifest> BackupManifest::read(const QByteArray &bytes)
{
    if (!bytes.startsWith(kMagic.toByteArray()) || bytes.size() < kClearSize + kTagSize || bytes.size() > kMostBytes)
        return damaged("the manifest of a backup is damaged");
    Reader reader(bytes);
    reader.take(kMagic.size());
    if (reader.number<quint32>() > kVersion)
        return Error{ErrorCode::SchemaTooNew, QStringLiteral("the backup was written by a newer program")};
    BackupManifest manifest;
    const auto kind = reader.number<quint32>();
    if (kind != quint32(Kind::Full) && kind != quint32(Kind::Increment))
        return damaged("the manifest of a backup names no kind");
    manifest.kind = Kind(kind);
    manifest.id = reader.take(kIdSize);
    manifest.base = reader.take(kIdSize);
    if (manifest.kind == Kind::Full)
        manifest.base.clear();
    manifest.at = reader.number<qint64>();
    manifest.pages = reader.number<quint32>();
    manifest.stored = reader.number<quint32>();
    const QByteArray salt = reader.take(kSaltSize);
    std::copy_n(unsignedBytes(salt.constData()), kSaltSize, manifest.salt.begin());
    manifest.pagesHash = reader.take(kHashSize);
    return manifest;
}

Result<BackupManifest> BackupManifest::open(const QByteArray &bytes, const std::shared_ptr<const DataKey> &key)
{
    FIELDFARE_ASSIGN(BackupManifest manifest, read(bytes));
    const qsizetype size = bytes.size() - kClearSize - kTagSize;
    QByteArray plain(size, '\0');
    QByteArray tag = bytes.right(kTagSize);
    const base::Secret sealing = sealingKey(key);
    const CipherContext context(EVP_CIPHER_CTX_new());
    auto *out = reinterpret_cast<unsigned char *>(plain.data());
    int length = 0;
    if (EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, sealing.data(), unsignedBytes(bytes.constData()) + kClearSize - kNonceSize) != 1
        || EVP_DecryptUpdate(context.get(), nullptr, &length, unsignedBytes(bytes.constData()), int(kClearSize)) != 1
        || EVP_DecryptUpdate(context.get(), out, &length, unsignedBytes(bytes.constData()) + kClearSize, int(size)) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) != 1
        || EVP_DecryptFinal_ex(context.get(), out + length, &length) != 1)
        return damaged("the manifest of a backup was changed, or is of another key");
    manifest.facts = QJsonDocument::fromJson(plain).object();
    return manifest;
}

} // namespace fieldfare::storage
