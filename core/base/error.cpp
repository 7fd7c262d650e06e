// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace fieldfare::base {

namespace {

struct Row {
    ErrorCode code;
    const char *name;
};

constexpr Row kRows[] = {
    {ErrorCode::Internal, "Internal"},
    {ErrorCode::Cancelled, "Cancelled"},
    {ErrorCode::InvalidArgument, "InvalidArgument"},
    {ErrorCode::NotFound, "NotFound"},
    {ErrorCode::AlreadyExists, "AlreadyExists"},
    {ErrorCode::Unsupported, "Unsupported"},
    {ErrorCode::Io, "Io"},
    {ErrorCode::DiskFull, "DiskFull"},
    {ErrorCode::PermissionDenied, "PermissionDenied"},
    {ErrorCode::ProfileInUse, "ProfileInUse"},
    {ErrorCode::WrongPassphrase, "WrongPassphrase"},
    {ErrorCode::WeakPassphrase, "WeakPassphrase"},
    {ErrorCode::KeyFileDamaged, "KeyFileDamaged"},
    {ErrorCode::KeyFileMissing, "KeyFileMissing"},
    {ErrorCode::FileDamaged, "FileDamaged"},
    {ErrorCode::WriteAheadLogDamaged, "WriteAheadLogDamaged"},
    {ErrorCode::SchemaTooNew, "SchemaTooNew"},
    {ErrorCode::SqliteWithoutVfs, "SqliteWithoutVfs"},
    {ErrorCode::ValidationFailed, "ValidationFailed"},
    {ErrorCode::UnknownEntity, "UnknownEntity"},
    {ErrorCode::UnknownField, "UnknownField"},
    {ErrorCode::UnknownChoice, "UnknownChoice"},
    {ErrorCode::BadValue, "BadValue"},
    {ErrorCode::BadExpression, "BadExpression"},
    {ErrorCode::NothingToUndo, "NothingToUndo"},
    {ErrorCode::UndoPartly, "UndoPartly"},
    {ErrorCode::RecordChanged, "RecordChanged"},
    {ErrorCode::AlreadyResolved, "AlreadyResolved"},
    {ErrorCode::CsvMalformed, "CsvMalformed"},
    {ErrorCode::EncodingUnknown, "EncodingUnknown"},
    {ErrorCode::MappingIncomplete, "MappingIncomplete"},
    {ErrorCode::NetworkUnreachable, "NetworkUnreachable"},
    {ErrorCode::TimedOut, "TimedOut"},
    {ErrorCode::CertificateUntrusted, "CertificateUntrusted"},
    {ErrorCode::CertificateChanged, "CertificateChanged"},
    {ErrorCode::TlsInspected, "TlsInspected"},
    {ErrorCode::NotAFieldfareServer, "NotAFieldfareServer"},
    {ErrorCode::SignInFailed, "SignInFailed"},
    {ErrorCode::SecondFactorNeeded, "SecondFactorNeeded"},
    {ErrorCode::SecondFactorWrong, "SecondFactorWrong"},
    {ErrorCode::AccountDisabled, "AccountDisabled"},
    {ErrorCode::TooManyAttempts, "TooManyAttempts"},
    {ErrorCode::NotPermitted, "NotPermitted"},
    {ErrorCode::ServerBusy, "ServerBusy"},
    {ErrorCode::ServerFailed, "ServerFailed"},
    {ErrorCode::ProtocolViolation, "ProtocolViolation"},
    {ErrorCode::TooLarge, "TooLarge"},
    {ErrorCode::ClientTooOld, "ClientTooOld"},
    {ErrorCode::EpochChanged, "EpochChanged"},
    {ErrorCode::ProfileCloned, "ProfileCloned"},
    {ErrorCode::DeviceRevoked, "DeviceRevoked"},
    {ErrorCode::AuditBroken, "AuditBroken"},
};

} // namespace

ErrorCode errorCodeNamed(const QString &name, ErrorCode otherwise)
{
    for (const Row &row : kRows) {
        if (QLatin1StringView(row.name) == name)
            return row.code;
    }
    return otherwise;
}

QString errorCodeName(ErrorCode code)
{
    for (const Row &row : kRows) {
        if (row.code == code)
            return QString::fromLatin1(row.name);
    }
    return QStringLiteral("Internal");
}

const QList<ErrorCode> &allErrorCodes()
{
    static const QList<ErrorCode> codes = [] {
        QList<ErrorCode> list;
        for (const Row &row : kRows)
            list.append(row.code);
        return list;
    }();
    return codes;
}

} // namespace fieldfare::base
