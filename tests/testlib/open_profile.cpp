// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/open_profile.h"

#include "core/store/profile.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

#include <latch>
#include <memory>

namespace fieldfare::testlib {

namespace {

constexpr int kPatienceMs = 30'000;
constexpr int kReaders = 2;
constexpr int kRounds = 6; // an answer may ask again: page -> titles -> texts

} // namespace

OpenProfile::OpenProfile(const QLocale &locale) : m_locale(locale) {}

bool OpenProfile::waitFor(const std::function<bool()> &isDone)
{
    QDeadlineTimer patience(kPatienceMs);
    QTimer tick; // nothing else may happen any more
    tick.start(50);
    while (!isDone()) {
        if (patience.hasExpired())
            return false;
        // Not the one with a time: it does not wait, and takes a processor from the threads that it waits for.
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
    }
    return true;
}

bool OpenProfile::open(const Fill &fill, model::CatalogPointer catalog)
{
    store::StoreOptions options;
    options.path = m_folder.filePath(QStringLiteral("fieldfare.db"));
    options.createIfMissing = true;
    options.catalog = std::move(catalog);
    options.clock = &m_clock;
    options.random = &m_random;
    options.synchronous = storage::OpenOptions::Synchronous::Normal;
    {
        auto store = store::Store::open(options);
        if (!store.ok()) {
            qWarning("cannot open the store: %s", qUtf8Printable(store.error().detail));
            return false;
        }
        store::ProfileInfo info;
        info.userName = QStringLiteral("me");
        const base::Result<void> filled = fill ? fill(**store, m_clock) : store::startStandAlone(**store, info, QStringLiteral("Me Myself"));
        if (!filled.ok()) {
            qWarning("cannot fill the store: %s %s", qUtf8Printable(filled.error().detail), qUtf8Printable(filled.error().arguments.join(QLatin1Char(' '))));
            return false;
        }
    }
    if (m_beforeOpening)
        m_beforeOpening(options.path);
    store::DatabaseThreadOptions threadOptions;
    threadOptions.store = options;
    threadOptions.readers = kReaders;
    m_database = std::make_unique<store::DatabaseThread>(threadOptions);
    bool failed = false;
    QObject::connect(m_database.get(), &store::DatabaseThread::failedToOpen, m_database.get(), [&failed](const base::Error &error) {
        qWarning("cannot open the profile: %s", qUtf8Printable(error.detail));
        failed = true;
    });
    m_database->start();
    if (!waitFor([this, &failed] { return failed || m_database->isOpen(); }) || failed)
        return false;
    m_names = std::make_unique<ui::NameBook>(*m_database, m_locale);
    m_texts = std::make_unique<ui::DisplayText>(*m_names, m_clock, m_locale, QTimeZone::utc());
    settle();
    return true;
}

bool OpenProfile::openSample(const SampleOptions &options)
{
    return open([this, options](store::Store &store, FixedClock &clock) -> base::Result<void> {
        FIELDFARE_ASSIGN(m_company, fillSampleCompany(store, clock, options));
        return {};
    });
}

void OpenProfile::settle()
{
    for (int round = 0; round < kRounds; ++round) {
        QObject context;
        // Behind everything that waits to be written, and the changes that it tells.
        m_database->write<bool>([](store::Store &) -> base::Result<bool> { return true; }, &context, {}, store::Priority::Background);
        waitFor([this] { return m_database->isIdle(); });
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace fieldfare::testlib
