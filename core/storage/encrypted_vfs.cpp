// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/encrypted_vfs.h"

#include "core/storage/journal_file.h"
#include "core/storage/log_file.h"
#include "core/storage/page_format.h"
#include "core/storage/temporary_file.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace fieldfare::storage {

int VfsFile::control(int operation, void *argument)
{
    if (operation == kRawReadControl) {
        const auto &raw = *static_cast<RawRead *>(argument);
        return readBase(raw.out, raw.amount, raw.offset);
    }
    return m_base->pMethods->xFileControl(m_base, operation, argument);
}

int VfsFile::deviceCharacteristics() const
{
    constexpr int kKept = SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_IMMUTABLE;
    return (m_base->pMethods->xDeviceCharacteristics(m_base) & kKept) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

namespace {

/// What SQLite allocates for an open file; the wrapped VFS's own structure follows it.
struct Shim {
    sqlite3_file head;
    VfsFile *file;
};
static_assert(sizeof(Shim) % alignof(std::max_align_t) == 0, "the wrapped VFS's structure follows");

VfsFile &fileOf(sqlite3_file *file)
{
    return *reinterpret_cast<Shim *>(file)->file;
}

sqlite3_vfs *baseOf(sqlite3_vfs *vfs)
{
    return static_cast<sqlite3_vfs *>(vfs->pAppData);
}

int onClose(sqlite3_file *file)
{
    auto *shim = reinterpret_cast<Shim *>(file);
    delete shim->file;
    shim->file = nullptr;
    return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2, // without xFetch: mapped memory would show the file as it is on disk
    .xClose = onClose,
    .xRead = [](sqlite3_file *f, void *b, int n, sqlite3_int64 o) { return fileOf(f).read(b, n, o); },
    .xWrite = [](sqlite3_file *f, const void *b, int n, sqlite3_int64 o) { return fileOf(f).write(b, n, o); },
    .xTruncate = [](sqlite3_file *f, sqlite3_int64 size) { return fileOf(f).truncate(size); },
    .xSync = [](sqlite3_file *f, int flags) { return fileOf(f).sync(flags); },
    .xFileSize = [](sqlite3_file *f, sqlite3_int64 *size) { return fileOf(f).size(size); },
    .xLock = [](sqlite3_file *f, int level) { return fileOf(f).lock(level); },
    .xUnlock = [](sqlite3_file *f, int level) { return fileOf(f).unlock(level); },
    .xCheckReservedLock = [](sqlite3_file *f, int *held) { return fileOf(f).checkReservedLock(held); },
    .xFileControl = [](sqlite3_file *f, int operation, void *a) { return fileOf(f).control(operation, a); },
    .xSectorSize = [](sqlite3_file *f) { return fileOf(f).sectorSize(); },
    .xDeviceCharacteristics = [](sqlite3_file *f) { return fileOf(f).deviceCharacteristics(); },
    .xShmMap = [](sqlite3_file *f, int region, int size, int extend,
                  void volatile **memory) { return fileOf(f).mapIndex(region, size, extend != 0, memory); },
    .xShmLock = [](sqlite3_file *f, int first, int n, int flags) { return fileOf(f).lockIndex(first, n, flags); },
    .xShmBarrier = [](sqlite3_file *) { std::atomic_thread_fence(std::memory_order_seq_cst); },
    .xShmUnmap =
        [](sqlite3_file *f, int) {
            fileOf(f).unmapIndex();
            return SQLITE_OK;
        },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

/// The main file that a log or journal belongs to. `name` must come from SQLite's xOpen.
MainFile *mainFileOf(const char *name)
{
    sqlite3_file *file = sqlite3_database_file_object(name);
    return file != nullptr && file->pMethods == &kMethods ? dynamic_cast<MainFile *>(&fileOf(file)) : nullptr;
}

std::unique_ptr<VfsFile> wrap(sqlite3_file *base, sqlite3_vfs *vfs, const char *name, int flags)
{
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        return std::make_unique<MainFile>(base, SharedFileRegistry::find(name), vfs, name);
    if ((flags & SQLITE_OPEN_WAL) != 0)
        return std::make_unique<LogFile>(base, *mainFileOf(name), (flags & SQLITE_OPEN_READONLY) != 0);
    if ((flags & SQLITE_OPEN_MAIN_JOURNAL) != 0)
        return std::make_unique<JournalFile>(base, *mainFileOf(name));
    if ((flags & SQLITE_OPEN_SUPER_JOURNAL) != 0)
        return std::make_unique<PassedThroughFile>(base);
    return std::make_unique<TemporaryFile>(base);
}

/// Nothing may be opened here that we could not encrypt.
bool mayOpen(const char *name, int flags)
{
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        return name != nullptr && SharedFileRegistry::find(name) != nullptr;
    if ((flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0)
        return name != nullptr && mainFileOf(name) != nullptr;
    return true;
}

int onOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *shim = reinterpret_cast<Shim *>(file);
    shim->head.pMethods = nullptr; // SQLite closes only what has methods
    shim->file = nullptr;
    if (!mayOpen(name, flags))
        return SQLITE_CANTOPEN;
    auto *base = reinterpret_cast<sqlite3_file *>(shim + 1);
    base->pMethods = nullptr;
    int opened = flags;
    const int code = baseOf(vfs)->xOpen(baseOf(vfs), name, base, flags, &opened);
    if (code != SQLITE_OK) {
        if (base->pMethods != nullptr)
            base->pMethods->xClose(base);
        return code;
    }
    // The kind of file is in the caller's flags, whether it is read-only in the answer.
    std::unique_ptr<VfsFile> wrapped = wrap(base, baseOf(vfs), name, (flags & ~SQLITE_OPEN_READONLY) | (opened & SQLITE_OPEN_READONLY));
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        const int recovered = static_cast<MainFile &>(*wrapped).recoverRewriting();
        if (recovered != SQLITE_OK)
            return recovered; // the wrapped file is closed
    }
    shim->file = wrapped.release();
    shim->head.pMethods = &kMethods;
    if (outFlags != nullptr)
        *outFlags = opened;
    return SQLITE_OK;
}

/// A registered VFS; SQLite keeps pointers into it for the life of the process.
struct Registration {
    QByteArray name;
    sqlite3_vfs vfs = {};
};

base::Result<void> registerVfs(const QByteArray &name, sqlite3_vfs *base)
{
    if (base == nullptr)
        return {base::ErrorCode::Internal, QStringLiteral("SQLite has no VFS to stand on")};
    static std::mutex mutex;
    // Never freed: SQLite looks at its VFSs until the very end of the process.
    static auto &registrations = *new std::vector<std::unique_ptr<Registration>>;
    const std::lock_guard guard(mutex);
    if (sqlite3_vfs_find(name.constData()) != nullptr)
        return {};
    auto registration = std::make_unique<Registration>();
    registration->name = name;
    sqlite3_vfs &vfs = registration->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = int(sizeof(Shim)) + base->szOsFile;
    vfs.mxPathname = base->mxPathname;
    vfs.zName = registration->name.constData();
    vfs.pAppData = base;
    vfs.xOpen = onOpen;
    vfs.xDelete = [](sqlite3_vfs *v, const char *n, int sync) { return baseOf(v)->xDelete(baseOf(v), n, sync); };
    vfs.xAccess = [](sqlite3_vfs *v, const char *n, int f, int *out) {
        return baseOf(v)->xAccess(baseOf(v), n, f, out);
    };
    vfs.xFullPathname = [](sqlite3_vfs *v, const char *n, int size, char *out) {
        return baseOf(v)->xFullPathname(baseOf(v), n, size, out);
    };
    vfs.xDlOpen = [](sqlite3_vfs *v, const char *n) { return baseOf(v)->xDlOpen(baseOf(v), n); };
    vfs.xDlError = [](sqlite3_vfs *v, int size, char *out) { baseOf(v)->xDlError(baseOf(v), size, out); };
    vfs.xDlSym = [](sqlite3_vfs *v, void *library, const char *symbol) {
        return baseOf(v)->xDlSym(baseOf(v), library, symbol);
    };
    vfs.xDlClose = [](sqlite3_vfs *v, void *library) { baseOf(v)->xDlClose(baseOf(v), library); };
    vfs.xRandomness = [](sqlite3_vfs *v, int size, char *out) { return baseOf(v)->xRandomness(baseOf(v), size, out); };
    vfs.xSleep = [](sqlite3_vfs *v, int us) { return baseOf(v)->xSleep(baseOf(v), us); };
    vfs.xCurrentTime = [](sqlite3_vfs *v, double *out) { return baseOf(v)->xCurrentTime(baseOf(v), out); };
    vfs.xGetLastError = [](sqlite3_vfs *v, int size, char *out) {
        return baseOf(v)->xGetLastError(baseOf(v), size, out);
    };
    vfs.xCurrentTimeInt64 = [](sqlite3_vfs *v, sqlite3_int64 *out) {
        return baseOf(v)->xCurrentTimeInt64(baseOf(v), out);
    };
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        return {base::ErrorCode::Internal, QStringLiteral("SQLite refused the VFS")};
    registrations.push_back(std::move(registration));
    return {};
}

/// Whether a rollback journal is there that begins with a header which says that the file had pages. `vfs` is the wrapped one.
bool isJournalOfPages(sqlite3_vfs *vfs, const std::string &path)
{
    const std::string name = path + std::string(3, '\0'); // SQLite looks for parameters behind a file's name
    const auto memory = std::make_unique<std::max_align_t[]>(size_t(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
    auto *file = reinterpret_cast<sqlite3_file *>(memory.get());
    file->pMethods = nullptr;
    constexpr int kHow = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_JOURNAL;
    int opened = 0;
    std::uint8_t header[kJournalHeaderSize] = {};
    const bool isRead = vfs->xOpen(vfs, name.c_str(), file, kHow, &opened) == SQLITE_OK &&
                        file->pMethods->xRead(file, header, sizeof header, 0) == SQLITE_OK;
    if (file->pMethods != nullptr)
        file->pMethods->xClose(file);
    return isRead && JournalFile::countsPages(header);
}

} // namespace

namespace encrypted_vfs {

base::Result<void> ensureRegistered()
{
    // SQLite's own count of its memory takes a lock at every allocation, and nobody asks for it. Refused, which is fine too,
    // when somebody uses SQLite already.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return registerVfs(kName, sqlite3_vfs_find(nullptr));
}

base::Result<void> registerOver(const QByteArray &name, const QByteArray &baseName)
{
    return registerVfs(name, sqlite3_vfs_find(baseName.constData()));
}

base::Result<std::string> fullPath(const QByteArray &name, const QByteArray &path)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(name.constData());
    if (vfs == nullptr)
        return base::Error{base::ErrorCode::Internal, QStringLiteral("the VFS is not registered")};
    std::vector<char> buffer(size_t(vfs->mxPathname) + 1, '\0');
    const int code = vfs->xFullPathname(vfs, path.constData(), int(buffer.size()), buffer.data());
    if ((code & 0xff) != SQLITE_OK) // SQLITE_OK_SYMLINK is fine
        return base::Error{base::ErrorCode::Io, QStringLiteral("no full path for the database")};
    return std::string(buffer.data());
}

bool hasLostItsPages(const QByteArray &name, const std::string &fullPath)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(name.constData());
    if (vfs == nullptr)
        return false;
    // SQLite's VFSs say of an empty file that it does not exist.
    const auto exists = [vfs](const std::string &path) {
        int found = 0;
        return vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0;
    };
    return !exists(fullPath) && (exists(fullPath + "-wal") || isJournalOfPages(baseOf(vfs), fullPath + "-journal"));
}

} // namespace encrypted_vfs
} // namespace fieldfare::storage
