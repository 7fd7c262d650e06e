// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/ephemeral_proof.h"

#include "core/base/hash.h"
#include "core/storage/recovery/sealed_bytes.h"

namespace fieldfare::storage {

using base::Secret;

namespace {

constexpr QByteArrayView kGeneratorLabel("fieldfare recovery: second generator");
constexpr QByteArrayView kChallengeLabel("fieldfare recovery: proof of the ephemeral key");
constexpr auto kScalarBytes = qsizetype(curve::kScalarSize);

/// Everything before `statement` has its size by its place.
QByteArray challenge(QByteArrayView ephemeral, QByteArrayView second, QByteArrayView commitment, QByteArrayView secondCommitment, QByteArrayView statement)
{
    return base::sha256(kChallengeLabel.toByteArray() + ephemeral.toByteArray() + second.toByteArray() + commitment.toByteArray() + secondCommitment.toByteArray()
                        + statement.toByteArray());
}

/// generator · answer - point · challenge: what the prover committed to.
std::optional<Secret> commitmentOf(const std::optional<Secret> &answered, QByteArrayView point, const Secret &minusChallenge)
{
    const auto taken = curve::multiply(point, minusChallenge);
    return answered && taken ? curve::add(*answered, *taken) : std::nullopt;
}

} // namespace

QByteArray ephemeral_proof::secondGenerator()
{
    static const QByteArray kFound = [] {
        for (std::uint32_t counter = 0;; ++counter) { // every second number is the x of a point
            QByteArray input = kGeneratorLabel.toByteArray();
            sealed_bytes::append32(input, counter);
            if (const auto point = curve::pointAt(base::sha256(input)))
                return *point;
        }
    }();
    return kFound;
}

std::optional<QByteArray> ephemeral_proof::make(const Secret &ephemeral, QByteArrayView statement)
{
    const auto point = curve::publicPoint(ephemeral);
    const auto second = curve::multiply(secondGenerator(), ephemeral);
    if (!point || !second)
        return std::nullopt;
    for (;;) { // again where a scalar comes out as 0, once in 2^256 times
        const Secret nonce = curve::randomScalar();
        const auto commitment = curve::publicPoint(nonce);
        const auto secondCommitment = curve::multiply(secondGenerator(), nonce);
        const auto asked = curve::reduced(challenge(*point, second->view(), *commitment, secondCommitment->view(), statement));
        const auto answered = asked ? curve::multiplyAdd(*asked, ephemeral, nonce) : std::nullopt;
        if (answered)
            return second->view().toByteArray() + asked->view().toByteArray() + answered->view().toByteArray();
    }
}

bool ephemeral_proof::holds(QByteArrayView proof, QByteArrayView ephemeralPoint, QByteArrayView statement)
{
    if (proof.size() != kSize)
        return false;
    const QByteArrayView second = proof.first(curve::kPointSize);
    const QByteArrayView asked = proof.sliced(curve::kPointSize, kScalarBytes);
    const Secret answer = Secret::fromBytes(proof.last(kScalarBytes));
    const auto minusAsked = curve::negated(Secret::fromBytes(asked));
    if (!minusAsked)
        return false;
    const auto generated = curve::publicPoint(answer);
    const auto commitment = commitmentOf(generated ? std::optional(Secret::fromBytes(*generated)) : std::nullopt, ephemeralPoint, *minusAsked);
    const auto secondCommitment = commitmentOf(curve::multiply(secondGenerator(), answer), second, *minusAsked);
    if (!commitment || !secondCommitment)
        return false;
    const auto expected = curve::reduced(challenge(ephemeralPoint, second, commitment->view(), secondCommitment->view(), statement));
    return expected && expected->view() == asked;
}

} // namespace fieldfare::storage
