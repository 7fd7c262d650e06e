// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/recovery_commands.h"

#include <QDateTime>

#include <algorithm>
#include <set>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using server::CompanyKey;
using server::RecoveryApproval;
using server::RecoveryCase;
using server::RecoveryNote;
using server::RecoveryState;
using storage::RecoveryRequest;

namespace {

constexpr int kListedRequests = 100;
constexpr int kListedNotes = 100; ///< A line of the socket holds them.
constexpr qsizetype kLongestReason = 200;

QString timeText(std::int64_t ms)
{
    return ms == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

QString stateName(RecoveryState state)
{
    switch (state) {
    case RecoveryState::Waiting:
        return QStringLiteral("waiting");
    case RecoveryState::Opened:
        return QStringLiteral("opened");
    case RecoveryState::Refused:
        return QStringLiteral("refused");
    case RecoveryState::Finished:
        return QStringLiteral("finished");
    }
    return {};
}

/// Answers one command.
class RecoveryDesk {
public:
    RecoveryDesk(server::SqlServerStorage &storage, server::Accounts &accounts, const base::Clock &clock)
        : m_storage(storage), m_accounts(accounts), m_store(storage.connection()), m_now(clock.wallMs())
    {
    }

    Result<QJsonArray> run(const RecoveryCommand &command);

private:
    struct Asking {
        RecoveryRequest request;
        QByteArray hash;
        CompanyKey key;
        RecoveryCase standing;
        std::vector<RecoveryApproval> approvals;
        server::DeviceRecord device;
        int deviceNumber = 0;
        server::UserSummary user;
    };

    Result<server::UserSummary> account(const QString &name);
    Result<server::UserSummary> account(const base::Id &user);
    Result<QJsonArray> who(const QStringList &names);
    Result<QJsonArray> make(const RecoveryCommand &command);
    Result<Asking> asking(const QByteArray &bytes);
    Result<void> dropOldApprovals(Asking &asking);
    Result<void> dropApprovalsOfFormerAdministrators(Asking &asking);
    Result<bool> mayApprove(const base::Id &user);
    static bool mayApprove(const server::UserSummary &user) { return !user.disabled && user.role == QLatin1StringView("system_administrator"); }
    Result<const server::RecoveryAdministrator *> administrator(const Asking &asking, const QString &name);
    Result<void> requireOpen(const Asking &asking) const;
    Result<QJsonArray> look(const Asking &asking, const QString &name);
    Result<QJsonArray> approve(Asking &asking, const RecoveryCommand &command);
    Result<QJsonArray> settle(Asking &asking, const RecoveryCommand &command);
    Result<QJsonArray> status();
    Result<QJsonArray> audit(std::int64_t after);
    Result<void> note(const QString &event, const QString &administrator, const Asking *asking, const QString &detail = {});
    QJsonObject line(const Asking &asking) const;

    server::SqlServerStorage &m_storage;
    server::Accounts &m_accounts;
    server::RecoveryStore m_store;
    std::int64_t m_now;
};

Result<server::UserSummary> RecoveryDesk::account(const QString &name)
{
    FIELDFARE_ASSIGN(const auto users, m_accounts.list());
    const QString folded = server::AccountStore::foldedName(name);
    const auto found = std::find_if(users.begin(), users.end(), [&](const server::UserSummary &one) { return server::AccountStore::foldedName(one.name) == folded; });
    if (found == users.end())
        return {ErrorCode::NotFound, QStringLiteral("no user %1").arg(name), {name}};
    return *found;
}

Result<server::UserSummary> RecoveryDesk::account(const base::Id &user)
{
    FIELDFARE_ASSIGN(const auto users, m_accounts.list());
    const auto found = std::find_if(users.begin(), users.end(), [&](const server::UserSummary &one) { return one.user == user; });
    return found == users.end() ? server::UserSummary() : *found;
}

Result<void> RecoveryDesk::note(const QString &event, const QString &administrator, const Asking *asking, const QString &detail)
{
    RecoveryNote note;
    note.at = m_now;
    note.event = event;
    note.administrator = administrator;
    if (asking != nullptr) {
        note.request = asking->hash;
        note.device = asking->device.device;
    }
    note.detail = detail.left(kLongestReason);
    return m_store.note(std::move(note));
}

Result<QJsonArray> RecoveryDesk::who(const QStringList &names)
{
    QJsonArray lines;
    std::set<base::Id> seen;
    for (const QString &name : names) {
        FIELDFARE_ASSIGN(const server::UserSummary user, account(name));
        if (!mayApprove(user))
            return {ErrorCode::NotPermitted, QStringLiteral("%1 is no system administrator with a working account").arg(user.name), {user.name}};
        if (!seen.insert(user.user).second)
            return {ErrorCode::InvalidArgument, QStringLiteral("an administrator is named twice"), {user.name}};
        lines.append(QJsonObject{{QStringLiteral("user"), user.user.toString()}, {QStringLiteral("name"), user.name}});
    }
    return lines;
}

Result<QJsonArray> RecoveryDesk::make(const RecoveryCommand &command)
{
    FIELDFARE_ASSIGN(const QByteArray standing, m_store.currentPublicKey());
    if (!standing.isEmpty() && !command.replaces) {
        return {ErrorCode::AlreadyExists, QStringLiteral("there is a recovery key; --replace makes another, and each device has to accept it"),
                {storage::companyKeyFingerprint(standing)}};
    }
    QStringList names;
    for (const server::RecoveryAdministrator &one : command.key.administrators)
        names.append(one.name);
    FIELDFARE_TRY(who(names));
    FIELDFARE_TRY(m_store.putKey(command.key));
    const QString fingerprint = storage::companyKeyFingerprint(command.key.publicKey);
    FIELDFARE_TRY(note(QStringLiteral("made"), names.join(QStringLiteral(", ")), nullptr, fingerprint));
    return QJsonArray{QJsonObject{{QStringLiteral("fingerprint"), fingerprint}, {QStringLiteral("administrators"), QJsonArray::fromStringList(names)}}};
}

/// What a request is about, by what the server itself knows of the device. A new one is noted.
Result<RecoveryDesk::Asking> RecoveryDesk::asking(const QByteArray &bytes)
{
    FIELDFARE_ASSIGN(RecoveryRequest request, RecoveryRequest::parse(bytes));
    FIELDFARE_ASSIGN(auto key, m_store.key(request.record.companyKey()));
    if (!key) {
        return {ErrorCode::NotFound, QStringLiteral("the request is sealed to a recovery key that was not made here"),
                {storage::companyKeyFingerprint(request.record.companyKey())}};
    }
    const base::Id id = request.record.device();
    FIELDFARE_ASSIGN(const auto device, m_storage.device(id));
    if (!device)
        return {ErrorCode::NotFound, QStringLiteral("the request is of a device that was not enrolled here"), {id.toString()}};
    const QByteArray hash = request.hash();
    Asking asking{std::move(request), hash, std::move(*key), {hash, id, m_now, RecoveryState::Waiting}, {}, *device, 0, {}};
    FIELDFARE_ASSIGN(asking.deviceNumber, m_storage.deviceNumber(id));
    FIELDFARE_ASSIGN(asking.user, account(device->user));
    FIELDFARE_ASSIGN(const auto standing, m_store.request(hash));
    if (standing) {
        asking.standing = *standing;
    } else {
        FIELDFARE_TRY(m_store.putRequest(asking.standing));
        FIELDFARE_TRY(note(QStringLiteral("asked"), {}, &asking, asking.request.fingerprint()));
    }
    FIELDFARE_ASSIGN(asking.approvals, m_store.approvals(hash));
    FIELDFARE_TRY(dropOldApprovals(asking));
    FIELDFARE_TRY(dropApprovalsOfFormerAdministrators(asking));
    return asking;
}

Result<void> RecoveryDesk::dropOldApprovals(Asking &asking)
{
    const bool isOld = std::any_of(asking.approvals.begin(), asking.approvals.end(), [&](const RecoveryApproval &one) { return one.at + kApprovalLastsMs < m_now; });
    if (!isOld)
        return {};
    asking.approvals.clear();
    FIELDFARE_TRY(m_store.removeApprovals(asking.hash));
    return note(QStringLiteral("expired"), {}, &asking);
}

Result<bool> RecoveryDesk::mayApprove(const base::Id &user)
{
    FIELDFARE_ASSIGN(const server::UserSummary found, account(user));
    return !found.user.isNull() && mayApprove(found);
}

/// An account that was disabled, or is no administrator's any more, ends what was approved by it.
Result<void> RecoveryDesk::dropApprovalsOfFormerAdministrators(Asking &asking)
{
    std::set<int> given;
    for (const RecoveryApproval &one : asking.approvals)
        given.insert(one.administrator);
    for (const int number : given) {
        const server::RecoveryAdministrator *const by = asking.key.administrator(number);
        if (by != nullptr) {
            FIELDFARE_ASSIGN(const bool may, mayApprove(by->user));
            if (may)
                continue;
        }
        FIELDFARE_TRY(m_store.removeApprovals(asking.hash, number));
        std::erase_if(asking.approvals, [number](const RecoveryApproval &one) { return one.administrator == number; });
        FIELDFARE_TRY(note(QStringLiteral("voided"), by == nullptr ? QString() : by->name, &asking));
    }
    return {};
}

Result<const server::RecoveryAdministrator *> RecoveryDesk::administrator(const Asking &asking, const QString &name)
{
    FIELDFARE_ASSIGN(const server::UserSummary user, account(name));
    const server::RecoveryAdministrator *const found = asking.key.administrator(user.user);
    if (found == nullptr || !mayApprove(user))
        return {ErrorCode::NotPermitted, QStringLiteral("%1 is no administrator of this recovery key with a working account").arg(user.name), {user.name}};
    return found;
}

Result<void> RecoveryDesk::requireOpen(const Asking &asking) const
{
    if (asking.standing.state == RecoveryState::Refused)
        return {ErrorCode::RecordChanged, QStringLiteral("the request was refused; the person has to ask anew")};
    if (asking.device.revoked)
        return {ErrorCode::NotPermitted, QStringLiteral("the device was revoked: nothing of it is opened"), {asking.device.name}};
    return {};
}

QJsonObject RecoveryDesk::line(const Asking &asking) const
{
    QJsonArray approved;
    std::set<int> seen;
    for (const RecoveryApproval &one : asking.approvals) {
        const server::RecoveryAdministrator *const by = asking.key.administrator(one.administrator);
        if (seen.insert(one.administrator).second && by != nullptr)
            approved.append(by->name);
    }
    return {{QStringLiteral("fingerprint"), asking.request.fingerprint()},
            {QStringLiteral("device"), asking.device.name},
            {QStringLiteral("device_number"), asking.deviceNumber},
            {QStringLiteral("user"), asking.user.name},
            {QStringLiteral("disabled"), asking.user.disabled},
            {QStringLiteral("revoked"), asking.device.revoked},
            {QStringLiteral("asked_at"), timeText(asking.request.atMs)},
            {QStringLiteral("first_seen"), timeText(asking.standing.firstSeen)},
            {QStringLiteral("state"), stateName(asking.standing.state)},
            {QStringLiteral("approved_by"), approved},
            {QStringLiteral("key"), storage::companyKeyFingerprint(asking.key.publicKey)}};
}

/// With a name also what that administrator's process needs: all of it is sealed, to him or to nobody that this server could be.
Result<QJsonArray> RecoveryDesk::look(const Asking &asking, const QString &name)
{
    QJsonObject answer = line(asking);
    if (!name.isEmpty()) {
        FIELDFARE_TRY(requireOpen(asking));
        FIELDFARE_ASSIGN(const server::RecoveryAdministrator *const own, administrator(asking, name));
        std::vector<RecoveryApproval> forHim;
        for (const RecoveryApproval &one : asking.approvals) {
            if (one.partner == own->number)
                forHim.push_back(one);
        }
        answer.insert(QStringLiteral("number"), own->number);
        answer.insert(QStringLiteral("material"), toJson(asking.key));
        answer.insert(QStringLiteral("approvals"), toJson(forHim));
    }
    return QJsonArray{answer};
}

Result<QJsonArray> RecoveryDesk::approve(Asking &asking, const RecoveryCommand &command)
{
    FIELDFARE_TRY(requireOpen(asking));
    FIELDFARE_ASSIGN(const server::RecoveryAdministrator *const own, administrator(asking, command.administrator));
    const bool isSecond = std::any_of(asking.approvals.begin(), asking.approvals.end(), [&](const RecoveryApproval &one) { return one.administrator == own->number; });
    if (isSecond)
        return {ErrorCode::AlreadyExists, QStringLiteral("%1 has approved it; another administrator has to as well").arg(own->name), {own->name}};
    for (RecoveryApproval approval : command.approvals) {
        const bool isSound = approval.request == asking.hash && approval.administrator == own->number && approval.partner != own->number
            && asking.key.administrator(approval.partner) != nullptr && approval.sealed.size() == storage::curve::kPointSize + storage::hpke::kOverhead;
        if (!isSound)
            return {ErrorCode::ProtocolViolation, QStringLiteral("malformed approval")};
        approval.at = m_now;
        FIELDFARE_TRY(m_store.putApproval(approval));
        asking.approvals.push_back(std::move(approval));
    }
    FIELDFARE_TRY(note(QStringLiteral("approved"), own->name, &asking));
    return QJsonArray{line(asking)};
}

/// What ends a request, or an attempt: opened, refused, failed.
Result<QJsonArray> RecoveryDesk::settle(Asking &asking, const RecoveryCommand &command)
{
    if (command.what == QLatin1StringView("fail")) { // by whoever it was
        FIELDFARE_TRY(note(QStringLiteral("failed"), command.administrator, &asking, command.reason));
        return QJsonArray{line(asking)};
    }
    FIELDFARE_ASSIGN(const server::RecoveryAdministrator *const own, administrator(asking, command.administrator));
    const bool isOpened = command.what == QLatin1StringView("open");
    if (isOpened) {
        FIELDFARE_TRY(requireOpen(asking));
        const bool hasFirst = std::any_of(asking.approvals.begin(), asking.approvals.end(), [&](const RecoveryApproval &one) { return one.partner == own->number; });
        if (!hasFirst)
            return {ErrorCode::RecordChanged, QStringLiteral("there is no first approval any more")};
    } else {
        asking.approvals.clear();
        FIELDFARE_TRY(m_store.removeApprovals(asking.hash));
    }
    asking.standing.state = isOpened ? RecoveryState::Opened : RecoveryState::Refused;
    FIELDFARE_TRY(m_store.putRequest(asking.standing));
    FIELDFARE_TRY(note(isOpened ? QStringLiteral("opened") : QStringLiteral("refused"), own->name, &asking, command.reason));
    return QJsonArray{line(asking)};
}

Result<QJsonArray> RecoveryDesk::status()
{
    FIELDFARE_ASSIGN(const QByteArray publicKey, m_store.currentPublicKey());
    if (publicKey.isEmpty())
        return QJsonArray();
    FIELDFARE_ASSIGN(const auto key, m_store.key(publicKey));
    FIELDFARE_ASSIGN(const auto requests, m_store.requests(kListedRequests));
    FIELDFARE_ASSIGN(const bool isWhole, m_store.isWhole());
    QJsonArray administrators;
    for (const server::RecoveryAdministrator &one : key->administrators)
        administrators.append(one.name);
    QJsonArray listed;
    for (const RecoveryCase &one : requests) {
        FIELDFARE_ASSIGN(const auto device, m_storage.device(one.device));
        listed.append(QJsonObject{{QStringLiteral("request"), QString::fromLatin1(one.request.toHex())},
                                  {QStringLiteral("device"), device ? device->name : QString()},
                                  {QStringLiteral("first_seen"), timeText(one.firstSeen)},
                                  {QStringLiteral("state"), stateName(one.state)}});
    }
    return QJsonArray{QJsonObject{{QStringLiteral("fingerprint"), storage::companyKeyFingerprint(publicKey)},
                                  {QStringLiteral("made_at"), timeText(key->madeAt)},
                                  {QStringLiteral("administrators"), administrators},
                                  {QStringLiteral("requests"), listed},
                                  {QStringLiteral("audit_whole"), isWhole}}};
}

Result<QJsonArray> RecoveryDesk::audit(std::int64_t after)
{
    FIELDFARE_ASSIGN(const auto notes, m_store.notes(after, kListedNotes));
    QJsonArray lines;
    for (const RecoveryNote &one : notes) {
        FIELDFARE_ASSIGN(const auto device, m_storage.device(one.device));
        lines.append(QJsonObject{{QStringLiteral("number"), qint64(one.number)},
                                 {QStringLiteral("at"), timeText(one.at)},
                                 {QStringLiteral("event"), one.event},
                                 {QStringLiteral("administrator"), one.administrator},
                                 {QStringLiteral("device"), device ? device->name : QString()},
                                 {QStringLiteral("request"), QString::fromLatin1(one.request.toHex())},
                                 {QStringLiteral("detail"), one.detail},
                                 {QStringLiteral("chain"), QString::fromLatin1(one.chain.toHex())}});
    }
    return lines;
}

Result<QJsonArray> RecoveryDesk::run(const RecoveryCommand &command)
{
    if (command.what == QLatin1StringView("who"))
        return who(command.names);
    if (command.what == QLatin1StringView("make"))
        return make(command);
    if (command.what == QLatin1StringView("status"))
        return status();
    if (command.what == QLatin1StringView("audit"))
        return audit(command.after);
    FIELDFARE_ASSIGN(Asking about, asking(command.request));
    if (command.what == QLatin1StringView("look"))
        return look(about, command.administrator);
    if (command.what == QLatin1StringView("approve"))
        return approve(about, command);
    return settle(about, command);
}

} // namespace

Result<QJsonObject> runRecoveryCommand(server::SqlServerStorage &storage, server::Accounts &accounts, const base::Clock &clock, const RecoveryCommand &command)
{
    FIELDFARE_ASSIGN(const QJsonArray lines, RecoveryDesk(storage, accounts, clock).run(command));
    return QJsonObject{{QStringLiteral("lines"), lines}};
}

} // namespace fieldfare::app
