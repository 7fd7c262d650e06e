// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/data_key.h"
#include "core/storage/page_format.h"

#include <QByteArray>
#include <QJsonObject>

namespace fieldfare::storage {

/// What one backup says of itself: the file `manifest` of its folder (core/store/docs/backups.md). All but the facts can be read
/// without the key; who has the key knows that none of it was changed.
struct BackupManifest {
    enum class Kind : std::uint8_t { Full = 1, Increment = 2 };
    static constexpr int kIdSize = 16;
    static constexpr int kHashSize = 32;

    Kind kind = Kind::Full;
    QByteArray id;
    QByteArray base;       ///< The backup that an increment stands on; empty for a full one.
    qint64 at = 0;         ///< ms UTC, when it was begun.
    quint32 pages = 0;     ///< Of the database at that moment.
    quint32 stored = 0;    ///< Pages that lie in this backup.
    FileSalt salt = {};    ///< Of the database: increments stand on backups of the same file only.
    QByteArray pagesHash;  ///< SHA-256 of the tags of all pages of the database in order.
    QJsonObject facts;     ///< What the program counted at that moment.

    /// Internal when OpenSSL refuses.
    [[nodiscard]] base::Result<QByteArray> sealed(const std::shared_ptr<const DataKey> &key) const;
    /// Without the facts, and unproven. FileDamaged, SchemaTooNew.
    [[nodiscard]] static base::Result<BackupManifest> read(const QByteArray &bytes);
    /// FileDamaged as well when it was written under another key, or changed.
    [[nodiscard]] static base::Result<BackupManifest> open(const QByteArray &bytes, const std::shared_ptr<const DataKey> &key);
};

} // namespace fieldfare::storage
