// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QProcess>

#include <optional>

namespace fieldfare::testlib {

/// A message bus of the test's own, as session and as system bus of this process: nothing of the machine's desktop is on it.
class MessageBus {
public:
    ~MessageBus();
    /// Before anything asks for a bus. False without dbus-daemon.
    [[nodiscard]] bool start();
    /// What was sent before has been delivered to this process.
    void settle() const;
    [[nodiscard]] const QString &address() const { return m_address; }

    /// Somebody on the bus, with a connection of its own.
    class Service final : public QDBusVirtualObject {
    public:
        Service(const MessageBus &bus, const QString &name);
        ~Service() override;
        bool tell(const QString &path, const QString &interface, const QString &signal, const QVariantList &arguments);
        /// Calls of `method` are answered with `value`.
        bool answer(const QString &path, const QString &method, const QVariant &value);
        /// First argument of the last call.
        [[nodiscard]] quint32 asked() const { return m_asked; }

        QString introspect(const QString &) const override { return {}; }
        bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

    private:
        QString m_connectionName;
        QDBusConnection m_connection;
        QString m_method;
        QVariant m_answer;
        quint32 m_asked = 0;
    };

private:
    QProcess m_daemon;
    QString m_address;
};

} // namespace fieldfare::testlib
