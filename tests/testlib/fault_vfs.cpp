// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/fault_vfs.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <sqlite3.h>

namespace fieldfare::testlib {

struct FaultDisk::Registration {
    QByteArray name;
    sqlite3_vfs vfs = {};
};

namespace {

struct OpenFile {
    sqlite3_file head;
    FaultDisk *disk;
    std::shared_ptr<FaultDisk::File> *file;
    int level;
};

OpenFile &opened(sqlite3_file *file)
{
    return *reinterpret_cast<OpenFile *>(file);
}

void apply(std::vector<std::uint8_t> &bytes, const FaultDisk::Change &change, size_t amount)
{
    if (change.isTruncation) {
        if (bytes.size() > size_t(change.offset))
            bytes.resize(size_t(change.offset));
        return;
    }
    if (amount == 0)
        return;
    const size_t end = size_t(change.offset) + amount;
    if (bytes.size() < end)
        bytes.resize(end, 0);
    std::copy_n(change.bytes.data(), amount, bytes.data() + change.offset);
}

int onUnlock(sqlite3_file *handle, int level)
{
    OpenFile &open = opened(handle);
    FaultDisk::File &file = **open.file;
    if (open.level > SQLITE_LOCK_SHARED && level <= SQLITE_LOCK_SHARED)
        file.lockLevel = 0;
    if (open.level >= SQLITE_LOCK_SHARED && level == SQLITE_LOCK_NONE)
        --file.lockShared;
    open.level = std::min(open.level, level);
    return SQLITE_OK;
}

int onLock(sqlite3_file *handle, int level)
{
    OpenFile &open = opened(handle);
    FaultDisk::File &file = **open.file;
    if (open.level >= level)
        return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED) {
        if (file.lockLevel >= SQLITE_LOCK_PENDING)
            return SQLITE_BUSY;
        ++file.lockShared;
        open.level = level;
        return SQLITE_OK;
    }
    if (file.lockLevel > 0 && open.level <= SQLITE_LOCK_SHARED)
        return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE && file.lockShared > 1) {
        file.lockLevel = open.level = SQLITE_LOCK_PENDING;
        return SQLITE_BUSY;
    }
    file.lockLevel = open.level = level;
    return SQLITE_OK;
}

int onClose(sqlite3_file *handle)
{
    onUnlock(handle, SQLITE_LOCK_NONE);
    delete opened(handle).file;
    return SQLITE_OK;
}

int onRead(sqlite3_file *handle, void *buffer, int amount, sqlite3_int64 offset)
{
    OpenFile &open = opened(handle);
    if (open.disk->fails(FaultDisk::Operation::Read) || open.disk->isWithoutPower())
        return SQLITE_IOERR_READ;
    const auto &bytes = (*open.file)->now;
    const auto present = std::clamp<sqlite3_int64>(sqlite3_int64(bytes.size()) - offset, 0, amount);
    std::memset(buffer, 0, size_t(amount));
    if (present > 0)
        std::memcpy(buffer, bytes.data() + offset, size_t(present));
    return present == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int change(OpenFile &open, FaultDisk::Change change, FaultDisk::Operation operation)
{
    FaultDisk &disk = *open.disk;
    const bool isWrite = operation == FaultDisk::Operation::Write;
    const bool isFailing = disk.fails(operation);
    if (isFailing && (!isWrite || disk.isWithoutPower()))
        return isWrite ? SQLITE_FULL : SQLITE_IOERR_TRUNCATE;
    if (!isFailing && disk.losesPower())
        return SQLITE_IOERR_WRITE;
    if (isWrite)
        change = disk.reaching(change, isFailing);
    apply((*open.file)->now, change, change.bytes.size());
    (*open.file)->unsynced.push_back(std::move(change));
    if (isFailing)
        return SQLITE_FULL;
    return disk.isWithoutPower() ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

int onWrite(sqlite3_file *handle, const void *buffer, int amount, sqlite3_int64 offset)
{
    const auto *bytes = static_cast<const std::uint8_t *>(buffer);
    return change(opened(handle), {offset, {bytes, bytes + amount}, false}, FaultDisk::Operation::Write);
}

int onTruncate(sqlite3_file *handle, sqlite3_int64 size)
{
    return change(opened(handle), {size, {}, true}, FaultDisk::Operation::Truncate);
}

int onSync(sqlite3_file *handle, int)
{
    OpenFile &open = opened(handle);
    if (open.disk->fails(FaultDisk::Operation::Sync))
        return SQLITE_IOERR_FSYNC;
    if (open.disk->losesPower())
        return SQLITE_IOERR_FSYNC;
    (*open.file)->synced = (*open.file)->now;
    (*open.file)->unsynced.clear();
    return SQLITE_OK;
}

int onFileSize(sqlite3_file *handle, sqlite3_int64 *size)
{
    *size = sqlite3_int64((*opened(handle).file)->now.size());
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 1,
    .xClose = onClose,
    .xRead = onRead,
    .xWrite = onWrite,
    .xTruncate = onTruncate,
    .xSync = onSync,
    .xFileSize = onFileSize,
    .xLock = onLock,
    .xUnlock = onUnlock,
    .xCheckReservedLock =
        [](sqlite3_file *f, int *held) {
            *held = (*opened(f).file)->lockLevel >= SQLITE_LOCK_RESERVED ? 1 : 0;
            return SQLITE_OK;
        },
    .xFileControl = [](sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; },
    .xSectorSize = [](sqlite3_file *) { return FaultDisk::kSector; },
    .xDeviceCharacteristics =
        [](sqlite3_file *) { return SQLITE_IOCAP_ATOMIC4K; }, // to be stripped by whoever wraps it
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

FaultDisk &diskOf(sqlite3_vfs *vfs)
{
    return *static_cast<FaultDisk *>(vfs->pAppData);
}

int onOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *handle, int flags, int *outFlags)
{
    FaultDisk &disk = diskOf(vfs);
    handle->pMethods = nullptr;
    if (disk.fails(FaultDisk::Operation::Open) || disk.isWithoutPower())
        return SQLITE_CANTOPEN;
    std::shared_ptr<FaultDisk::File> file;
    if (name == nullptr) {
        file = std::make_shared<FaultDisk::File>();
    } else {
        const auto found = disk.content().find(name);
        if (found != disk.content().end()) {
            file = found->second;
        } else {
            if ((flags & SQLITE_OPEN_CREATE) == 0)
                return SQLITE_CANTOPEN;
            file = std::make_shared<FaultDisk::File>();
            disk.content()[name] = file;
        }
    }
    OpenFile &open = opened(handle);
    open.disk = &disk;
    open.file = new std::shared_ptr<FaultDisk::File>(std::move(file));
    open.level = SQLITE_LOCK_NONE;
    open.head.pMethods = &kMethods;
    if (outFlags != nullptr)
        *outFlags = flags;
    return SQLITE_OK;
}

int onDelete(sqlite3_vfs *vfs, const char *name, int)
{
    FaultDisk &disk = diskOf(vfs);
    if (disk.fails(FaultDisk::Operation::Delete) || disk.losesPower())
        return SQLITE_IOERR_DELETE;
    return disk.content().erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int onAccess(sqlite3_vfs *vfs, const char *name, int, int *exists)
{
    const auto &files = diskOf(vfs).content();
    const auto found = files.find(name);
    *exists = found != files.end() && !found->second->now.empty() ? 1 : 0;
    return SQLITE_OK;
}

} // namespace

FaultDisk::FaultDisk(QByteArray name) : m_name(std::move(name)), m_registration(std::make_unique<Registration>())
{
    sqlite3_vfs *system = sqlite3_vfs_find(nullptr);
    sqlite3_vfs &vfs = m_registration->vfs;
    m_registration->name = m_name;
    vfs.iVersion = 2;
    vfs.szOsFile = int(sizeof(OpenFile));
    vfs.mxPathname = 512;
    vfs.zName = m_registration->name.constData();
    vfs.pAppData = this;
    vfs.xOpen = onOpen;
    vfs.xDelete = onDelete;
    vfs.xAccess = onAccess;
    vfs.xFullPathname = [](sqlite3_vfs *, const char *path, int size, char *out) {
        sqlite3_snprintf(size, out, "%s", path);
        return SQLITE_OK;
    };
    vfs.xRandomness = system->xRandomness;
    vfs.xSleep = [](sqlite3_vfs *, int) { return 0; };
    vfs.xCurrentTime = system->xCurrentTime;
    vfs.xGetLastError = [](sqlite3_vfs *, int, char *) { return 0; };
    vfs.xCurrentTimeInt64 = system->xCurrentTimeInt64;
    sqlite3_vfs_register(&vfs, 0);
}

FaultDisk::~FaultDisk()
{
    sqlite3_vfs_unregister(&m_registration->vfs);
}

void FaultDisk::failNext(Operation operation, int n, int sectors)
{
    m_failingSectors = sectors;
    m_failing[operation] = n;
    if (n > 0)
        m_hasFailed = false;
}

bool FaultDisk::fails(Operation operation)
{
    const auto found = m_failing.find(operation);
    if (found == m_failing.end() || found->second == 0 || --found->second > 0)
        return false;
    m_hasFailed = true;
    return true;
}

FaultDisk::Change FaultDisk::reaching(const Change &write, bool isFailing)
{
    const auto start = int(write.offset % kSector);
    const auto size = int(write.bytes.size());
    m_writtenBounds.push_back((start + size - 1) / kSector + 1);
    const bool isTorn = m_tearing > 0 && --m_tearing == 0;
    if (!isTorn && !isFailing)
        return write;
    m_withoutPower = m_withoutPower || isTorn;
    const int sectors = isTorn ? m_tornAt : m_failingSectors;
    const int bound = std::clamp(sectors * kSector - start, 0, size);
    if (isTorn && m_isEndKept)
        return {write.offset + bound, {write.bytes.begin() + bound, write.bytes.end()}, false};
    return {write.offset, {write.bytes.begin(), write.bytes.begin() + bound}, false};
}

bool FaultDisk::losesPower()
{
    ++m_changes;
    if (m_powerLeft > 0 && --m_powerLeft == 0)
        m_withoutPower = true;
    return m_withoutPower;
}

void FaultDisk::crash(std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    for (auto &[name, file] : m_files) {
        std::vector<std::uint8_t> left = file->synced;
        // 0: nothing more was written, 1: all of it, 2: any of it, 3: any of it, some torn
        const std::uint64_t mood = random() % 4;
        for (const Change &change : file->unsynced) {
            if (mood == 0 || (mood >= 2 && random() % 2 == 0))
                continue;
            size_t amount = change.bytes.size();
            if (mood == 3 && amount > kSector && random() % 3 == 0)
                amount = random() % (amount / kSector) * kSector;
            apply(left, change, amount);
        }
        file->now = left;
        file->synced = std::move(left);
        file->unsynced.clear();
        file->lockShared = file->lockLevel = 0;
    }
    m_withoutPower = false;
    m_powerLeft = 0;
    m_failing.clear();
}

void FaultDisk::crash()
{
    restore(files());
}

FaultDisk::Snapshot FaultDisk::files() const
{
    Snapshot snapshot;
    for (const auto &[name, file] : m_files)
        snapshot[name] = file->now;
    return snapshot;
}

void FaultDisk::restore(const Snapshot &files)
{
    m_files.clear();
    for (const auto &[name, bytes] : files) {
        auto file = std::make_shared<File>();
        file->now = file->synced = bytes;
        m_files[name] = std::move(file);
    }
    m_withoutPower = m_hasFailed = false;
    m_powerLeft = m_changes = m_tearing = 0;
    m_writtenBounds.clear();
    m_failing.clear();
}

} // namespace fieldfare::testlib
