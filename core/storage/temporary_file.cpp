// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/temporary_file.h"

#include "core/base/random.h"

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr int kSector = 512;

} // namespace

TemporaryFile::TemporaryFile(sqlite3_file *base)
    : VfsFile(base), m_encrypt(EVP_CIPHER_CTX_new()), m_decrypt(EVP_CIPHER_CTX_new())
{
    base::Secret key(64);
    base::SystemRandom().fill({key.data(), key.size()});
    if (EVP_EncryptInit_ex(m_encrypt.get(), EVP_aes_256_xts(), nullptr, key.data(), nullptr) != 1 ||
        EVP_DecryptInit_ex(m_decrypt.get(), EVP_aes_256_xts(), nullptr, key.data(), nullptr) != 1)
        m_encrypt.reset(); // every write fails then
}

bool TemporaryFile::crypt(bool encrypting, sqlite3_int64 sector, const std::uint8_t *in, std::uint8_t *out, int sectors)
{
    EVP_CIPHER_CTX *context = encrypting ? m_encrypt.get() : m_decrypt.get();
    if (context == nullptr)
        return false;
    for (int i = 0; i < sectors; ++i) {
        std::uint8_t tweak[16] = {};
        for (int byte = 0; byte < 8; ++byte)
            tweak[byte] = std::uint8_t(std::uint64_t(sector + i) >> (8 * byte));
        int length = 0;
        if (EVP_CipherInit_ex(context, nullptr, nullptr, nullptr, tweak, -1) != 1 ||
            EVP_CipherUpdate(context, out + i * kSector, &length, in + i * kSector, kSector) != 1)
            return false;
    }
    return true;
}

int TemporaryFile::readSectors(sqlite3_int64 first, int count, std::uint8_t *out)
{
    const sqlite3_int64 onDisk = (m_size + kSector - 1) / kSector;
    const int present = int(std::clamp<sqlite3_int64>(onDisk - first, 0, count));
    std::memset(out + present * kSector, 0, size_t(count - present) * kSector);
    if (present == 0)
        return SQLITE_OK;
    const int code = readBase(out, present * kSector, first * kSector);
    if (code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_READ : code;
    return crypt(false, first, out, out, present) ? SQLITE_OK : SQLITE_IOERR_READ;
}

int TemporaryFile::read(void *buffer, int amount, sqlite3_int64 offset)
{
    const sqlite3_int64 first = offset / kSector;
    const int count = int((offset + amount + kSector - 1) / kSector - first);
    m_buffer.resize(size_t(count) * kSector);
    const int code = readSectors(first, count, m_buffer.data());
    if (code != SQLITE_OK)
        return code;
    const int wanted = int(std::clamp<sqlite3_int64>(m_size - offset, 0, amount));
    auto *out = static_cast<std::uint8_t *>(buffer);
    std::memcpy(out, m_buffer.data() + offset % kSector, size_t(wanted));
    std::memset(out + wanted, 0, size_t(amount - wanted));
    return wanted == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int TemporaryFile::write(const void *buffer, int amount, sqlite3_int64 offset)
{
    // A write behind the end first reaches up to it, so that no sector of the file is foreign bytes.
    if (offset > m_size) {
        const sqlite3_int64 gap = std::min<sqlite3_int64>(offset - m_size, 65536);
        const std::vector<std::uint8_t> zeros(size_t(gap), 0);
        while (offset > m_size) {
            const int code = write(zeros.data(), int(std::min(gap, offset - m_size)), m_size);
            if (code != SQLITE_OK)
                return code;
        }
    }
    const sqlite3_int64 first = offset / kSector;
    const sqlite3_int64 last = (offset + amount - 1) / kSector;
    const int count = int(last - first + 1);
    m_buffer.resize(size_t(count) * kSector);
    int code = SQLITE_OK;
    if (offset % kSector != 0)
        code = readSectors(first, 1, m_buffer.data());
    if (code == SQLITE_OK && (offset + amount) % kSector != 0 && (count > 1 || offset % kSector == 0))
        code = readSectors(last, 1, m_buffer.data() + (count - 1) * kSector);
    if (code != SQLITE_OK)
        return code;
    std::memcpy(m_buffer.data() + offset % kSector, buffer, size_t(amount));
    if (!crypt(true, first, m_buffer.data(), m_buffer.data(), count))
        return SQLITE_IOERR_WRITE;
    code = writeBase(m_buffer.data(), count * kSector, first * kSector);
    if (code == SQLITE_OK)
        m_size = std::max(m_size, offset + amount);
    return code;
}

int TemporaryFile::truncate(sqlite3_int64 size)
{
    m_size = std::min(m_size, size);
    return VfsFile::truncate((m_size + kSector - 1) / kSector * kSector);
}

int TemporaryFile::size(sqlite3_int64 *size)
{
    *size = m_size;
    return SQLITE_OK;
}

int TemporaryFile::control(int operation, void *argument)
{
    switch (operation) {
    case SQLITE_FCNTL_MMAP_SIZE:
        *static_cast<sqlite3_int64 *>(argument) = 0;
        return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE:
        return SQLITE_OK;
    default:
        return VfsFile::control(operation, argument);
    }
}

} // namespace fieldfare::storage
