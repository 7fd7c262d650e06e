// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/log_rule_entry.h"

#include "core/storage/log_recovery.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

using namespace fieldfare::storage;

namespace {

constexpr std::size_t kSummed = 24; ///< bytes of the log's header under its checksum

void require(bool condition, const char *what, std::span<const std::uint8_t> input)
{
    if (!condition)
        qFatal("log rule broken: %s; input in hex: %s", what,
               QByteArray(reinterpret_cast<const char *>(input.data()), qsizetype(input.size())).toHex().constData());
}

/// SQLite's checksum, "WAL-mode File Format" 2.
struct Sums {
    bool bigEndian = false;
    std::uint32_t first = 0;
    std::uint32_t second = 0;

    void add(const std::uint8_t *bytes, std::size_t size)
    {
        for (std::size_t i = 0; i < size; i += 8) {
            first += word(bytes + i) + second;
            second += word(bytes + i + 4) + first;
        }
    }
    [[nodiscard]] std::uint32_t word(const std::uint8_t *bytes) const
    {
        const std::uint32_t big = readBigEndian(bytes);
        return bigEndian ? big : (big >> 24) | (big >> 8 & 0xff00) | (big << 8 & 0xff0000) | big << 24;
    }
    void write(std::uint8_t *out) const
    {
        writeBigEndian(out, first);
        writeBigEndian(out + 4, second);
    }
};

void flip(std::uint8_t &byte)
{
    byte = static_cast<std::uint8_t>(byte ^ 0x20);
}

struct Frame {
    bool ofThisLog;
    bool isCommit;
    bool isSound;
};

/// "Torn or damaged" in core/storage/docs/encrypted-file.md, said once more.
bool isDamaged(const std::vector<Frame> &frames)
{
    bool isEnded = false;
    bool isWhole = true;
    for (const Frame &frame : frames) {
        if (!isEnded) {
            isEnded = frame.ofThisLog && frame.isCommit;
            continue;
        }
        isWhole = isWhole && frame.ofThisLog && frame.isSound;
        if (!frame.ofThisLog || !frame.isCommit)
            continue;
        if (isWhole)
            return true;
        isWhole = true;
    }
    return false;
}

} // namespace

void runLogRuleEntry(std::span<const std::uint8_t> input)
{
    const auto whole = input;
    std::array<std::uint8_t, kWalHeaderSize> header = {};
    const std::size_t given = std::min(input.size(), kSummed);
    std::copy_n(input.begin(), given, header.begin());
    input = input.subspan(given);
    const bool isMagic = (readBigEndian(header.data()) & ~1u) == 0x377f0682 && readBigEndian(header.data() + 8) == kPageSize;
    Sums sums{.bigEndian = (header[3] & 1) != 0};
    sums.add(header.data(), kSummed);
    sums.write(header.data() + kSummed);
    LogRecovery recovery;
    require(recovery.begin(header.data()) == isMagic, "the header", whole);
    if (!isMagic)
        return;
    std::uint32_t accepted = 0;
    std::uint32_t lastCommit = 0;
    std::vector<Frame> rest;
    TornOrDamaged verdict;
    std::vector<std::uint8_t> page(kPageSize);
    LogRecovery beforeLast = recovery;
    std::array<std::uint8_t, kFrameHeaderSize> lastHead = {};
    std::vector<std::uint8_t> lastPage;
    for (; input.size() >= 4; input = input.subspan(4)) {
        const bool isSummed = (input[0] & 1) == 0;
        Frame frame{.ofThisLog = (input[0] & 4) == 0, .isCommit = input[2] != 0, .isSound = (input[0] & 2) == 0};
        std::array<std::uint8_t, kFrameHeaderSize> head = {};
        writeBigEndian(head.data(), input[1]);
        writeBigEndian(head.data() + 4, input[2]);
        std::memcpy(head.data() + 8, header.data() + 16, 8);
        if (!frame.ofThisLog)
            flip(head[8 + input[0] % 8u]);
        std::fill(page.begin(), page.end(), input[3]);
        Sums next = sums;
        next.add(head.data(), 8);
        next.add(page.data(), page.size());
        next.write(head.data() + 16);
        if (!isSummed)
            flip(head[16 + input[0] % 8u]);
        require(recovery.isOfThisLog(head.data()) == frame.ofThisLog && LogRecovery::isCommit(head.data()) == frame.isCommit,
                "the frame's header", whole);
        const bool isNext = rest.empty() && isSummed && frame.isSound && frame.ofThisLog && input[1] != 0;
        const LogRecovery beforeThis = recovery;
        if (isNext && !lastPage.empty()) {
            const LogRecovery::LostHeader lost = beforeLast.lostHeader(lastPage.data(), head.data(), page.data());
            require(lost.page == readBigEndian(lastHead.data()) && lost.databaseSize == readBigEndian(lastHead.data() + 4),
                    "what a lost header said", whole);
        }
        if (rest.empty())
            require(recovery.accept(head.data(), page.data(), frame.isSound) == isNext, "what belongs to the log", whole);
        if (isNext) {
            sums = next;
            beforeLast = beforeThis;
            lastHead = head;
            lastPage = page;
            ++accepted;
            lastCommit = frame.isCommit ? accepted : lastCommit;
        } else {
            verdict.add(frame.ofThisLog, frame.isCommit, verdict.needsPage() && frame.isSound);
            rest.push_back(frame);
        }
        require(recovery.acceptedFrames() == accepted && recovery.lastCommit() == lastCommit, "where the log ends", whole);
        require(verdict.isDamaged() == isDamaged(rest), "torn or damaged", whole);
    }
    const bool hasMark = std::any_of(rest.begin(), rest.end(), [](const Frame &frame) { return frame.ofThisLog && frame.isCommit; });
    require(verdict.sawCommit() == hasMark, "marks behind the end", whole);
}
