// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/export_notes.h"
#include "core/changes/replicated_row.h"
#include "core/changes/verdict.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

/// What travels between device and server (sync/protocol/docs/protocol.md). Plain values; codec.h gives them bytes.
namespace fieldfare::protocol {

/// Raised when an older peer could misread newer messages; the server accepts N-2 (DESIGN 6, rule 14).
inline constexpr int kProtocolVersion = 1;

inline constexpr int kMaxPushOperations = 500;
inline constexpr int kMaxPullRows = 2000;
inline constexpr int kDownloadPageRows = 10'000;

/// The device's clocks at the moment of sending: the server measures the boot session's offset by it.
struct ClockReading {
    std::int64_t wallMs = 0;
    std::int64_t bootMs = 0;
    QByteArray bootId;
    friend bool operator==(const ClockReading &, const ClockReading &) = default;
};

struct PushRequest {
    base::Id device;
    std::uint32_t incarnation = 0;
    std::uint64_t epoch = 0;
    std::uint64_t acknowledgedN = 0;
    QByteArray rolling; ///< After the last operation of the batch.
    std::vector<changes::Operation> operations;
    ClockReading clock;
    friend bool operator==(const PushRequest &, const PushRequest &) = default;
};

enum class PushStatus : std::uint8_t {
    Accepted = 1,
    Cloned = 2,       ///< The rolling hash differs: nothing was taken, enrol anew and re-key.
    Gap = 3,          ///< The batch does not follow lastN; `lastN` says where to go on.
    EpochChanged = 4, ///< The server was restored.
    Revoked = 5,
};

struct PushReply {
    PushStatus status = PushStatus::Accepted;
    std::uint64_t lastN = 0;
    std::uint64_t epoch = 0;
    std::vector<changes::Verdict> verdicts;
    friend bool operator==(const PushReply &, const PushReply &) = default;
};

/// Place in the change index: after this (seq, row).
struct PullPosition {
    changes::Version seq = 0;
    base::Id row;
    friend auto operator<=>(const PullPosition &, const PullPosition &) = default;
    friend bool operator==(const PullPosition &, const PullPosition &) = default;
};

struct PullRequest {
    base::Id device;
    std::uint64_t epoch = 0;
    changes::Version cursor = 0; ///< Where this pull started; the same for all its pages.
    std::optional<PullPosition> after;
    int limit = kMaxPullRows;
    /// Which scope the device works with (0: everything); empty for programs of before there were scopes.
    std::optional<changes::Version> scope = {};
    /// The entry of the server's audit log that the device remembers, 0 for none; empty for programs that know of no such log.
    std::optional<std::uint64_t> auditKnown = {};
    friend bool operator==(const PullRequest &, const PullRequest &) = default;
};

enum class PullStatus : std::uint8_t {
    Page = 1,
    EpochChanged = 2,
    BelowFloor = 3, ///< Too old: the download starts again.
    Revoked = 4,
    ScopeChanged = 5, ///< The user sees other records now: the download starts again (rule 7). Nothing else is said.
};

/// How far the server's audit log is (sync/server/docs/audit.md).
struct AuditStanding {
    std::uint64_t number = 0; ///< Of the last entry; 0: there is none.
    QByteArray chain;         ///< Its chain.
    QByteArray chainThen;     ///< That of the entry which the device remembers; empty where there is no such entry.
    friend bool operator==(const AuditStanding &, const AuditStanding &) = default;
};

struct PullReply {
    PullStatus status = PullStatus::Page;
    std::uint64_t epoch = 0;
    std::vector<changes::RowChange> rows;
    PullPosition position;          ///< Of the last row of the page.
    bool complete = false;          ///< The page reached the end; the cursor moves to `counter`.
    changes::Version counter = 0;   ///< The server's version at this page's snapshot.
    std::optional<AuditStanding> audit = {}; ///< With the last page, to programs that asked.
    friend bool operator==(const PullReply &, const PullReply &) = default;
};

struct DownloadStartRequest {
    base::Id device;
    friend bool operator==(const DownloadStartRequest &, const DownloadStartRequest &) = default;
};

struct DownloadStart {
    changes::Version cursor = 0; ///< S, registered for seven days.
    std::uint64_t epoch = 0;
    std::vector<std::pair<model::EntityId, std::uint64_t>> counts; ///< Rows now, for progress; in the order of sending.
    changes::Version scope = 0;  ///< What the user sees as of now; 0: everything.
    friend bool operator==(const DownloadStart &, const DownloadStart &) = default;
};

struct DownloadRequest {
    base::Id device;
    std::uint64_t epoch = 0;
    model::EntityId entity = 0;
    base::Id after;
    int limit = kDownloadPageRows;
    std::optional<changes::Version> scope = {}; ///< As in PullRequest.
    friend bool operator==(const DownloadRequest &, const DownloadRequest &) = default;
};

struct DownloadPage {
    PullStatus status = PullStatus::Page;
    std::uint64_t epoch = 0;
    model::EntityId entity = 0;
    base::Id after;
    base::Id upTo;     ///< The page covers (after, upTo]; the largest id of all when `last`.
    bool last = false; ///< Nothing of this entity follows.
    std::vector<changes::ReplicatedRow> rows;
    friend bool operator==(const DownloadPage &, const DownloadPage &) = default;
};

struct ChecksumRequest {
    base::Id device;
    std::uint64_t epoch = 0;
    changes::Version cursor = 0; ///< The device's; the answer is for comparison only if its counter is this.
    std::optional<changes::Version> scope = {}; ///< As in PullRequest.
    friend bool operator==(const ChecksumRequest &, const ChecksumRequest &) = default;
};

/// Checksum over all acknowledged values and versions of the rows that the device may see (rule 11), for comparison.
struct ChecksumReply {
    changes::Version counter = 0; ///< Valid for a device whose cursor is this.
    std::uint64_t rows = 0;
    QByteArray sum;               ///< 16 bytes, see core/changes/checksum.h
    friend bool operator==(const ChecksumReply &, const ChecksumReply &) = default;
};

struct EnrolRequest {
    QString user;
    QString password;
    QString deviceName;
    QByteArray publicKey;  ///< Ed25519, 32 bytes
    base::Id formerDevice; ///< When a cloned or restored profile enrols anew; null otherwise.
    QString code = {};     ///< Of the second factor, or a recovery code; empty until the server asks for it with SecondFactorNeeded.
    friend bool operator==(const EnrolRequest &, const EnrolRequest &) = default;
};

struct EnrolReply {
    base::Id device;
    std::uint32_t incarnation = 1;
    base::Id user;
    QString userName;
    std::uint64_t epoch = 0;
    QString company;
    QString currency;
    QString accessToken;   ///< 15 minutes
    QString refreshToken;  ///< Rotates with one grace reuse.
    std::int64_t accessExpiresAt = 0; ///< ms UTC by the server's clock
    int deviceNumber = 0;  ///< Short number of the device, for C-<device>-<n>.
    friend bool operator==(const EnrolReply &, const EnrolReply &) = default;
};

struct RefreshRequest {
    base::Id device;
    QString refreshToken;
    std::int64_t atMs = 0;
    QByteArray signature; ///< Ed25519 over device id, refresh token and atMs (protocol.md).
    friend bool operator==(const RefreshRequest &, const RefreshRequest &) = default;
};

struct RefreshReply {
    QString accessToken;
    QString refreshToken;
    std::int64_t accessExpiresAt = 0;
    friend bool operator==(const RefreshReply &, const RefreshReply &) = default;
};

/// Part of the outbox of a device whose account is disabled (core/changes/docs/quarantine.md).
struct HandInRequest {
    PushRequest push;
    bool isLast = false;  ///< No more operations wait behind these.
    QByteArray signature; ///< Ed25519 (hand_in_signing.h).
    friend bool operator==(const HandInRequest &, const HandInRequest &) = default;
};

enum class HandInStatus : std::uint8_t {
    Taken = 1,        ///< Kept up to `takenN`; more may follow.
    Closed = 2,       ///< Kept up to `takenN`; nothing more is taken.
    Full = 3,         ///< The same, and what was sent beyond does not fit.
    OtherHistory = 4, ///< The hash chain differs or has a gap: nothing was taken.
    EpochChanged = 5, ///< The server was restored.
    NotDisabled = 6,  ///< The account works: sync as usual.
};

struct HandInReply {
    HandInStatus status = HandInStatus::Taken;
    std::uint64_t takenN = 0; ///< Decided or kept up to here.
    friend bool operator==(const HandInReply &, const HandInReply &) = default;
};

/// A block of numbers leased to the device (rule 13): the next `count` from `first` for this entity.
struct NumberLease {
    model::EntityId entity = 0;
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    friend bool operator==(const NumberLease &, const NumberLease &) = default;
};

struct NumberLeaseRequest {
    base::Id device;
    std::vector<std::pair<model::EntityId, std::uint64_t>> wanted;
    friend bool operator==(const NumberLeaseRequest &, const NumberLeaseRequest &) = default;
};

struct NumberLeaseReply {
    std::vector<NumberLease> leases;
    friend bool operator==(const NumberLeaseReply &, const NumberLeaseReply &) = default;
};

/// What devices seal their data key to (core/storage/docs/recovery.md).
struct RecoveryKeyRequest {
    base::Id device;
    QByteArray recovered; ///< Hash of the request by which the profile was recovered since, 32 bytes; empty: it was not.
    friend bool operator==(const RecoveryKeyRequest &, const RecoveryKeyRequest &) = default;
};

struct RecoveryKeyReply {
    QByteArray publicKey; ///< A point of P-256, 65 bytes; empty: the company has no recovery key.
    friend bool operator==(const RecoveryKeyReply &, const RecoveryKeyReply &) = default;
};

/// What was exported on the device, for the audit log. What the server knows already is passed over, so that it may be told again.
struct ExportsRequest {
    base::Id device;
    std::vector<changes::ExportNote> notes; ///< In order of number, ExportNotes::kMost at most.
    friend bool operator==(const ExportsRequest &, const ExportsRequest &) = default;
};

struct ExportsReply {
    std::uint64_t knownNumber = 0; ///< All notes up to this one stand in the log.
    friend bool operator==(const ExportsReply &, const ExportsReply &) = default;
};

/// Body of every answer that is not 200, as CBOR beside the HTTP status.
struct FailureReply {
    QString code;   ///< Name of a base::ErrorCode.
    QString detail;
    std::int64_t retryAfterMs = 0;
    friend bool operator==(const FailureReply &, const FailureReply &) = default;
};

} // namespace fieldfare::protocol
