// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/key_file_entry.h"

#include "core/base/hash.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "tests/fuzz/file_edits.h"
#include "tests/storage/storage_fixture.h"

#include <QTemporaryDir>
#include <QtEndian>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

namespace {

constexpr qsizetype kChecksum = 32;
constexpr qsizetype kRecords = 132; ///< where they begin in version 2

base::Secret passphrase()
{
    return passphraseBytes(QStringLiteral("fieldfares over the orchard"));
}

struct SampleKeyFile {
    QTemporaryDir folder;
    KeyFile file{folder.filePath(QStringLiteral("key"))};
    QByteArray key;
    QByteArray bytes;
    QByteArray withRecords; ///< the same in version 2

    SampleKeyFile()
    {
        const auto made = file.create(passphrase(), {.logN = KeyFileContent::kMinLogN});
        if (!made.ok())
            qFatal("no key file: %s", qPrintable(made.error().detail));
        key = made->secret().view().toByteArray();
        bytes = readFile(file.path());
        KeyFileContent content = KeyFileContent::parse(bytes).value();
        content.keyId = made->id();
        content.records = {{KeyFileContent::FormerKey, QByteArray(64, 'f')},
                           {KeyFileContent::Keychain, QByteArray(76, 'k')},
                           {KeyFileContent::Recovery, QByteArray(367, 'r')},
                           {9, {}}};
        withRecords = content.toBytes();
    }
};

void require(bool condition, const char *what, const QByteArray &bytes)
{
    if (!condition)
        qFatal("key file invariant broken: %s; file in hex: %s", what, bytes.toHex().constData());
}

quint32 wordAt(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<quint32>(bytes.data() + offset);
}

/// Each type once and in order, and the sizes fill the bytes.
bool areRecords(QByteArrayView bytes)
{
    std::int64_t last = -1;
    while (bytes.size() >= 8 && wordAt(bytes, 0) > last && wordAt(bytes, 4) <= bytes.size() - 8) {
        last = wordAt(bytes, 0);
        bytes = bytes.sliced(8 + qsizetype(wordAt(bytes, 4)));
    }
    return bytes.isEmpty();
}

bool isOfKeyFile(QByteArrayView bytes)
{
    return bytes.size() >= 12 && bytes.startsWith("FFKEY\r\n\x1a");
}

/// As core/storage/docs/key-file.md has it.
bool isWellFormed(QByteArrayView bytes)
{
    if (!isOfKeyFile(bytes) || bytes.size() < 124 + kChecksum || bytes.size() > KeyFileContent::kMaxSize ||
        bytes.last(kChecksum) != base::sha256(bytes.chopped(kChecksum)))
        return false;
    const quint32 version = wordAt(bytes, 8);
    const quint32 logN = wordAt(bytes, 12);
    const bool isFitting = version == 1 ? bytes.size() == 124 + kChecksum
                                        : version == 2 && bytes.size() >= kRecords + kChecksum && areRecords(bytes.sliced(kRecords).chopped(kChecksum));
    const bool isInBounds = logN >= 14 && logN <= 20 && wordAt(bytes, 24) <= 1;
    return isFitting && isInBounds && wordAt(bytes, 16) == 8 && wordAt(bytes, 20) == 1 && wordAt(bytes, 28) == 0;
}

void requireOnlySoundOneOpens(const SampleKeyFile &sample, const QByteArray &bytes)
{
    require(writeFile(sample.file.path(), bytes), "cannot be written", bytes);
    const auto opened = sample.file.unlock(passphrase());
    if (bytes == sample.bytes) {
        require(opened.ok() && opened->secret().view() == sample.key, "the sound file does not open", bytes);
        return;
    }
    require(!opened.ok(), "a changed file opens", bytes);
    require(opened.error().code == ErrorCode::WrongPassphrase, "a changed file is called something else", bytes);
}

} // namespace

void runKeyFileEntry(std::span<const std::uint8_t> input, bool isWhole, bool mayUnlock)
{
    static const SampleKeyFile sample;
    if (input.empty())
        return;
    const std::uint8_t choice = isWhole ? 0 : input.front();
    const bool hasRecords = (choice & 2) != 0;
    std::vector<std::uint8_t> file(input.begin(), input.end());
    if (!isWhole) {
        const QByteArray &sound = hasRecords ? sample.withRecords : sample.bytes;
        file = withEdits({sound.begin(), sound.end()}, input.subspan(1), 0, 4);
    }
    if ((choice & 1) != 0 && file.size() >= std::size_t(kChecksum)) {
        const QByteArray sum = base::sha256(QByteArrayView(file.data(), qsizetype(file.size()) - kChecksum));
        std::copy(sum.begin(), sum.end(), file.end() - kChecksum);
    }
    const std::vector<std::uint8_t> exact(file.begin(), file.end()); // so that a byte read beyond its end is noticed
    const auto parsed = KeyFileContent::parse(QByteArrayView(exact.data(), qsizetype(exact.size())));
    const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(exact.data()), qsizetype(exact.size()));
    require(parsed.ok() == isWellFormed(bytes), parsed.ok() ? "what is no key file is read" : "a well-formed file is refused", bytes);
    if (!parsed.ok()) {
        require(bytes != sample.bytes && bytes != sample.withRecords, "the sound file is refused", bytes);
        const bool isLater = isOfKeyFile(bytes) && wordAt(bytes, 8) > 2;
        require(parsed.error().code == (isLater ? ErrorCode::SchemaTooNew : ErrorCode::KeyFileDamaged), "damage is called something else", bytes);
        require(parsed.error().detail.contains(u"key file"), "the key file is not named", bytes);
        return;
    }
    require(parsed->toBytes() == bytes, "read and written it differs", bytes);
    require(parsed->logN >= KeyFileContent::kMinLogN && parsed->logN <= KeyFileContent::kMaxLogN, "cost out of bounds", bytes);
    const bool mayHaveRecords = wordAt(bytes, 8) != 1; // they come and go without the passphrase, so such a file may well open
    if (mayUnlock && !mayHaveRecords && choice >> 3 == 0 && parsed->logN == KeyFileContent::kMinLogN)
        requireOnlySoundOneOpens(sample, bytes);
}
