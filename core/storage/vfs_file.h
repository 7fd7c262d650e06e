// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sqlite3.h>

#include <cerrno>

namespace fieldfare::storage {

/// One open file of the encrypted VFS as a class: what SQLite calls through sqlite3_io_methods arrives here. Stands
/// over the file of the wrapped VFS, which it closes when it goes. Return values are SQLite result codes; offsets and
/// sizes are in bytes. One connection's thread at a time, as SQLite promises.
class VfsFile {
public:
    /// Takes over `base`, which is open.
    explicit VfsFile(sqlite3_file *base) : m_base(base) {}
    VfsFile(const VfsFile &) = delete;
    VfsFile &operator=(const VfsFile &) = delete;
    virtual ~VfsFile() { m_base->pMethods->xClose(m_base); }

    /// As xRead: a read past the end fills with zeros and returns SQLITE_IOERR_SHORT_READ.
    virtual int read(void *buffer, int amount, sqlite3_int64 offset) = 0;
    virtual int write(const void *buffer, int amount, sqlite3_int64 offset) = 0;
    virtual int truncate(sqlite3_int64 size) { return m_base->pMethods->xTruncate(m_base, size); }
    virtual int sync(int flags) { return m_base->pMethods->xSync(m_base, flags); }
    virtual int size(sqlite3_int64 *size) { return m_base->pMethods->xFileSize(m_base, size); }
    virtual int control(int operation, void *argument);
    virtual int mapIndex(int, int, bool, void volatile **) { return SQLITE_IOERR_SHMMAP; }
    virtual int lockIndex(int, int, int) { return SQLITE_IOERR_SHMLOCK; }
    virtual void unmapIndex() {}
    /// Without the promises of atomic writes: one page of ours may be two of the disk's with its tag. With
    /// POWERSAFE_OVERWRITE, so that log frames are never padded or split.
    [[nodiscard]] int deviceCharacteristics() const;

    virtual int lock(int level) { return m_base->pMethods->xLock(m_base, level); }
    virtual int unlock(int level) { return m_base->pMethods->xUnlock(m_base, level); }
    int checkReservedLock(int *held) { return m_base->pMethods->xCheckReservedLock(m_base, held); }
    [[nodiscard]] int sectorSize() const { return m_base->pMethods->xSectorSize(m_base); }

protected:
    int readBase(void *buffer, int amount, sqlite3_int64 offset)
    {
        // SQLite calls a file damaged that the disk could not read. It may be read the next time.
        const int code = m_base->pMethods->xRead(m_base, buffer, amount, offset);
        return code == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : code;
    }
    /// A full disk is told apart by SQLite; a used up quota or a limit of file size is the same to a person.
    int writeBase(const void *buffer, int amount, sqlite3_int64 offset)
    {
        const int code = m_base->pMethods->xWrite(m_base, buffer, amount, offset);
        return code == SQLITE_IOERR_WRITE && isOutOfSpace(errno) ? SQLITE_FULL : code;
    }
    int sizeOfBase(sqlite3_int64 *size) { return m_base->pMethods->xFileSize(m_base, size); }

    static bool isOutOfSpace(int systemError)
    {
#if defined(EDQUOT)
        if (systemError == EDQUOT)
            return true;
#endif
        return systemError == EFBIG;
    }

private:
    sqlite3_file *m_base;
};

/// A file that is passed through as it is: the super-journal of a transaction over several files (it holds file names).
class PassedThroughFile final : public VfsFile {
public:
    using VfsFile::VfsFile;
    int read(void *buffer, int amount, sqlite3_int64 offset) override { return readBase(buffer, amount, offset); }
    int write(const void *buffer, int amount, sqlite3_int64 offset) override
    {
        return writeBase(buffer, amount, offset);
    }
};

} // namespace fieldfare::storage
