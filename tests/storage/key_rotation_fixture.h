// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/key_rotation.h"
#include "tests/storage/storage_fixture.h"
#include "tests/testlib/fault_vfs.h"

#include <QTemporaryDir>

namespace fieldfare::storage_test {

inline constexpr char kBirds[] = "/birds.db";
inline constexpr char kBirdsJournal[] = "/birds.db-rotation";

[[nodiscard]] base::Secret orchardPassphrase();
[[nodiscard]] std::shared_ptr<const storage::DataKey> sharedKey(storage::DataKey key);

/// 600 rows that are made of their numbers, and full, free and overflow pages. The log is empty afterwards.
bool makeBirds(storage::Connection &connection);
/// Commits that a test counts: the n-th one, from 0, adds a row and changes two others.
[[nodiscard]] base::Result<void> commitOne(storage::Connection &connection, qint64 n);
[[nodiscard]] qint64 commitsIn(storage::Connection &connection);
/// What is wrong with the file; empty: nothing. All commits up to `acknowledged` are there, and at most one more.
[[nodiscard]] QString wrongWith(storage::Connection &connection, qint64 acknowledged);
/// "ok", or the error.
[[nodiscard]] QString textOf(const base::Result<void> &result);
/// Epochs of all pages as on disk, 0 for pages of zeros.
[[nodiscard]] QList<quint32> epochsOf(const std::vector<std::uint8_t> &main);
/// Whether the key file holds a former key.
[[nodiscard]] bool isRotating(const QString &keyFile);

/// What the tests of replacing a data key share: such a file on a disk that fails as told, once closed, and once with the
/// replacement begun and commits of both keys in the log. One a process.
class RotationFixture {
protected:
    [[nodiscard]] bool prepare();
    [[nodiscard]] storage::OpenOptions onDisk(std::shared_ptr<const storage::DataKey> key) const;
    /// A file to be made in a folder of the real disk, under the first key, and the key file as it was.
    [[nodiscard]] storage::OpenOptions inFolder(const QTemporaryDir &folder);
    /// Lays both on their disks.
    void restore(const testlib::FaultDisk::Snapshot &files, const QByteArray &keyFile);
    /// The key as the file on disk has it now, without the cost of a passphrase.
    [[nodiscard]] std::shared_ptr<const storage::DataKey> keyNow() const;
    [[nodiscard]] QByteArray journal() const;
    /// Ends the replacement and looks whether nothing of the former key is left; empty: as it should be.
    [[nodiscard]] QString wrongAfterEnding(qint64 acknowledged);

    testlib::FaultDisk m_disk{"rotation-disk"};
    QTemporaryDir m_folder;
    storage::KeyFile m_keyFile{m_folder.filePath(QStringLiteral("birds.key"))};
    std::shared_ptr<const storage::DataKey> m_first; ///< the key before
    std::shared_ptr<const storage::DataKey> m_both;  ///< the key after begin()
    testlib::FaultDisk::Snapshot m_before;
    testlib::FaultDisk::Snapshot m_begun;
    QByteArray m_keyBefore;
    QByteArray m_keyBegun;
    qint64 m_begunCommits = 0;
};

} // namespace fieldfare::storage_test
