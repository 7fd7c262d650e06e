// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/file_edits.h"

#include <algorithm>

namespace {

constexpr std::size_t kSector = 512;

struct Edit {
    int what;
    std::size_t where;
    std::size_t amount;
    std::uint8_t value;
};

std::ptrdiff_t at(std::size_t offset)
{
    return static_cast<std::ptrdiff_t>(offset);
}

/// Copies or swaps two whole pages or frames.
void moveUnits(std::vector<std::uint8_t> &file, const Edit &edit, std::size_t start, std::size_t unit)
{
    const std::size_t units = file.size() > start ? (file.size() - start) / unit : 0;
    if (units < 2)
        return;
    const auto one = file.begin() + at(start + edit.where % units * unit);
    const auto other = file.begin() + at(start + (edit.where / units + edit.amount) % units * unit);
    if (one == other)
        return;
    if ((edit.value & 1) == 0)
        std::copy_n(one, unit, other);
    else
        std::swap_ranges(one, one + at(unit), other);
}

void overwrite(std::vector<std::uint8_t> &file, std::size_t from, std::size_t amount, std::uint8_t value)
{
    std::fill_n(file.begin() + at(from), std::min(amount, file.size() - from), value);
}

void apply(std::vector<std::uint8_t> &file, const Edit &edit, std::size_t start, std::size_t unit)
{
    const std::size_t where = edit.where % file.size();
    const std::size_t amount = 1 + edit.amount % 63;
    switch (edit.what % 12) {
    case 0:
    case 1:
    case 2:
        file[where] = static_cast<std::uint8_t>(file[where] ^ (1 << edit.value % 8));
        break;
    case 3:
        file[where] = edit.value;
        break;
    case 4:
        overwrite(file, where, amount, edit.value);
        break;
    case 5: // as a disk forgets: whole sectors
        overwrite(file, where / kSector * kSector, kSector * (1 + edit.amount % 20), edit.value % 2 == 0 ? 0 : edit.value);
        break;
    case 6: {
        const std::size_t from = (where + edit.value * std::size_t(37)) % file.size();
        const std::vector<std::uint8_t> piece(file.begin() + at(from),
                                              file.begin() + at(std::min(file.size(), from + amount)));
        std::copy_n(piece.begin(), std::min(piece.size(), file.size() - where), file.begin() + at(where));
        break;
    }
    case 7:
    case 8:
        moveUnits(file, edit, start, unit);
        break;
    case 9: // often at a bound
        file.resize(edit.value % 2 == 0 && where > start ? start + (where - start) / unit * unit : where);
        break;
    case 10:
        file.insert(edit.value % 2 == 0 ? file.end() : file.begin() + at(where), amount * (1 + edit.amount / 8), edit.value);
        break;
    default:
        file.erase(file.begin() + at(where), file.begin() + at(std::min(file.size(), where + amount)));
        break;
    }
}

} // namespace

void applyEdits(std::vector<std::uint8_t> &file, std::span<const std::uint8_t> edits, std::size_t start, std::size_t unit)
{
    for (std::size_t i = 0; i < kMaxEdits && edits.size() >= kEditSize && !file.empty(); ++i, edits = edits.subspan(kEditSize)) {
        const Edit edit{edits[0], std::size_t(edits[1]) << 16 | std::size_t(edits[2]) << 8 | edits[3], edits[4], edits[5]};
        apply(file, edit, start, unit);
    }
}

std::vector<std::uint8_t> withEdits(std::vector<std::uint8_t> file, std::span<const std::uint8_t> edits, std::size_t start,
                                    std::size_t unit)
{
    applyEdits(file, edits, start, unit);
    return file;
}
