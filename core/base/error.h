// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace fieldfare::base {

/// What went wrong, as a code that programs can act on. The sentence a person reads is made in ui (or by the CLI) from
/// the code; `Error::detail` is for logs and the Details button and never holds a secret or a record's text.
/// Codes are permanent: the protocol and scripts carry their names (see errorCodeName).
enum class ErrorCode {
    Internal,
    Cancelled,
    InvalidArgument,
    NotFound,
    AlreadyExists,
    Unsupported,
    // files
    Io,
    DiskFull,
    PermissionDenied,
    ProfileInUse,
    WrongPassphrase,
    WeakPassphrase,
    KeyFileDamaged,
    KeyFileMissing,
    FileDamaged,
    WriteAheadLogDamaged,
    SchemaTooNew,
    SqliteWithoutVfs,
    // records
    ValidationFailed,
    UnknownEntity,
    UnknownField,
    UnknownChoice,
    BadValue,
    BadExpression,
    NothingToUndo,
    UndoPartly,
    RecordChanged,
    AlreadyResolved,
    // import and export
    CsvMalformed,
    EncodingUnknown,
    MappingIncomplete,
    // network and sync
    NetworkUnreachable,
    TimedOut,
    CertificateUntrusted,
    CertificateChanged,
    TlsInspected,
    NotAFieldfareServer,
    SignInFailed,
    SecondFactorNeeded,
    SecondFactorWrong,
    AccountDisabled,
    TooManyAttempts,
    NotPermitted,
    ServerBusy,
    ServerFailed,
    ProtocolViolation,
    TooLarge,
    ClientTooOld,
    EpochChanged,
    ProfileCloned,
    DeviceRevoked,
    AuditBroken,
};

/// The stable name of a code, such as "WrongPassphrase".
[[nodiscard]] QString errorCodeName(ErrorCode code);
/// The code of that name; `otherwise` for a name of a newer program.
[[nodiscard]] ErrorCode errorCodeNamed(const QString &name, ErrorCode otherwise);

/// All codes, for tables and the test that walks them.
[[nodiscard]] const QList<ErrorCode> &allErrorCodes();

struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString detail;                 ///< For logs and Details; no secrets. English, or the program's language where it is about what somebody gave.
    QStringList arguments = {};     ///< Values for the person's sentence: a file name, a page number, a field.

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace fieldfare::base

Q_DECLARE_METATYPE(fieldfare::base::Error)
