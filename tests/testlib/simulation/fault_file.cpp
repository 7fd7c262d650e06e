// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/fault_file.h"

#include "core/storage/encrypted_vfs.h"

#include <set>
#include <vector>

namespace fieldfare::simulation {

using testlib::FaultDisk;

namespace {

/// Never destroyed: the encrypted VFS over each disk stays registered until the process ends.
struct Pool {
    std::vector<FaultDisk *> disks;
    std::set<int> free;
};

Pool &pool()
{
    static Pool *const disks = new Pool;
    return *disks;
}

QByteArray encryptedName(int number)
{
    return "simulated-encrypted-" + QByteArray::number(number);
}

int takeDisk()
{
    if (!pool().free.empty()) {
        const int number = *pool().free.begin();
        pool().free.erase(number);
        return number;
    }
    const int number = int(pool().disks.size());
    pool().disks.push_back(new FaultDisk("simulated-disk-" + QByteArray::number(number)));
    if (!storage::encrypted_vfs::registerOver(encryptedName(number), pool().disks.back()->name()).ok())
        qFatal("no encrypted VFS over a disk in memory");
    return number;
}

} // namespace

FaultFile::FaultFile() : m_number(takeDisk())
{
    disk().restore({});
}

FaultFile::~FaultFile()
{
    disk().restore({});
    pool().free.insert(m_number);
}

FaultDisk &FaultFile::disk()
{
    return *pool().disks[size_t(m_number)];
}

QByteArray FaultFile::vfsName() const
{
    return encryptedName(m_number);
}

/// Another path on each disk: what connections of one file share is found by its path.
QString FaultFile::path() const
{
    return QStringLiteral("/disk%1.db").arg(m_number);
}

std::shared_ptr<const storage::DataKey> FaultFile::key()
{
    const QByteArray bytes(int(storage::DataKey::kSize), 'k');
    return std::make_shared<const storage::DataKey>(storage::DataKey::fromSecret(base::Secret::fromBytes(bytes)).value());
}

FaultDisk::Snapshot FaultFile::content() const
{
    const std::string own = path().toStdString();
    FaultDisk::Snapshot content;
    for (auto &[name, bytes] : pool().disks[size_t(m_number)]->files()) {
        if (name.starts_with(own))
            content.emplace(name.substr(own.size()), bytes);
    }
    return content;
}

void FaultFile::setContent(const FaultDisk::Snapshot &content)
{
    const std::string own = path().toStdString();
    FaultDisk::Snapshot files;
    for (const auto &[ending, bytes] : content)
        files.emplace(own + ending, bytes);
    disk().restore(files);
}

} // namespace fieldfare::simulation
