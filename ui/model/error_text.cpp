// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/error_text.h"

namespace fieldfare::ui {

namespace {

using base::ErrorCode;

struct Row {
    ErrorCode code;
    const char *what;
    const char *next;
};

constexpr Row kRows[] = {
    {ErrorCode::Internal, QT_TRANSLATE_NOOP("ErrorText", "Something went wrong inside the program."), QT_TRANSLATE_NOOP("ErrorText", "What you saved is kept. Details say more.")},
    {ErrorCode::Cancelled, QT_TRANSLATE_NOOP("ErrorText", "Stopped."), QT_TRANSLATE_NOOP("ErrorText", "What was done until then is kept.")},
    {ErrorCode::InvalidArgument, QT_TRANSLATE_NOOP("ErrorText", "That cannot be done with this record."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")},
    {ErrorCode::NotFound, QT_TRANSLATE_NOOP("ErrorText", "The record is not on this computer."), QT_TRANSLATE_NOOP("ErrorText", "It may have been removed, or is no longer shared with you.")},
    {ErrorCode::AlreadyExists, QT_TRANSLATE_NOOP("ErrorText", "That exists already."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")},
    {ErrorCode::Unsupported, QT_TRANSLATE_NOOP("ErrorText", "This version of the program cannot do that."), ""},
    {ErrorCode::Io, QT_TRANSLATE_NOOP("ErrorText", "The disk did not answer."), QT_TRANSLATE_NOOP("ErrorText", "Your last change was not saved; what was saved before is kept.")},
    {ErrorCode::DiskFull, QT_TRANSLATE_NOOP("ErrorText", "The disk is full."), QT_TRANSLATE_NOOP("ErrorText", "Your last change was not saved. Free some space, then save again.")},
    {ErrorCode::PermissionDenied, QT_TRANSLATE_NOOP("ErrorText", "The system does not let the program write to its folder."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed. Check the folder's permissions.")},
    {ErrorCode::ProfileInUse, QT_TRANSLATE_NOOP("ErrorText", "This profile is open in another program."), QT_TRANSLATE_NOOP("ErrorText", "Close that one first.")},
    {ErrorCode::WrongPassphrase, QT_TRANSLATE_NOOP("ErrorText", "That is not the passphrase."), QT_TRANSLATE_NOOP("ErrorText", "Your data is not touched.")},
    {ErrorCode::WeakPassphrase, QT_TRANSLATE_NOOP("ErrorText", "That passphrase is too easy to guess."), QT_TRANSLATE_NOOP("ErrorText", "Four words that do not belong together are better.")},
    {ErrorCode::KeyFileDamaged, QT_TRANSLATE_NOOP("ErrorText", "The key file is damaged."), QT_TRANSLATE_NOOP("ErrorText", "Put it back from a backup; the data itself is not touched.")},
    {ErrorCode::KeyFileMissing, QT_TRANSLATE_NOOP("ErrorText", "The key file is missing."), QT_TRANSLATE_NOOP("ErrorText", "Put it back from a backup; the data itself is not touched.")},
    {ErrorCode::FileDamaged, QT_TRANSLATE_NOOP("ErrorText", "Part of the file is damaged."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was written over. Repair it from the server or restore a backup.")},
    {ErrorCode::WriteAheadLogDamaged, QT_TRANSLATE_NOOP("ErrorText", "The log of the latest changes is damaged."), QT_TRANSLATE_NOOP("ErrorText", "The rest of the file is whole. What can be read can be saved apart.")},
    {ErrorCode::SchemaTooNew, QT_TRANSLATE_NOOP("ErrorText", "This file was made by a newer version of the program."), QT_TRANSLATE_NOOP("ErrorText", "It was left as it is. Update the program to open it.")},
    {ErrorCode::SqliteWithoutVfs, QT_TRANSLATE_NOOP("ErrorText", "This installation cannot encrypt files."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was written. Install Qt with the system's SQLite.")},
    {ErrorCode::ValidationFailed, QT_TRANSLATE_NOOP("ErrorText", "Some values do not fit their fields."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was saved; what you typed is still in the form.")},
    {ErrorCode::UnknownEntity, QT_TRANSLATE_NOOP("ErrorText", "This version does not know that kind of record."), ""},
    {ErrorCode::UnknownField, QT_TRANSLATE_NOOP("ErrorText", "This version does not know that field."), ""},
    {ErrorCode::UnknownChoice, QT_TRANSLATE_NOOP("ErrorText", "That is not one of the choices."), ""},
    {ErrorCode::BadValue, QT_TRANSLATE_NOOP("ErrorText", "That value cannot be read."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")},
    {ErrorCode::BadExpression, QT_TRANSLATE_NOOP("ErrorText", "That filter cannot be read."), QT_TRANSLATE_NOOP("ErrorText", "The list shows what it showed before.")},
    {ErrorCode::NothingToUndo, QT_TRANSLATE_NOOP("ErrorText", "There is nothing to undo."), ""},
    {ErrorCode::UndoPartly, QT_TRANSLATE_NOOP("ErrorText", "Only part of it could be undone."), QT_TRANSLATE_NOOP("ErrorText", "What somebody changed since then was left as it is.")},
    {ErrorCode::RecordChanged, QT_TRANSLATE_NOOP("ErrorText", "Somebody changed the record meanwhile."), QT_TRANSLATE_NOOP("ErrorText", "What you typed is still in the form.")},
    {ErrorCode::CsvMalformed, QT_TRANSLATE_NOOP("ErrorText", "The file cannot be read as a table."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was imported.")},
    {ErrorCode::EncodingUnknown, QT_TRANSLATE_NOOP("ErrorText", "The file's encoding is not known."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was imported. Choose the encoding by hand.")},
    {ErrorCode::MappingIncomplete, QT_TRANSLATE_NOOP("ErrorText", "A required field has no column."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was imported. Choose a column for it.")},
    {ErrorCode::NetworkUnreachable, QT_TRANSLATE_NOOP("ErrorText", "The server cannot be reached."), QT_TRANSLATE_NOOP("ErrorText", "You can work as usual; changes are kept here and sent later.")},
    {ErrorCode::TimedOut, QT_TRANSLATE_NOOP("ErrorText", "The server did not answer in time."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here and sent later.")},
    {ErrorCode::CertificateUntrusted, QT_TRANSLATE_NOOP("ErrorText", "The server's certificate is not the one of your company."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was sent. Ask your administrator.")},
    {ErrorCode::CertificateChanged, QT_TRANSLATE_NOOP("ErrorText", "The server shows another certificate than before."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was sent. Ask your administrator.")},
    {ErrorCode::TlsInspected, QT_TRANSLATE_NOOP("ErrorText", "Something on the way reads along: a proxy opened the connection."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was sent. Ask for an exception for this server.")},
    {ErrorCode::NotAFieldfareServer, QT_TRANSLATE_NOOP("ErrorText", "There is no Fieldfare server at this address."), QT_TRANSLATE_NOOP("ErrorText", "Check the address.")},
    {ErrorCode::SignInFailed, QT_TRANSLATE_NOOP("ErrorText", "Name, password or code is not right."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here. Sign in again to send them.")},
    {ErrorCode::AccountDisabled, QT_TRANSLATE_NOOP("ErrorText", "This account is disabled."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here. Ask your administrator.")},
    {ErrorCode::TooManyAttempts, QT_TRANSLATE_NOOP("ErrorText", "Too many tries."), QT_TRANSLATE_NOOP("ErrorText", "Wait a minute, then try again. Your data is not touched.")},
    {ErrorCode::NotPermitted, QT_TRANSLATE_NOOP("ErrorText", "Your role does not allow that."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")},
    {ErrorCode::ServerBusy, QT_TRANSLATE_NOOP("ErrorText", "The server is busy."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here; it is tried again by itself.")},
    {ErrorCode::ServerFailed, QT_TRANSLATE_NOOP("ErrorText", "The server could not do that."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here; it is tried again by itself.")},
    {ErrorCode::ProtocolViolation, QT_TRANSLATE_NOOP("ErrorText", "The server's answer cannot be read."), QT_TRANSLATE_NOOP("ErrorText", "Nothing of it was taken.")},
    {ErrorCode::TooLarge, QT_TRANSLATE_NOOP("ErrorText", "That is too large."), QT_TRANSLATE_NOOP("ErrorText", "Nothing was changed.")},
    {ErrorCode::ClientTooOld, QT_TRANSLATE_NOOP("ErrorText", "The server needs a newer version of this program."), QT_TRANSLATE_NOOP("ErrorText", "Changes are kept here and sent after the update.")},
    {ErrorCode::EpochChanged, QT_TRANSLATE_NOOP("ErrorText", "The server was restored from a backup."), QT_TRANSLATE_NOOP("ErrorText", "What it lacks is offered to it from here.")},
    {ErrorCode::ProfileCloned, QT_TRANSLATE_NOOP("ErrorText", "This profile is a copy of another one."), QT_TRANSLATE_NOOP("ErrorText", "Nothing is lost: it gets an identity of its own.")},
    {ErrorCode::DeviceRevoked, QT_TRANSLATE_NOOP("ErrorText", "This computer was signed out by an administrator."), QT_TRANSLATE_NOOP("ErrorText", "Nothing more is sent or received.")},
};

} // namespace

ErrorSentence ErrorText::sentence(const base::Error &error)
{
    for (const Row &row : kRows) {
        if (row.code == error.code)
            return {tr(row.what), *row.next == '\0' ? QString() : tr(row.next)};
    }
    return {tr("Something went wrong: %1.").arg(base::errorCodeName(error.code)), {}};
}

} // namespace fieldfare::ui
