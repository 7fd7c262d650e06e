// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"

#include <QByteArray>

#include <vector>

namespace fieldfare::store {

/// A field's name in the store's own tables: 2 bytes big endian for a built-in field, 16 for a custom one.
[[nodiscard]] QByteArray toBytes(const model::FieldKey &key);
/// Null key for any other length.
[[nodiscard]] model::FieldKey fieldKeyFromBytes(const QByteArray &bytes);

/// Column `unknown`: values of fields that this catalog does not have, or that do not fit their column. A CBOR array
/// of key, value, key, value ..., the key as unsigned number or 16 bytes. Null without values.
[[nodiscard]] QByteArray encodeUnknown(const std::vector<changes::FieldValue> &values);
base::Result<std::vector<changes::FieldValue>> decodeUnknown(const QByteArray &bytes);

} // namespace fieldfare::store
