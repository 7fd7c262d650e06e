// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_file.h"

#include "core/base/logging.h"
#include "core/base/platform.h"
#include "core/base/random.h"
#include "core/storage/page_cipher.h"

#include <QFile>
#include <QFileInfo>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>

namespace fieldfare::storage {

namespace {

using base::Error;
using base::ErrorCode;
using base::Secret;

constexpr size_t kMinDeviceSecretSize = 16;

const unsigned char *unsignedBytes(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// HKDF-SHA-256 without salt; the input is uniform already.
base::Result<Secret> expand(const Secret &material)
{
    Secret key(32);
    char digest[] = "SHA256";
    char info[] = "fieldfare key file";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t *>(material.data()),
                                          material.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, sizeof info - 1),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    const bool done = context != nullptr && EVP_KDF_derive(context, key.data(), key.size(), parameters) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    if (!done)
        return Error{ErrorCode::Internal, QStringLiteral("HKDF failed")};
    return key;
}

base::Result<Secret> keyEncryptionKey(const KeyFileContent &content, const Secret &passphrase,
                                      const Secret *deviceSecret)
{
    const size_t extra = content.needsDeviceSecret && deviceSecret != nullptr ? deviceSecret->size() : 0;
    if (content.needsDeviceSecret && extra < kMinDeviceSecretSize)
        return Error{ErrorCode::WrongPassphrase, QStringLiteral("the key file needs this device's secret as well")};
    const std::uint64_t n = std::uint64_t(1) << content.logN;
    // scrypt takes 128 * r * N bytes; 256 MB are enough for the default cost.
    const std::uint64_t memory = std::max<std::uint64_t>(256 * 1024 * 1024, 128 * 8 * n + 16 * 1024 * 1024);
    Secret material(32 + extra);
    if (EVP_PBE_scrypt(reinterpret_cast<const char *>(passphrase.data()), passphrase.size(),
                       unsignedBytes(content.salt), size_t(content.salt.size()), n, 8, 1, memory, material.data(),
                       32) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("scrypt failed, probably for want of memory")};
    if (extra > 0)
        std::copy_n(deviceSecret->data(), extra, material.data() + 32);
    return expand(material);
}

base::Result<KeyFileContent> wrap(const DataKey &key, const Secret &passphrase, const KeyFile::Parameters &parameters)
{
    if (parameters.logN < KeyFileContent::kMinLogN || parameters.logN > KeyFileContent::kMaxLogN)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("scrypt's N must be 2^14 to 2^20")};
    if (parameters.deviceSecret != nullptr && parameters.deviceSecret->size() < kMinDeviceSecretSize)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("a device secret has 16 bytes or more")};
    base::SystemRandom random;
    KeyFileContent content;
    content.logN = parameters.logN;
    content.needsDeviceSecret = parameters.deviceSecret != nullptr;
    content.salt = random.bytes(32);
    content.nonce = random.bytes(kNonceSize);
    content.wrappedKey = QByteArray(qsizetype(DataKey::kSize), '\0');
    content.tag = QByteArray(kTagSize, '\0');
    FIELDFARE_ASSIGN(const Secret wrappingKey, keyEncryptionKey(content, passphrase, parameters.deviceSecret));
    const QByteArray header = content.authenticatedHeader();
    CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    auto *out = reinterpret_cast<unsigned char *>(content.wrappedKey.data());
    if (EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, wrappingKey.data(),
                           unsignedBytes(content.nonce)) != 1 ||
        EVP_EncryptUpdate(context.get(), nullptr, &length, unsignedBytes(header), int(header.size())) != 1 ||
        EVP_EncryptUpdate(context.get(), out, &length, key.secret().data(), int(key.secret().size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), out + length, &length) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, content.tag.data()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("wrapping the data key failed")};
    return content;
}

base::Result<DataKey> unwrap(const KeyFileContent &content, const Secret &passphrase, const Secret *deviceSecret)
{
    FIELDFARE_ASSIGN(const Secret wrappingKey, keyEncryptionKey(content, passphrase, deviceSecret));
    const QByteArray header = content.authenticatedHeader();
    QByteArray tag = content.tag;
    Secret key(DataKey::kSize);
    CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    if (EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, wrappingKey.data(),
                           unsignedBytes(content.nonce)) != 1 ||
        EVP_DecryptUpdate(context.get(), nullptr, &length, unsignedBytes(header), int(header.size())) != 1 ||
        EVP_DecryptUpdate(context.get(), key.data(), &length, unsignedBytes(content.wrappedKey),
                          int(content.wrappedKey.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("unwrapping the data key failed")};
    // The file's checksum was right, so a wrong tag means another passphrase (or another device's secret).
    if (EVP_DecryptFinal_ex(context.get(), key.data() + length, &length) != 1)
        return Error{ErrorCode::WrongPassphrase, QStringLiteral("the passphrase does not open the key file")};
    return DataKey::fromSecret(std::move(key));
}

base::Result<QByteArray> readAll(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Error{ErrorCode::KeyFileMissing, QStringLiteral("no key file"), {path}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::PermissionDenied, file.errorString(), {path}};
    // A read that fails must not pass for damage, for which the previous copy would be put in this one's place.
    QByteArray bytes = file.read(64 * 1024);
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::Io, file.errorString(), {path}};
    return bytes;
}

base::Result<KeyFileContent> readContent(const QString &path)
{
    FIELDFARE_ASSIGN(const QByteArray bytes, readAll(path));
    return KeyFileContent::parse(bytes);
}

/// A new file beside `path`, synced, then renamed over it.
base::Result<void> writeDurably(const QString &path, const QByteArray &bytes)
{
    const QString fresh = path + QStringLiteral(".new");
    const auto failed = [&fresh](const QFile &file) {
        const Error error{
            file.error() == QFile::ResourceError ? ErrorCode::DiskFull : ErrorCode::Io, file.errorString(), {fresh}};
        QFile::remove(fresh);
        return error;
    };
    QFile file(fresh);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return Error{ErrorCode::PermissionDenied, file.errorString(), {fresh}};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (file.write(bytes) != bytes.size() || !file.flush() || !base::platform::syncFile(file.handle()))
        return failed(file);
    file.close();
    if (!base::platform::replaceFile(fresh, path))
        return failed(file);
    if (!base::platform::syncDirectory(QFileInfo(path).absolutePath()))
        qCWarning(lcStorage) << "the folder of the key file could not be synced";
    return {};
}

base::Result<void> overwriteAndRemove(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (file.open(QIODevice::ReadWrite)) {
        file.write(base::SystemRandom().bytes(file.size()));
        file.flush();
        base::platform::syncFile(file.handle());
        file.close();
    }
    if (!file.remove())
        return Error{ErrorCode::PermissionDenied, file.errorString(), {path}};
    base::platform::syncDirectory(QFileInfo(path).absolutePath());
    return {};
}

} // namespace

bool KeyFile::exists() const
{
    return QFile::exists(m_path) || QFile::exists(previousPath());
}

namespace {

/// The file, or its previous copy where it cannot be read; the file's error where neither can.
base::Result<KeyFileContent> soundContent(const KeyFile &file)
{
    auto content = readContent(file.path());
    if (content.ok())
        return content;
    auto previous = readContent(file.previousPath());
    return previous.ok() ? previous : content;
}

} // namespace

base::Result<bool> KeyFile::needsDeviceSecret() const
{
    FIELDFARE_ASSIGN(const KeyFileContent content, soundContent(*this));
    return content.needsDeviceSecret;
}

base::Result<int> KeyFile::logN() const
{
    FIELDFARE_ASSIGN(const KeyFileContent content, soundContent(*this));
    return content.logN;
}

base::Result<void> KeyFile::write(const QByteArray &bytes) const
{
    const auto current = readAll(m_path);
    // Only a sound file is worth keeping: a damaged one must not replace its own rescue.
    if (current.ok() && KeyFileContent::parse(*current).ok())
        FIELDFARE_TRY(writeDurably(previousPath(), *current));
    return writeDurably(m_path, bytes);
}

base::Result<DataKey> KeyFile::create(const Secret &passphrase, const Parameters &parameters)
{
    if (exists())
        return Error{ErrorCode::AlreadyExists, QStringLiteral("there is a key file"), {m_path}};
    base::SystemRandom random;
    DataKey key = DataKey::generate(random);
    FIELDFARE_TRY(store(key, passphrase, parameters));
    return key;
}

base::Result<void> KeyFile::store(const DataKey &key, const Secret &passphrase, const Parameters &parameters)
{
    FIELDFARE_ASSIGN(const KeyFileContent content, wrap(key, passphrase, parameters));
    return write(content.toBytes());
}

base::Result<DataKey> KeyFile::unlock(const Secret &passphrase, const Secret *deviceSecret) const
{
    const auto content = readContent(m_path);
    if (content.ok())
        return unwrap(*content, passphrase, deviceSecret);
    const auto previous = readContent(previousPath());
    if (!previous.ok() || content.error().code == ErrorCode::SchemaTooNew)
        return content.error();
    auto key = unwrap(*previous, passphrase, deviceSecret);
    if (!key.ok()) {
        return Error{content.error().code,
                     content.error().detail + QStringLiteral("; its previous copy has another passphrase"),
                     {m_path}};
    }
    qCWarning(lcStorage) << "the key file was damaged or missing; restored from its previous copy";
    const auto repaired = writeDurably(m_path, previous->toBytes());
    if (!repaired.ok())
        qCWarning(lcStorage) << "restoring the key file failed:" << repaired.error().detail;
    return key;
}

base::Result<void> KeyFile::changePassphrase(const Secret &oldPassphrase, const Secret &newPassphrase,
                                             const Parameters &parameters, const Secret *oldDeviceSecret)
{
    FIELDFARE_ASSIGN(const DataKey key, unlock(oldPassphrase, oldDeviceSecret));
    FIELDFARE_ASSIGN(const int standing, logN());
    Parameters next = parameters;
    next.logN = std::max(next.logN, standing);
    return store(key, newPassphrase, next);
}

base::Result<void> KeyFile::forgetPrevious()
{
    return overwriteAndRemove(previousPath());
}

base::Result<void> KeyFile::erase()
{
    FIELDFARE_TRY(overwriteAndRemove(m_path));
    return overwriteAndRemove(previousPath());
}

} // namespace fieldfare::storage
