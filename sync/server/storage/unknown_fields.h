// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"

#include <vector>

namespace fieldfare::server {

/// Fields without a column, as one CBOR array: key, value, key, value. A key is the field's number or the 16 bytes of a
/// custom field's definition. In order of key.
[[nodiscard]] QByteArray encodeUnknownFields(const std::vector<changes::FieldValue> &fields);
/// FileDamaged when the bytes are none of encodeUnknownFields().
[[nodiscard]] base::Result<std::vector<changes::FieldValue>> decodeUnknownFields(const QByteArray &bytes);

} // namespace fieldfare::server
