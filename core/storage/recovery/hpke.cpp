// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/hpke.h"

#include "core/storage/key_wrap.h"
#include "core/storage/page_cipher.h"

#include <openssl/evp.h>

#include <algorithm>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Secret;
using hpke::Aead;

namespace {

constexpr std::uint16_t kKem = 0x0010; // DHKEM(P-256, HKDF-SHA256)
constexpr std::uint16_t kKdf = 0x0001; // HKDF-SHA256
constexpr size_t kHashSize = 32;
constexpr size_t kNonceBytes = 12;
constexpr size_t kCoordinateSize = 32;
constexpr qsizetype kMostPlain = 4096; ///< What is sealed here is keys.

QByteArray twoBytes(size_t number)
{
    return QByteArray().append(char(number >> 8)).append(char(number & 0xFF));
}

QByteArray kemSuite()
{
    return QByteArrayLiteral("KEM") + twoBytes(kKem);
}

QByteArray suite(Aead aead)
{
    return QByteArrayLiteral("HPKE") + twoBytes(kKem) + twoBytes(kKdf) + twoBytes(size_t(aead));
}

size_t keySize(Aead aead)
{
    return aead == Aead::Aes128Gcm ? 16 : 32;
}

/// RFC 9180, section 4: LabeledExtract.
Secret labeledExtract(const Secret &salt, const QByteArray &suiteId, const char *label, QByteArrayView input)
{
    const QByteArray head = QByteArrayLiteral("HPKE-v1") + suiteId + label;
    Secret labeled(size_t(head.size() + input.size()));
    std::copy_n(head.constData(), head.size(), labeled.data());
    std::copy_n(input.data(), input.size(), labeled.data() + head.size());
    return key_wrap::extract(labeled, salt.view());
}

/// RFC 9180, section 4: LabeledExpand.
Secret labeledExpand(const Secret &key, const QByteArray &suiteId, const char *label, QByteArrayView info, size_t size)
{
    const QByteArray labeled = twoBytes(size) + QByteArrayLiteral("HPKE-v1") + suiteId + label + info.toByteArray();
    return key_wrap::expand(key, labeled, size);
}

struct Schedule {
    Secret key;
    Secret nonce;
};

/// RFC 9180, section 4.1 (ExtractAndExpand) and 5.1 (KeySchedule, mode_base). `shared` is the point of the key agreement, of which
/// section 4.1 takes the x coordinate.
Schedule schedule(const Secret &shared, QByteArrayView ephemeral, QByteArrayView recipient, QByteArrayView info, Aead aead)
{
    const Secret extracted = labeledExtract({}, kemSuite(), "eae_prk", shared.view().sliced(1, kCoordinateSize));
    const Secret secret = labeledExpand(extracted, kemSuite(), "shared_secret", ephemeral.toByteArray() + recipient.toByteArray(), kHashSize);
    const QByteArray id = suite(aead);
    const Secret noPsk = labeledExtract({}, id, "psk_id_hash", {});
    const Secret infoHash = labeledExtract({}, id, "info_hash", info);
    const QByteArray context = QByteArray(1, '\0') + noPsk.view().toByteArray() + infoHash.view().toByteArray();
    const Secret base = labeledExtract(secret, id, "secret", {});
    return {labeledExpand(base, id, "key", context, keySize(aead)), labeledExpand(base, id, "base_nonce", context, kNonceBytes)};
}

const EVP_CIPHER *cipher(Aead aead)
{
    return aead == Aead::Aes128Gcm ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
}

const unsigned char *u(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

} // namespace

base::Result<QByteArray> hpke::seal(QByteArrayView recipient, QByteArrayView info, QByteArrayView additional, const Secret &plain)
{
    return seal(recipient, info, additional, plain, curve::randomScalar());
}

base::Result<QByteArray> hpke::seal(QByteArrayView recipient, QByteArrayView info, QByteArrayView additional, const Secret &plain, const Secret &ephemeral)
{
    const auto shared = curve::multiply(recipient, ephemeral);
    const auto point = curve::publicPoint(ephemeral);
    if (!shared || !point || qsizetype(plain.size()) > kMostPlain)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("what should be sealed to is no public key")};
    const Schedule made = schedule(*shared, *point, recipient, info, Aead::Aes256Gcm);
    QByteArray body(qsizetype(plain.size()), '\0');
    QByteArray tag(kTagSize, '\0');
    auto *const out = reinterpret_cast<unsigned char *>(body.data());
    const CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    if (EVP_EncryptInit_ex(context.get(), cipher(Aead::Aes256Gcm), nullptr, made.key.data(), made.nonce.data()) != 1
        || EVP_EncryptUpdate(context.get(), nullptr, &length, u(additional), int(additional.size())) != 1
        || EVP_EncryptUpdate(context.get(), out, &length, plain.data(), int(plain.size())) != 1
        || EVP_EncryptFinal_ex(context.get(), out + length, &length) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, int(kTagSize), tag.data()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("sealing failed")};
    return *point + body + tag;
}

std::optional<Secret> hpke::open(const Secret &privateKey, QByteArrayView info, QByteArrayView additional, QByteArrayView sealed, Aead aead)
{
    if (sealed.size() < kOverhead)
        return std::nullopt;
    const auto shared = curve::multiply(ephemeralOf(sealed), privateKey);
    const auto recipient = curve::publicPoint(privateKey);
    return shared && recipient ? openShared(*shared, *recipient, info, additional, sealed, aead) : std::nullopt;
}

std::optional<Secret> hpke::openShared(const Secret &shared, QByteArrayView recipient, QByteArrayView info, QByteArrayView additional,
                                       QByteArrayView sealed, Aead aead)
{
    if (qsizetype(shared.size()) != curve::kPointSize || sealed.size() < kOverhead || sealed.size() > kOverhead + kMostPlain)
        return std::nullopt;
    const Schedule made = schedule(shared, ephemeralOf(sealed), recipient, info, aead);
    const QByteArrayView body = sealed.sliced(curve::kPointSize).chopped(kTagSize);
    QByteArray tag = sealed.last(kTagSize).toByteArray();
    Secret plain(size_t(body.size()));
    const CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    if (EVP_DecryptInit_ex(context.get(), cipher(aead), nullptr, made.key.data(), made.nonce.data()) != 1
        || EVP_DecryptUpdate(context.get(), nullptr, &length, u(additional), int(additional.size())) != 1
        || EVP_DecryptUpdate(context.get(), plain.data(), &length, u(body), int(body.size())) != 1
        || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, int(kTagSize), tag.data()) != 1
        || EVP_DecryptFinal_ex(context.get(), plain.data() + length, &length) != 1)
        return std::nullopt;
    return plain;
}

} // namespace fieldfare::storage
