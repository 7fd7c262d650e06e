// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/request_log.h"

#include <QDateTime>
#include <QJsonDocument>

namespace fieldfare::server {

void RequestLog::write(const char *level, const QString &event, QJsonObject more)
{
    more.insert(QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(m_clock.wallMs(), Qt::UTC).toString(Qt::ISODateWithMs));
    more.insert(QStringLiteral("level"), QString::fromLatin1(level));
    more.insert(QStringLiteral("event"), event);
    const QByteArray line = QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n';
    const std::lock_guard lock(m_mutex);
    std::fwrite(line.constData(), 1, size_t(line.size()), m_stream);
    std::fflush(m_stream);
}

} // namespace fieldfare::server
