// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <vector>

namespace fieldfare::protocol {

/// One zstd frame at level 3. At each offset of `cuts` (ascending) a new block begins, so that random ids and text do not
/// share one Huffman table.
[[nodiscard]] QByteArray compressFrame(const QByteArray &bytes, const std::vector<qsizetype> &cuts = {});

/// Exactly one frame and nothing behind it, window at most 8 MB. TooLarge beyond `cap` bytes of content; memory grows with
/// what really comes out, not with what the frame's header claims. ProtocolViolation for anything damaged.
[[nodiscard]] base::Result<QByteArray> decompressFrame(const QByteArray &frame, qsizetype cap);

} // namespace fieldfare::protocol
