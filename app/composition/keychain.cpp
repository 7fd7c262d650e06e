// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/secret_store.h"

#include <qt6keychain/keychain.h>
#ifdef FIELDFARE_WITH_DBUS
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QLibrary>
#endif

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr QLatin1StringView kService("fieldfare");

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, job.errorString()};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::PermissionDenied, job.errorString()};
    default:
        return {ErrorCode::Io, job.errorString()};
    }
}

/// Starts a job that deletes itself, and answers as long as `context` is there.
template <typename Job>
void begin(Job *job, QObject *context, std::function<void(const Job &)> done)
{
    job->setAutoDelete(true);
    job->setInsecureFallback(false); // an unencrypted file is what the keychain is there to avoid
    QObject::connect(job, &QKeychain::Job::finished, context, [job, done = std::move(done)](QKeychain::Job *) { done(*job); });
    job->start();
}

class Keychain final : public SecretStore {
public:
    bool isAvailable() const override
    {
#ifdef FIELDFARE_WITH_DBUS
        // Without a service that could answer, each job would wait for the bus to give up.
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected() || bus.interface() == nullptr)
            return false;
        const QStringList names = bus.interface()->registeredServiceNames().value() + bus.interface()->activatableServiceNames().value();
        const auto isThere = [&names](const char *name) { return names.contains(QLatin1StringView(name)); };
        // QtKeychain talks to the first through a library that it looks for at run time.
        return isThere("org.kde.kwalletd5") || isThere("org.kde.kwalletd6") || (isThere("org.freedesktop.secrets") && QLibrary(QStringLiteral("secret-1"), 0).load());
#else
        return true;
#endif
    }

    void read(const QString &name, QObject *context, Found done) override
    {
        auto *job = new QKeychain::ReadPasswordJob(kService);
        job->setKey(name);
        begin<QKeychain::ReadPasswordJob>(job, context, [done = std::move(done)](const QKeychain::ReadPasswordJob &read) {
            if (read.error() != QKeychain::NoError)
                return done(errorOf(read));
            QByteArray text = read.binaryData();
            QByteArray bytes = QByteArray::fromBase64(text);
            auto secret = std::make_shared<const base::Secret>(base::Secret::fromBytes(bytes));
            base::wipe(text.data(), size_t(text.size()));
            base::wipe(bytes.data(), size_t(bytes.size()));
            done(std::move(secret));
        });
    }

    void write(const QString &name, const base::Secret &secret, QObject *context, Done done) override
    {
        auto *job = new QKeychain::WritePasswordJob(kService);
        job->setKey(name);
        job->setBinaryData(secret.view().toByteArray().toBase64()); // a text, as some keychains keep nothing else
        begin<QKeychain::WritePasswordJob>(job, context, [done = std::move(done)](const QKeychain::WritePasswordJob &written) {
            done(written.error() == QKeychain::NoError ? Result<void>() : Result<void>(errorOf(written)));
        });
    }

    void remove(const QString &name, QObject *context, Done done) override
    {
        auto *job = new QKeychain::DeletePasswordJob(kService);
        job->setKey(name);
        begin<QKeychain::DeletePasswordJob>(job, context, [done = std::move(done)](const QKeychain::DeletePasswordJob &gone) {
            const bool isGone = gone.error() == QKeychain::NoError || gone.error() == QKeychain::EntryNotFound;
            done(isGone ? Result<void>() : Result<void>(errorOf(gone)));
        });
    }
};

} // namespace

std::unique_ptr<SecretStore> makeKeychain()
{
    return std::make_unique<Keychain>();
}

} // namespace fieldfare::app
