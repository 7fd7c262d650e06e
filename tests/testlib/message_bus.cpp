// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/message_bus.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>

namespace fieldfare::testlib {

MessageBus::~MessageBus()
{
    m_daemon.kill();
    m_daemon.waitForFinished();
}

bool MessageBus::start()
{
    m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (!m_daemon.waitForStarted() || !m_daemon.waitForReadyRead(10'000))
        return false;
    m_address = QString::fromLocal8Bit(m_daemon.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLocal8Bit());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_address.toLocal8Bit());
    return QDBusConnection::sessionBus().isConnected() && QDBusConnection::systemBus().isConnected();
}

void MessageBus::settle() const
{
    // Each answer comes behind the signals that the bus has passed on before.
    for (const QDBusConnection &bus : {QDBusConnection::sessionBus(), QDBusConnection::systemBus()})
        bus.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.DBus"));
    QCoreApplication::processEvents();
}

MessageBus::Service::Service(const MessageBus &bus, const QString &name)
    : m_connectionName(QStringLiteral("service ") + name), m_connection(QDBusConnection::connectToBus(bus.address(), m_connectionName))
{
    m_connection.registerService(name);
}

MessageBus::Service::~Service()
{
    QDBusConnection::disconnectFromBus(m_connectionName);
}

bool MessageBus::Service::tell(const QString &path, const QString &interface, const QString &signal, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createSignal(path, interface, signal);
    message.setArguments(arguments);
    const bool isSent = m_connection.send(message);
    // A call of the same connection is answered behind the signal.
    m_connection.interface()->isServiceRegistered(QStringLiteral("org.freedesktop.DBus"));
    return isSent;
}

bool MessageBus::Service::answer(const QString &path, const QString &method, const QVariant &value)
{
    m_method = method;
    m_answer = value;
    return m_connection.registerVirtualObject(path, this);
}

bool MessageBus::Service::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    if (message.member() != m_method)
        return false;
    m_asked = message.arguments().value(0).toUInt();
    return connection.send(message.createReply(m_answer));
}

} // namespace fieldfare::testlib
