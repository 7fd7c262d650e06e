// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/frame.h"

#include <zstd.h>

#include <algorithm>
#include <memory>

namespace fieldfare::protocol {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kLevel = 3;
constexpr int kMaxWindowLog = 23;
constexpr qsizetype kFirstChunk = 64 * 1024;

struct FreeCompressor {
    void operator()(ZSTD_CCtx *context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
    void operator()(ZSTD_DCtx *context) const { ZSTD_freeDCtx(context); }
};

} // namespace

QByteArray compressFrame(const QByteArray &bytes, const std::vector<qsizetype> &cuts)
{
    const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
    Q_CHECK_PTR(context.get());
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setPledgedSrcSize(context.get(), static_cast<unsigned long long>(bytes.size()));
    QByteArray frame(qsizetype(ZSTD_compressBound(size_t(bytes.size()))) + qsizetype(cuts.size() + 1) * 16, Qt::Uninitialized);
    ZSTD_outBuffer out{frame.data(), size_t(frame.size()), 0};
    ZSTD_inBuffer in{bytes.constData(), 0, 0};
    const auto run = [&](qsizetype end, ZSTD_EndDirective directive) {
        in.size = size_t(end);
        size_t left = 1;
        while (left != 0) {
            left = ZSTD_compressStream2(context.get(), &out, &in, directive);
            if (ZSTD_isError(left) || (left != 0 && out.pos == out.size))
                qFatal("zstd: %s", ZSTD_getErrorName(left)); // out of memory, or the bound above is wrong
        }
    };
    for (const qsizetype cut : cuts) {
        if (cut > qsizetype(in.pos) && cut < bytes.size())
            run(cut, ZSTD_e_flush);
    }
    run(bytes.size(), ZSTD_e_end);
    frame.truncate(qsizetype(out.pos));
    return frame;
}

Result<QByteArray> decompressFrame(const QByteArray &frame, qsizetype cap)
{
    const std::unique_ptr<ZSTD_DCtx, FreeDecompressor> context(ZSTD_createDCtx());
    Q_CHECK_PTR(context.get());
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    const unsigned long long claimed = ZSTD_getFrameContentSize(frame.constData(), size_t(frame.size()));
    const bool isClaimed = claimed != ZSTD_CONTENTSIZE_UNKNOWN && claimed != ZSTD_CONTENTSIZE_ERROR;
    if (isClaimed && claimed > static_cast<unsigned long long>(cap))
        return {ErrorCode::TooLarge, QStringLiteral("message of %1 bytes").arg(claimed)};
    QByteArray bytes;
    ZSTD_inBuffer in{frame.constData(), size_t(frame.size()), 0};
    size_t left = 1;
    qsizetype used = 0;
    while (left != 0) {
        if (used == bytes.size()) {
            if (used >= cap)
                return {ErrorCode::TooLarge, QStringLiteral("message of more than %1 bytes").arg(cap)};
            qsizetype grown = std::min(cap, std::max(kFirstChunk, 2 * used));
            if (isClaimed && grown > qsizetype(claimed))
                grown = std::max(qsizetype(claimed), used + 1);
            bytes.resize(grown);
        }
        ZSTD_outBuffer out{bytes.data(), size_t(bytes.size()), size_t(used)};
        const size_t before = in.pos;
        left = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(left))
            return {ErrorCode::ProtocolViolation, QStringLiteral("damaged frame: %1").arg(QLatin1StringView(ZSTD_getErrorName(left)))};
        const bool isStuck = in.pos == before && qsizetype(out.pos) == used;
        used = qsizetype(out.pos);
        if (left != 0 && isStuck)
            return {ErrorCode::ProtocolViolation, QStringLiteral("frame ends too early")};
    }
    if (in.pos != in.size)
        return {ErrorCode::ProtocolViolation, QStringLiteral("bytes after the frame")};
    bytes.truncate(used);
    return bytes;
}

} // namespace fieldfare::protocol
