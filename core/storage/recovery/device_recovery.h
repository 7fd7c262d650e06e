// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/storage/key_file.h"
#include "core/storage/recovery/recovery_messages.h"

namespace fieldfare::storage {

/// The steps that a profile takes when its passphrase was forgotten (core/storage/docs/recovery.md). What has to be kept between
/// them lies in FOLDER/recovery.pending, for its owner only: the one-time key and the request. Each step can be taken again after a crash.
/// Any thread; the caller holds the profile's lock.
class DeviceRecovery {
public:
    DeviceRecovery(const QString &folder, KeyFile keyFile);

    struct Asked {
        RecoveryRequest request;
        bool isRepeated = false; ///< The request of an earlier call: the one-time key is the same.
    };
    /// What is to be given to the administrators. The earlier request as long as it is of the present data key, unless `anew`: an
    /// answer to the earlier one is of no use then. NotFound when the key was never sealed to a company's; KeyFileMissing,
    /// KeyFileDamaged, Io, DiskFull, PermissionDenied.
    [[nodiscard]] base::Result<Asked> ask(const base::Clock &clock, bool anew);

    /// Puts the profile under the new passphrase; the one-time key is erased. NotFound when no request waits; InvalidArgument for an
    /// answer to another request, or one that does not open; SchemaTooNew; as KeyFile::recover(). On failure the
    /// request waits on.
    [[nodiscard]] base::Result<void> finish(QByteArrayView answer, const base::Secret &newPassphrase, const KeyFile::Parameters &parameters);

    /// The hash of the request that finish() was called for last, until forgetFinished(): the server is to hear of it.
    [[nodiscard]] std::optional<QByteArray> finished() const;
    void forgetFinished() const;

    [[nodiscard]] bool isWaiting() const;
    /// The passphrase was remembered: the one-time key is erased, an answer opens nothing.
    [[nodiscard]] base::Result<void> giveUp() const;
    /// The profile goes, or another comes into its place: nothing of a request or its end stays. As giveUp().
    [[nodiscard]] base::Result<void> discard() const;

private:
    struct Pending;
    [[nodiscard]] base::Result<Pending> pending() const;

    QString m_pendingPath;
    QString m_finishedPath;
    KeyFile m_keyFile;
};

} // namespace fieldfare::storage
