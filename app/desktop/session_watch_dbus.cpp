// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Not compiled on Windows and macOS.
#include "app/desktop/session_watch.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace fieldfare::app {

namespace {

const QString kLogin = QStringLiteral("org.freedesktop.login1");
const QString kManager = QStringLiteral("org.freedesktop.login1.Manager");
const QString kLoginPath = QStringLiteral("/org/freedesktop/login1");

/// Name of service and interface; they differ in the path.
constexpr const char *kSavers[] = {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
                                   "org.xfce.ScreenSaver"};

bool hasService(const QDBusConnection &bus, const QString &name)
{
    if (!bus.isConnected() || bus.interface() == nullptr)
        return false;
    return bus.interface()->isServiceRegistered(name).value() || bus.interface()->activatableServiceNames().value().contains(name);
}

} // namespace

SessionWatch::SessionWatch(QObject *parent) : QObject(parent)
{
    QDBusConnection session = QDBusConnection::sessionBus();
    for (const char *name : kSavers)
        session.connect(QString::fromLatin1(name), QString(), QString::fromLatin1(name), QStringLiteral("ActiveChanged"), this, SLOT(noteActive(bool)));
    QDBusConnection system = QDBusConnection::systemBus();
    if (!system.isConnected())
        return;
    system.connect(kLogin, kLoginPath, kManager, QStringLiteral("PrepareForSleep"), this, SLOT(noteActive(bool)));
    // Which session is ours is asked, not waited for.
    QDBusMessage question = QDBusMessage::createMethodCall(kLogin, kLoginPath, kManager, QStringLiteral("GetSessionByPID"));
    question << quint32(QCoreApplication::applicationPid());
    auto *answer = new QDBusPendingCallWatcher(system.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *watcher) {
        const QDBusPendingReply<QDBusObjectPath> path = *watcher;
        watcher->deleteLater();
        if (!path.isError())
            QDBusConnection::systemBus().connect(kLogin, path.value().path(), QStringLiteral("org.freedesktop.login1.Session"), QStringLiteral("Lock"), this,
                                                 SLOT(noteLock()));
    });
}

bool SessionWatch::isAvailable() const
{
    if (hasService(QDBusConnection::systemBus(), kLogin))
        return true;
    return std::any_of(std::begin(kSavers), std::end(kSavers), [](const char *name) { return hasService(QDBusConnection::sessionBus(), QString::fromLatin1(name)); });
}

} // namespace fieldfare::app
