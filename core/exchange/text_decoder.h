// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

class QIODevice;
struct UConverter;

namespace fieldfare::exchange {

/// What the bytes of a text file seem to be written in.
struct DetectedEncoding {
    QByteArray name;    ///< A name ICU's converters know: "UTF-8", "UTF-16LE", "GB18030", "windows-1252", ...
    int confidence = 0; ///< 0..100. 100: a byte order mark, or all bytes are valid UTF-8.

    /// Below this the person should be shown the first rows and asked.
    [[nodiscard]] bool isCertain() const { return confidence >= 60; }
};

/// Finds the encoding of a text file. The rules, first that applies:
///  1. A byte order mark (UTF-8, UTF-16 LE/BE, UTF-32 LE/BE).
///  2. NUL bytes at nearly only odd (even) places: UTF-16 LE (BE) without a mark.
///  3. Valid UTF-8; or at least ten good multi-byte sequences for each malformed one (a cell cut in mid-character does
///     not make a Chinese file a Windows-1252 one). The malformed bytes are then counted by TextDecoder.
///  4. GB18030, if at most 1 % of its pairs are malformed, 60 % or more are everyday hanzi (GB 2312 level 1: rows
///     B0 to D7), and ICU's detector does not see Big5, Shift_JIS, EUC-JP or EUC-KR more clearly.
///  5. ICU's detector with a confidence of 40 or more (10 where words are all high bytes, as in Cyrillic); ISO-8859-1
///  is taken as its superset windows-1252.
///  6. windows-1252 with confidence 10.
/// Fails with EncodingUnknown for what is not text at all (a ZIP or XLSX, PDF, old XLS, many control characters).
/// An empty file is UTF-8.
[[nodiscard]] base::Result<DetectedEncoding> detectEncoding(QByteArrayView bytes);

/// The same over a device: reads the first 256 MB of a seekable device and goes back to where it stood; of a sequential
/// one only what can be peeked (64 KB). Fails with Io when reading fails.
[[nodiscard]] base::Result<DetectedEncoding> detectEncoding(QIODevice &device);

/// What was lost while decoding.
struct DecodingReport {
    qint64 malformedBytes = 0;     ///< Bytes that are no character in the encoding.
    qint64 malformedSequences = 0; ///< Each became one U+FFFD.
    qint64 firstMalformedLine = 0; ///< 1-based physical line of the first one; 0: none.
    qint64 strippedNuls = 0;       ///< U+0000 characters left out: PostgreSQL text cannot hold them.
};

/// Turns bytes into UTF-16 block by block; characters cut by a block's end are carried over. One thread at a time.
/// Never fails on content: malformed bytes become U+FFFD and are counted.
class TextDecoder {
public:
    /// Fails with EncodingUnknown if ICU has no converter of that name.
    [[nodiscard]] static base::Result<TextDecoder> create(const QByteArray &encodingName);

    TextDecoder(TextDecoder &&other) noexcept;
    TextDecoder &operator=(TextDecoder &&other) noexcept;
    ~TextDecoder();

    /// Appends the text of `bytes` to `out`. With `isLast` an unfinished character counts as malformed.
    /// A byte order mark at the very beginning is left out.
    void decode(QByteArrayView bytes, bool isLast, QString &out);

    [[nodiscard]] const DecodingReport &report() const { return m_report; }

private:
    struct ConverterCloser {
        void operator()(UConverter *converter) const;
    };
    friend struct DecodingStep;

    explicit TextDecoder(UConverter *converter);
    void convert(QByteArrayView bytes, bool isLast, QString &out);

    std::unique_ptr<UConverter, ConverterCloser> m_converter;
    DecodingReport m_report;
    qint64 m_linesBefore = 0; ///< Line ends in earlier blocks; only counted until the first malformed byte.
    bool m_endedInCr = false;
    bool m_isAtStart = true;
};

} // namespace fieldfare::exchange
