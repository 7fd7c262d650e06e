// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace fieldfare::protocol {

inline constexpr int kMaxDepth = 16;

/// Whether the bytes are one well-formed CBOR item (RFC 8949) and nothing behind it, of definite lengths, nested at most
/// kMaxDepth deep, without two equal keys in a map, every length and count within the bytes that are there. What passes can
/// be read without further fear of what it claims. Allocates nothing but the keys of maps.
[[nodiscard]] bool isSoundCbor(QByteArrayView bytes);

} // namespace fieldfare::protocol
