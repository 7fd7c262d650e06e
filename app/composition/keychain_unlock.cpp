// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/keychain_unlock.h"

#include "core/base/logging.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;
using storage::KeychainRecord;

namespace {

constexpr int kPatienceMs = 5'000;

QString nameOf(const QByteArray &item)
{
    return QStringLiteral("profile-") + QString::fromLatin1(item.toHex());
}

} // namespace

KeychainUnlock::KeychainUnlock(QString keyFile, SecretStore &store, QObject *parent) : QObject(parent), m_keyFile(std::move(keyFile)), m_store(store) {}

QString KeychainUnlock::item() const
{
    const auto record = m_keyFile.keychain();
    return record.ok() ? nameOf(record->item()) : QString();
}

void KeychainUnlock::turnOn(const std::shared_ptr<const storage::DataKey> &key, SecretStore::Done done)
{
    base::SystemRandom random;
    const QByteArray item = random.bytes(KeychainRecord::kItemSize);
    base::Secret secret(KeychainRecord::kSecretSize);
    random.fill({secret.data(), secret.size()});
    const Result<KeychainRecord> record = KeychainRecord::make(*key, item, secret);
    if (!record.ok())
        return done(record.error());
    const QString former = this->item();
    m_store.write(nameOf(item), secret, this, [this, key, record = *record, former, done = std::move(done)](const Result<void> &written) {
        if (!written.ok())
            return done(written);
        const Result<void> kept = m_keyFile.setKeychain(*key, record);
        // What nothing refers to is not left in the keychain.
        const QString useless = kept.ok() ? former : nameOf(record.item());
        if (useless.isEmpty())
            return done(kept);
        m_store.remove(useless, this, [done, kept](const Result<void> &) { done(kept); });
    });
}

void KeychainUnlock::turnOff(SecretStore::Done done)
{
    const QString name = item();
    const Result<void> removed = m_keyFile.removeKeychain();
    if (!removed.ok() || name.isEmpty())
        return done(removed);
    forget(name, std::move(done));
}

void KeychainUnlock::forget(const QString &name, SecretStore::Done done)
{
    if (name.isEmpty())
        return done({});
    m_store.remove(name, this, [done = std::move(done)](const Result<void> &gone) {
        if (!gone.ok())
            qCWarning(lcStorage) << "a secret that opens nothing any more stays in the keychain:" << gone.error().detail;
        done({});
    });
}

void KeychainUnlock::read(SecretStore::Found done)
{
    const QString name = item();
    if (name.isEmpty())
        return done(Error{ErrorCode::NotFound, QStringLiteral("the keychain opens nothing here"), {}});
    m_store.read(name, this, std::move(done));
}

Result<void> forgetNow(SecretStore &store, const QString &name)
{
    if (name.isEmpty())
        return {ErrorCode::NotFound, QStringLiteral("the keychain keeps nothing for this profile")};
    if (!store.isAvailable())
        return {ErrorCode::Io, QStringLiteral("no keychain to ask")};
    QEventLoop loop;
    std::optional<Result<void>> answer;
    QTimer::singleShot(kPatienceMs, &loop, &QEventLoop::quit);
    store.remove(name, &loop, [&answer, &loop](const Result<void> &gone) {
        answer = gone;
        loop.quit();
    });
    if (!answer)
        loop.exec();
    return answer ? *answer : Result<void>(ErrorCode::TimedOut, QStringLiteral("the keychain does not answer"));
}

QString forgettingWord(const Result<void> &forgetting)
{
    if (forgetting.ok())
        return QStringLiteral("removed");
    return forgetting.error().code == ErrorCode::NotFound ? QStringLiteral("none") : QStringLiteral("left");
}

} // namespace fieldfare::app
