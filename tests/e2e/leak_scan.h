// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace fieldfare::testing {

/// Looks for words in files as somebody with a lost disk would: in each encoding that a program may have given them, in file
/// names, inside of zstd frames, and in files that are deleted but still open.
class LeakScan {
public:
    /// As it is, lower and upper case; UTF-8, UTF-16 of both byte orders, hexadecimal, base64 at each offset, JSON escapes,
    /// percent encoding.
    void addText(const QString &text);
    /// As digits (addText) and as the eight bytes of both byte orders without their leading zeros but one.
    void addNumber(qint64 number);

    /// A file that a person gave to a program: theirs, in the clear, and open while it is read.
    void ignore(const QString &path) { m_ignored.append(path); }

    /// One line a find: the path and what was found, as what.
    [[nodiscard]] QStringList inFolder(const QString &folder) const;
    /// Regular files that the process has open: deleted ones, and others outside of the system's own folders.
    [[nodiscard]] QStringList inOpenFiles(qint64 process) const;
    [[nodiscard]] QStringList inBytes(const QByteArray &bytes, const QString &where) const;

    [[nodiscard]] qsizetype needles() const { return m_needles.size(); }
    /// For the log: bytes and files that were looked through so far.
    [[nodiscard]] qint64 bytesSeen() const { return m_bytesSeen; }
    [[nodiscard]] int filesSeen() const { return m_filesSeen; }

private:
    struct Needle {
        QByteArray bytes;
        QString name;
    };
    void add(const QByteArray &bytes, const QString &name);
    void addBytes(const QByteArray &utf8, const QString &name);
    [[nodiscard]] QStringList plain(const QByteArray &bytes, const QString &where) const;
    [[nodiscard]] QStringList inFile(const QString &path, const QString &shown) const;

    QList<Needle> m_needles;
    QStringList m_ignored;
    mutable qint64 m_bytesSeen = 0;
    mutable int m_filesSeen = 0;
};

} // namespace fieldfare::testing
