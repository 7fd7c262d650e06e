// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_cipher.h"
#include "core/storage/vfs_file.h"

namespace fieldfare::storage {

/// A file that lives only while it is open: temporary tables, the sorter, statement journals. AES-256-XTS in sectors of
/// 512 bytes under a random key that is never stored; no authentication, as nobody trusts these bytes after the process
/// ends. The file on disk is padded to whole sectors; the true size is kept here.
class TemporaryFile final : public VfsFile {
public:
    explicit TemporaryFile(sqlite3_file *base);

    int read(void *buffer, int amount, sqlite3_int64 offset) override;
    int write(const void *buffer, int amount, sqlite3_int64 offset) override;
    int truncate(sqlite3_int64 size) override;
    int size(sqlite3_int64 *size) override;
    int control(int operation, void *argument) override;

private:
    [[nodiscard]] bool crypt(bool encrypting, sqlite3_int64 sector, const std::uint8_t *in, std::uint8_t *out,
                             int sectors);
    int readSectors(sqlite3_int64 first, int count, std::uint8_t *out);

    CipherContext m_encrypt;
    CipherContext m_decrypt;
    sqlite3_int64 m_size = 0;
    std::vector<std::uint8_t> m_buffer;
};

} // namespace fieldfare::storage
