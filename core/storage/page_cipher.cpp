// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/page_cipher.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

namespace {

constexpr size_t kMaxReadingContexts = 64;

/// Looked up once, for as long as the program runs: OpenSSL searches its providers each time it is given a name.
struct Ciphers {
    const EVP_CIPHER *gcm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    const EVP_CIPHER *xts = EVP_CIPHER_fetch(nullptr, "AES-256-XTS", nullptr);
    const EVP_CIPHER *ecb = EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr);
};

const Ciphers &ciphers()
{
    static const Ciphers fetched;
    return fetched;
}

} // namespace

void NonceSource::take(std::uint8_t *nonce)
{
    if (m_used >= m_pool.size()) {
        base::SystemRandom().fill(m_pool);
        m_used = 0;
    }
    std::memcpy(nonce, m_pool.data() + m_used, kNonceSize);
    std::memset(m_pool.data() + m_used, 0, kNonceSize);
    m_used += kNonceSize;
}

PageCipher::PageCipher(std::shared_ptr<SharedFile> file) : m_file(std::move(file)) {}

CipherContext PageCipher::newPageContext(std::uint32_t epoch, bool encrypting) const
{
    const base::Secret key = m_file->derivePageKey(epoch);
    CipherContext context(EVP_CIPHER_CTX_new());
    if (EVP_CipherInit_ex(context.get(), ciphers().gcm, nullptr, key.data(), nullptr, encrypting ? 1 : 0) != 1)
        return nullptr;
    return context;
}

/// A context that was made for an epoch before the key of such epochs changed, as a page that is not authentic may ask for one.
void PageCipher::refreshKeys()
{
    const std::uint32_t generation = m_file->keyGeneration();
    if (generation == m_keyGeneration)
        return;
    m_reading.clear();
    m_writing.reset();
    m_saltedContexts = 0;
    m_keyGeneration = generation;
}

EVP_CIPHER_CTX *PageCipher::readingContext(std::uint32_t epoch)
{
    for (size_t i = 0; i < m_reading.size(); ++i) {
        if (m_reading[i].epoch == epoch) {
            if (i > 0)
                std::swap(m_reading[i], m_reading[i - 1]); // what is used most moves to the front
            return m_reading[i > 0 ? i - 1 : 0].context.get();
        }
    }
    CipherContext context = newPageContext(epoch, false);
    if (context == nullptr)
        return nullptr;
    if (m_reading.size() >= kMaxReadingContexts)
        m_reading.pop_back();
    m_reading.push_back({epoch, std::move(context)});
    return m_reading.back().context.get();
}

bool PageCipher::refreshSalt()
{
    const std::uint32_t generation = m_file->saltGeneration();
    if (generation == m_saltGeneration)
        return generation != 0;
    const auto salt = m_file->salt();
    if (!salt)
        return false;
    m_salt = *salt;
    m_saltGeneration = generation;
    return true;
}

void PageCipher::associate(std::uint32_t page, const std::uint8_t *salt)
{
    writeBigEndian(m_associated, page);
    std::memcpy(m_associated + 4, salt, kSaltSize);
}

bool PageCipher::encrypt(std::uint32_t page, const std::uint8_t *plain, std::uint8_t *out)
{
    if (!refreshSalt())
        return false;
    refreshKeys();
    const std::uint32_t epoch = m_file->takeWriteEpoch();
    if (m_writing == nullptr || epoch != m_writingEpoch) {
        m_writing = newPageContext(epoch, true);
        m_writingEpoch = epoch;
        if (m_writing == nullptr)
            return false;
    }
    int start = 0;
    if (page == 1) {
        if (std::memcmp(plain, kSqliteMagic.data(), kSaltSize) != 0)
            return false;
        std::memcpy(out, m_salt.data(), kSaltSize);
        start = kSaltSize;
    }
    std::uint8_t *trailer = out + kUsableSize;
    writeBigEndian(trailer, epoch);
    m_nonces.take(trailer + kEpochSize);
    associate(page, m_salt.data());
    EVP_CIPHER_CTX *context = m_writing.get();
    int length = 0;
    return EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, trailer + kEpochSize) == 1 &&
           EVP_EncryptUpdate(context, nullptr, &length, m_associated, sizeof m_associated) == 1 &&
           EVP_EncryptUpdate(context, out + start, &length, plain + start, kUsableSize - start) == 1 &&
           EVP_EncryptFinal_ex(context, out + kUsableSize, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagSize, trailer + kEpochSize + kNonceSize) == 1;
}

bool PageCipher::decrypt(std::uint32_t page, const std::uint8_t *in, std::uint8_t *out)
{
    std::uint8_t trailer[kReservedSize];
    std::memcpy(trailer, in + kUsableSize, kReservedSize);
    FileSalt salt;
    int start = 0;
    if (page == 1) {
        std::memcpy(salt.data(), in, kSaltSize);
        start = kSaltSize;
    } else {
        if (!refreshSalt())
            return false;
        salt = m_salt;
    }
    refreshKeys();
    const std::uint32_t epoch = readBigEndian(trailer);
    EVP_CIPHER_CTX *context = readingContext(epoch);
    if (context == nullptr)
        return false;
    associate(page, salt.data());
    int length = 0;
    const bool sound =
        EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, trailer + kEpochSize) == 1 &&
        EVP_DecryptUpdate(context, nullptr, &length, m_associated, sizeof m_associated) == 1 &&
        EVP_DecryptUpdate(context, out + start, &length, in + start, kUsableSize - start) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagSize, trailer + kEpochSize + kNonceSize) == 1 &&
        EVP_DecryptFinal_ex(context, out + kUsableSize, &length) == 1;
    if (!sound)
        return false;
    std::memset(out + kUsableSize, 0, kReservedSize);
    if (page == 1) {
        std::memcpy(out, kSqliteMagic.data(), kSaltSize);
        m_file->setSalt(salt);
        m_file->noteEpoch(epoch);
    }
    return true;
}

bool PageCipher::decryptUnverified(const std::uint8_t *in, std::uint8_t *out)
{
    EVP_CIPHER_CTX *context = readingContext(readBigEndian(in + kUsableSize));
    int length = 0;
    if (context == nullptr ||
        EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, in + kUsableSize + kEpochSize) != 1 ||
        EVP_DecryptUpdate(context, out, &length, in, kUsableSize) != 1)
        return false;
    std::memset(out + kUsableSize, 0, kReservedSize);
    return true;
}

bool PageCipher::prepareSaltedContexts()
{
    if (!refreshSalt())
        return false;
    refreshKeys();
    if (m_saltedContexts == m_saltGeneration)
        return true;
    const QByteArrayView salt(reinterpret_cast<const char *>(m_salt.data()), kSaltSize);
    const base::Secret logKey = m_file->deriveLogKey(salt, "fieldfare log header");
    const base::Secret maskKey = m_file->derive(salt, "fieldfare journal checksum", 32);
    m_logEncrypt.reset(EVP_CIPHER_CTX_new());
    m_logDecrypt.reset(EVP_CIPHER_CTX_new());
    m_mask.reset(EVP_CIPHER_CTX_new());
    if (EVP_EncryptInit_ex(m_logEncrypt.get(), ciphers().xts, nullptr, logKey.data(), nullptr) != 1 ||
        EVP_DecryptInit_ex(m_logDecrypt.get(), ciphers().xts, nullptr, logKey.data(), nullptr) != 1 ||
        EVP_EncryptInit_ex(m_mask.get(), ciphers().ecb, nullptr, maskKey.data(), nullptr) != 1)
        return false;
    EVP_CIPHER_CTX_set_padding(m_mask.get(), 0);
    m_saltedContexts = m_saltGeneration;
    return true;
}

bool PageCipher::cryptLogHeader(bool encrypting, std::int64_t offset, std::uint8_t *data, int size)
{
    if (!prepareSaltedContexts())
        return false;
    std::uint8_t tweak[16] = {};
    for (int i = 0; i < 8; ++i)
        tweak[i] = std::uint8_t(std::uint64_t(offset) >> (8 * i));
    EVP_CIPHER_CTX *context = encrypting ? m_logEncrypt.get() : m_logDecrypt.get();
    int length = 0;
    return EVP_CipherInit_ex(context, nullptr, nullptr, nullptr, tweak, -1) == 1 &&
           EVP_CipherUpdate(context, data, &length, data, size) == 1 && length == size;
}

bool PageCipher::checksumMask(const std::uint8_t *tag, std::uint8_t *mask)
{
    std::uint8_t block[16];
    int length = 0;
    if (!prepareSaltedContexts() || EVP_EncryptUpdate(m_mask.get(), block, &length, tag, kTagSize) != 1)
        return false;
    std::memcpy(mask, block, 4);
    return true;
}

bool PageCipher::journalHeaderCode(std::int64_t offset, const std::uint8_t *header, std::uint8_t *code)
{
    if (!refreshSalt())
        return false;
    const QByteArrayView salt(reinterpret_cast<const char *>(m_salt.data()), kSaltSize);
    const base::Secret key = m_file->derive(salt, "fieldfare journal header", 32);
    QByteArray message(8 + kJournalHeaderSize, '\0');
    qToBigEndian(quint64(offset), message.data());
    std::memcpy(message.data() + 8, header, kJournalHeaderSize);
    std::memcpy(code, base::hmacSha256(key.view(), message).constData(), kTagSize);
    return true;
}

} // namespace fieldfare::storage
