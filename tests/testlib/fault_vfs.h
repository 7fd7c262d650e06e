// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// A SQLite VFS over a disk in memory that fails and crashes as told: the layer below the encrypted VFS in tests.
///
/// The disk knows what was synced. crash() forgets the rest as a real disk may: each write since the file's last sync
/// survives or not by itself, the last ones also torn at a sector, in any combination (seeded). Names of files are
/// durable at once: SQLite syncs folders itself, which a VFS above the file system cannot drop.
/// One thread at a time.
namespace fieldfare::testlib {

class FaultDisk {
public:
    enum class Operation { Read, Write, Sync, Truncate, Delete, Open };
    static constexpr int kSector = 512;

    /// Registers the VFS under `name`; the disk must outlive every connection through it.
    explicit FaultDisk(QByteArray name);
    FaultDisk(const FaultDisk &) = delete;
    FaultDisk &operator=(const FaultDisk &) = delete;
    ~FaultDisk();

    [[nodiscard]] QByteArray name() const { return m_name; }

    /// The n-th operation of this kind from now (1: the next) fails, once. Writes fail as a full disk does; `sectors` of it are
    /// written all the same. 0 cancels.
    void failNext(Operation operation, int n, int sectors = 0);
    /// The power goes in the midst of the n-th write from now: everything before it is on the disk, and of it what stands before
    /// the `sector`-th bound of a sector in it (`isEnd`: what stands behind). 0 cancels.
    void tearWrite(int n, int sector, bool isEnd)
    {
        m_tearing = n;
        m_tornAt = sector;
        m_isEndKept = isEnd;
    }
    /// By write since restore(): bounds of sectors in it.
    [[nodiscard]] const std::vector<int> &writtenBounds() const { return m_writtenBounds; }
    /// From the n-th write, truncation, deletion or sync on nothing reaches the disk and everything fails, as if the
    /// power had gone: 0 cancels.
    void cutPowerAfter(int n) { m_powerLeft = n; }
    [[nodiscard]] bool isWithoutPower() const { return m_withoutPower; }
    /// Counts what cutPowerAfter() counts.
    [[nodiscard]] int changes() const { return m_changes; }
    [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

    /// What a crash leaves; power is back afterwards. All connections must be closed. Without a seed: all that was written.
    void crash();
    void crash(std::uint64_t seed);
    /// Everything as on disk, and back.
    using Snapshot = std::map<std::string, std::vector<std::uint8_t>>;
    [[nodiscard]] Snapshot files() const;
    void restore(const Snapshot &files);

    // For the C callbacks.
    struct Change {
        std::int64_t offset = 0; ///< of a write; the new size of a truncation
        std::vector<std::uint8_t> bytes;
        bool isTruncation = false;
    };
    struct File {
        std::vector<std::uint8_t> now;
        std::vector<std::uint8_t> synced;
        std::vector<Change> unsynced;
        int lockShared = 0;
        int lockLevel = 0; ///< highest lock held above SHARED
    };
    [[nodiscard]] bool fails(Operation operation);
    [[nodiscard]] bool losesPower();
    /// The part of a write that reaches the disk, to the bounds of sectors: all of it unless tearWrite() or failNext() says else.
    [[nodiscard]] Change reaching(const Change &write, bool isFailing);
    std::map<std::string, std::shared_ptr<File>> &content() { return m_files; }

private:
    QByteArray m_name;
    struct Registration;
    std::unique_ptr<Registration> m_registration;
    std::map<std::string, std::shared_ptr<File>> m_files;
    std::map<Operation, int> m_failing;
    std::vector<int> m_writtenBounds;
    int m_failingSectors = 0;
    int m_tearing = 0;
    int m_tornAt = 0;
    bool m_isEndKept = false;
    int m_powerLeft = 0;
    int m_changes = 0;
    bool m_withoutPower = false;
    bool m_hasFailed = false;
};

} // namespace fieldfare::testlib
