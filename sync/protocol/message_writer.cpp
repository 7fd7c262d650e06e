// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/message_writer.h"

namespace fieldfare::protocol {

void MessageWriter::id(const base::Id &id)
{
    if (id.isNull())
        m_writer.append(nullptr);
    else
        m_writer.appendByteString(reinterpret_cast<const char *>(id.data().data()), base::Id::kSize);
}

void MessageWriter::key(const model::FieldKey &key)
{
    if (key.isCustom())
        id(key.custom);
    else
        number(key.number);
}

} // namespace fieldfare::protocol
