// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <algorithm>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;

/// What ICU's error callback needs to know during one call of ucnv_toUnicode.
struct DecodingStep {
    TextDecoder *decoder;
    const char16_t *outputStart;

    /// Line ends in [from, to); the two halves of a CR LF cut by a block's end count once.
    static qint64 countLines(const char16_t *from, const char16_t *to, bool afterCr)
    {
        qint64 lines = 0;
        for (; from != to; ++from) {
            if (*from == u'\r' || (*from == u'\n' && !afterCr))
                ++lines;
            afterCr = *from == u'\r';
        }
        return lines;
    }

    void noteMalformed(const char16_t *outputNow, int32_t length)
    {
        DecodingReport &report = decoder->m_report;
        if (report.malformedSequences == 0) {
            report.firstMalformedLine =
                1 + decoder->m_linesBefore + countLines(outputStart, outputNow, decoder->m_endedInCr);
        }
        ++report.malformedSequences;
        report.malformedBytes += length;
    }
};

namespace {

void replaceMalformed(const void *context, UConverterToUnicodeArgs *args, const char *, int32_t length,
                      UConverterCallbackReason reason, UErrorCode *status)
{
    if (reason > UCNV_IRREGULAR)
        return; // reset, close, clone: nothing to convert
    auto *step = *static_cast<DecodingStep *const *>(context);
    step->noteMalformed(args->target, length);
    *status = U_ZERO_ERROR;
    static constexpr UChar replacement = 0xFFFD;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

} // namespace

void TextDecoder::ConverterCloser::operator()(UConverter *converter) const
{
    ucnv_close(converter);
}

Result<TextDecoder> TextDecoder::create(const QByteArray &encodingName)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encodingName.constData(), &status);
    if (U_FAILURE(status) || converter == nullptr || encodingName.isEmpty()) {
        ucnv_close(converter);
        return {ErrorCode::EncodingUnknown,
                QStringLiteral("no converter for this encoding"),
                {QString::fromLatin1(encodingName)}};
    }
    return TextDecoder(converter);
}

TextDecoder::TextDecoder(UConverter *converter) : m_converter(converter) {}
TextDecoder::TextDecoder(TextDecoder &&other) noexcept = default;
TextDecoder &TextDecoder::operator=(TextDecoder &&other) noexcept = default;
TextDecoder::~TextDecoder() = default;

void TextDecoder::decode(QByteArrayView bytes, bool isLast, QString &out)
{
    const qsizetype before = out.size();
    convert(bytes, isLast, out);
    if (out.size() == before)
        return;
    if (m_isAtStart) {
        m_isAtStart = false;
        if (out.at(before) == QChar(0xFEFF))
            out.remove(before, 1);
    }
    if (QStringView(out).sliced(before).contains(QChar(0))) {
        const qsizetype withNuls = out.size();
        QChar *const begin = out.data() + before;
        out.truncate(before + (std::remove(begin, out.data() + out.size(), QChar(0)) - begin));
        m_report.strippedNuls += withNuls - out.size();
    }
}

void TextDecoder::convert(QByteArrayView bytes, bool isLast, QString &out)
{
    DecodingStep step{this, nullptr};
    DecodingStep *const context = &step;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(m_converter.get(), replaceMalformed, &context, nullptr, nullptr, &status);

    const char *source = bytes.data();
    const char *const sourceEnd = source + bytes.size();
    do {
        // At most one UTF-16 unit comes from a byte in every encoding of tables; the loop is for the odd one out.
        const qsizetype start = out.size();
        const qsizetype room = (sourceEnd - source) + 16;
        out.resize(start + room);
        auto *const begin = reinterpret_cast<char16_t *>(out.data()) + start;
        char16_t *target = begin;
        step.outputStart = begin;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(m_converter.get(), &target, begin + room, &source, sourceEnd, nullptr, isLast ? 1 : 0, &status);
        out.truncate(start + (target - begin));
        if (target != begin) {
            if (m_report.malformedSequences == 0)
                m_linesBefore += DecodingStep::countLines(begin, target, m_endedInCr);
            m_endedInCr = *(target - 1) == u'\r';
        }
    } while (status == U_BUFFER_OVERFLOW_ERROR);
}

} // namespace fieldfare::exchange
