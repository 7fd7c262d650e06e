// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

/// The recovery's own rules (core/storage/log_recovery.h) over plain headers as no one without the key could make them; part of
/// storage_entry.h. The input is a log header (24 bytes; its checksum is put right), then 4 bytes a frame: flags (checksum put
/// right, page authentic, salts of this log), page number, commit mark, fill of the page.
void runLogRuleEntry(std::span<const std::uint8_t> input);
