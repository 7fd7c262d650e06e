// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_counters.h"

#include <QByteArray>

namespace fieldfare::server {

/// Text exposition format 0.0.4 of Prometheus.
class MetricsText {
public:
    void counter(QByteArrayView name, QByteArrayView help, quint64 value);
    void gauge(QByteArrayView name, QByteArrayView help, double value);
    void addHttp(const HttpStatistics &statistics);
    [[nodiscard]] QByteArray take() { return std::move(m_text); }

private:
    void head(QByteArrayView name, QByteArrayView help, QByteArrayView type);

    QByteArray m_text;
};

} // namespace fieldfare::server
