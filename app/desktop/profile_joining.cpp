// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/profile_joining.h"

#include "app/composition/sample_company.h"
#include "core/storage/unfinished_mark.h"

#include <QDir>
#include <QSysInfo>

namespace fieldfare::app {

using base::Error;
using base::Result;

namespace {

SampleSize sampleSize()
{
    return {.customers = 85, .deals = 320, .tickets = 60, .seed = 20261121};
}

/// On the store's thread, which outlives a cancelled attempt by a moment: nothing of the joining is touched. `enrolled` is
/// null without a server.
Result<void> writeFirstRecords(store::Store &store, const store::JoinRequest &request, const std::shared_ptr<const Enrolled> &enrolled,
                               const QString &folder)
{
    if (enrolled) {
        FIELDFARE_TRY(joinServer(store, *enrolled));
    } else {
        store::ProfileInfo info;
        info.userName = request.userName;
        FIELDFARE_TRY(store::startStandAlone(store, info, request.userName));
        if (request.kind == store::JoinRequest::Kind::Sample)
            FIELDFARE_TRY(makeSampleCompany(store, sampleSize()));
    }
    return storage::unfinished_mark::clear(folder);
}

} // namespace

ProfileJoining::ProfileJoining(QString folder, const base::Clock &clock, base::RandomSource &random)
    : m_folder(std::move(folder)), m_clock(clock), m_random(random), m_search(clock, random)
{
}

ProfileJoining::~ProfileJoining() = default;

void ProfileJoining::probe(const QString &address)
{
    const int attempt = ++m_attempt;
    m_search.start(address, [this, attempt](const Result<FoundServer> &found) {
        if (attempt != m_attempt)
            return;
        if (!found.ok()) {
            Q_EMIT probeFailed(found.error());
            return;
        }
        m_address = found->address;
        Q_EMIT probed(found->shown);
    });
}

void ProfileJoining::begin(const store::JoinRequest &request)
{
    ++m_attempt;
    m_wantedFolder.clear();
    discard(); // a new request replaces what still runs
    m_request = request;
    switch (request.kind) {
    case store::JoinRequest::Kind::Server:
        return enrol();
    case store::JoinRequest::Kind::Alone:
        return create(m_folder);
    case store::JoinRequest::Kind::Sample:
        m_sampleFolder = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/fieldfare-sample-XXXXXX"));
        if (!m_sampleFolder->isValid())
            return fail(Error{base::ErrorCode::Io, m_sampleFolder->errorString(), {QDir::tempPath()}});
        m_request.passphrase = std::make_shared<const base::Secret>(base::Secret::fromBytes(m_random.bytes(32).toHex()));
        return create(m_sampleFolder->path() + QStringLiteral("/profile"));
    }
}

void ProfileJoining::enrol()
{
    const int attempt = m_attempt;
    m_enrolment = std::make_unique<Enrolment>(m_address, m_clock, m_random);
    m_enrolment->start({m_request.userName, QString::fromUtf8(m_request.password->view()), QSysInfo::machineHostName(), m_request.code},
                       [this, attempt](Result<Enrolled> enrolled) {
                           if (attempt != m_attempt)
                               return;
                           if (!enrolled.ok())
                               return fail(enrolled.error());
                           m_enrolled = std::make_shared<Enrolled>(std::move(enrolled).value());
                           create(m_folder);
                       });
}

void ProfileJoining::create(const QString &folder)
{
    m_wantedFolder = folder;
    if (!m_isMaking) // else when the former attempt has let go of the lock
        makeProfile();
}

void ProfileJoining::makeProfile()
{
    m_isMaking = true;
    const int attempt = m_attempt;
    const QString folder = std::exchange(m_wantedFolder, {});
    m_unlocking = DesktopProfile::unlock(folder, m_request.passphrase, true, this, [this, attempt, folder](const DesktopProfile::Unlocked &unlocked) {
        m_isMaking = false;
        if (attempt != m_attempt) {
            if (unlocked->ok()) {
                *unlocked = Error{base::ErrorCode::Cancelled, QString()}; // with the lock
                QDir(folder).removeRecursively();
            }
            if (!m_wantedFolder.isEmpty())
                makeProfile();
            return;
        }
        if (!unlocked->ok())
            return fail(unlocked->error());
        m_profile = std::make_unique<DesktopProfile>(std::move(*unlocked).value(), m_clock, m_random);
        connect(m_profile.get(), &DesktopProfile::opened, this, [this, attempt] { fill(attempt); });
        connect(m_profile.get(), &DesktopProfile::failed, this, &ProfileJoining::fail);
        m_profile->open();
    });
}

void ProfileJoining::fill(int attempt)
{
    if (attempt != m_attempt)
        return;
    m_profile->access().run([request = m_request, enrolled = m_enrolled, folder = m_profile->paths().folder](store::Store &store) {
                                return writeFirstRecords(store, request, enrolled, folder);
                            },
                            [this, attempt](const Result<void> &written) {
                                if (attempt != m_attempt)
                                    return;
                                if (!written.ok())
                                    return fail(written.error());
                                m_sync = &m_profile->sync();
                                if (m_enrolled)
                                    watchDownload();
                                m_profile->startSync();
                                Q_EMIT ready();
                                if (!m_enrolled)
                                    Q_EMIT finished();
                            });
}

void ProfileJoining::watchDownload()
{
    m_downloadTime.start();
    connect(m_sync, &store::SyncStatus::changed, this, [this] {
        const store::LinkState state = m_sync->state();
        using Link = store::LinkState::Link;
        // A device that was turned away waits for ever unless it is told.
        if (state.link == Link::Failed || state.link == Link::Offline || state.link == Link::SignInNeeded) {
            Q_EMIT failed(state.error);
            return;
        }
        store::DownloadProgress progress;
        progress.paused = state.link == store::LinkState::Link::Paused;
        if (state.total > 0) {
            progress.percent = int(qint64(state.done) * 100 / state.total);
            progress.perSecond = int(qint64(state.done) * 1000 / std::max<qint64>(1, m_downloadTime.elapsed()));
            progress.secondsLeft = progress.perSecond > 0 ? (state.total - state.done) / progress.perSecond : 0;
            progress.parts = {{tr("Records"), state.done, state.total, store::DownloadPart::Standing::Running}};
        }
        Q_EMIT downloadChanged(progress);
    });
    connect(m_sync, &store::SyncStatus::finished, this, [this] { Q_EMIT finished(); });
}

void ProfileJoining::cancel()
{
    ++m_attempt;
    m_enrolment.reset();
    m_wantedFolder.clear();
    if (m_sync)
        m_sync->setPaused(true);
    discard();
}

void ProfileJoining::setPaused(bool paused)
{
    if (m_sync)
        m_sync->setPaused(paused);
}

/// Nothing is left on disk of what could not be begun, and its lock is free for the next attempt.
void ProfileJoining::discard()
{
    if (m_sync)
        return; // the profile is one: what was downloaded is kept
    m_enrolled.reset();
    if (m_profile) {
        const QString folder = m_profile->paths().folder;
        m_profile.reset();
        QDir(folder).removeRecursively();
    }
    m_sampleFolder.reset();
}

void ProfileJoining::fail(const Error &error)
{
    const int attempt = ++m_attempt;
    // Later: the profile may be the one that is telling of its failure.
    QMetaObject::invokeMethod(
        this,
        [this, error, attempt] {
            if (attempt != m_attempt)
                return; // cancelled, or begun anew, which has discarded it
            discard();
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
}

} // namespace fieldfare::app
