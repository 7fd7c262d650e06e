// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/server_search.h"
#include "app/desktop/desktop_profile.h"
#include "core/store/joining.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

namespace fieldfare::app {

/// Makes a profile for the first-run pages: on a server, alone, or with a sample company in a folder that goes with the program.
class ProfileJoining final : public store::Joining {
    Q_OBJECT
public:
    /// `folder`: where the profile is to be. Clock and random outlive it.
    ProfileJoining(QString folder, const base::Clock &clock, base::RandomSource &random);
    ~ProfileJoining() override;

    void probe(const QString &address) override;
    void begin(const store::JoinRequest &request) override;
    void cancel() override;
    void setPaused(bool paused) override;

    /// After ready(): hands the open profile over. The sample's folder lives as long as this object.
    [[nodiscard]] std::unique_ptr<DesktopProfile> takeProfile() { return std::move(m_profile); }

private:
    void enrol();
    void create(const QString &folder);
    void makeProfile();
    void fill(int attempt);
    void watchDownload();
    void fail(const base::Error &error);
    void discard();

    QString m_folder;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    store::JoinRequest m_request;
    ServerSearch m_search;
    std::unique_ptr<Enrolment> m_enrolment;
    net::ServerAddress m_address;
    std::shared_ptr<Enrolled> m_enrolled;
    std::unique_ptr<QTemporaryDir> m_sampleFolder;
    std::unique_ptr<DesktopProfile> m_profile;
    QPointer<SyncService> m_sync; ///< Also after the profile was handed over.
    QElapsedTimer m_downloadTime;
    QString m_wantedFolder;       ///< Of the profile that is to be made.
    bool m_isMaking = false;      ///< A key is being derived; it holds the lock of its folder.
    int m_attempt = 0;            ///< Answers of an earlier one are dropped.
    JoinedThread m_unlocking;
};

} // namespace fieldfare::app
