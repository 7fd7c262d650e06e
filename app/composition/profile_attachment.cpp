// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/profile_attachment.h"

#include "app/composition/profile_session.h"

namespace fieldfare::app {

using base::Result;

ProfileAttachment::ProfileAttachment(store::Profile profile, const base::Clock &clock, base::RandomSource &random)
    : m_clock(clock), m_random(random), m_profile(std::move(profile)), m_files(m_profile.paths().folder)
{
}

ProfileAttachment::~ProfileAttachment()
{
    m_joined.reset();
    m_files.discardJoined();
}

Result<std::unique_ptr<ProfileAttachment>> ProfileAttachment::begin(const QString &folder, const base::Secret &passphrase, const base::Clock &clock,
                                                                    base::RandomSource &random)
{
    FIELDFARE_ASSIGN(store::Profile profile, store::Profile::open(folder, passphrase));
    return begin(profile, clock, random);
}

Result<std::unique_ptr<ProfileAttachment>> ProfileAttachment::begin(store::Profile &profile, const base::Clock &clock, base::RandomSource &random)
{
    std::unique_ptr<ProfileAttachment> attachment(new ProfileAttachment(std::move(profile), clock, random));
    const Result<void> opened = attachment->openOwn();
    if (!opened.ok()) {
        profile = attachment->takeProfile();
        return opened.error();
    }
    return attachment;
}

Result<void> ProfileAttachment::openOwn()
{
    FIELDFARE_ASSIGN(m_own, m_profile.openStore(m_clock, m_random, commitRules()));
    FIELDFARE_ASSIGN(m_info, m_own->profileInfo());
    return {};
}

Result<std::optional<store::ProfileInfo>> ProfileAttachment::earlier()
{
    if (!m_files.hasDownload())
        return std::optional<store::ProfileInfo>();
    if (!m_download) {
        FIELDFARE_ASSIGN(m_download, m_profile.openStoreAt(m_files.download(), m_clock, m_random, commitRules()));
    }
    FIELDFARE_ASSIGN(const store::ProfileInfo info, m_download->profileInfo());
    FIELDFARE_ASSIGN(const QByteArray account, m_download->setting(QString::fromLatin1(net::kAccountSetting)));
    if (!account.isEmpty())
        return std::optional(info);
    FIELDFARE_TRY(discard()); // ended before it knew who it is
    return std::optional<store::ProfileInfo>();
}

Result<void> ProfileAttachment::discard()
{
    m_download.reset();
    m_files.discard();
    return {};
}

Result<void> ProfileAttachment::enrolled(const Enrolled &enrolled)
{
    FIELDFARE_TRY(discard());
    FIELDFARE_ASSIGN(m_download, m_profile.openStoreAt(m_files.download(), m_clock, m_random, commitRules()));
    return joinServer(*m_download, enrolled);
}

Result<domain::TransferReport> ProfileAttachment::build(const domain::TransferOptions &options, domain::RecordTransfer::Progress progress)
{
    m_download.reset();
    m_joined.reset(); // of a run with other options
    if (m_own == nullptr)
        FIELDFARE_TRY(openOwn()); // it could not be opened after a replace() that failed
    FIELDFARE_TRY(m_files.beginJoined());
    FIELDFARE_ASSIGN(m_joined, m_profile.openStoreAt(m_files.joined(), m_clock, m_random, commitRules()));
    FIELDFARE_TRY(copySettings(*m_joined));
    return domain::RecordTransfer(*m_own, *m_joined, options, std::move(progress)).run();
}

/// How lists and windows look; what sync keeps there is the download's.
Result<void> ProfileAttachment::copySettings(store::Store &to)
{
    FIELDFARE_ASSIGN(const QStringList names, m_own->settingNames());
    FIELDFARE_ASSIGN(const QStringList present, to.settingNames());
    for (const QString &name : names) {
        if (present.contains(name))
            continue;
        FIELDFARE_ASSIGN(const QByteArray value, m_own->setting(name));
        FIELDFARE_TRY(to.setSetting(name, value));
    }
    return {};
}

Result<void> ProfileAttachment::replace()
{
    m_joined.reset();
    m_own.reset();
    const Result<void> replaced = m_files.replaceDatabase(m_profile.paths().database());
    if (!replaced.ok())
        (void)openOwn(); // what it was; build() tries again where this fails
    return replaced;
}

store::Profile ProfileAttachment::takeProfile()
{
    m_download.reset();
    m_joined.reset();
    m_own.reset();
    m_files.discardJoined();
    return std::move(m_profile);
}

} // namespace fieldfare::app
