// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/accounts.h"

#include "sync/server/accounts/role_rights.h"
#include "core/base/hash.h"
#include "core/model/choice_seeds.h"
#include "sync/protocol/hand_in_signing.h"
#include "sync/protocol/refresh_signing.h"
#include "sync/server/accounts/device_signature.h"
#include "sync/server/merge/quarantine.h"
#include "sync/server/storage/recovery_store.h"
#include "sync/server/storage/server_schema.h"

#include <algorithm>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::FieldValue;
using model::Value;

namespace {

constexpr qsizetype kMaxNameLength = 100;
constexpr qsizetype kMaxDeviceNameLength = 200;

base::Error signInFailed()
{
    // One sentence for a wrong name and a wrong password: who guesses learns nothing.
    return {ErrorCode::SignInFailed, QStringLiteral("wrong name or password")};
}

QByteArray tokenHash(const QString &token)
{
    return base::sha256(token.toUtf8());
}

} // namespace

Accounts::Accounts(SqlServerStorage &storage, Merger &merger, model::CatalogPointer catalog, const TokenSigner &signer,
                   const base::Clock &clock, base::RandomSource &random)
    : m_storage(storage), m_merger(merger), m_accounts(storage.connection()), m_catalog(std::move(catalog)),
      m_signer(signer), m_clock(clock), m_random(random), m_ids(clock, random),
      m_secondFactors(storage.connection(), clock, random), m_signInCodes(storage.connection(), clock, random),
      m_auditTable(storage.connection()), m_audit(m_auditTable, clock, random)
{
}

/// At the server's console: nobody knows by whom.
Result<void> Accounts::noteUser(const char *command, const UserSummary &user)
{
    return m_audit.note({QLatin1StringView(audit::kUser), {}, {}, 1,
                         {{QStringLiteral("command"), QLatin1StringView(command)}, {QStringLiteral("user"), user.user.toString()},
                          {QStringLiteral("role"), user.role}, {QStringLiteral("team"), user.team}, {QStringLiteral("disabled"), user.disabled}}});
}

model::EntityId Accounts::entity(const char *name) const
{
    const model::Entity *found = m_catalog->entity(QString::fromLatin1(name));
    Q_ASSERT(found != nullptr);
    return found->id();
}

model::FieldKey Accounts::key(const char *entityName, const char *field) const
{
    const model::Field *found = m_catalog->entity(QString::fromLatin1(entityName))->field(QString::fromLatin1(field));
    Q_ASSERT(found != nullptr);
    return found->key;
}

Result<void> Accounts::checkRole(const QString &role)
{
    FIELDFARE_ASSIGN(QStringList roles, choiceKeys(m_storage, *m_catalog, QLatin1StringView("user_role")));
    if (roles.contains(role))
        return {};
    roles.sort();
    return {ErrorCode::UnknownChoice, QStringLiteral("one of %1").arg(roles.join(QStringLiteral(", "))), {QStringLiteral("role"), role}};
}

Result<Id> Accounts::teamNamed(const QString &name, const Id &author)
{
    const QString folded = AccountStore::foldedName(name);
    const model::FieldKey nameKey = key("team", "name");
    FIELDFARE_ASSIGN(const auto teams, m_storage.rowsAfter(entity("team"), Id(), 100'000));
    for (const changes::ReplicatedRow &team : teams) {
        if (!team.isTrashed() && AccountStore::foldedName(team.value(nameKey).textOrEmpty()) == folded)
            return team.id;
    }
    const Id id = Id::fromName(QStringLiteral("team"), folded);
    FIELDFARE_TRY(m_merger.writeAsServer(entity("team"), id, {{nameKey, Value(name.simplified())}}, author));
    return id;
}

/// That no password fits; looking at it takes as long as at any other.
PasswordHash Accounts::noPassword()
{
    const PasswordCost cost;
    return {m_random.bytes(16), m_random.bytes(32), cost.n, cost.r, cost.p};
}

Result<UserSummary> Accounts::add(const NewUser &user)
{
    const QString name = user.name.normalized(QString::NormalizationForm_C).simplified();
    if (name.isEmpty() || name.size() > kMaxNameLength)
        return {ErrorCode::InvalidArgument, QStringLiteral("a user name needs 1 to %1 characters").arg(kMaxNameLength)};
    FIELDFARE_ASSIGN(const auto present, m_accounts.find(name));
    if (present)
        return {ErrorCode::AlreadyExists, QStringLiteral("there is a user %1").arg(name), {name}};
    FIELDFARE_TRY(checkRole(user.role));
    AccountRecord account;
    account.user = m_ids.next();
    account.name = name;
    account.password = user.password.value_or(noPassword());
    account.createdAt = m_clock.wallMs();
    FIELDFARE_TRY(m_accounts.put(account));
    std::vector<FieldValue> values = {{key("user", "name"), Value(name)},
                                      {key("user", "full_name"), Value(name)},
                                      {key("user", "role"), Value(user.role)},
                                      {key("user", "active"), Value(std::int64_t(1))}};
    if (!user.team.simplified().isEmpty()) {
        FIELDFARE_ASSIGN(const Id team, teamNamed(user.team, account.user));
        values.push_back({key("user", "team"), Value(model::Reference{entity("team"), team})});
    }
    FIELDFARE_TRY(m_merger.writeAsServer(entity("user"), account.user, values, account.user));
    FIELDFARE_ASSIGN(UserSummary made, summary(account));
    FIELDFARE_TRY(noteUser("add", made));
    return made;
}

Result<UserSummary> Accounts::change(const QString &name, const std::optional<QString> &role, const std::optional<QString> &team)
{
    FIELDFARE_ASSIGN(const auto account, m_accounts.find(name));
    if (!account)
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    std::vector<FieldValue> values;
    if (role) {
        FIELDFARE_TRY(checkRole(*role));
        values.push_back({key("user", "role"), Value(*role)});
    }
    if (team && team->simplified().isEmpty()) {
        values.push_back({key("user", "team"), Value()});
    } else if (team) {
        FIELDFARE_ASSIGN(const Id id, teamNamed(*team, account->user));
        values.push_back({key("user", "team"), Value(model::Reference{entity("team"), id})});
    }
    FIELDFARE_TRY(m_merger.writeAsServer(entity("user"), account->user, values, account->user));
    FIELDFARE_ASSIGN(UserSummary changed, summary(*account));
    FIELDFARE_TRY(noteUser("change", changed));
    return changed;
}

Result<UserSummary> Accounts::summary(const AccountRecord &account)
{
    UserSummary summary;
    summary.user = account.user;
    summary.name = account.name;
    summary.disabled = account.disabled;
    FIELDFARE_ASSIGN(const SecondFactorStanding factor, m_secondFactors.standing(account.user));
    summary.hasSecondFactor = factor.active;
    FIELDFARE_ASSIGN(const auto devices, m_accounts.devices(account.user));
    summary.devices = int(devices.size());
    for (const Id &device : devices) {
        FIELDFARE_ASSIGN(const bool mayHandIn, account.disabled ? Quarantine(m_storage, m_clock).mayHandIn(device) : Result<bool>(false));
        summary.mayHandIn += mayHandIn ? 1 : 0;
    }
    FIELDFARE_ASSIGN(const auto row, m_storage.row(entity("user"), account.user));
    if (!row)
        return summary;
    summary.role = row->value(key("user", "role")).textOrEmpty();
    const Id teamId = row->value(key("user", "team")).referenceId();
    if (!teamId.isNull()) {
        FIELDFARE_ASSIGN(const auto team, m_storage.row(entity("team"), teamId));
        if (team)
            summary.team = team->value(key("team", "name")).textOrEmpty();
    }
    return summary;
}

Result<std::vector<UserSummary>> Accounts::list()
{
    FIELDFARE_ASSIGN(const auto accounts, m_accounts.all());
    std::vector<UserSummary> users;
    for (const AccountRecord &account : accounts) {
        FIELDFARE_ASSIGN(UserSummary user, summary(account));
        users.push_back(std::move(user));
    }
    return users;
}

Result<UserSummary> Accounts::setPassword(const QString &name, const PasswordHash &password)
{
    FIELDFARE_ASSIGN(auto account, m_accounts.find(name));
    if (!account)
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    account->password = password;
    account->failures = 0;
    account->lockedUntil = 0;
    FIELDFARE_TRY(m_accounts.put(*account));
    FIELDFARE_TRY(m_signInCodes.remove(account->user));
    FIELDFARE_ASSIGN(UserSummary changed, summary(*account));
    FIELDFARE_TRY(noteUser("password", changed));
    return changed;
}

Result<QString> Accounts::makeSignInCode(const QString &name, int days)
{
    FIELDFARE_ASSIGN(const UserSummary user, userNamed(name));
    FIELDFARE_ASSIGN(QString code, m_signInCodes.begin(user.user, days));
    FIELDFARE_TRY(noteUser("code", user));
    return code;
}

Result<UserSummary> Accounts::userNamed(const QString &name)
{
    FIELDFARE_ASSIGN(const auto account, m_accounts.find(name));
    if (!account)
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    return summary(*account);
}

Result<UserSummary> Accounts::disable(const QString &name, bool isStolen)
{
    if (isStolen)
        FIELDFARE_TRY(revokeDevices(name));
    return setDisabled(name, true);
}

Result<UserSummary> Accounts::enable(const QString &name)
{
    return setDisabled(name, false);
}

Result<UserSummary> Accounts::setDisabled(const QString &name, bool disabled)
{
    FIELDFARE_ASSIGN(auto account, m_accounts.find(name));
    if (!account)
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    if (disabled && !account->disabled) {
        FIELDFARE_ASSIGN(const auto devices, m_accounts.devices(account->user));
        for (const Id &device : devices)
            FIELDFARE_TRY(Quarantine(m_storage, m_clock).reopen(device));
        FIELDFARE_TRY(RecoveryStore(m_storage.connection()).voidApprovals(account->user, m_clock.wallMs()));
    }
    FIELDFARE_TRY(m_accounts.setDisabled(account->user, disabled));
    FIELDFARE_TRY(m_merger.writeAsServer(entity("user"), account->user,
                                         {{key("user", "active"), Value(std::int64_t(disabled ? 0 : 1))}}, account->user));
    account->disabled = disabled;
    FIELDFARE_ASSIGN(UserSummary changed, summary(*account));
    FIELDFARE_TRY(noteUser(disabled ? "disable" : "enable", changed));
    return changed;
}

Result<void> Accounts::revokeDevices(const QString &name)
{
    FIELDFARE_ASSIGN(const auto devices, devicesOf(name));
    for (const Id &id : devices) {
        FIELDFARE_ASSIGN(auto device, m_storage.device(id));
        if (!device)
            continue;
        device->revoked = true;
        FIELDFARE_TRY(m_storage.putDevice(*device));
        FIELDFARE_TRY(m_audit.note({QLatin1StringView(audit::kDeviceRevoked), {}, id, 1}));
    }
    return {};
}

Result<std::vector<Id>> Accounts::devicesOf(const QString &name)
{
    FIELDFARE_ASSIGN(const auto account, m_accounts.find(name));
    if (!account)
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    return m_accounts.devices(account->user);
}

Result<std::vector<DeviceSummary>> Accounts::devices(const QString &userName)
{
    std::optional<Id> only;
    if (!userName.isEmpty()) {
        FIELDFARE_ASSIGN(const UserSummary user, userNamed(userName));
        only = user.user;
    }
    FIELDFARE_ASSIGN(const auto accounts, m_accounts.all());
    QHash<Id, QString> names;
    for (const AccountRecord &account : accounts)
        names.insert(account.user, account.name);
    FIELDFARE_ASSIGN(const auto entries, m_accounts.enrolledDevices());
    std::vector<DeviceSummary> devices;
    for (const DeviceEntry &entry : entries) {
        if (!only || entry.user == *only)
            devices.push_back({entry.number, entry.device, entry.name, names.value(entry.user), entry.userDisabled, entry.revoked, entry.refreshedAt});
    }
    return devices;
}

Result<DeviceSummary> Accounts::revokeDevice(int number)
{
    FIELDFARE_ASSIGN(auto all, devices(QString()));
    const auto found = std::find_if(all.begin(), all.end(), [number](const DeviceSummary &device) { return device.number == number; });
    if (found == all.end())
        return {ErrorCode::NotFound, QStringLiteral("no device %1").arg(number), {QString::number(number)}};
    FIELDFARE_ASSIGN(auto record, m_storage.device(found->device));
    record->revoked = true;
    FIELDFARE_TRY(m_storage.putDevice(*record));
    FIELDFARE_TRY(m_audit.note({QLatin1StringView(audit::kDeviceRevoked), {}, found->device, 1}));
    found->revoked = true;
    return *found;
}

std::int64_t Accounts::lockMs(int failures)
{
    return growingDelayMs(failures, kFreeFailures);
}

Result<PasswordHash> Accounts::beginSignIn(const QString &name)
{
    FIELDFARE_ASSIGN(const auto account, m_accounts.find(name));
    if (!account)
        return noPassword();
    FIELDFARE_TRY(requireUnlocked(*account));
    return account->password;
}

Result<void> Accounts::requireUnlocked(const AccountRecord &account) const
{
    const std::int64_t left = account.lockedUntil - m_clock.wallMs();
    // A clock set back must not lock anybody out for longer than a lock lasts.
    if (left > 0 && left <= kLongestLockMs)
        return {ErrorCode::TooManyAttempts, QStringLiteral("the account is locked"), {QString::number(left)}};
    return {};
}

Result<void> Accounts::noteFailure(const AccountRecord &account)
{
    const int failures = account.failures + 1;
    const std::int64_t lock = lockMs(failures);
    return m_accounts.setFailures(account.user, failures, lock > 0 ? m_clock.wallMs() + lock : 0);
}

Result<DeviceRecord> Accounts::makeDevice(const protocol::EnrolRequest &request, const Id &user)
{
    DeviceRecord device;
    device.device = m_ids.next();
    device.incarnation = 1;
    device.user = user;
    device.name = request.deviceName.simplified().left(kMaxDeviceNameLength);
    device.rolling = changes::firstRollingHash();
    if (!request.formerDevice.isNull()) {
        // A cloned or restored profile. Its twin may live on under the old name, so this one gets a new one.
        FIELDFARE_ASSIGN(const auto former, m_storage.device(request.formerDevice));
        if (former && former->user == user)
            device.incarnation = former->incarnation + 1;
    }
    FIELDFARE_TRY(m_storage.putDevice(device));
    return device;
}

QString Accounts::newRefreshToken()
{
    return QString::fromLatin1(m_random.bytes(32).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Result<protocol::EnrolReply> Accounts::enrol(const protocol::EnrolRequest &request, bool passwordIsRight, const QString &address)
{
    FIELDFARE_ASSIGN(const auto account, m_accounts.find(request.user));
    const auto reply = tryEnrol(request, account, passwordIsRight);
    if (!reply.ok() && !isRefusal(reply.error().code))
        return reply;
    // Not the name of an unknown account: people type their password there.
    AuditEvent event{QLatin1StringView(reply.ok() ? audit::kSignedIn : audit::kSignInRefused), account ? account->user : Id(), reply.ok() ? reply->device : Id(), 1};
    event.detail.insert(QStringLiteral("address"), address);
    if (!reply.ok())
        event.detail.insert(QStringLiteral("code"), base::errorCodeName(reply.error().code));
    FIELDFARE_TRY(m_audit.note(event));
    return reply;
}

Result<protocol::EnrolReply> Accounts::tryEnrol(const protocol::EnrolRequest &request, const std::optional<AccountRecord> &account, bool passwordIsRight)
{
    if (request.publicKey.size() != kPublicKeyBytes)
        return {ErrorCode::ProtocolViolation, QStringLiteral("a device key of %1 bytes").arg(request.publicKey.size())};
    if (!account)
        return signInFailed();
    FIELDFARE_TRY(requireUnlocked(*account)); // others may have guessed while this one's password was looked at
    FIELDFARE_ASSIGN(const bool isCode, passwordIsRight ? Result<bool>(false) : m_signInCodes.isRight(account->user, request.password));
    if (!passwordIsRight && !isCode) {
        FIELDFARE_TRY(noteFailure(*account));
        return signInFailed();
    }
    if (account->disabled)
        return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled"), {account->name}};
    if (isCode) {
        FIELDFARE_TRY(m_signInCodes.remove(account->user));
        FIELDFARE_TRY(m_accounts.setFailures(account->user, 0, 0));
        return enrolDevice(request, *account);
    }
    FIELDFARE_ASSIGN(const SecondFactorStanding factor, m_secondFactors.standing(account->user));
    if (factor.active && request.code.trimmed().isEmpty()) // the count stays: a password alone ends no row of wrong codes
        return {ErrorCode::SecondFactorNeeded, QStringLiteral("the account asks for the code of its second factor")};
    if (factor.active) {
        FIELDFARE_ASSIGN(const bool isRight, m_secondFactors.accept(account->user, request.code));
        if (!isRight) {
            FIELDFARE_TRY(noteFailure(*account));
            return {ErrorCode::SecondFactorWrong, QStringLiteral("the code is wrong or was used before")};
        }
    }
    FIELDFARE_TRY(m_accounts.setFailures(account->user, 0, 0));
    return enrolDevice(request, *account);
}

Result<protocol::EnrolReply> Accounts::enrolAnew(const protocol::EnrolRequest &request, const Session &session)
{
    if (request.publicKey.size() != kPublicKeyBytes)
        return {ErrorCode::ProtocolViolation, QStringLiteral("a device key of %1 bytes").arg(request.publicKey.size())};
    FIELDFARE_ASSIGN(const auto former, m_storage.device(session.device));
    FIELDFARE_ASSIGN(const auto account, m_accounts.findByUser(session.user));
    if (!former || former->revoked || !account)
        return {ErrorCode::DeviceRevoked, QStringLiteral("the device was revoked")};
    if (account->disabled)
        return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled"), {account->name}};
    protocol::EnrolRequest own = request;
    own.formerDevice = session.device;
    if (own.deviceName.isEmpty())
        own.deviceName = former->name;
    FIELDFARE_ASSIGN(const auto reply, enrolDevice(own, *account));
    FIELDFARE_TRY(m_audit.note({QLatin1StringView(audit::kSignedIn), account->user, reply.device, 1, {{QStringLiteral("former"), session.device.toString()}}}));
    return reply;
}

Result<protocol::EnrolReply> Accounts::enrolDevice(const protocol::EnrolRequest &request, const AccountRecord &account)
{
    FIELDFARE_ASSIGN(const DeviceRecord device, makeDevice(request, account.user));
    protocol::EnrolReply reply;
    reply.refreshToken = newRefreshToken();
    FIELDFARE_TRY(m_accounts.putDeviceKey({device.device, account.user, request.publicKey, tokenHash(reply.refreshToken), {},
                                           false, m_clock.wallMs()}));
    const TokenSigner::Issued access = m_signer.issue(device.device, account.user);
    reply.device = device.device;
    reply.incarnation = device.incarnation;
    reply.user = account.user;
    reply.userName = account.name;
    reply.epoch = m_storage.epoch();
    ServerMeta meta(m_storage.connection());
    FIELDFARE_ASSIGN(reply.company, meta.text(ServerMeta::kCompanyName));
    FIELDFARE_ASSIGN(reply.currency, meta.text(ServerMeta::kCurrency));
    reply.accessToken = access.token;
    reply.accessExpiresAt = access.expiresAt;
    FIELDFARE_ASSIGN(reply.deviceNumber, m_storage.deviceNumber(device.device));
    return reply;
}

Result<void> Accounts::checkHandIn(AccountStore &accounts, const protocol::HandInRequest &request)
{
    FIELDFARE_ASSIGN(const auto deviceKey, accounts.deviceKey(request.push.device));
    if (!deviceKey || !isSignedByDevice(deviceKey->publicKey, protocol::handInSigningBytes(request), request.signature))
        return {ErrorCode::SignInFailed, QStringLiteral("the hand-in is not signed by the device")};
    return {};
}

Result<protocol::RefreshReply> Accounts::refresh(const protocol::RefreshRequest &request)
{
    FIELDFARE_ASSIGN(auto deviceKey, m_accounts.deviceKey(request.device));
    if (!deviceKey || !isSignedByDevice(deviceKey->publicKey, protocol::refreshSigningBytes(request), request.signature))
        return {ErrorCode::SignInFailed, QStringLiteral("the refresh is not signed by the device")};
    FIELDFARE_ASSIGN(const auto device, m_storage.device(request.device));
    if (!device || device->revoked)
        return {ErrorCode::DeviceRevoked, QStringLiteral("the device was revoked")};
    if (device->userDisabled)
        return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")};
    const QByteArray hash = tokenHash(request.refreshToken);
    if (base::equalInConstantTime(hash, deviceKey->refreshHash)) {
        deviceKey->formerRefreshHash = deviceKey->refreshHash;
        deviceKey->graceUsed = false;
    } else if (!deviceKey->graceUsed && base::equalInConstantTime(hash, deviceKey->formerRefreshHash)) {
        deviceKey->graceUsed = true; // the reply with the present token was lost
    } else {
        FIELDFARE_TRY(m_audit.note({QLatin1StringView(audit::kTokenReused), deviceKey->user, request.device, 1}));
        return {ErrorCode::SignInFailed, QStringLiteral("the refresh token was used before")};
    }
    protocol::RefreshReply reply;
    reply.refreshToken = newRefreshToken();
    deviceKey->refreshHash = tokenHash(reply.refreshToken);
    deviceKey->rotatedAt = m_clock.wallMs();
    FIELDFARE_TRY(m_accounts.putDeviceKey(*deviceKey));
    const TokenSigner::Issued access = m_signer.issue(request.device, deviceKey->user);
    reply.accessToken = access.token;
    reply.accessExpiresAt = access.expiresAt;
    return reply;
}

} // namespace fieldfare::server
