// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/profile_joining.h"

#include "app/composition/sample_company.h"
#include "sync/net/server_address.h"

#include <QDir>
#include <QSysInfo>

namespace fieldfare::app {

using base::Error;
using base::Result;

namespace {

constexpr SampleSize kSampleCompany{85, 320, 60, 20261121};

QString fourByFour(const QByteArray &fingerprint)
{
    const QString hex = QString::fromLatin1(fingerprint);
    QStringList groups;
    for (qsizetype i = 0; i < hex.size(); i += 4)
        groups.append(hex.mid(i, 4));
    return groups.join(QLatin1Char(' '));
}

} // namespace

ProfileJoining::ProfileJoining(QString folder, const base::Clock &clock, base::RandomSource &random)
    : m_folder(std::move(folder)), m_clock(clock), m_random(random)
{
}

ProfileJoining::~ProfileJoining() = default;

void ProfileJoining::probe(const QString &address)
{
    const int attempt = ++m_attempt;
    const auto url = net::parseServerUrl(address);
    if (!url.ok()) {
        Q_EMIT probeFailed(url.error());
        return;
    }
    m_address = net::ServerAddress{};
    m_address.url = *url;
    m_enrolment = std::make_unique<Enrolment>(m_address, m_clock, m_random);
    m_enrolment->probe([this, attempt, address](const Result<net::PeerInfo> &peer) {
        if (attempt != m_attempt)
            return;
        if (!peer.ok()) {
            Q_EMIT probeFailed(peer.error());
            return;
        }
        m_address.pins = {QByteArray::fromHex(peer->authorityFingerprint)};
        m_address.authorityPem = peer->authorityPem;
        store::ServerProbe found;
        found.address = address;
        found.protocol = peer->tlsVersion;
        found.fingerprint = fourByFour(peer->authorityFingerprint);
        Q_EMIT probed(found);
    });
}

void ProfileJoining::begin(const store::JoinRequest &request)
{
    ++m_attempt;
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
    m_enrolment->start(m_request.userName, QString::fromUtf8(m_request.password->view()), QSysInfo::machineHostName(),
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
    const int attempt = m_attempt;
    DesktopProfile::unlock(folder, m_request.passphrase, true, this, [this, attempt](const DesktopProfile::Unlocked &unlocked) {
        if (attempt != m_attempt)
            return;
        if (!unlocked->ok())
            return fail(unlocked->error());
        m_profile = std::make_unique<DesktopProfile>(std::move(*unlocked).value(), m_clock, m_random);
        connect(m_profile.get(), &DesktopProfile::opened, this, &ProfileJoining::fill);
        connect(m_profile.get(), &DesktopProfile::failed, this, &ProfileJoining::fail);
        m_profile->open();
    });
}

Result<void> ProfileJoining::writeFirstRecords(store::Store &store) const
{
    if (m_enrolled) {
        FIELDFARE_TRY(joinServer(store, *m_enrolled));
        return m_profile->complete();
    }
    store::ProfileInfo info;
    info.userName = m_request.userName;
    FIELDFARE_TRY(store::startStandAlone(store, info, m_request.userName));
    if (m_request.kind == store::JoinRequest::Kind::Sample)
        FIELDFARE_TRY(makeSampleCompany(store, kSampleCompany));
    return m_profile->complete();
}

void ProfileJoining::fill()
{
    const int attempt = m_attempt;
    m_profile->access().run([this](store::Store &store) { return writeFirstRecords(store); },
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
        if (state.link == store::LinkState::Link::Failed || state.link == store::LinkState::Link::Offline) {
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
    if (m_sync)
        m_sync->setPaused(true);
}

void ProfileJoining::setPaused(bool paused)
{
    if (m_sync)
        m_sync->setPaused(paused);
}

/// Nothing is left on disk of what could not be begun.
void ProfileJoining::fail(const Error &error)
{
    ++m_attempt;
    m_enrolled.reset();
    // Later: the profile may be the one that is telling of its failure.
    QMetaObject::invokeMethod(
        this,
        [this, error] {
            if (m_profile) {
                const QString folder = m_profile->paths().folder;
                m_profile.reset();
                QDir(folder).removeRecursively();
            }
            m_sampleFolder.reset();
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
}

} // namespace fieldfare::app
