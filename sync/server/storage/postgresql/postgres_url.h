// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace fieldfare::server {

/// Where the company's database is: postgres://USER@HOST[:PORT]/DATABASE[?option=value&...] as libpq reads it (several hosts too).
/// It never holds a secret: the password comes from PGPASSFILE, ~/.pgpass, or the file that ?passfile= names.
class PostgresUrl {
public:
    /// InvalidArgument: no such address, one with a password in it, or one that libpq does not understand. The detail repeats
    /// nothing of an address with a password.
    [[nodiscard]] static base::Result<PostgresUrl> parse(const QString &text);

    [[nodiscard]] QString text() const { return m_text; }
    /// Of libpq. Unless the address or PGSSLMODE says otherwise, hosts that are not this machine must show a certificate that
    /// fits their name (sslmode verify-full).
    struct Option {
        QByteArray name;
        QByteArray value;
    };
    [[nodiscard]] const QList<Option> &options() const { return m_options; }
    [[nodiscard]] QByteArray option(QByteArrayView name) const;

private:
    QString m_text;
    QList<Option> m_options;
};

} // namespace fieldfare::server
