// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/leak_scan.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QtEndian>

#include <zstd.h>

#include <memory>

namespace fieldfare::testing {

namespace {

constexpr qsizetype kShortestNeedle = 5;
constexpr size_t kMaxInflated = 64 * 1024 * 1024;
const QByteArray kZstdMagic("\x28\xB5\x2F\xFD", 4);

QByteArray utf16(const QString &text, bool isBigEndian)
{
    QByteArray bytes;
    for (const QChar unit : text) {
        const char low = char(unit.unicode() & 0xff);
        const char high = char(unit.unicode() >> 8);
        bytes += isBigEndian ? high : low;
        bytes += isBigEndian ? low : high;
    }
    return bytes;
}

/// What of the frame can be decompressed, also when it is cut off.
QByteArray inflated(const QByteArray &bytes, qsizetype at)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    QByteArray all;
    QByteArray part(qsizetype(ZSTD_DStreamOutSize()), Qt::Uninitialized);
    ZSTD_inBuffer in{bytes.constData() + at, size_t(bytes.size() - at), 0};
    while (in.pos < in.size && size_t(all.size()) < kMaxInflated) {
        ZSTD_outBuffer out{part.data(), size_t(part.size()), 0};
        const size_t left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left))
            break;
        all.append(part.constData(), qsizetype(out.pos));
        if (left == 0)
            break;
    }
    return all;
}

} // namespace

void LeakScan::add(const QByteArray &bytes, const QString &name)
{
    if (bytes.size() < kShortestNeedle)
        return;
    for (const Needle &needle : std::as_const(m_needles)) {
        if (needle.bytes == bytes)
            return;
    }
    m_needles.append({bytes, name});
}

void LeakScan::addBytes(const QByteArray &utf8, const QString &name)
{
    add(utf8, name + QStringLiteral(" in UTF-8"));
    add(utf8.toHex(), name + QStringLiteral(" in hexadecimal"));
    add(utf8.toHex().toUpper(), name + QStringLiteral(" in hexadecimal"));
    add(utf8.toPercentEncoding(), name + QStringLiteral(" in percent encoding"));
    for (int before = 0; before < 3; ++before) {
        for (const auto option : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            // The characters that hold bits of this text alone.
            const QByteArray encoded = (QByteArray(before, '\0') + utf8).toBase64(option | QByteArray::OmitTrailingEquals);
            const qsizetype first = (before * 8 + 5) / 6;
            const qsizetype last = (before + utf8.size()) * 8 / 6;
            add(encoded.mid(first, last - first), name + QStringLiteral(" in base64"));
        }
    }
}

void LeakScan::addText(const QString &text)
{
    for (const QString &form : {text, text.toLower(), text.toUpper(), text.toCaseFolded()}) {
        addBytes(form.toUtf8(), text);
        add(utf16(form, false), text + QStringLiteral(" in UTF-16LE"));
        add(utf16(form, true), text + QStringLiteral(" in UTF-16BE"));
        QByteArray escaped;
        for (const QChar unit : form)
            escaped += unit.unicode() < 128 ? QByteArray(1, char(unit.unicode())) : "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
        add(escaped, text + QStringLiteral(" in JSON"));
    }
}

void LeakScan::addNumber(qint64 number)
{
    const QString name = QString::number(number);
    addText(name);
    QByteArray big(8, '\0');
    qToBigEndian(number, big.data());
    while (big.startsWith(QByteArray(2, '\0')))
        big.remove(0, 1);
    add(big, name + QStringLiteral(" as big endian integer"));
    std::reverse(big.begin(), big.end());
    add(big, name + QStringLiteral(" as little endian integer"));
}

QStringList LeakScan::plain(const QByteArray &bytes, const QString &where) const
{
    QStringList finds;
    for (const Needle &needle : m_needles) {
        const qsizetype at = bytes.indexOf(needle.bytes);
        if (at >= 0)
            finds.append(QStringLiteral("%1 at %2: %3").arg(where).arg(at).arg(needle.name));
    }
    return finds;
}

QStringList LeakScan::inBytes(const QByteArray &bytes, const QString &where) const
{
    m_bytesSeen += bytes.size();
    ++m_filesSeen;
    QStringList finds = plain(bytes, where);
    for (qsizetype at = bytes.indexOf(kZstdMagic); at >= 0; at = bytes.indexOf(kZstdMagic, at + 1))
        finds += plain(inflated(bytes, at), QStringLiteral("%1, zstd frame at %2").arg(where).arg(at));
    return finds;
}

QStringList LeakScan::inFile(const QString &path, const QString &shown) const
{
    QFile file(path);
    // It may go away meanwhile: then it is nowhere.
    return file.open(QIODevice::ReadOnly) ? inBytes(file.readAll(), shown) : QStringList();
}

QStringList LeakScan::inFolder(const QString &folder) const
{
    QStringList finds;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        finds += plain(path.mid(folder.size()).toUtf8(), QStringLiteral("the name of %1").arg(path));
        const QFileInfo info = it.fileInfo();
        if (info.isFile() && !info.isSymLink())
            finds += inFile(path, path);
        else if (info.isSymLink())
            finds += plain(info.symLinkTarget().toUtf8(), QStringLiteral("the target of %1").arg(path));
    }
    return finds;
}

QStringList LeakScan::inOpenFiles(qint64 process) const
{
    QStringList finds;
    const QDir open(QStringLiteral("/proc/%1/fd").arg(process));
    const QStringList numbers = open.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &number : numbers) {
        const QString target = QFile::symLinkTarget(open.filePath(number));
        const bool isDeleted = target.endsWith(QLatin1String(" (deleted)"));
        bool isSystem = m_ignored.contains(target) || !target.startsWith(QLatin1Char('/')) || !QFileInfo(open.filePath(number)).isFile();
        for (const char *folder : {"/usr/", "/lib", "/etc/", "/dev/", "/proc/", "/sys/", "/memfd:"})
            isSystem = isSystem || target.startsWith(QLatin1String(folder));
        if (!isSystem)
            finds += inFile(open.filePath(number), QStringLiteral("open file %1 (%2)").arg(target, isDeleted ? QStringLiteral("deleted") : QStringLiteral("there")));
    }
    return finds;
}

} // namespace fieldfare::testing
