// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/curve.h"

#include "core/base/random.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include <memory>

namespace fieldfare::storage {

using base::Secret;

namespace {

struct Free {
    void operator()(BIGNUM *number) const { BN_clear_free(number); }
    void operator()(BN_CTX *context) const { BN_CTX_free(context); }
    void operator()(EC_POINT *point) const { EC_POINT_clear_free(point); }
};
using Number = std::unique_ptr<BIGNUM, Free>;
using Context = std::unique_ptr<BN_CTX, Free>;
using Point = std::unique_ptr<EC_POINT, Free>;

/// Read only after it was made, so that threads share it.
const EC_GROUP *group()
{
    static const EC_GROUP *const kGroup = [] {
        const EC_GROUP *made = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
        if (made == nullptr)
            qFatal("OpenSSL has no P-256");
        return made;
    }();
    return kGroup;
}

const BIGNUM *order()
{
    return EC_GROUP_get0_order(group());
}

Context context()
{
    return Context(BN_CTX_secure_new());
}

/// Null where the bytes are no scalar.
Number scalarOf(const Secret &bytes)
{
    Number number(BN_secure_new());
    if (bytes.size() != curve::kScalarSize || BN_bin2bn(bytes.data(), int(bytes.size()), number.get()) == nullptr)
        return nullptr;
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    return BN_is_zero(number.get()) || BN_cmp(number.get(), order()) >= 0 ? nullptr : std::move(number);
}

Secret bytesOf(const Number &number)
{
    Secret bytes(curve::kScalarSize);
    if (BN_bn2binpad(number.get(), bytes.data(), int(bytes.size())) < 0)
        qFatal("a scalar does not fit its bytes");
    return bytes;
}

/// Null where the bytes are no point.
Point pointOf(QByteArrayView bytes, BN_CTX *context)
{
    Point point(EC_POINT_new(group()));
    // The first byte says uncompressed; infinity is a single 0 byte, which the size excludes. oct2point looks whether it is on the curve.
    const bool isPoint = bytes.size() == curve::kPointSize && bytes.front() == 4
        && EC_POINT_oct2point(group(), point.get(), reinterpret_cast<const unsigned char *>(bytes.data()), size_t(bytes.size()), context) == 1;
    return isPoint ? std::move(point) : nullptr;
}

std::optional<Secret> bytesOf(const Point &point, BN_CTX *context)
{
    Secret bytes(static_cast<size_t>(curve::kPointSize));
    if (EC_POINT_is_at_infinity(group(), point.get()) == 1
        || EC_POINT_point2oct(group(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(), context) != bytes.size())
        return std::nullopt;
    return bytes;
}

} // namespace

Secret curve::randomScalar()
{
    base::SystemRandom random;
    for (;;) { // again once in 2^32 times
        Secret bytes(kScalarSize);
        random.fill({bytes.data(), bytes.size()});
        if (scalarOf(bytes))
            return bytes;
    }
}

std::optional<QByteArray> curve::publicPoint(const Secret &scalar)
{
    const Context work = context();
    const Number number = scalarOf(scalar);
    const Point point(EC_POINT_new(group()));
    if (!number || EC_POINT_mul(group(), point.get(), number.get(), nullptr, nullptr, work.get()) != 1)
        return std::nullopt;
    const auto bytes = bytesOf(point, work.get());
    return bytes ? std::optional(bytes->view().toByteArray()) : std::nullopt;
}

bool curve::isPoint(QByteArrayView bytes)
{
    const Context work = context();
    return pointOf(bytes, work.get()) != nullptr;
}

std::optional<Secret> curve::multiply(QByteArrayView point, const Secret &scalar)
{
    const Context work = context();
    const Number number = scalarOf(scalar);
    const Point given = pointOf(point, work.get());
    const Point product(EC_POINT_new(group()));
    if (!number || !given || EC_POINT_mul(group(), product.get(), nullptr, given.get(), number.get(), work.get()) != 1)
        return std::nullopt;
    return bytesOf(product, work.get());
}

std::optional<Secret> curve::add(const Secret &a, const Secret &b)
{
    const Context work = context();
    const Point first = pointOf(a.view(), work.get());
    const Point second = pointOf(b.view(), work.get());
    const Point sum(EC_POINT_new(group()));
    if (!first || !second || EC_POINT_add(group(), sum.get(), first.get(), second.get(), work.get()) != 1)
        return std::nullopt;
    return bytesOf(sum, work.get());
}

std::optional<std::pair<Secret, Secret>> curve::split(const Secret &scalar)
{
    const Context work = context();
    const Number whole = scalarOf(scalar);
    if (!whole)
        return std::nullopt;
    for (;;) { // again where the second half would be 0
        Secret first = randomScalar();
        const Number number = scalarOf(first);
        const Number rest(BN_secure_new());
        if (BN_mod_sub(rest.get(), whole.get(), number.get(), order(), work.get()) != 1)
            return std::nullopt;
        if (!BN_is_zero(rest.get()))
            return std::pair(std::move(first), bytesOf(rest));
    }
}

std::optional<QByteArray> curve::pointAt(QByteArrayView x)
{
    const Context work = context();
    const Point point(EC_POINT_new(group()));
    const QByteArray compressed = '\2' + x.toByteArray(); // SEC 1, section 2.3.4: x alone, and y is even
    if (x.size() != kPointSize / 2
        || EC_POINT_oct2point(group(), point.get(), reinterpret_cast<const unsigned char *>(compressed.constData()), size_t(compressed.size()), work.get()) != 1)
        return std::nullopt;
    const auto bytes = bytesOf(point, work.get());
    return bytes ? std::optional(bytes->view().toByteArray()) : std::nullopt;
}

std::optional<Secret> curve::reduced(QByteArrayView hash)
{
    const Context work = context();
    const Number number(BN_secure_new());
    if (hash.size() != qsizetype(kScalarSize) || BN_bin2bn(reinterpret_cast<const unsigned char *>(hash.data()), int(hash.size()), number.get()) == nullptr
        || BN_nnmod(number.get(), number.get(), order(), work.get()) != 1 || BN_is_zero(number.get()))
        return std::nullopt;
    return bytesOf(number);
}

std::optional<Secret> curve::negated(const Secret &scalar)
{
    const Number number = scalarOf(scalar);
    const Number rest(BN_secure_new());
    if (!number || BN_sub(rest.get(), order(), number.get()) != 1)
        return std::nullopt;
    return bytesOf(rest);
}

std::optional<Secret> curve::multiplyAdd(const Secret &factor, const Secret &scalar, const Secret &summand)
{
    const Context work = context();
    const Number a = scalarOf(factor);
    const Number b = scalarOf(scalar);
    const Number c = scalarOf(summand);
    const Number result(BN_secure_new());
    if (!a || !b || !c || BN_mod_mul(result.get(), a.get(), b.get(), order(), work.get()) != 1
        || BN_mod_add(result.get(), result.get(), c.get(), order(), work.get()) != 1 || BN_is_zero(result.get()))
        return std::nullopt;
    return bytesOf(result);
}

} // namespace fieldfare::storage
