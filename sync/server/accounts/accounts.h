// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/access_token.h"
#include "sync/server/accounts/growing_delay.h"
#include "sync/server/accounts/password.h"
#include "sync/server/accounts/second_factors.h"
#include "sync/server/accounts/sign_in_codes.h"
#include "sync/server/audit/audit_log.h"
#include "sync/server/merge/merger.h"
#include "sync/server/storage/audit_store.h"
#include "sync/server/storage/sql_server_storage.h"

#include <optional>

namespace fieldfare::server {

/// A user to be made. The hash is made beforehand, off the database thread.
struct NewUser {
    QString name;
    QString role;  ///< Key of the choice list user_role.
    QString team;  ///< Name; made when it is not there. May be empty.
    std::optional<PasswordHash> password; ///< Empty: none is right until there is one; a sign-in code lets in.
};

/// A user for lists.
struct UserSummary {
    base::Id user;
    QString name;
    QString role;
    QString team;
    bool disabled = false;
    bool hasSecondFactor = false; ///< Sign-ins ask for a code.
    int devices = 0;
    int mayHandIn = 0; ///< Of a disabled user: devices that may still hand in what waits on them (quarantine.md).
};

/// A device for lists.
struct DeviceSummary {
    int number = 0; ///< Short, as in C-<device>-<n>.
    base::Id device;
    QString name;     ///< As it called itself.
    QString userName;
    bool userDisabled = false;
    bool revoked = false;
    std::int64_t lastContact = 0; ///< ms UTC: when it last got tokens, which a device at work does every TokenSigner::kLifetimeMs.
};

/// Users, sign-in and devices: the secrets in their own tables, the public half as records that devices see, written
/// through the Merger; what is done to them and each sign-in stands in the audit log. Every function is called inside SqlServerStorage::write() (or read() where const data is asked),
/// on the thread of that storage. Does not own what it refers to.
class Accounts {
public:
    /// After so many wrong passwords and codes a sign-in waits as growingDelayMs() says.
    static constexpr int kFreeFailures = 5;
    static constexpr std::int64_t kFirstLockMs = kFirstDelayMs;
    static constexpr std::int64_t kLongestLockMs = kLongestDelayMs;

    Accounts(SqlServerStorage &storage, Merger &merger, model::CatalogPointer catalog, const TokenSigner &signer,
             const base::Clock &clock, base::RandomSource &random);

    /// AlreadyExists, UnknownChoice (the role; the detail lists those there are), InvalidArgument (the name).
    [[nodiscard]] base::Result<UserSummary> add(const NewUser &user);
    /// Another role or team; a team that is not there is made, an empty name is none. NotFound, UnknownChoice.
    [[nodiscard]] base::Result<UserSummary> change(const QString &name, const std::optional<QString> &role, const std::optional<QString> &team);
    [[nodiscard]] base::Result<std::vector<UserSummary>> list();
    /// Another password. Devices that signed in go on. Ends a lock, and a sign-in code that was not used. NotFound.
    [[nodiscard]] base::Result<UserSummary> setPassword(const QString &name, const PasswordHash &password);
    /// A code that signs in one device within so many days (SignInCodes). NotFound, InvalidArgument.
    [[nodiscard]] base::Result<QString> makeSignInCode(const QString &name, int days);
    /// Ends new sign-ins and refreshes; devices keep what they have, and each may hand in once what waits on it, unless
    /// they were stolen: then they are revoked for good. Ends what the user approved of recoveries. NotFound.
    [[nodiscard]] base::Result<UserSummary> disable(const QString &name, bool isStolen = false);
    /// The account works again: its devices sync as before. NotFound.
    [[nodiscard]] base::Result<UserSummary> enable(const QString &name);
    /// NotFound.
    [[nodiscard]] base::Result<UserSummary> userNamed(const QString &name);
    [[nodiscard]] SecondFactors &secondFactors() { return m_secondFactors; }
    /// Of the company; for whatever else is done in the same transaction.
    [[nodiscard]] AuditLog &audit() { return m_audit; }
    /// Of this user (empty: of all), by number. NotFound.
    [[nodiscard]] base::Result<std::vector<DeviceSummary>> devices(const QString &userName);
    /// It may not sync any more, nor hand in, and is told so; there is no way back but to sign in as a new device. NotFound.
    [[nodiscard]] base::Result<DeviceSummary> revokeDevice(int number);
    /// For whoever closes their live sockets. NotFound.
    [[nodiscard]] base::Result<std::vector<base::Id>> devicesOf(const QString &name);

    /// Step one of a sign-in, before the password is looked at: what to check it against. An unknown name gives a hash
    /// that no password fits, so that it takes as long. TooManyAttempts while the account is locked (argument: ms left).
    [[nodiscard]] base::Result<PasswordHash> beginSignIn(const QString &name);
    /// Step two; a sign-in code of the account is as good as its password and needs no second factor. SignInFailed for a wrong password or unknown name and SecondFactorWrong count towards the lock; SecondFactorNeeded
    /// when the password is right, the account has an active second factor, and the request brings no code; AccountDisabled;
    /// TooManyAttempts as above, where the lock came while the password was looked at.
    /// The caller commits also when isRefusal(): the count and the line in the audit must stay. `address`: for the latter.
    [[nodiscard]] base::Result<protocol::EnrolReply> enrol(const protocol::EnrolRequest &request, bool passwordIsRight, const QString &address = {});

    [[nodiscard]] static bool countsTowardsLock(base::ErrorCode code) { return code == base::ErrorCode::SignInFailed || code == base::ErrorCode::SecondFactorWrong; }
    /// A decision, not a failure: who asked is not let in.
    [[nodiscard]] static bool isRefusal(base::ErrorCode code) { return countsTowardsLock(code) || code == base::ErrorCode::AccountDisabled; }

    /// A new identity for a cloned or restored profile whose device still has access; needs no password and no code.
    /// AccountDisabled, DeviceRevoked.
    [[nodiscard]] base::Result<protocol::EnrolReply> enrolAnew(const protocol::EnrolRequest &request, const Session &session);

    /// New tokens for an enrolled device. The refresh token rotates; the one before may be used once more, for a reply
    /// that was lost. SignInFailed, AccountDisabled, DeviceRevoked. The caller commits also when isRefusal().
    [[nodiscard]] base::Result<protocol::RefreshReply> refresh(const protocol::RefreshRequest &request);

    /// Whether the part was signed by the device that it names. SignInFailed. Only reads.
    [[nodiscard]] static base::Result<void> checkHandIn(AccountStore &accounts, const protocol::HandInRequest &request);

    /// How long an account is locked after this many wrong tries; 0 below kFreeFailures.
    [[nodiscard]] static std::int64_t lockMs(int failures);

private:
    [[nodiscard]] base::Result<protocol::EnrolReply> tryEnrol(const protocol::EnrolRequest &request, const std::optional<AccountRecord> &account, bool passwordIsRight);
    [[nodiscard]] PasswordHash noPassword();
    [[nodiscard]] base::Result<void> noteUser(const char *command, const UserSummary &user);
    [[nodiscard]] base::Result<UserSummary> setDisabled(const QString &name, bool disabled);
    [[nodiscard]] base::Result<void> revokeDevices(const QString &name);
    [[nodiscard]] base::Result<UserSummary> summary(const AccountRecord &account);
    [[nodiscard]] base::Result<base::Id> teamNamed(const QString &name, const base::Id &author);
    [[nodiscard]] base::Result<void> requireUnlocked(const AccountRecord &account) const;
    [[nodiscard]] base::Result<void> noteFailure(const AccountRecord &account);
    [[nodiscard]] base::Result<void> checkRole(const QString &role);
    [[nodiscard]] base::Result<protocol::EnrolReply> enrolDevice(const protocol::EnrolRequest &request, const AccountRecord &account);
    [[nodiscard]] base::Result<DeviceRecord> makeDevice(const protocol::EnrolRequest &request, const base::Id &user);
    [[nodiscard]] QString newRefreshToken();
    [[nodiscard]] model::FieldKey key(const char *entity, const char *field) const;
    [[nodiscard]] model::EntityId entity(const char *name) const;

    SqlServerStorage &m_storage;
    Merger &m_merger;
    AccountStore m_accounts;
    model::CatalogPointer m_catalog;
    const TokenSigner &m_signer;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    base::IdGenerator m_ids;
    SecondFactors m_secondFactors;
    SignInCodes m_signInCodes;
    AuditStore m_auditTable;
    AuditLog m_audit;
};

} // namespace fieldfare::server
