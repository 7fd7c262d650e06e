// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace fieldfare::store {

/// The files beside a profile's database while it joins a server (core/changes/docs/joining.md). All are encrypted under the
/// profile's own key. The caller holds the profile's lock, and has every store on a file closed that is copied or replaced.
class JoiningFiles {
public:
    explicit JoiningFiles(QString folder) : m_folder(std::move(folder)) {}

    /// The server's records as a first sync brings them, and the device that was enrolled for it. Kept between runs.
    [[nodiscard]] QString download() const { return m_folder + QStringLiteral("/joining.db"); }
    /// A copy of the download with the profile's own records. Made anew by each run.
    [[nodiscard]] QString joined() const { return m_folder + QStringLiteral("/joined.db"); }
    /// The profile as it was before: NAME, or NAME-2 and so on where there is one already. The newest.
    [[nodiscard]] QString former() const;
    [[nodiscard]] bool hasDownload() const;

    /// Copies download() to joined(). Io, DiskFull.
    base::Result<void> beginJoined() const;
    /// The database is kept as former(), then joined() takes its place in one step; download() goes. A kill leaves the one or
    /// the other whole. Io, DiskFull.
    base::Result<void> replaceDatabase(const QString &database) const;
    void discardJoined() const;
    /// Both.
    void discard() const;

private:
    [[nodiscard]] QString formerName(int n) const;
    base::Result<void> keepFormer(const QString &database) const;

    QString m_folder;
};

} // namespace fieldfare::store
