// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/key_replacing.h"

#include "core/storage/try_limit.h"
#include "core/store/backup/bringing_back.h"

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;
using storage::KeyRotation;

namespace {

constexpr int kShownEveryMs = 200;

} // namespace

KeyReplacing::KeyReplacing(DesktopProfile &profile, QObject *parent) : QObject(parent), m_profile(profile), m_shared(std::make_shared<Shared>())
{
    m_shown.setInterval(kShownEveryMs);
    connect(&m_shown, &QTimer::timeout, this, &KeyReplacing::changed);
}

KeyReplacing::~KeyReplacing()
{
    stop();
    if (!m_thread)
        return;
    m_thread->wait();
    takeKey(); // whoever takes the profile over
}

void KeyReplacing::takeKey()
{
    const std::lock_guard lock(m_shared->keyMutex);
    if (m_shared->key)
        m_profile.setKey(m_shared->key);
}

KeyRotation::Progress KeyReplacing::progress() const
{
    return {m_shared->looked, m_shared->pages, m_shared->rewritten};
}

void KeyReplacing::begin(Passphrase passphrase, Done done)
{
    // A comparison has a copy under the key that is to go, and is not to lose it in the middle.
    if (m_profile.backups().isRunning())
        return done(Error{ErrorCode::ProfileInUse, QStringLiteral("a backup is being made or looked at"), {}});
    if (const Result<void> may = m_profile.requireRotatable(); !may.ok())
        return done(may);
    start(passphrase, std::move(done));
}

void KeyReplacing::resume(Done done)
{
    if (!isBegun())
        return done({});
    start(nullptr, std::move(done));
}

void KeyReplacing::start(const Passphrase &passphrase, Done done)
{
    if (m_thread)
        return done(Error{ErrorCode::AlreadyExists, QStringLiteral("the data key is being replaced already"), {}});
    m_shared = std::make_shared<Shared>();
    storage::OpenOptions file;
    file.path = m_profile.paths().database();
    file.key = m_profile.key();
    m_thread.reset(QThread::create([this, shared = m_shared, file, folder = m_profile.paths().folder, keyFile = m_profile.paths().keyFile(), passphrase, done = std::move(done)] {
        const auto watch = [&shared](const KeyRotation::Progress &at) {
            shared->looked = at.looked;
            shared->pages = at.pages;
            shared->rewritten = at.rewritten;
            return shared->isStopped.load();
        };
        const auto tellKey = [this, &shared](const KeyRotation &rotation) {
            {
                const std::lock_guard lock(shared->keyMutex);
                shared->key = rotation.key();
            }
            QMetaObject::invokeMethod(this, &KeyReplacing::takeKey, Qt::QueuedConnection);
        };
        const auto replace = [&]() -> Result<void> {
            FIELDFARE_ASSIGN(const auto rotation, KeyRotation::open(file, storage::KeyFile(keyFile)));
            if (!rotation->isUnderWay()) {
                if (!passphrase)
                    return {};
                FIELDFARE_TRY(store::discardBringingBackLeftovers(folder)); // copies of comparisons that were cut off, under the former key
                const base::SystemClock clock;
                FIELDFARE_TRY(storage::TryLimit(keyFile, clock).attempt([&] { return rotation->begin(*passphrase, watch); }));
                tellKey(*rotation);
            }
            FIELDFARE_TRY(rotation->run(watch));
            tellKey(*rotation);
            return {};
        };
        const Result<void> replaced = replace();
        QMetaObject::invokeMethod(this, [this, done, replaced] {
            m_thread->wait();
            m_thread.reset();
            m_shown.stop();
            done(replaced);
            Q_EMIT changed();
        }, Qt::QueuedConnection);
    }));
    m_thread->start();
    m_shown.start();
    Q_EMIT changed();
}

} // namespace fieldfare::app
