// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/passphrase.h"
#include "core/store/backup/profile_backups.h"
#include "tests/storage/store_fixture.h"

#include <QDir>
#include <QTemporaryDir>

#include <memory>

namespace fieldfare::store_test {

[[nodiscard]] inline base::Secret secret(const char *words)
{
    return storage::passphraseBytes(QString::fromLatin1(words));
}

/// A profile of 20 customers with the passphrase "right", and a place for its backups: for test classes to derive from.
/// The profile is made once; each test begins with a copy of its files.
class BackupFixture {
protected:
    BackupFixture();
    ~BackupFixture();

    /// A new copy, opened. False when that fails.
    [[nodiscard]] bool renew();

    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] QString place() const { return m_folder->filePath(QStringLiteral("backups")); }
    [[nodiscard]] store::BackupOrigin origin() const { return {m_profile->paths(), m_profile->key()}; }
    /// A minute later than the one before. Ends the program when it fails.
    storage::StoredBackup backUp(store::ProfileBackups::Wish wish = store::ProfileBackups::Wish::Full);
    void add(const char *name);
    /// How many customers a restored copy has; -1 and below: it cannot be restored, opened, read, or is not sound.
    qint64 customersIn(const storage::StoredBackup &backup, const char *passphrase = "right");
    base::Result<store::BackupDrill> drill(const storage::StoredBackup &backup, const char *passphrase = "right");
    [[nodiscard]] QStringList foldersThere() const
    {
        return QDir(place()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    TestClock m_clock;
    TestRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Profile> m_profile;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<store::ProfileBackups> m_backups;

private:
    QTemporaryDir m_made;
};

} // namespace fieldfare::store_test
