// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fieldfare::testing {

/// A secret file that a program waits at until somebody has typed: a pipe with a name. Unix only.
class TypedSecret {
public:
    explicit TypedSecret(const QString &path) : m_path(path), m_isThere(mkfifo(QFile::encodeName(path).constData(), 0600) == 0) {}
    TypedSecret(const TypedSecret &) = delete;
    TypedSecret &operator=(const TypedSecret &) = delete;
    ~TypedSecret() { close(); }

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isThere() const { return m_isThere; }
    /// Whether a program waits for it.
    [[nodiscard]] bool isAskedFor()
    {
        if (m_pipe < 0)
            m_pipe = ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        return m_pipe >= 0;
    }
    /// The answer. False: nobody waits any more.
    [[nodiscard]] bool type(const QByteArray &answer)
    {
        const bool isTyped = ::write(m_pipe, answer.constData(), size_t(answer.size())) == ssize_t(answer.size());
        close();
        return isTyped;
    }

private:
    void close()
    {
        if (m_pipe >= 0)
            ::close(m_pipe);
        m_pipe = -1;
    }

    QString m_path;
    bool m_isThere;
    int m_pipe = -1;
};

} // namespace fieldfare::testing
