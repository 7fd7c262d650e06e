// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include "core/base/platform.h"

namespace fieldfare::base {

QByteArray RandomSource::bytes(qsizetype count)
{
    QByteArray result(count, Qt::Uninitialized);
    fill(std::span(reinterpret_cast<std::uint8_t *>(result.data()), size_t(count)));
    return result;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    platform::fillRandom(bytes);
}

} // namespace fieldfare::base
