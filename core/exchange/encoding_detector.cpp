// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_decoder.h"

#include <QIODevice>

#include <unicode/ucsdet.h>

#include <algorithm>
#include <cstring>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kSurveyLimit = 256 * 1024 * 1024;
constexpr qint64 kBlock = 1024 * 1024;
constexpr qsizetype kSampleLimit = 64 * 1024;
constexpr qsizetype kHeadLimit = 4096;

unsigned char byteAt(QByteArrayView bytes, qsizetype i)
{
    return static_cast<unsigned char>(bytes[i]);
}

/// Walks the bytes once: counts good and bad UTF-8 sequences (Unicode table 3-7) and collects a sample for the charset
/// detector around what is not ASCII, because a large file's first page may be all ASCII.
class Survey {
public:
    void add(QByteArrayView block)
    {
        if (m_head.size() < kHeadLimit)
            m_head.append(block.first(std::min(block.size(), kHeadLimit - m_head.size())));
        countUtf8(block);
        collectSample(block);
    }

    void finish()
    {
        if (m_needed > 0)
            ++m_malformed;
    }

    [[nodiscard]] QByteArrayView head() const { return m_head; }
    [[nodiscard]] QByteArrayView sample() const { return m_sample; }
    [[nodiscard]] bool isUtf8() const { return m_malformed == 0 || m_wellFormed >= 10 * m_malformed; }
    [[nodiscard]] qint64 malformed() const { return m_malformed; }

private:
    void countUtf8(QByteArrayView block)
    {
        const char *p = block.data();
        const char *const end = p + block.size();
        while (p != end) {
            if (m_needed == 0) {
                p = skipAscii(p, end);
                if (p == end)
                    return;
                begin(static_cast<unsigned char>(*p++));
                continue;
            }
            const auto byte = static_cast<unsigned char>(*p);
            if (byte < m_lower || byte > m_upper) {
                ++m_malformed;
                m_needed = 0;
                continue; // the byte may begin the next character
            }
            ++p;
            m_lower = 0x80;
            m_upper = 0xBF;
            if (--m_needed == 0)
                ++m_wellFormed;
        }
    }

    static const char *skipAscii(const char *p, const char *end)
    {
        while (end - p >= 8) {
            quint64 eight;
            std::memcpy(&eight, p, 8);
            if (eight & 0x8080808080808080ULL)
                break;
            p += 8;
        }
        while (p != end && static_cast<unsigned char>(*p) < 0x80)
            ++p;
        return p;
    }

    void begin(unsigned char lead)
    {
        m_lower = 0x80;
        m_upper = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            m_needed = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            m_needed = 2;
            m_lower = lead == 0xE0 ? 0xA0 : 0x80;
            m_upper = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            m_needed = 3;
            m_lower = lead == 0xF0 ? 0x90 : 0x80;
            m_upper = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            ++m_malformed;
        }
    }

    void collectSample(QByteArrayView block)
    {
        constexpr qsizetype gap = 32;
        qsizetype i = 0;
        while (i < block.size() && m_sample.size() < kSampleLimit) {
            const char *const start = skipAscii(block.data() + i, block.data() + block.size());
            i = start - block.data();
            if (i == block.size())
                return;
            qsizetype lastHigh = i;
            for (qsizetype j = i; j < block.size() && j - lastHigh <= gap && j - i < kSampleLimit; ++j) {
                if (byteAt(block, j) >= 0x80)
                    lastHigh = j;
            }
            const qsizetype end = std::min(lastHigh + 9, block.size());
            m_sample.append(block.sliced(i, end - i));
            m_sample.append('\n');
            i = end;
        }
    }

    QByteArray m_head;
    QByteArray m_sample;
    qint64 m_wellFormed = 0;
    qint64 m_malformed = 0;
    int m_needed = 0;
    unsigned char m_lower = 0x80;
    unsigned char m_upper = 0xBF;
};

QByteArray nameOfByteOrderMark(QByteArrayView head)
{
    using namespace std::string_view_literals;
    const std::string_view text(head.data(), static_cast<std::size_t>(head.size()));
    if (text.starts_with("\xEF\xBB\xBF"sv))
        return "UTF-8";
    if (text.starts_with("\xFF\xFE\0\0"sv))
        return "UTF-32LE";
    if (text.starts_with("\0\0\xFE\xFF"sv))
        return "UTF-32BE";
    if (text.starts_with("\xFF\xFE"sv))
        return "UTF-16LE";
    if (text.starts_with("\xFE\xFF"sv))
        return "UTF-16BE";
    return {};
}

/// Commas, digits and line ends of a table give UTF-16 a NUL in every few places, always on the same side.
QByteArray utf16WithoutMark(QByteArrayView head)
{
    qsizetype nuls[2] = {0, 0};
    for (qsizetype i = 0; i < head.size(); ++i) {
        if (head[i] == '\0')
            ++nuls[i & 1];
    }
    const qsizetype half = head.size() / 2;
    if (half < 4)
        return {};
    if (nuls[1] * 20 >= half && nuls[0] * 100 < half)
        return "UTF-16LE";
    if (nuls[0] * 20 >= half && nuls[1] * 100 < half)
        return "UTF-16BE";
    return {};
}

bool isBinary(QByteArrayView head)
{
    for (const char *magic : {"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF", "\x89PNG", "SQLite format 3"}) {
        if (head.startsWith(QByteArrayView(magic)))
            return true;
    }
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0x1A && byte != 0;
    });
    return controls * 20 > head.size();
}

struct Gb18030Look {
    qsizetype pairs = 0;
    qsizetype everyday = 0;
    qsizetype symbols = 0;
    qsizetype malformed = 0;

    [[nodiscard]] bool isLikely() const
    {
        const qsizetype hanzi = pairs - symbols;
        return hanzi > 0 && malformed * 100 <= pairs && everyday * 10 >= hanzi * 6;
    }
};

Gb18030Look lookForGb18030(QByteArrayView sample)
{
    Gb18030Look look;
    for (qsizetype i = 0; i < sample.size(); ++i) {
        const unsigned char lead = byteAt(sample, i);
        if (lead < 0x80)
            continue;
        const unsigned char trail = i + 1 < sample.size() ? byteAt(sample, i + 1) : 0;
        if (lead == 0x80 || lead == 0xFF || trail < 0x30 || trail == 0x7F || trail == 0xFF ||
            (trail > 0x39 && trail < 0x40)) {
            ++look.malformed;
            continue;
        }
        ++look.pairs;
        if (trail <= 0x39) {
            i += 3; // a four-byte character: rare letters, emoji
            ++look.symbols;
            continue;
        }
        ++i;
        if (trail >= 0xA1 && lead >= 0xA1 && lead <= 0xA9)
            ++look.symbols;
        else if (trail >= 0xA1 && lead >= 0xB0 && lead <= 0xD7)
            ++look.everyday;
    }
    return look;
}

struct IcuOpinion {
    QByteArray best;
    int bestConfidence = 0;
    QByteArray eastAsian; ///< The best of the East Asian encodings other than GB18030.
    int eastAsianConfidence = 0;
    int gb18030Confidence = 0;
};

IcuOpinion askIcu(QByteArrayView sample)
{
    IcuOpinion opinion;
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    ucsdet_setText(detector, sample.data(), static_cast<int32_t>(sample.size()), &status);
    int32_t count = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
        QByteArray name = ucsdet_getName(matches[i], &status);
        const int confidence = ucsdet_getConfidence(matches[i], &status);
        if (name == "ISO-8859-1")
            name = "windows-1252";
        if (name == "GB18030")
            opinion.gb18030Confidence = confidence;
        const bool isEastAsian = name == "Big5" || name == "Shift_JIS" || name == "EUC-JP" || name == "EUC-KR";
        if (isEastAsian && confidence > opinion.eastAsianConfidence) {
            opinion.eastAsian = name;
            opinion.eastAsianConfidence = confidence;
        }
        // UTF-16 and UTF-32 were ruled out; EBCDIC and escape-coded text do not come in tables.
        const bool isPlausible = !name.startsWith("UTF-") && !name.startsWith("IBM") && !name.startsWith("ISO-2022");
        if (isPlausible && confidence > opinion.bestConfidence) {
            opinion.best = name;
            opinion.bestConfidence = confidence;
        }
    }
    ucsdet_close(detector);
    return opinion;
}

/// Western accents stand alone among ASCII letters; words of Cyrillic, Greek or Arabic are all high bytes. ICU is
/// unsure of short samples of either, but its ranking among the latter is good.
bool isMostlyHighBytes(QByteArrayView sample)
{
    qsizetype high = 0;
    qsizetype besideHigh = 0;
    for (qsizetype i = 0; i < sample.size(); ++i) {
        if (byteAt(sample, i) < 0x80)
            continue;
        ++high;
        const bool isBeside =
            (i > 0 && byteAt(sample, i - 1) >= 0x80) || (i + 1 < sample.size() && byteAt(sample, i + 1) >= 0x80);
        if (isBeside)
            ++besideHigh;
    }
    return besideHigh * 10 >= high * 8;
}

Result<DetectedEncoding> judge(const Survey &survey)
{
    if (const QByteArray marked = nameOfByteOrderMark(survey.head()); !marked.isEmpty())
        return DetectedEncoding{marked, 100};
    if (isBinary(survey.head()))
        return {ErrorCode::EncodingUnknown, QStringLiteral("the file does not hold plain text")};
    if (const QByteArray wide = utf16WithoutMark(survey.head()); !wide.isEmpty())
        return DetectedEncoding{wide, 80};
    if (survey.isUtf8())
        return DetectedEncoding{"UTF-8", survey.malformed() == 0 ? 100 : 90};

    const IcuOpinion icu = askIcu(survey.sample());
    const Gb18030Look gb = lookForGb18030(survey.sample());
    if (gb.isLikely()) {
        if (icu.eastAsianConfidence > icu.gb18030Confidence)
            return DetectedEncoding{icu.eastAsian, icu.eastAsianConfidence};
        return DetectedEncoding{"GB18030", std::max(icu.gb18030Confidence, gb.pairs >= 10 ? 80 : 50)};
    }
    if (icu.bestConfidence >= (isMostlyHighBytes(survey.sample()) ? 10 : 40))
        return DetectedEncoding{icu.best, icu.bestConfidence};
    return DetectedEncoding{"windows-1252", 10};
}

} // namespace

Result<DetectedEncoding> detectEncoding(QByteArrayView bytes)
{
    Survey survey;
    survey.add(bytes);
    survey.finish();
    return judge(survey);
}

Result<DetectedEncoding> detectEncoding(QIODevice &device)
{
    if (device.isSequential()) {
        const QByteArray head = device.peek(kSampleLimit);
        // The peeked block may end inside a character: only whole lines are judged.
        const qsizetype lastLine = head.lastIndexOf('\n');
        return detectEncoding(QByteArrayView(head).first(lastLine > 0 ? lastLine + 1 : head.size()));
    }
    const qint64 start = device.pos();
    Survey survey;
    qint64 done = 0;
    bool isWhole = false;
    QByteArray block(kBlock, Qt::Uninitialized);
    while (done < kSurveyLimit) {
        const qint64 got = device.read(block.data(), kBlock);
        if (got < 0)
            return {ErrorCode::Io, device.errorString()};
        if (got == 0) {
            isWhole = true;
            break;
        }
        survey.add(QByteArrayView(block.constData(), static_cast<qsizetype>(got)));
        done += got;
    }
    if (isWhole)
        survey.finish();
    if (!device.seek(start))
        return {ErrorCode::Io, device.errorString()};
    return judge(survey);
}

} // namespace fieldfare::exchange
