// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bench/company_processes.h"
#include "core/store/thread/database_thread.h"

#include <QTimer>

namespace fieldfare::bench {

/// A colleague who edits customers and pushes them, again and again, in other processes; the edits come through a real server.
class Colleague final : public QObject {
public:
    /// `device`: enrolled in the company; the customers with these numbers are edited in each round.
    Colleague(CompanyProcesses &company, QString device, QList<QByteArray> numbers);
    ~Colleague() override;

    void start() { import(); }
    void stop();

private:
    void import();
    void push();
    void run(const QStringList &words, std::function<void()> then);

    CompanyProcesses &m_company;
    QString m_device;
    QList<QByteArray> m_numbers;
    std::unique_ptr<QProcess> m_process;
    bool m_isStopping = false;
    int m_rounds = 0;
};

/// The same for a profile that stands alone: an import in the background, 100 customers twice a second.
class BackgroundImport final : public QObject {
public:
    explicit BackgroundImport(store::DatabaseThread &database);

    void start();
    void stop() { m_timer.stop(); }
    [[nodiscard]] int edited() const { return m_edited; }

private:
    void round();

    store::DatabaseThread &m_database;
    QTimer m_timer;
    std::vector<base::Id> m_customers;
    int m_rounds = 0;
    int m_edited = 0;
};

} // namespace fieldfare::bench
