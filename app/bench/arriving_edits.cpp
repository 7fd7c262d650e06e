// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/arriving_edits.h"

#include "core/model/entities/entities.h"
#include "core/store/query/list_reader.h"

#include <QFile>

namespace fieldfare::bench {

using base::Result;

Colleague::Colleague(CompanyProcesses &company, QString device, QList<QByteArray> numbers)
    : m_company(company), m_device(std::move(device)), m_numbers(std::move(numbers))
{
}

Colleague::~Colleague()
{
    stop();
}

void Colleague::stop()
{
    m_isStopping = true;
    if (m_process != nullptr) {
        m_process->terminate();
        if (!m_process->waitForFinished(30'000))
            m_process->kill();
        m_process->waitForFinished();
    }
}

void Colleague::import()
{
    QFile edits(m_company.path(QStringLiteral("round.csv")));
    if (!edits.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return;
    edits.write("number,next_step\n");
    for (const QByteArray &number : std::as_const(m_numbers))
        edits.write(number + ",Round " + QByteArray::number(m_rounds) + '\n');
    edits.close();
    run({QStringLiteral("import"), QStringLiteral("customer"), edits.fileName(), QStringLiteral("--key"), QStringLiteral("number")}, [this] { push(); });
}

void Colleague::push()
{
    run({QStringLiteral("sync")}, [this] {
        ++m_rounds;
        import();
    });
}

void Colleague::run(const QStringList &words, std::function<void()> then)
{
    if (m_isStopping)
        return;
    m_process = m_company.begin(m_device, words);
    connect(m_process.get(), &QProcess::finished, this, [this, then = std::move(then)] {
        if (!m_isStopping)
            QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
    });
}

BackgroundImport::BackgroundImport(store::DatabaseThread &database) : m_database(database)
{
    constexpr int kEveryMs = 500;
    m_timer.setInterval(kEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &BackgroundImport::round);
}

void BackgroundImport::start()
{
    m_timer.start();
}

void BackgroundImport::round()
{
    constexpr int kEditsARound = 100;
    const auto edit = [customers = m_customers, round = m_rounds++](store::Store &store) -> Result<std::vector<base::Id>> {
        const model::Entity &customer = *store.catalog()->entity(model::entities::kCustomer.id);
        std::vector<base::Id> ids = customers;
        if (ids.empty()) {
            store::ListReader reader(store.connection(), store.catalog(), {});
            FIELDFARE_ASSIGN(const auto rows, reader.firstRows({.entity = customer.id()}, kEditsARound));
            for (const store::RowView &row : rows)
                ids.push_back(row.record.id);
        }
        store::ChangeSet set;
        set.cause = store::Cause::Import;
        set.label = QStringLiteral("Import");
        for (const base::Id &id : ids) {
            changes::LocalChange change;
            change.kind = changes::OperationKind::Set;
            change.entity = customer.id();
            change.record = id;
            change.values = {{customer.field(QStringLiteral("next_step"))->key, model::Value(QStringLiteral("Round %1").arg(round))}};
            set.changes.push_back(std::move(change));
        }
        FIELDFARE_TRY(store.commit(std::move(set)));
        return ids;
    };
    m_database.write<std::vector<base::Id>>(edit, this, [this](const Result<std::vector<base::Id>> &done) {
        if (!done.ok())
            return;
        m_customers = *done;
        m_edited += int(done->size());
    });
}

} // namespace fieldfare::bench
