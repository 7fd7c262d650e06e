// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/platform.h"

namespace fieldfare::base {

/// The path under which a local socket in a folder of any depth can be listened on and reached: a socket's path may have
/// about 100 bytes only, a data folder's is as long as its owner likes. Holds the folder open while it lives, as the path leads
/// through it; the folder must exist. Both ends make one of their own.
class LocalSocketPath {
public:
    explicit LocalSocketPath(const QString &path);
    ~LocalSocketPath();
    LocalSocketPath(const LocalSocketPath &) = delete;
    LocalSocketPath &operator=(const LocalSocketPath &) = delete;

    /// The path as given when it is short enough; else one through the open folder; else, where the system knows no such way, a
    /// name made from it in the temporary folder.
    [[nodiscard]] QString path() const { return m_path; }

private:
    platform::OpenFolder m_folder;
    QString m_path;
};

} // namespace fieldfare::base
