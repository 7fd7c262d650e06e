// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/recovery_entry.h"

#include "core/base/hash.h"
#include "core/storage/recovery/recovery_messages.h"
#include "tests/fuzz/file_edits.h"
#include "tests/storage/storage_fixture.h"

#include <openssl/bn.h>

#include <QtEndian>

using namespace fieldfare;
using namespace fieldfare::storage;
using base::ErrorCode;
using base::Secret;
using Input = std::span<const std::uint8_t>;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr qsizetype kHash = 32;
constexpr qsizetype kHead = 12;         ///< magic and version
constexpr qsizetype kReplyKey = 20;     ///< in a request
constexpr qsizetype kRecord = 85;       ///< in a request
constexpr std::uint8_t kPutRight = 8;
constexpr std::uint8_t kOpen = 16;
constexpr std::uint8_t kWhole = 0x80;
constexpr QByteArrayView kInfo("fuzzed");
constexpr QByteArrayView kAdditional("beside it");

Input g_input; ///< What runs now, for the message.

void require(bool condition, const char *what)
{
    if (!condition)
        qFatal("recovery invariant broken: %s; input in hex: %s", what,
               QByteArray(reinterpret_cast<const char *>(g_input.data()), qsizetype(g_input.size())).toHex().constData());
}

template <typename T>
T sure(std::optional<T> made)
{
    if (!made)
        qFatal("the sample cannot be made");
    return std::move(*made);
}

Bytes bytesOf(QByteArrayView view)
{
    return {view.begin(), view.end()};
}

QByteArrayView viewOf(const Bytes &bytes)
{
    return {bytes.data(), qsizetype(bytes.size())};
}

Secret scalar(char seed)
{
    return Secret::fromBytes(QByteArray(qsizetype(curve::kScalarSize), seed));
}

struct Samples {
    Secret company = scalar('c'); ///< the private key
    QByteArray companyKey = sure(curve::publicPoint(company));
    std::pair<Secret, Secret> halves = sure(curve::split(company));
    Secret oneTime = scalar('1');
    std::shared_ptr<const DataKey> key = storage_test::fixedKey(3);
    RecoveryRecord record = RecoveryRecord::make(*key, base::Id::fromBytes(QByteArray(base::Id::kSize, '\7')), companyKey).value();
    RecoveryRequest request{1'700'000'000'000, sure(curve::publicPoint(oneTime)), record};
    QByteArray requestHash = request.hash();
    Secret otherPart = sure(curve::multiply(record.ephemeral(), halves.second));

    Bytes requestBytes = bytesOf(request.toBytes());
    Bytes answerBytes = bytesOf(RecoveryAnswer::make(request, *key)->toBytes());
    Bytes recordBytes = bytesOf(record.toBytes());
    Bytes partBytes = bytesOf(sure(curve::multiply(record.ephemeral(), halves.first)).view());
    Bytes sealedBytes = bytesOf(hpke::seal(companyKey, kInfo, kAdditional, key->secret()).value());
};

const Samples &samples()
{
    static const auto &made = *new Samples;
    return made;
}

struct Free {
    void operator()(BIGNUM *number) const { BN_free(number); }
};
using Number = std::unique_ptr<BIGNUM, Free>;

Number fromHex(const char *hex)
{
    BIGNUM *number = nullptr;
    BN_hex2bn(&number, hex);
    return Number(number);
}

/// By the curve's equation, y² = x³ - 3x + b modulo p (NIST SP 800-186, 3.2.1.3), and not by OpenSSL's points.
bool isOnCurve(QByteArrayView bytes)
{
    static BN_CTX *const context = BN_CTX_new();
    static const Number p = fromHex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    static const Number b = fromHex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
    static const Number three = fromHex("3");
    static const Number x(BN_new());
    static const Number y(BN_new());
    static const Number right(BN_new());
    if (bytes.size() != curve::kPointSize || bytes.front() != 4)
        return false;
    const auto *at = reinterpret_cast<const unsigned char *>(bytes.data()) + 1;
    BN_bin2bn(at, 32, x.get());
    BN_bin2bn(at + 32, 32, y.get());
    if (BN_cmp(x.get(), p.get()) >= 0 || BN_cmp(y.get(), p.get()) >= 0)
        return false;
    BN_mod_sqr(right.get(), x.get(), p.get(), context);
    BN_mod_sub(right.get(), right.get(), three.get(), p.get(), context);
    BN_mod_mul(right.get(), right.get(), x.get(), p.get(), context);
    BN_mod_add(right.get(), right.get(), b.get(), p.get(), context);
    BN_mod_sqr(y.get(), y.get(), p.get(), context);
    return BN_cmp(y.get(), right.get()) == 0;
}

std::uint32_t versionOf(QByteArrayView bytes)
{
    return qFromBigEndian<std::uint32_t>(bytes.data() + kHead - 4);
}

/// Of this kind, whole, and of the version there is.
bool isMessage(QByteArrayView bytes, qsizetype size, QByteArrayView magic, std::uint32_t version)
{
    return bytes.size() == size && bytes.startsWith(magic) && versionOf(bytes) == version && bytes.last(kHash) == base::sha256(bytes.chopped(kHash));
}

/// Nobody can prove another one without the ephemeral key, which nobody has: all but the HMAC is as it was made.
bool isRecord(QByteArrayView bytes)
{
    return bytes.size() == RecoveryRecord::kSize && bytes.chopped(kHash) == viewOf(samples().recordBytes).chopped(kHash);
}

template <typename Message>
void requireVerdict(const base::Result<Message> &parsed, bool isWellFormed, QByteArrayView bytes, QByteArrayView magic, std::uint32_t version)
{
    require(parsed.ok() == isWellFormed, isWellFormed ? "a well-formed message is refused" : "a message that is none is read");
    if (parsed.ok())
        return require(parsed->toBytes() == bytes, "read and written it differs");
    const bool isLater = bytes.size() >= kHead && bytes.startsWith(magic) && versionOf(bytes) > version;
    require(parsed.error().code == (isLater ? ErrorCode::SchemaTooNew : ErrorCode::InvalidArgument), "damage is called something else");
    require(parsed.error().detail.contains(u"recovery"), "the message is not named");
}

bool isTheKey(QByteArrayView secret)
{
    return secret == samples().key->secret().view();
}

void judgeRecord(const RecoveryRecord &record, bool mayOpen)
{
    const bool isSound = record.toBytes() == viewOf(samples().recordBytes);
    require(record.isFor(*samples().key) == isSound, "what is genuine is told wrongly");
    if (!mayOpen)
        return;
    const auto shared = curve::multiply(record.ephemeral(), samples().company);
    require(shared && isOnCurve(shared->view()), "a point cannot be multiplied");
    const auto opened = record.open(*shared);
    require(opened.has_value() == isSound, isSound ? "the sound record does not open" : "a changed record opens");
    require(!opened || isTheKey(opened->secret().view()), "another key comes out");
}

void runRequest(QByteArrayView bytes, bool mayOpen)
{
    const auto parsed = RecoveryRequest::parse(bytes);
    const bool isWellFormed = isMessage(bytes, RecoveryRequest::kSize, "FFRECREQ", 2) && isOnCurve(bytes.sliced(kReplyKey, curve::kPointSize)) &&
                              isRecord(bytes.sliced(kRecord, RecoveryRecord::kSize));
    requireVerdict(parsed, isWellFormed, bytes, "FFRECREQ", 2);
    if (!parsed.ok())
        return;
    const bool isSound = bytes == viewOf(samples().requestBytes);
    require((parsed->hash() == samples().requestHash) == isSound, "a changed request goes under the name of the sound one");
    judgeRecord(parsed->record, mayOpen);
}

void runAnswer(QByteArrayView bytes, bool mayOpen)
{
    const auto parsed = RecoveryAnswer::parse(bytes);
    requireVerdict(parsed, isMessage(bytes, RecoveryAnswer::kSize, "FFRECANS", 1), bytes, "FFRECANS", 1);
    if (!parsed.ok() || !mayOpen)
        return;
    const bool isSound = bytes == viewOf(samples().answerBytes);
    const auto opened = parsed->open(samples().oneTime);
    require(opened.has_value() == isSound, isSound ? "the sound answer does not open" : "a changed answer opens");
    require(!opened || isTheKey(opened->view()), "another key comes out");
}

void runRecord(QByteArrayView bytes, bool mayOpen)
{
    const auto parsed = RecoveryRecord::parse(bytes);
    require(parsed.has_value() == isRecord(bytes), parsed ? "a record that is none is read" : "a well-formed record is refused");
    if (!parsed)
        return;
    require(parsed->toBytes() == bytes, "read and written it differs");
    judgeRecord(*parsed, mayOpen);
}

void runPart(QByteArrayView bytes, bool mayOpen)
{
    const auto shared = curve::add(Secret::fromBytes(bytes), samples().otherPart);
    require(shared.has_value() == isOnCurve(bytes), "what is no point is added, or a point refused");
    if (!shared)
        return;
    require(isOnCurve(shared->view()), "a sum of points is none");
    if (mayOpen)
        require(samples().record.open(*shared).has_value() == (bytes == viewOf(samples().partBytes)), "another part opens, or the sound one does not");
}

void runSealed(QByteArrayView bytes, bool)
{
    const auto opened = hpke::open(samples().company, kInfo, kAdditional, bytes);
    const bool isSound = bytes == viewOf(samples().sealedBytes);
    require(opened.has_value() == isSound, isSound ? "what was sealed does not open" : "what was changed opens");
    require(!opened || isTheKey(opened->view()), "something else comes out");
}

struct Kind {
    Bytes Samples::*sample;
    void (*run)(QByteArrayView bytes, bool mayOpen);
};
constexpr Kind kKinds[] = {{&Samples::requestBytes, runRequest},
                           {&Samples::answerBytes, runAnswer},
                           {&Samples::recordBytes, runRecord},
                           {&Samples::partBytes, runPart},
                           {&Samples::sealedBytes, runSealed}};

} // namespace

void runRecoveryEntry(Input input)
{
    g_input = input;
    if (input.empty())
        return;
    const std::uint8_t choice = input[0];
    const Kind &kind = kKinds[(choice & 7) % std::size(kKinds)];
    Bytes edited(input.begin() + 1, input.end());
    if ((choice & kWhole) == 0)
        edited = withEdits(samples().*kind.sample, input.subspan(1), 0, 4);
    if ((choice & kPutRight) != 0 && qsizetype(edited.size()) >= kHash) {
        const QByteArray sum = base::sha256(viewOf(edited).chopped(kHash));
        std::copy(sum.begin(), sum.end(), edited.end() - kHash);
    }
    const Bytes exact(edited.begin(), edited.end()); // so that a byte read beyond its end is noticed
    kind.run(viewOf(exact), (choice & kOpen) != 0);
}
