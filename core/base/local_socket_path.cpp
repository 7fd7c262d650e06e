// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/local_socket_path.h"

#include "core/base/hash.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace fieldfare::base {

namespace {

constexpr qsizetype kMaxSocketPath = 90; // sockaddr_un holds 104 to 108 bytes, and Qt adds to the name while it listens

} // namespace

LocalSocketPath::LocalSocketPath(const QString &path) : m_path(QFileInfo(path).absoluteFilePath())
{
    if (QFile::encodeName(m_path).size() <= kMaxSocketPath)
        return;
    const QFileInfo socket(m_path);
    m_folder = platform::openFolder(socket.path());
    if (!m_folder.alias.isEmpty()) {
        m_path = m_folder.alias + QLatin1Char('/') + socket.fileName();
        return;
    }
    const QString whole = QDir(socket.path()).canonicalPath() + QLatin1Char('/') + socket.fileName();
    m_path = QDir::tempPath() + QStringLiteral("/fieldfare-") + QString::fromLatin1(sha256(whole.toUtf8()).toHex().left(24));
}

LocalSocketPath::~LocalSocketPath()
{
    platform::closeFolder(m_folder);
}

} // namespace fieldfare::base
