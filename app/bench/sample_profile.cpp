// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/sample_profile.h"

#include "app/bench/bench.h"
#include "app/composition/sample_company.h"
#include "core/storage/key_file.h"
#include "core/store/profile.h"
#include "core/store/search/search_index.h"

#include <QDir>
#include <QFile>

#include <array>

namespace fieldfare::bench {

using base::ErrorCode;
using base::Result;
using model::Value;

namespace {

constexpr std::array kSurnames{u"王", u"李", u"张", u"刘", u"陈", u"杨", u"黄", u"赵", u"吴", u"周", u"徐", u"孙"};
constexpr std::array kGiven{u"伟", u"芳", u"娜", u"敏", u"静", u"丽", u"强", u"磊", u"军", u"洋", u"勇", u"艳", u"杰", u"娟", u"涛"};
constexpr std::array kFirst{u"Acme", u"Golden", u"Blue", u"North", u"Silver", u"Green", u"Rapid", u"Grand", u"Prime", u"Clear", u"Stone"};
constexpr std::array kSecond{u"Bridge", u"River", u"Field", u"Light", u"Harbour", u"Forge", u"Cloud", u"Garden", u"Valley", u"Point"};
constexpr std::array kRegions{u"north", u"south", u"east", u"west"};
constexpr std::array kStages{u"lead", u"prospect", u"customer", u"churned"};

template <typename Array>
QString pick(const Array &array, std::uint64_t dice)
{
    return QString::fromUtf16(array[dice % array.size()]);
}

QString nameOf(std::int64_t index, std::uint64_t dice)
{
    if (dice % 2 == 0)
        return pick(kSurnames, dice >> 3) + pick(kGiven, dice >> 9) + (dice % 3 == 0 ? QString() : pick(kGiven, dice >> 15));
    return QStringLiteral("%1 %2 %3").arg(pick(kFirst, dice >> 3), pick(kSecond, dice >> 9)).arg(index);
}

} // namespace

changes::LocalChange sampleCustomer(const model::Entity &customer, std::int64_t index)
{
    const std::uint64_t dice = (std::uint64_t(index) + 1) * 0x9E3779B97F4A7C15ULL >> 7;
    changes::LocalChange change;
    change.kind = changes::OperationKind::Create;
    change.entity = customer.id();
    const auto put = [&](const char *name, const Value &value) {
        change.values.push_back({customer.field(QString::fromLatin1(name))->key, value});
    };
    put("name", Value(nameOf(index, dice)));
    put("kind", Value(dice % 2 == 0 ? QStringLiteral("person") : QStringLiteral("company")));
    put("phone", Value(QStringLiteral("+86 1%1").arg(dice % 10'000'000'000ULL, 10, 10, QLatin1Char('0'))));
    put("email", Value(QStringLiteral("contact%1@company%2.example").arg(index).arg(dice % 5000)));
    put("website", Value(QStringLiteral("https://company%1.example").arg(dice % 5000)));
    put("address", Value(QStringLiteral("%1 High Street").arg(dice % 900) + QChar(0x1F) + QStringLiteral("Town %1").arg(dice % 97)));
    put("region", Value(pick(kRegions, dice >> 5)));
    put("status", Value(QStringLiteral("active")));
    put("stage", Value(pick(kStages, dice >> 7)));
    put("level", Value(QString(QChar(u'a' + int(dice % 3)))));
    put("next_step_at", Value(std::int64_t(20'000 + dice % 900)));
    put("needs", Value(QStringLiteral("Screens for %1 halls, budget in spring.").arg(dice % 12)));
    return change;
}

Result<std::unique_ptr<SampleProfile>> SampleProfile::create()
{
    return createIn({});
}

Result<std::unique_ptr<SampleProfile>> SampleProfile::openIn(const QString &folder)
{
    std::unique_ptr<SampleProfile> profile(new SampleProfile);
    profile->m_kept = folder; // empty: a new temporary folder, which has none
    const storage::KeyFile keyFile(store::ProfilePaths{profile->folder()}.keyFile());
    FIELDFARE_ASSIGN(storage::DataKey key, keyFile.unlock(passphrase()));
    profile->m_key = std::make_shared<const storage::DataKey>(std::move(key));
    FIELDFARE_TRY(profile->reopen());
    return profile;
}

Result<void> SampleProfile::finish()
{
    constexpr int kCheapLogN = 14; // nobody's data
    storage::KeyFile keyFile(store::ProfilePaths{folder()}.keyFile());
    return keyFile.store(*m_key, passphrase(), {.logN = kCheapLogN});
}

base::Secret SampleProfile::passphrase()
{
    return base::Secret::fromBytes("copper-lantern-91-meadow");
}

Result<std::unique_ptr<SampleProfile>> SampleProfile::createIn(const QString &folder)
{
    std::unique_ptr<SampleProfile> profile(new SampleProfile);
    profile->m_kept = folder;
    if (!profile->m_folder.isValid() || !QDir().mkpath(profile->folder()))
        return {ErrorCode::Io, QStringLiteral("no folder for the company"), {folder}};
    QFile::remove(profile->path()); // of a run that was cut off
    QFile::remove(profile->path() + QStringLiteral("-wal"));
    profile->m_key = std::make_shared<const storage::DataKey>(storage::DataKey::generate(profile->m_random));
    FIELDFARE_TRY(profile->reopen());
    store::ProfileInfo info;
    info.company = QStringLiteral("Bench");
    FIELDFARE_TRY(store::startStandAlone(*profile->m_store, info, QStringLiteral("Bench")));
    return profile;
}

Result<void> SampleProfile::reopen()
{
    m_store.reset();
    store::StoreOptions options;
    options.path = path();
    options.key = m_key;
    options.createIfMissing = true;
    options.clock = &m_clock;
    options.random = &m_random;
    FIELDFARE_ASSIGN(m_store, store::Store::open(std::move(options)));
    return {};
}

Result<void> SampleProfile::insertCustomers(std::int64_t first, std::int64_t count)
{
    const model::Entity &customer = *m_store->catalog()->entity(QStringLiteral("customer"));
    base::Id action = m_store->newId();
    for (std::int64_t done = 0; done < count;) {
        store::ChangeSet set;
        set.cause = store::Cause::Import;
        set.label = QStringLiteral("Import");
        set.action = action;
        for (; done < count && set.changes.size() < store::Store::kChunkChanges; ++done)
            set.changes.push_back(sampleCustomer(customer, first + done));
        set.finished = done >= count;
        FIELDFARE_TRY(m_store->commit(std::move(set)));
    }
    return {};
}

Result<void> SampleProfile::foldSearch()
{
    bool more = true;
    while (more) {
        FIELDFARE_ASSIGN(more, store::search::foldSome(m_store->connection(), *m_store->catalog(), std::chrono::milliseconds(200)));
    }
    for (more = true; more;) {
        FIELDFARE_ASSIGN(more, store::search::mergeSome(m_store->connection(), *m_store->catalog(), std::chrono::milliseconds(200)));
    }
    return {};
}

SampleCompany::SampleCompany(std::int64_t customers, QStringList names, QString folder)
    : m_customers(customers), m_names(std::move(names)), m_folder(std::move(folder))
{
}

SampleCompany::~SampleCompany() = default;

Result<SampleProfile *> SampleCompany::profile()
{
    if (m_profile == nullptr) {
        auto kept = SampleProfile::openIn(m_folder);
        if (!kept.ok() && kept.error().code != ErrorCode::KeyFileMissing)
            return kept.error();
        if (!kept.ok()) {
            FIELDFARE_ASSIGN(auto made, SampleProfile::createIn(m_folder));
            FIELDFARE_TRY(made->insertCompany(m_customers, m_names));
            FIELDFARE_TRY(made->finish());
            kept = std::move(made);
        }
        m_profile = std::move(kept).value();
    }
    return m_profile.get();
}

Result<void> SampleProfile::insertCompany(std::int64_t customers, const QStringList &names)
{
    app::SampleSize size;
    size.customers = int(customers);
    size.interactions = int(customers);
    size.deals = size.tickets = int(customers / 5);
    size.names = names;
    storage::Connection &connection = m_store->connection();
    FIELDFARE_TRY(connection.setBulkWriting(true));
    const auto made = app::makeSampleCompany(*m_store, size);
    FIELDFARE_TRY(connection.setBulkWriting(false));
    FIELDFARE_TRY(made);
    return foldSearch();
}

} // namespace fieldfare::bench
