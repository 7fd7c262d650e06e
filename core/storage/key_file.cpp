// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_file.h"

#include "core/base/hash.h"
#include "core/base/logging.h"
#include "core/base/random.h"
#include "core/storage/key_wrap.h"
#include "core/storage/try_limit.h"
#include "core/storage/secret_file.h"
#include "core/storage/side_files.h"

#include <QFile>

#include <QtEndian>

#include <algorithm>
#include <mutex>

namespace fieldfare::storage {

namespace {

using base::Error;
using base::ErrorCode;
using base::Secret;

constexpr size_t kMinDeviceSecretSize = 16;
constexpr char kFormerKeyInfo[] = "fieldfare former key";

base::Result<Secret> keyEncryptionKey(const KeyFileContent &content, const Secret &passphrase,
                                      const Secret *deviceSecret)
{
    const size_t extra = content.needsDeviceSecret && deviceSecret != nullptr ? deviceSecret->size() : 0;
    if (content.needsDeviceSecret && extra < kMinDeviceSecretSize)
        return Error{ErrorCode::WrongPassphrase, QStringLiteral("the key file needs this device's secret as well")};
    FIELDFARE_ASSIGN(const Secret stretched, key_wrap::stretch(passphrase, content.salt, content.logN));
    Secret material(stretched.size() + extra);
    std::copy_n(stretched.data(), stretched.size(), material.data());
    if (extra > 0)
        std::copy_n(deviceSecret->data(), extra, material.data() + stretched.size());
    return key_wrap::derive(material, {}, "fieldfare key file", 32);
}

base::Result<KeyFileContent> wrap(const DataKey &key, const Secret &passphrase, const KeyFile::Parameters &parameters)
{
    if (parameters.logN < KeyFileContent::kMinLogN || parameters.logN > KeyFileContent::kMaxLogN)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("scrypt's N must be 2^14 to 2^20")};
    if (parameters.deviceSecret != nullptr && parameters.deviceSecret->size() < kMinDeviceSecretSize)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("a device secret has 16 bytes or more")};
    KeyFileContent content;
    content.logN = parameters.logN;
    content.needsDeviceSecret = parameters.deviceSecret != nullptr;
    content.salt = base::SystemRandom().bytes(32);
    FIELDFARE_ASSIGN(const Secret wrappingKey, keyEncryptionKey(content, passphrase, parameters.deviceSecret));
    FIELDFARE_ASSIGN(content.key, key_wrap::wrap(key.secret(), wrappingKey, content.authenticatedHeader()));
    return content;
}

/// A former data key needs no passphrase: who has the new one has it.
base::Result<QByteArray> formerRecord(const DataKey &key)
{
    QByteArray boundary(4, '\0');
    qToBigEndian(key.boundary(), boundary.data());
    FIELDFARE_ASSIGN(const WrappedKey wrapped, key_wrap::wrap(key.former(), key_wrap::derive(key.secret(), {}, kFormerKeyInfo, 32), boundary));
    return boundary + wrapped.toBytes();
}

/// Who forgets the passphrase between here and the next sync loses nothing, either.
base::Result<void> sealAnew(KeyFileContent &content, const DataKey &before, const DataKey &key)
{
    const auto record = RecoveryRecord::parse(content.records.take(KeyFileContent::Recovery));
    if (!record || !record->isFor(before))
        return {}; // the next sync makes one
    FIELDFARE_ASSIGN(const RecoveryRecord anew, RecoveryRecord::make(key, record->device(), record->companyKey()));
    content.records[KeyFileContent::Recovery] = anew.toBytes();
    return {};
}

/// The data key with what the records say of it.
base::Result<DataKey> withRecords(const KeyFileContent &content, Secret secret)
{
    const auto record = content.records.constFind(KeyFileContent::FormerKey);
    if (record == content.records.cend())
        return DataKey::fromSecret(std::move(secret));
    const Error damaged{ErrorCode::KeyFileDamaged, QStringLiteral("key file: the former data key's record is not sound")};
    if (record->size() != 4 + WrappedKey::kSize)
        return damaged;
    const QByteArray boundary = record->first(4);
    auto former = key_wrap::unwrap(WrappedKey::fromBytes(record->sliced(4)), key_wrap::derive(secret, {}, kFormerKeyInfo, 32), boundary);
    if (!former)
        return damaged;
    return DataKey::replacing(std::move(secret), std::move(*former), qFromBigEndian<quint32>(boundary.constData()));
}

base::Result<Secret> unwrapSecret(const KeyFileContent &content, const Secret &wrappingKey)
{
    auto secret = key_wrap::unwrap(content.key, wrappingKey, content.authenticatedHeader());
    // The file's checksum was right, so a wrong tag means another passphrase (or another device's secret).
    if (!secret)
        return Error{ErrorCode::WrongPassphrase, QStringLiteral("the passphrase does not open the key file")};
    return std::move(*secret);
}

base::Result<DataKey> unwrap(const KeyFileContent &content, const Secret &passphrase, const Secret *deviceSecret)
{
    FIELDFARE_ASSIGN(const Secret wrappingKey, keyEncryptionKey(content, passphrase, deviceSecret));
    FIELDFARE_ASSIGN(Secret secret, unwrapSecret(content, wrappingKey));
    return withRecords(content, std::move(secret));
}

/// Functions that write read before: two threads of a program must not do so at once, or one puts back what the other replaced.
/// Nothing is derived from a passphrase meanwhile: the window's thread and the database's may be among those that wait.
[[nodiscard]] std::unique_lock<std::mutex> exclusive()
{
    static std::mutex mutex;
    return std::unique_lock(mutex);
}

/// Whether what opened one opens the other, as the same key with the same former one: other records come and go without that.
bool isWrappedAlike(const KeyFileContent &a, const KeyFileContent &b)
{
    return a.authenticatedHeader() == b.authenticatedHeader() && a.key.toBytes() == b.key.toBytes()
        && a.records.value(KeyFileContent::FormerKey) == b.records.value(KeyFileContent::FormerKey);
}

base::Result<KeyFileContent> readContent(const QString &path)
{
    FIELDFARE_ASSIGN(const QByteArray bytes, secret_file::read(path));
    return KeyFileContent::parse(bytes);
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
    const auto current = readContent(m_path);
    // Only a sound file is worth keeping: a damaged one must not replace its own rescue.
    if (current.ok())
        FIELDFARE_TRY(secret_file::writeDurably(previousPath(), current->copy().toBytes()));
    return secret_file::writeDurably(m_path, bytes);
}

base::Result<DataKey> KeyFile::create(const Secret &passphrase, const Parameters &parameters)
{
    const Error isThere{ErrorCode::AlreadyExists, QStringLiteral("there is a key file"), {m_path}};
    if (exists())
        return isThere;
    base::SystemRandom random;
    DataKey key = DataKey::generate(random);
    FIELDFARE_ASSIGN(KeyFileContent content, wrap(key, passphrase, parameters));
    const auto lock = exclusive();
    if (exists())
        return isThere;
    FIELDFARE_TRY(put(key, std::move(content)));
    return key;
}

base::Result<void> KeyFile::store(const DataKey &key, const Secret &passphrase, const Parameters &parameters)
{
    FIELDFARE_ASSIGN(KeyFileContent content, wrap(key, passphrase, parameters));
    const auto lock = exclusive();
    return put(key, std::move(content));
}

base::Result<void> KeyFile::put(const DataKey &key, KeyFileContent content) const
{
    const auto standing = soundContent(*this);
    const bool isSameKey = standing.ok() && standing->keyId == key.id();
    // Of a key that was replaced meanwhile nothing must come over the only file that has the new one.
    if (standing.ok() && !standing->keyId.isEmpty() && !isSameKey)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    if (isSameKey || key.hasFormer())
        content.keyId = key.id();
    if (isSameKey) {
        content.records = standing->records;
        content.records.remove(KeyFileContent::Keychain); // a new passphrase is asked for everywhere
    }
    if (key.hasFormer() && !content.records.contains(KeyFileContent::FormerKey)) {
        FIELDFARE_ASSIGN(content.records[KeyFileContent::FormerKey], formerRecord(key));
    }
    return write(content.toBytes());
}

base::Result<DataKey> KeyFile::unlock(const Secret &passphrase, const Secret *deviceSecret) const
{
    FIELDFARE_ASSIGN(Opened opened, open(passphrase, deviceSecret));
    return std::move(opened.key);
}

base::Result<KeyFile::Opened> KeyFile::open(const Secret &passphrase, const Secret *deviceSecret) const
{
    const auto content = [this] {
        const auto lock = exclusive();
        auto read = readContent(m_path);
        if (read.ok())
            repairPrevious(*read);
        return read;
    }();
    if (content.ok()) {
        FIELDFARE_ASSIGN(DataKey key, unwrap(*content, passphrase, deviceSecret));
        return Opened{*content, std::move(key)};
    }
    const auto previous = readContent(previousPath());
    if (!previous.ok() || content.error().code == ErrorCode::SchemaTooNew)
        return content.error();
    auto key = unwrap(*previous, passphrase, deviceSecret);
    if (!key.ok()) {
        return Error{content.error().code,
                     content.error().detail + QStringLiteral("; its previous copy has another passphrase"),
                     {m_path, base::errorCodeName(key.error().code)}};
    }
    const auto lock = exclusive();
    Opened opened{*previous, std::move(*key)};
    if (readContent(m_path).ok())
        return opened; // somebody else was faster
    qCWarning(lcStorage) << "the key file was damaged or missing; restored from its previous copy";
    const auto repaired = secret_file::writeDurably(m_path, previous->toBytes());
    if (!repaired.ok())
        qCWarning(lcStorage) << "restoring the key file failed:" << repaired.error().detail;
    return opened;
}

bool KeyFile::didCopyRefuse(const Error &error)
{
    return (error.code == ErrorCode::KeyFileDamaged || error.code == ErrorCode::KeyFileMissing)
        && error.arguments.value(1) == base::errorCodeName(ErrorCode::WrongPassphrase);
}

base::Result<void> KeyFile::changePassphrase(const Secret &oldPassphrase, const Secret &newPassphrase,
                                             const Parameters &parameters, const Secret *oldDeviceSecret)
{
    for (;;) { // again where another thread was faster: with a key of its own, or a passphrase, and then this one is refused
        FIELDFARE_ASSIGN(const Opened opened, open(oldPassphrase, oldDeviceSecret));
        Parameters next = parameters;
        next.logN = std::max(next.logN, opened.content.logN);
        FIELDFARE_ASSIGN(KeyFileContent content, wrap(opened.key, newPassphrase, next));
        const auto lock = exclusive();
        FIELDFARE_ASSIGN(const KeyFileContent standing, soundContent(*this));
        if (isWrappedAlike(standing, opened.content))
            return put(opened.key, std::move(content));
    }
}

base::Result<DataKey> KeyFile::beginRotation(const DataKey &key, const Secret &passphrase, std::uint32_t boundary, const Secret *deviceSecret)
{
    if (key.hasFormer())
        return Error{ErrorCode::AlreadyExists, QStringLiteral("the data key is being replaced already")};
    for (;;) { // again where another thread has changed the passphrase meanwhile, and then this one is refused
        FIELDFARE_ASSIGN(const KeyFileContent derivedFor, readContent(m_path));
        FIELDFARE_ASSIGN(const Secret wrappingKey, keyEncryptionKey(derivedFor, passphrase, deviceSecret));
        const auto lock = exclusive();
        FIELDFARE_ASSIGN(const KeyFileContent standing, readContent(m_path));
        if (isWrappedAlike(standing, derivedFor))
            return putBoth(key, standing, wrappingKey, boundary);
    }
}

base::Result<DataKey> KeyFile::putBoth(const DataKey &key, KeyFileContent content, const Secret &wrappingKey, std::uint32_t boundary) const
{
    const QByteArray before = content.toBytes();
    const QByteArray copyBefore = content.copy().toBytes();
    FIELDFARE_ASSIGN(Secret secret, unwrapSecret(content, wrappingKey));
    if (content.records.contains(KeyFileContent::FormerKey) || !base::equalInConstantTime(secret.view(), key.secret().view()))
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    base::SystemRandom random;
    Secret fresh(DataKey::kSize);
    random.fill({fresh.data(), fresh.size()});
    FIELDFARE_ASSIGN(content.key, key_wrap::wrap(fresh, wrappingKey, content.authenticatedHeader()));
    FIELDFARE_ASSIGN(DataKey replaced, DataKey::replacing(std::move(fresh), std::move(secret), boundary));
    content.keyId = replaced.id();
    FIELDFARE_ASSIGN(content.records[KeyFileContent::FormerKey], formerRecord(replaced));
    content.records.remove(KeyFileContent::Keychain);
    FIELDFARE_TRY(sealAnew(content, key, replaced));
    // The copy first: once a page is written under the new key, no rescue may lead back to a file that lacks it, nor may a power cut.
    const QByteArray both = content.toBytes();
    const auto copied = secret_file::writeSurely(previousPath(), both);
    const auto written = copied.ok() ? secret_file::writeSurely(m_path, both) : copied;
    if (written.ok())
        return replaced;
    // Whichever of the files a power cut leaves now, it opens: no page is under the new key.
    if (copied.ok())
        static_cast<void>(secret_file::writeDurably(m_path, before));
    static_cast<void>(secret_file::writeDurably(previousPath(), copyBefore));
    return written.error();
}

base::Result<void> KeyFile::endRotation(const DataKey &key)
{
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(KeyFileContent content, readContent(m_path));
    if (content.keyId != key.id())
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    content.records.remove(KeyFileContent::FormerKey);
    FIELDFARE_TRY(secret_file::writeDurably(m_path, content.toBytes()));
    FIELDFARE_TRY(secret_file::overwriteAndRemove(previousPath()));
    return secret_file::writeDurably(previousPath(), content.copy().toBytes());
}

base::Result<RecoveryRecord> KeyFile::recovery() const
{
    FIELDFARE_ASSIGN(const KeyFileContent content, soundContent(*this));
    const auto record = RecoveryRecord::parse(content.records.value(KeyFileContent::Recovery));
    if (!record)
        return Error{ErrorCode::NotFound, QStringLiteral("the data key is not sealed to a company's recovery key"), {m_path}};
    return *record;
}

base::Result<void> KeyFile::setRecovery(const DataKey &key, const RecoveryRecord &record)
{
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(KeyFileContent content, readContent(m_path));
    if (!record.isFor(key) || (!content.keyId.isEmpty() && content.keyId != key.id()))
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    content.keyId = key.id();
    content.records[KeyFileContent::Recovery] = record.toBytes();
    FIELDFARE_TRY(secret_file::writeDurably(m_path, content.toBytes()));
    // The copy as well, where it is known to be of this key: it would be asked if the file were lost.
    auto previous = readContent(previousPath());
    if (!previous.ok() || previous->keyId != key.id())
        return {};
    previous->records[KeyFileContent::Recovery] = record.toBytes();
    return secret_file::writeDurably(previousPath(), previous->toBytes());
}

base::Result<void> KeyFile::recover(Secret secret, const Secret &newPassphrase, const Parameters &parameters)
{
    FIELDFARE_ASSIGN(const DataKey alone, DataKey::fromSecret(secret.clone()));
    FIELDFARE_ASSIGN(const KeyFileContent derivedFor, soundContent(*this));
    if (derivedFor.keyId != alone.id())
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    Parameters next = parameters;
    next.logN = std::max(next.logN, derivedFor.logN);
    FIELDFARE_ASSIGN(KeyFileContent content, wrap(alone, newPassphrase, next));
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(const KeyFileContent standing, soundContent(*this));
    if (!isWrappedAlike(standing, derivedFor))
        return Error{ErrorCode::RecordChanged, QStringLiteral("the key file was changed meanwhile"), {m_path}};
    FIELDFARE_ASSIGN(const DataKey key, withRecords(standing, std::move(secret)));
    FIELDFARE_TRY(put(key, std::move(content)));
    TryLimit(m_path, base::SystemClock()).noteSuccess(); // what was tried before was about another one
    // What opened with the forgotten passphrase goes.
    FIELDFARE_ASSIGN(const QByteArray written, secret_file::read(m_path));
    FIELDFARE_TRY(secret_file::overwriteAndRemove(previousPath()));
    return secret_file::writeDurably(previousPath(), written);
}

base::Result<KeychainRecord> KeyFile::keychain() const
{
    FIELDFARE_ASSIGN(const KeyFileContent content, readContent(m_path));
    const auto record = KeychainRecord::parse(content.records.value(KeyFileContent::Keychain));
    if (!record)
        return Error{ErrorCode::NotFound, QStringLiteral("the data key is not under a secret of the keychain"), {m_path}};
    return *record;
}

base::Result<void> KeyFile::setKeychain(const DataKey &key, const KeychainRecord &record)
{
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(KeyFileContent content, readContent(m_path));
    if (!content.keyId.isEmpty() && content.keyId != key.id())
        return Error{ErrorCode::InvalidArgument, QStringLiteral("the key file is not the one of this data key"), {m_path}};
    content.keyId = key.id();
    content.records[KeyFileContent::Keychain] = record.toBytes();
    return secret_file::writeDurably(m_path, content.toBytes());
}

base::Result<void> KeyFile::removeKeychain()
{
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(KeyFileContent content, readContent(m_path));
    return content.records.remove(KeyFileContent::Keychain) == 0 ? base::Result<void>() : secret_file::writeDurably(m_path, content.toBytes());
}

base::Result<DataKey> KeyFile::unlockByKeychain(const Secret &secret) const
{
    const auto lock = exclusive();
    FIELDFARE_ASSIGN(const KeychainRecord record, keychain());
    FIELDFARE_ASSIGN(const KeyFileContent content, readContent(m_path));
    auto opened = record.open(secret);
    // The id is not authenticated, but what it does not fit is no key of this file.
    if (!opened || DataKey::fromSecret(opened->clone())->id() != content.keyId)
        return Error{ErrorCode::WrongPassphrase, QStringLiteral("the keychain's secret does not open the key file")};
    repairPrevious(content);
    return withRecords(content, std::move(*opened));
}

base::Result<bool> KeyFile::isFor(const DataKey &key) const
{
    FIELDFARE_ASSIGN(const KeyFileContent content, soundContent(*this));
    const QByteArray record = content.records.value(KeyFileContent::FormerKey);
    const std::uint32_t boundary = record.size() < 4 ? 0 : qFromBigEndian<quint32>(record.constData());
    return boundary == key.boundary() && (content.keyId.isEmpty() || content.keyId == key.id());
}

/// A power cut at the begin or the end of a replacement leaves the two copies apart: the file is what counts.
void KeyFile::repairPrevious(const KeyFileContent &content) const
{
    const auto previous = readContent(previousPath());
    if (!previous.ok() || previous->records.value(KeyFileContent::FormerKey) == content.records.value(KeyFileContent::FormerKey))
        return;
    auto repaired = secret_file::overwriteAndRemove(previousPath());
    if (repaired.ok())
        repaired = secret_file::writeDurably(previousPath(), content.copy().toBytes());
    if (!repaired.ok())
        qCWarning(lcStorage) << "the key file's copy could not be brought up to date:" << repaired.error().detail;
}

base::Result<void> KeyFile::forgetPrevious()
{
    const auto lock = exclusive();
    return secret_file::overwriteAndRemove(previousPath());
}

base::Result<void> KeyFile::erase()
{
    const auto lock = exclusive();
    FIELDFARE_TRY(secret_file::overwriteAndRemove(m_path));
    return side_files::removeOfKeyFile(m_path);
}

} // namespace fieldfare::storage
