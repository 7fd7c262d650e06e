// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/data_key.h"
#include "tests/testlib/fault_vfs.h"

#include <QString>

#include <memory>

namespace fieldfare::simulation {

/// One encrypted file on a disk that loses power. SQLite keeps a VFS for the life of the process, so disks are used again.
/// One thread at a time.
class FaultFile {
public:
    FaultFile();
    ~FaultFile();
    FaultFile(const FaultFile &) = delete;
    FaultFile &operator=(const FaultFile &) = delete;

    [[nodiscard]] testlib::FaultDisk &disk();
    /// The encrypted VFS over the disk, as OpenOptions wants it.
    [[nodiscard]] QByteArray vfsName() const;
    [[nodiscard]] QString path() const;
    [[nodiscard]] static std::shared_ptr<const storage::DataKey> key();

    /// The database with its log and so on, for copies from one disk to another. Nothing may be open.
    [[nodiscard]] testlib::FaultDisk::Snapshot content() const;
    void setContent(const testlib::FaultDisk::Snapshot &content);

private:
    int m_number;
};

} // namespace fieldfare::simulation
