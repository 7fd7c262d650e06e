// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/recovery_commands.h"

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using server::CompanyKey;
using server::RecoveryApproval;

namespace {

QString text(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytes(const QJsonObject &object, const char *name)
{
    return QByteArray::fromBase64(object.value(QString::fromLatin1(name)).toString().toLatin1());
}

bool isKnown(const QString &what)
{
    for (const char *known : {"who", "make", "look", "approve", "open", "refuse", "fail", "status", "audit"}) {
        if (what == QLatin1StringView(known))
            return true;
    }
    return false;
}

/// What a key has to be to be of use later: who approves must find his halves.
bool isSound(const CompanyKey &key)
{
    const size_t count = key.administrators.size();
    if (!storage::curve::isPoint(key.publicKey) || count < CompanyKey::kFewestAdministrators || count > CompanyKey::kMostAdministrators
        || key.halves.size() != count * (count - 1))
        return false;
    for (size_t i = 0; i < count; ++i) {
        const server::RecoveryAdministrator &one = key.administrators[i];
        if (one.number != int(i) + 1 || one.user.isNull() || !storage::curve::isPoint(one.publicKey) || one.sealedKey.size() != 96)
            return false;
    }
    return true;
}

} // namespace

QJsonObject toJson(const CompanyKey &key)
{
    QJsonArray administrators;
    for (const server::RecoveryAdministrator &one : key.administrators) {
        administrators.append(QJsonObject{{QStringLiteral("number"), one.number},
                                          {QStringLiteral("user"), one.user.toString()},
                                          {QStringLiteral("name"), one.name},
                                          {QStringLiteral("public"), text(one.publicKey)},
                                          {QStringLiteral("sealed"), text(one.sealedKey)}});
    }
    QJsonArray halves;
    for (const server::RecoveryHalf &half : key.halves)
        halves.append(QJsonArray{half.administrator, half.partner, text(half.sealed)});
    return {{QStringLiteral("public"), text(key.publicKey)},
            {QStringLiteral("made_at"), qint64(key.madeAt)},
            {QStringLiteral("administrators"), administrators},
            {QStringLiteral("halves"), halves}};
}

Result<CompanyKey> companyKeyFromJson(const QJsonObject &object)
{
    CompanyKey key;
    key.publicKey = bytes(object, "public");
    key.madeAt = object.value(QStringLiteral("made_at")).toInteger();
    for (const QJsonValue &value : object.value(QStringLiteral("administrators")).toArray()) {
        const QJsonObject one = value.toObject();
        key.administrators.push_back({one.value(QStringLiteral("number")).toInt(),
                                      base::Id::fromString(one.value(QStringLiteral("user")).toString()).value_or(base::Id()),
                                      one.value(QStringLiteral("name")).toString(), bytes(one, "public"), bytes(one, "sealed")});
    }
    for (const QJsonValue &value : object.value(QStringLiteral("halves")).toArray()) {
        const QJsonArray half = value.toArray();
        key.halves.push_back({half.at(0).toInt(), half.at(1).toInt(), QByteArray::fromBase64(half.at(2).toString().toLatin1())});
    }
    if (!isSound(key))
        return {ErrorCode::ProtocolViolation, QStringLiteral("malformed recovery key")};
    return key;
}

QJsonArray toJson(const std::vector<RecoveryApproval> &approvals)
{
    QJsonArray array;
    for (const RecoveryApproval &one : approvals)
        array.append(QJsonArray{text(one.request), one.administrator, one.partner, text(one.sealed), qint64(one.at)});
    return array;
}

std::vector<RecoveryApproval> approvalsFromJson(const QJsonArray &array)
{
    std::vector<RecoveryApproval> approvals;
    for (const QJsonValue &value : array) {
        const QJsonArray one = value.toArray();
        approvals.push_back({QByteArray::fromBase64(one.at(0).toString().toLatin1()), one.at(1).toInt(), one.at(2).toInt(),
                             QByteArray::fromBase64(one.at(3).toString().toLatin1()), one.at(4).toInteger()});
    }
    return approvals;
}

QJsonObject toJson(const RecoveryCommand &command)
{
    QJsonObject object{{QStringLiteral("recovery"), command.what},
                       {QStringLiteral("names"), QJsonArray::fromStringList(command.names)},
                       {QStringLiteral("replace"), command.replaces},
                       {QStringLiteral("request"), text(command.request)},
                       {QStringLiteral("administrator"), command.administrator},
                       {QStringLiteral("reason"), command.reason},
                       {QStringLiteral("approvals"), toJson(command.approvals)},
                       {QStringLiteral("after"), qint64(command.after)}};
    if (command.what == QLatin1StringView("make"))
        object.insert(QStringLiteral("key"), toJson(command.key));
    return object;
}

Result<RecoveryCommand> recoveryCommandFromJson(const QJsonObject &object)
{
    RecoveryCommand command;
    command.what = object.value(QStringLiteral("recovery")).toString();
    for (const QJsonValue &name : object.value(QStringLiteral("names")).toArray())
        command.names.append(name.toString());
    command.replaces = object.value(QStringLiteral("replace")).toBool();
    command.request = bytes(object, "request");
    command.administrator = object.value(QStringLiteral("administrator")).toString();
    command.reason = object.value(QStringLiteral("reason")).toString();
    command.approvals = approvalsFromJson(object.value(QStringLiteral("approvals")).toArray());
    command.after = object.value(QStringLiteral("after")).toInteger();
    if (!isKnown(command.what) || qsizetype(command.approvals.size()) > RecoveryCommand::kMostApprovals)
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    if (command.what == QLatin1StringView("make")) {
        FIELDFARE_ASSIGN(command.key, companyKeyFromJson(object.value(QStringLiteral("key")).toObject()));
    }
    return command;
}

} // namespace fieldfare::app
