// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/key_file_entry.h"

#include "core/base/hash.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "tests/fuzz/file_edits.h"
#include "tests/storage/storage_fixture.h"

#include <QTemporaryDir>

using namespace fieldfare;
using namespace fieldfare::storage;
using namespace fieldfare::storage_test;
using base::ErrorCode;

namespace {

constexpr int kSealed = 124; ///< the checksum's place

base::Secret passphrase()
{
    return passphraseBytes(QStringLiteral("fieldfares over the orchard"));
}

struct SampleKeyFile {
    QTemporaryDir folder;
    KeyFile file{folder.filePath(QStringLiteral("key"))};
    QByteArray key;
    QByteArray bytes;

    SampleKeyFile()
    {
        const auto made = file.create(passphrase(), {.logN = KeyFileContent::kMinLogN});
        if (!made.ok())
            qFatal("no key file: %s", qPrintable(made.error().detail));
        key = made->secret().view().toByteArray();
        bytes = readFile(file.path());
    }
};

void require(bool condition, const char *what, const QByteArray &bytes)
{
    if (!condition)
        qFatal("key file invariant broken: %s; file in hex: %s", what, bytes.toHex().constData());
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
    std::vector<std::uint8_t> file(input.begin(), input.end());
    if (!isWhole)
        file = withEdits({sample.bytes.begin(), sample.bytes.end()}, input.subspan(1), 0, 4);
    QByteArray bytes(reinterpret_cast<const char *>(file.data()), qsizetype(file.size()));
    if ((choice & 1) != 0 && bytes.size() == KeyFileContent::kSize)
        bytes = bytes.first(kSealed) + base::sha256(bytes.first(kSealed));
    const auto parsed = KeyFileContent::parse(bytes);
    if (!parsed.ok()) {
        require(bytes != sample.bytes, "the sound file is refused", bytes);
        require(parsed.error().code == ErrorCode::KeyFileDamaged || parsed.error().code == ErrorCode::SchemaTooNew,
                "damage is called something else", bytes);
        require(parsed.error().detail.contains(u"key file"), "the key file is not named", bytes);
        return;
    }
    require(parsed->toBytes() == bytes, "read and written it differs", bytes);
    require(parsed->logN >= KeyFileContent::kMinLogN && parsed->logN <= KeyFileContent::kMaxLogN, "cost out of bounds", bytes);
    if (mayUnlock && choice >> 3 == 0 && parsed->logN == KeyFileContent::kMinLogN)
        requireOnlySoundOneOpens(sample, bytes);
}
