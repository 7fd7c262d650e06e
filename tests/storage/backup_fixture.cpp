// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/backup_fixture.h"

#include "core/store/check/profile_check.h"

namespace fieldfare::store_test {

using storage::StoredBackup;
using store::ProfileBackups;

BackupFixture::BackupFixture()
{
    store::Profile::Options options;
    options.key.logN = 14;
    const auto profile = store::Profile::create(m_made.path(), secret("right"), options);
    if (!profile.ok())
        qFatal("%s", qPrintable(profile.error().detail));
    const auto opened = profile->openStore(m_clock, m_random);
    if (!opened.ok() || !store::startStandAlone(**opened, {}, QStringLiteral("Ann")).ok())
        qFatal("no profile to back up");
    std::vector<changes::LocalChange> customers;
    for (int i = 0; i < 20; ++i)
        customers.push_back(
            create(*(*opened)->catalog(), "customer", {{"name", model::Value(QStringLiteral("Customer %1").arg(i))}}));
    commit(**opened, std::move(customers));
}

BackupFixture::~BackupFixture() = default;

bool BackupFixture::renew()
{
    m_backups.reset();
    m_store.reset();
    m_profile.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString folder = m_folder->filePath(QStringLiteral("profile"));
    bool isCopied = QDir().mkpath(folder);
    for (const QString &name :
         QDir(m_made.path()).entryList({QStringLiteral("fieldfare.*")}, QDir::Files)) // not the lock
        isCopied = isCopied && QFile::copy(m_made.filePath(name), folder + QLatin1Char('/') + name);
    if (!isCopied)
        return false;
    auto profile = store::Profile::open(folder, secret("right"));
    if (!profile.ok())
        return false;
    m_profile = std::make_unique<store::Profile>(std::move(profile).value());
    auto opened = m_profile->openStore(m_clock, m_random);
    if (!opened.ok())
        return false;
    m_store = std::move(opened).value();
    m_backups = std::make_unique<ProfileBackups>(place());
    return true;
}

StoredBackup BackupFixture::backUp(ProfileBackups::Wish wish)
{
    m_clock.advance(60'000);
    const auto backup = m_backups->write(origin(), wish, m_clock);
    if (!backup.ok())
        qFatal("%s", qPrintable(base::errorCodeName(backup.error().code) + backup.error().detail));
    return *backup;
}

void BackupFixture::add(const char *name)
{
    commit(store(), create(*store().catalog(), "customer", {{"name", text(name)}}));
}

qint64 BackupFixture::customersIn(const StoredBackup &backup, const char *passphrase)
{
    const QTemporaryDir to;
    const QString folder = to.filePath(QStringLiteral("restored"));
    if (!ProfileBackups::restore(backup.folder, secret(passphrase), folder).ok())
        return -1;
    const auto profile = store::Profile::open(folder, secret(passphrase));
    if (!profile.ok())
        return -2;
    const auto restored = profile->openStore(m_clock, m_random);
    if (!restored.ok())
        return -3;
    const auto check = store::checkProfile(**restored);
    return check.ok() && check->isOk()
               ? (*restored)->connection().queryInt64(QLatin1StringView("SELECT count(*) FROM customer")).value()
               : -4;
}

base::Result<store::BackupDrill> BackupFixture::drill(const StoredBackup &backup, const char *passphrase)
{
    return ProfileBackups::drill(backup.folder, secret(passphrase), m_clock, m_random);
}

} // namespace fieldfare::store_test
