// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/data_key.h"
#include "core/storage/key_file_format.h"
#include "core/storage/keychain_record.h"
#include "core/storage/recovery/recovery_record.h"

namespace fieldfare::storage {

/// The small file beside the database that holds its data key, wrapped under a passphrase (scrypt, AES-256-GCM;
/// core/storage/docs/key-file.md). Written in one step, the previous content kept as PATH.previous. Without either of
/// them and the passphrase the database cannot be read by anyone: both are part of every backup.
///
/// Deriving a key takes about 0.4 s and 128 MiB with the default cost: never on the UI thread. Objects of one file may be used on
/// several threads of a program, each on its own: what writes waits for the others, but nobody for a derivation.
class KeyFile {
public:
    struct Parameters {
        int logN = 17;                              ///< scrypt's N = 2^logN, 14 to 20; tests take 14
        const base::Secret *deviceSecret = nullptr; ///< at least 16 bytes from the keychain, or none
    };

    explicit KeyFile(QString path) : m_path(std::move(path)) {}

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString previousPath() const { return m_path + QStringLiteral(".previous"); }
    [[nodiscard]] bool exists() const;
    /// Whether unlock() wants the device secret. Fails as unlock().
    [[nodiscard]] base::Result<bool> needsDeviceSecret() const;
    /// What a guess costs: scrypt's N = 2^logN. Fails as unlock().
    [[nodiscard]] base::Result<int> logN() const;

    /// Makes a data key and writes the file. Fails with AlreadyExists, InvalidArgument, Io, DiskFull, PermissionDenied.
    /// The strength of the passphrase is the caller's business (requireStrongPassphrase).
    [[nodiscard]] base::Result<DataKey> create(const base::Secret &passphrase, const Parameters &parameters);
    [[nodiscard]] base::Result<DataKey> create(const base::Secret &passphrase)
    {
        return create(passphrase, Parameters());
    }
    /// Writes the file for a key that exists already, replacing what is there. InvalidArgument where that is known to be of another key;
    /// fails as create() otherwise.
    [[nodiscard]] base::Result<void> store(const DataKey &key, const base::Secret &passphrase,
                                           const Parameters &parameters);

    /// Fails with KeyFileMissing, WrongPassphrase, KeyFileDamaged (neither the file nor its previous copy is sound) or
    /// SchemaTooNew. A torn file is repaired from its previous copy once the passphrase opened that.
    [[nodiscard]] base::Result<DataKey> unlock(const base::Secret &passphrase,
                                               const base::Secret *deviceSecret = nullptr) const;
    /// An error of unlock(): the file could not be read, its previous copy could, and the passphrase does not open that.
    [[nodiscard]] static bool didCopyRefuse(const base::Error &error);

    /// The same data key under a new passphrase, which may be the old one; the database is not touched. `parameters` replace the
    /// old ones, but what a guess costs is raised only, never lowered. The previous copy still opens with the old passphrase;
    /// forgetPrevious() ends that.
    [[nodiscard]] base::Result<void> changePassphrase(const base::Secret &oldPassphrase,
                                                      const base::Secret &newPassphrase, const Parameters &parameters,
                                                      const base::Secret *oldDeviceSecret = nullptr);

    /// Makes a new data key and puts it into the file beside the present one, `key`, of which pages below the epoch `boundary`
    /// are; likewise into the previous copy. Not before this returned may a page be written under the new one. The keychain's
    /// record goes, that of recovery is made anew. Fails as unlock(), with AlreadyExists when a replacement is under way, and with InvalidArgument when the
    /// file holds another key.
    [[nodiscard]] base::Result<DataKey> beginRotation(const DataKey &key, const base::Secret &passphrase, std::uint32_t boundary,
                                                      const base::Secret *deviceSecret = nullptr);
    /// Takes the former key out of the file and its previous copy, which is overwritten before. Needs no passphrase.
    [[nodiscard]] base::Result<void> endRotation(const DataKey &key);
    /// The data key as it is sealed to the company's recovery key (core/storage/docs/recovery.md). NotFound without one; fails as unlock().
    [[nodiscard]] base::Result<RecoveryRecord> recovery() const;
    /// Keeps it in the file and its previous copy. InvalidArgument when record or file are of another key.
    [[nodiscard]] base::Result<void> setRecovery(const DataKey &key, const RecoveryRecord &record);
    /// Puts the data key, which the company has opened, under a new passphrase; the keychain's part goes. Nothing opens with the
    /// forgotten passphrase afterwards. InvalidArgument when it is another key, RecordChanged when another thread gave it a new passphrase
    /// meanwhile; fails as store(), and can then be called again.
    [[nodiscard]] base::Result<void> recover(base::Secret secret, const base::Secret &newPassphrase, const Parameters &parameters);
    /// The data key as it is wrapped under a secret of the desktop's keychain. NotFound without one; fails as unlock().
    [[nodiscard]] base::Result<KeychainRecord> keychain() const;
    /// Keeps it in the file, in place of another. The previous copy never opens by the keychain. InvalidArgument for another key's file.
    [[nodiscard]] base::Result<void> setKeychain(const DataKey &key, const KeychainRecord &record);
    /// Takes it out of the file; no effect without one.
    [[nodiscard]] base::Result<void> removeKeychain();
    /// The data key by the keychain's secret, without a passphrase and its scrypt. NotFound without a record; WrongPassphrase when the
    /// secret is not its own; fails as unlock(), whose rescue by the previous copy is left to it.
    [[nodiscard]] base::Result<DataKey> unlockByKeychain(const base::Secret &secret) const;
    /// Whether pages that were written under `key` as it is can be read with this file. True for all keys without a former one
    /// where the file is of version 1, which does not tell.
    [[nodiscard]] base::Result<bool> isFor(const DataKey &key) const;

    /// Overwrites and removes the previous copy.
    [[nodiscard]] base::Result<void> forgetPrevious();
    /// Overwrites and removes the file and what lies beside it (side_files): without a backup of them the database is lost for good.
    [[nodiscard]] base::Result<void> erase();

private:
    struct Opened {
        KeyFileContent content;
        DataKey key;
    };
    /// As unlock(), with what was opened.
    [[nodiscard]] base::Result<Opened> open(const base::Secret &passphrase, const base::Secret *deviceSecret) const;
    /// The caller has derived what is in `content`, and keeps other writers out from here on; as store().
    [[nodiscard]] base::Result<void> put(const DataKey &key, KeyFileContent content) const;
    /// The same for beginRotation(): `content` stands in the file, and `wrappingKey` opens it.
    [[nodiscard]] base::Result<DataKey> putBoth(const DataKey &key, KeyFileContent content, const base::Secret &wrappingKey, std::uint32_t boundary) const;
    [[nodiscard]] base::Result<void> write(const QByteArray &bytes) const;
    void repairPrevious(const KeyFileContent &content) const;

    QString m_path;
};

} // namespace fieldfare::storage
