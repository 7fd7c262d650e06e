// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/attachment_worker.h"

#include <QElapsedTimer>
#include <QSysInfo>
#include <QUrl>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;
using domain::DuplicatePolicy;

namespace {

constexpr int kBetweenTellingMs = 100;

QString hostOf(const store::ProfileInfo &info)
{
    return QUrl(info.serverUrl).host();
}

} // namespace

AttachmentWorker::AttachmentWorker(const base::Clock &clock, base::RandomSource &random, const std::atomic<bool> &isStopped)
    : m_clock(clock), m_random(random), m_isStopped(isStopped), m_search(clock, random)
{
}

AttachmentWorker::~AttachmentWorker()
{
    endNetwork();
}

void AttachmentWorker::open()
{
    if (!m_attachment) {
        auto begun = ProfileAttachment::begin(*m_profile, m_clock, m_random);
        if (!begun.ok()) {
            Q_EMIT failed(begun.error());
            return;
        }
        m_attachment = std::move(begun).value();
    }
    if (const Result<void> told = tellStanding(); !told.ok())
        Q_EMIT failed(told.error());
}

Result<void> AttachmentWorker::tellStanding()
{
    FIELDFARE_ASSIGN(const auto earlier, m_attachment->earlier());
    domain::AttachStanding standing;
    if (earlier)
        standing = {true, hostOf(*earlier), earlier->userName};
    Q_EMIT standingChanged(standing);
    return {};
}

void AttachmentWorker::probe(const QString &address)
{
    m_address = {};
    m_search.start(address, [this](const Result<FoundServer> &found) {
        if (!found.ok()) {
            Q_EMIT probeFailed(found.error());
            return;
        }
        m_address = found->address;
        Q_EMIT probed(found->shown);
    });
}

void AttachmentWorker::begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code)
{
    if (m_address.allPins().isEmpty())
        return fail(Error{ErrorCode::CertificateUntrusted, QStringLiteral("nobody has looked at the server"), {}});
    Q_EMIT progressed({Step::SigningIn, 0, 0});
    m_enrolment = std::make_unique<Enrolment>(m_address, m_clock, m_random);
    m_enrolment->start({userName, QString::fromUtf8(password->view()), QSysInfo::machineHostName(), code}, [this](const Result<Enrolled> &enrolled) {
        const Result<void> begun = enrolled.ok() ? m_attachment->enrolled(*enrolled) : Result<void>(enrolled.error());
        goOn(begun, [this] { download(); });
    });
}

/// What the download says of itself; NotFound without one.
Result<store::ProfileInfo> AttachmentWorker::downloaded()
{
    FIELDFARE_ASSIGN(const auto earlier, m_attachment->earlier());
    if (!earlier)
        return Error{ErrorCode::NotFound, QStringLiteral("nothing was downloaded"), {}};
    return *earlier;
}

void AttachmentWorker::resume()
{
    if (const auto server = downloaded(); !server.ok())
        return fail(server.error());
    download();
}

/// By an ordinary sync of the download, which is a profile of its own.
void AttachmentWorker::download()
{
    m_built.reset();
    const auto numbers = m_attachment->numbersNeeded();
    if (!numbers.ok())
        return fail(numbers.error());
    m_access = std::make_unique<DirectStoreAccess>(m_attachment->download());
    m_sync = std::make_unique<SyncService>(*m_access, m_clock, m_random);
    m_sync->expectNumbers(*numbers);
    connect(m_sync.get(), &store::SyncStatus::changed, this, [this] {
        const store::LinkState state = m_sync->state();
        Q_EMIT progressed({Step::Downloading, state.done, state.total});
    });
    m_sync->load([this](const Result<void> &loaded) {
        if (!loaded.ok())
            return goOn(loaded, {});
        m_sync->sync([this](const Result<engine::SyncReport> &synced) {
            goOn(synced.ok() ? Result<void>() : Result<void>(synced.error()), [this] { compare(); });
        });
    });
}

/// Later, as what has just answered is destroyed first.
void AttachmentWorker::goOn(const Result<void> &result, const std::function<void()> &next)
{
    QMetaObject::invokeMethod(this, [this, result, next, attempt = m_attempt] {
        if (attempt != m_attempt)
            return; // stopped meanwhile
        endNetwork();
        if (!result.ok())
            return fail(result.error());
        next();
    }, Qt::QueuedConnection);
}

void AttachmentWorker::compare()
{
    const auto server = downloaded();
    if (!server.ok())
        return fail(server.error());
    const auto report = build(DuplicatePolicy::Keep);
    if (!report.ok())
        return fail(report.error());
    Q_EMIT prepared({hostOf(*server), server->userName, server->company, *report});
}

Result<domain::TransferReport> AttachmentWorker::build(DuplicatePolicy duplicates)
{
    m_built.reset();
    domain::TransferOptions options;
    options.label = tr("Records from before the connection");
    options.duplicates = duplicates;
    QElapsedTimer told;
    told.start();
    Q_EMIT progressed({Step::Comparing, 0, 0});
    FIELDFARE_ASSIGN(domain::TransferReport report, m_attachment->build(options, [&](qint64 done, qint64 total) {
        if (told.elapsed() >= kBetweenTellingMs) {
            told.start();
            Q_EMIT progressed({Step::Comparing, done, total});
        }
        return m_isStopped.load();
    }));
    m_built = duplicates;
    return report;
}

void AttachmentWorker::attach(DuplicatePolicy duplicates)
{
    // Nobody else has the profile open: what stands ready is of the records as they are.
    if (m_built != duplicates) {
        const auto report = build(duplicates);
        if (!report.ok())
            return fail(report.error());
    }
    Q_EMIT progressed({Step::Replacing, 0, 0});
    m_built.reset();
    const Result<void> replaced = m_attachment->replace();
    if (!replaced.ok())
        return fail(replaced.error());
    Q_EMIT attached(m_attachment->former());
}

/// Comparing looks at m_isStopped by itself, and has answered when this runs.
void AttachmentWorker::stop()
{
    if (m_enrolment == nullptr && m_sync == nullptr)
        return;
    endNetwork();
    fail(Error{ErrorCode::Cancelled, QString()});
}

void AttachmentWorker::endNetwork()
{
    ++m_attempt;
    m_enrolment.reset();
    m_sync.reset();
    m_access.reset();
}

void AttachmentWorker::fail(const Error &error)
{
    endNetwork();
    (void)tellStanding(); // what cannot be told is no news beside the failure
    Q_EMIT failed(error);
}

store::Profile AttachmentWorker::takeProfile()
{
    endNetwork();
    if (m_attachment) {
        m_profile = m_attachment->takeProfile();
        m_attachment.reset();
    }
    return std::move(*m_profile);
}

} // namespace fieldfare::app
