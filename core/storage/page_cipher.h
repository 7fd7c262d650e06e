// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_format.h"
#include "core/storage/shared_file.h"

#include <openssl/evp.h>

#include <memory>
#include <vector>

namespace fieldfare::storage {

struct CipherContextFree {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherContextFree>;

/// Nonces from the operating system's generator, fetched 4 KiB at a time as a system call a page would be felt. What
/// was handed out is wiped at once. Not in the secure heap, which is small: nonces stand on disk in the clear anyway.
/// One a file handle: not thread safe.
class NonceSource {
public:
    void take(std::uint8_t *nonce);

private:
    std::array<std::uint8_t, size_t(kNonceSize) * 341> m_pool = {};
    size_t m_used = size_t(-1);
};

/// Encrypts and authenticates pages and the small headers of one file, as encrypted-file.md lays them out. One a
/// connection, used by its main file, log and journal; not thread safe. Cipher contexts are kept ready by epoch.
class PageCipher {
public:
    explicit PageCipher(std::shared_ptr<SharedFile> file);

    /// AES-256-GCM of one page. The last kReservedSize bytes of `plain` are not kept. Page 1 must begin with SQLite's
    /// magic. The salt must be set. `out` must not be `plain`.
    [[nodiscard]] bool encrypt(std::uint32_t page, const std::uint8_t *plain, std::uint8_t *out);
    /// False: the page is not what was written here under this number. The reserved bytes of `out` are zero. `out` may
    /// be `in`; it holds garbage on failure. A sound page 1 also gives the file its salt.
    [[nodiscard]] bool decrypt(std::uint32_t page, const std::uint8_t *in, std::uint8_t *out);

    /// The plain page without its number, thus without a look at its tag; not of page 1. For a page whose number is lost: decrypt()
    /// must confirm what was made of it.
    [[nodiscard]] bool decryptUnverified(const std::uint8_t *in, std::uint8_t *out);

    /// AES-256-XTS in place of 16 bytes or more, tweak = the offset in the log, little-endian.
    [[nodiscard]] bool cryptLogHeader(bool encrypting, std::int64_t offset, std::uint8_t *data, int size);
    /// What the 4 checksum bytes behind a journal page are XORed with, from the page's tag.
    [[nodiscard]] bool checksumMask(const std::uint8_t *tag, std::uint8_t *mask);
    /// The kTagSize bytes that authenticate a rollback journal's header, of kJournalHeaderSize bytes, at this offset.
    [[nodiscard]] bool journalHeaderCode(std::int64_t offset, const std::uint8_t *header, std::uint8_t *code);

private:
    struct EpochContext {
        std::uint32_t epoch = 0;
        CipherContext context;
    };
    [[nodiscard]] CipherContext newPageContext(std::uint32_t epoch, bool encrypting) const;
    [[nodiscard]] EVP_CIPHER_CTX *readingContext(std::uint32_t epoch);
    [[nodiscard]] bool refreshSalt();
    void refreshKeys();
    [[nodiscard]] bool prepareSaltedContexts();
    void associate(std::uint32_t page, const std::uint8_t *salt);

    std::shared_ptr<SharedFile> m_file;
    NonceSource m_nonces;
    CipherContext m_writing;
    std::uint32_t m_writingEpoch = 0;
    std::vector<EpochContext> m_reading; ///< newest use first among few
    FileSalt m_salt = {};
    std::uint32_t m_saltGeneration = 0;
    std::uint32_t m_keyGeneration = 0;
    std::uint32_t m_saltedContexts = 0; ///< the salt generation of the three below
    CipherContext m_logEncrypt;
    CipherContext m_logDecrypt;
    CipherContext m_mask;
    std::uint8_t m_associated[4 + kSaltSize] = {};
};

} // namespace fieldfare::storage
