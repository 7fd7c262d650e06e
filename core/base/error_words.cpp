// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error_words.h"

#include <QCoreApplication>

namespace fieldfare::base {

namespace {

struct Row {
    ErrorCode code;
    const char *happened;
    const char *kept;
    const char *advice;
    const char *plain = nullptr; ///< What happened, when the error says nothing of where; needed where `happened` has a place.
    const char *plainAdvice = nullptr; ///< With `plain`, where the advice speaks of what was given.
    bool isAllSaid = false;            ///< With its arguments the sentence says what the detail does.
};

/// Other words of a code on an occasion; null: as in its row.
struct Variant {
    Occasion occasion;
    ErrorCode code;
    const char *happened;
    const char *kept;
    const char *advice;
    const char *plain = nullptr; ///< As a row's; needed where `happened` has a place.
};

constexpr const char *kNothingChanged = QT_TRANSLATE_NOOP("Errors", "Nothing was changed.");
constexpr const char *kEditsKept = QT_TRANSLATE_NOOP("Errors", "Your edits are kept on this computer and wait for the next sync.");
constexpr const char *kDownloadKept = QT_TRANSLATE_NOOP("Errors", "The device is enrolled; what was downloaded is kept.");
constexpr const char *kFileUntouched = QT_TRANSLATE_NOOP("Errors", "The data file was not touched.");

// %1, %2 are the error's arguments.
constexpr Row kRows[] = {
    {ErrorCode::Internal, QT_TRANSLATE_NOOP("Errors", "Something went wrong inside the program."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Try again; if it happens again, report it with the details.")},
    {ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Errors", "The work was cancelled."), QT_TRANSLATE_NOOP("Errors", "What was done before stays done."), QT_TRANSLATE_NOOP("Errors", "Start it again to go on.")},
    {ErrorCode::InvalidArgument, QT_TRANSLATE_NOOP("Errors", "The request cannot be carried out as it is."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Correct it and try again.")},
    {ErrorCode::NotFound, QT_TRANSLATE_NOOP("Errors", "\"%1\" was not found."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Check the name, number or path."), QT_TRANSLATE_NOOP("Errors", "That was not found."), QT_TRANSLATE_NOOP("Errors", "Look whether it is still there.")},
    {ErrorCode::AlreadyExists, QT_TRANSLATE_NOOP("Errors", "\"%1\" exists already."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Choose another one, or use the one that is there."), QT_TRANSLATE_NOOP("Errors", "That exists already.")},
    {ErrorCode::Unsupported, QT_TRANSLATE_NOOP("Errors", "This program cannot do that."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Choose another way.")},
    {ErrorCode::Io, QT_TRANSLATE_NOOP("Errors", "A file could not be read or written: %1."), QT_TRANSLATE_NOOP("Errors", "What was saved before is safe."), QT_TRANSLATE_NOOP("Errors", "Check the disk or drive and try again."), QT_TRANSLATE_NOOP("Errors", "A file could not be read or written.")},
    {ErrorCode::DiskFull, QT_TRANSLATE_NOOP("Errors", "The disk is full."), QT_TRANSLATE_NOOP("Errors", "What was saved before is safe; the last change was not saved."), QT_TRANSLATE_NOOP("Errors", "Free some space and try again.")},
    {ErrorCode::PermissionDenied, QT_TRANSLATE_NOOP("Errors", "The system does not allow access to %1."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Check who owns the file or folder."), QT_TRANSLATE_NOOP("Errors", "The system does not allow access to a file or folder.")},
    {ErrorCode::ProfileInUse, QT_TRANSLATE_NOOP("Errors", "The profile is in use by another program (process %1, %2)."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Close that program, or wait until it is done."), QT_TRANSLATE_NOOP("Errors", "The profile is in use by another program.")},
    {ErrorCode::WrongPassphrase, QT_TRANSLATE_NOOP("Errors", "The passphrase is wrong."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Type it again; mind the keyboard layout and capital letters.")},
    {ErrorCode::WeakPassphrase, QT_TRANSLATE_NOOP("Errors", "The passphrase is too easy to guess."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Take a longer one, for example four or five unrelated words.")},
    {ErrorCode::KeyFileDamaged, QT_TRANSLATE_NOOP("Errors", "The key file and its previous copy are damaged."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Put the key file from a backup beside the data file.")},
    {ErrorCode::KeyFileMissing, QT_TRANSLATE_NOOP("Errors", "The key file is missing."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Put the key file from a backup beside the data file; without it nobody can read the data.")},
    {ErrorCode::FileDamaged, QT_TRANSLATE_NOOP("Errors", "The data file is damaged at page %1."), QT_TRANSLATE_NOOP("Errors", "Nothing was changed by this; what stands elsewhere in the file can be used."), QT_TRANSLATE_NOOP("Errors", "Check and repair it (in the settings, or with fieldfare-cli check), restore a backup, or read what is left into a new profile with fieldfare-cli salvage."), QT_TRANSLATE_NOOP("Errors", "A part of the data file is damaged.")},
    {ErrorCode::WriteAheadLogDamaged, QT_TRANSLATE_NOOP("Errors", "The log beside the data file is damaged at frame %1."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Restore a backup, or read what is left into a new profile with fieldfare-cli salvage."), QT_TRANSLATE_NOOP("Errors", "The log beside the data file is damaged.")},
    {ErrorCode::SchemaTooNew, QT_TRANSLATE_NOOP("Errors", "The data file was written by a newer version of the program."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Install the newer version on this computer.")},
    {ErrorCode::SqliteWithoutVfs, QT_TRANSLATE_NOOP("Errors", "Qt's database driver uses another copy of SQLite than this program, so that files cannot be encrypted."), kFileUntouched, QT_TRANSLATE_NOOP("Errors", "Install the Qt packages that the system offers.")},
    {ErrorCode::ValidationFailed, QT_TRANSLATE_NOOP("Errors", "A value breaks a rule."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Correct the values and save again.")},
    {ErrorCode::UnknownEntity, QT_TRANSLATE_NOOP("Errors", "There is no kind of record called \"%1\"."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Use one such as customer, contact, interaction, deal or ticket."), QT_TRANSLATE_NOOP("Errors", "There is no such kind of record."), nullptr, true},
    {ErrorCode::UnknownField, QT_TRANSLATE_NOOP("Errors", "%1 has no field called \"%2\"."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Check the spelling of the field's name."), QT_TRANSLATE_NOOP("Errors", "There is no such field."), nullptr, true},
    {ErrorCode::UnknownChoice, QT_TRANSLATE_NOOP("Errors", "%1 has no choice \"%2\"."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Take one of the choices, or add it in the settings."), QT_TRANSLATE_NOOP("Errors", "That is not one of the choices.")},
    {ErrorCode::BadValue, QT_TRANSLATE_NOOP("Errors", "%1 cannot take the value \"%2\"."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Write dates as 2026-11-21 and amounts as 1054.00 USD."), QT_TRANSLATE_NOOP("Errors", "That value cannot be read."), nullptr, true},
    {ErrorCode::BadExpression, QT_TRANSLATE_NOOP("Errors", "The condition cannot be read."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Write it as field, operator, value, joined by and, or, not.")},
    {ErrorCode::NothingToUndo, QT_TRANSLATE_NOOP("Errors", "There is nothing to undo."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Only what was done on this computer can be undone here.")},
    {ErrorCode::UndoPartly, QT_TRANSLATE_NOOP("Errors", "Only a part could be undone."), QT_TRANSLATE_NOOP("Errors", "What somebody changed since was left as it is."), QT_TRANSLATE_NOOP("Errors", "Look at the history of the records that are listed.")},
    {ErrorCode::RecordChanged, QT_TRANSLATE_NOOP("Errors", "The record was changed meanwhile."), QT_TRANSLATE_NOOP("Errors", "Your values were not saved; the newer ones stand."), QT_TRANSLATE_NOOP("Errors", "Look at the record and save again.")},
    {ErrorCode::AlreadyResolved, QT_TRANSLATE_NOOP("Errors", "That was resolved already, by %1 (%2)."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "If it is to be otherwise, edit the field."), QT_TRANSLATE_NOOP("Errors", "That was resolved already.")},
    {ErrorCode::CsvMalformed, QT_TRANSLATE_NOOP("Errors", "The table cannot be read: %1."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Save it again as CSV with a heading line."), QT_TRANSLATE_NOOP("Errors", "The file cannot be read as a table.")},
    {ErrorCode::EncodingUnknown, QT_TRANSLATE_NOOP("Errors", "The file is no text."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Save it as CSV (UTF-8) and import that.")},
    {ErrorCode::MappingIncomplete, QT_TRANSLATE_NOOP("Errors", "The columns of the file do not say enough."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Name the field of a column, the one of the key included.")},
    {ErrorCode::NetworkUnreachable, QT_TRANSLATE_NOOP("Errors", "The server cannot be reached."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Go on working; try again when the network is there.")},
    {ErrorCode::TimedOut, QT_TRANSLATE_NOOP("Errors", "The server did not answer in time."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Try again later.")},
    {ErrorCode::CertificateUntrusted, QT_TRANSLATE_NOOP("Errors", "The server's certificate is not the one expected, so nothing was sent."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Ask the administrator for the fingerprint, and compare.")},
    {ErrorCode::CertificateChanged, QT_TRANSLATE_NOOP("Errors", "The server shows another certificate than before, so nothing was sent."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Ask the administrator whether the server was renewed; do not go on if not.")},
    {ErrorCode::TlsInspected, QT_TRANSLATE_NOOP("Errors", "The connection is opened on the way by %1, so nothing was sent."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Use another network, or ask the administrator to except this server."), QT_TRANSLATE_NOOP("Errors", "The connection is opened on the way by a proxy, so nothing was sent.")},
    {ErrorCode::NotAFieldfareServer, QT_TRANSLATE_NOOP("Errors", "Another program answers at this address."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Check the address and port.")},
    {ErrorCode::SignInFailed, QT_TRANSLATE_NOOP("Errors", "The server does not accept name and password, or this device's sign-in."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Type them again, or ask the administrator.")},
    {ErrorCode::SecondFactorNeeded, QT_TRANSLATE_NOOP("Errors", "The account asks for a code besides the password."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Type the six digits that the authenticator app shows now, or a recovery code.")},
    {ErrorCode::SecondFactorWrong, QT_TRANSLATE_NOOP("Errors", "The code is not right, or was used already."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Wait for the app's next code and type that, or use a recovery code that is left.")},
    {ErrorCode::AccountDisabled, QT_TRANSLATE_NOOP("Errors", "The account is disabled."), QT_TRANSLATE_NOOP("Errors", "Your edits are kept on this computer."), QT_TRANSLATE_NOOP("Errors", "Ask the administrator; the tray of what was not accepted says what was handed in.")},
    {ErrorCode::TooManyAttempts, QT_TRANSLATE_NOOP("Errors", "There were too many wrong attempts."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Wait some minutes and try again.")},
    {ErrorCode::NotPermitted, QT_TRANSLATE_NOOP("Errors", "You do not have the right to do that."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Ask the administrator for the right.")},
    {ErrorCode::ServerBusy, QT_TRANSLATE_NOOP("Errors", "The server is busy."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Try again in a minute.")},
    {ErrorCode::ServerFailed, QT_TRANSLATE_NOOP("Errors", "The server could not carry out the request."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Try again later; if it stays so, tell the administrator.")},
    {ErrorCode::ProtocolViolation, QT_TRANSLATE_NOOP("Errors", "The server's answer makes no sense to this program."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Check that server and program have matching versions.")},
    {ErrorCode::TooLarge, QT_TRANSLATE_NOOP("Errors", "Something is larger than allowed."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Make it smaller, or cut it into parts.")},
    {ErrorCode::ClientTooOld, QT_TRANSLATE_NOOP("Errors", "This program is too old for the server."), QT_TRANSLATE_NOOP("Errors", "Your edits are kept; the data can be read but not synced."), QT_TRANSLATE_NOOP("Errors", "Install the new version.")},
    {ErrorCode::EpochChanged, QT_TRANSLATE_NOOP("Errors", "The server was restored from a backup."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Sync again.")},
    {ErrorCode::ProfileCloned, QT_TRANSLATE_NOOP("Errors", "This profile is a copy of another one, or was restored."), kEditsKept, QT_TRANSLATE_NOOP("Errors", "Sign in again to make it a device of its own.")},
    {ErrorCode::DeviceRevoked, QT_TRANSLATE_NOOP("Errors", "The administrator has revoked this device."), QT_TRANSLATE_NOOP("Errors", "It cannot sync any more."), QT_TRANSLATE_NOOP("Errors", "Ask the administrator.")},
    {ErrorCode::AuditBroken, QT_TRANSLATE_NOOP("Errors", "The server's audit log is not as it was written."), QT_TRANSLATE_NOOP("Errors", "Only the log is concerned, no record."), QT_TRANSLATE_NOOP("Errors", "Tell the administrator: fieldfare-server audit verify names the entry.")},
};

constexpr const char *kCheckServer = QT_TRANSLATE_NOOP("Errors", "Check the server's address and the network, and try again.");
constexpr const char *kSyncGoesOn = QT_TRANSLATE_NOOP("Errors", "A sync goes on with the download.");
constexpr const char *kRestoreFolder = QT_TRANSLATE_NOOP("Errors", "Restore a backup of the data folder.");

constexpr const char *kBackupsStay = QT_TRANSLATE_NOOP("Errors", "Your records and the backups made before are safe.");
constexpr const char *kBackupsBusy = QT_TRANSLATE_NOOP("Errors", "The profile or its backups are in use by something else.");
constexpr const char *kTryInAMinute = QT_TRANSLATE_NOOP("Errors", "Try again in a minute.");

constexpr Variant kVariants[] = {
    {Occasion::BackingUp, ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Errors", "The backup was stopped."), kBackupsStay, QT_TRANSLATE_NOOP("Errors", "Begin it again when it suits.")},
    {Occasion::BackingUp, ErrorCode::DiskFull, QT_TRANSLATE_NOOP("Errors", "There is not enough room for the backup."), kBackupsStay, QT_TRANSLATE_NOOP("Errors", "Free some space there, or choose another folder.")},
    {Occasion::BackingUp, ErrorCode::Io, nullptr, kBackupsStay, QT_TRANSLATE_NOOP("Errors", "Check the disk of the backups and try again, or choose another folder.")},
    {Occasion::BackingUp, ErrorCode::PermissionDenied, nullptr, kBackupsStay, QT_TRANSLATE_NOOP("Errors", "Connect the disk of the backups, or choose a folder that you may write to.")},
    {Occasion::BackingUp, ErrorCode::ProfileInUse, kBackupsBusy, kBackupsStay, kTryInAMinute},
    {Occasion::BackingUp, ErrorCode::FileDamaged, nullptr, QT_TRANSLATE_NOOP("Errors", "No backup was made of it; those made before are safe."), nullptr},
    {Occasion::Updating, ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Errors", "The update of your records was stopped."), QT_TRANSLATE_NOOP("Errors", "All of them are there, and what was finished stays."), QT_TRANSLATE_NOOP("Errors", "It goes on when the profile is opened the next time.")},
    {Occasion::Updating, ErrorCode::DiskFull, QT_TRANSLATE_NOOP("Errors", "To bring your records up to this version, %2 MB have to be free on the disk of %1."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Free some space and try again."), QT_TRANSLATE_NOOP("Errors", "There is not enough room on the disk to bring your records up to this version.")},
    {Occasion::UsingBackup, ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Errors", "The work was stopped."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Begin it again when it suits.")},
    {Occasion::UsingBackup, ErrorCode::DiskFull, QT_TRANSLATE_NOOP("Errors", "There is no room to put the backup together."), kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Free as much space as the backed up profile takes and try again.")},
    {Occasion::UsingBackup, ErrorCode::Io, nullptr, kNothingChanged, nullptr},
    {Occasion::UsingBackup, ErrorCode::ProfileInUse, kBackupsBusy, kNothingChanged, kTryInAMinute},
    {Occasion::UsingBackup, ErrorCode::WrongPassphrase, nullptr, kNothingChanged, QT_TRANSLATE_NOOP("Errors", "Type the passphrase that the profile had when the backup was made.")},
    {Occasion::UsingBackup, ErrorCode::Unsupported, QT_TRANSLATE_NOOP("Errors", "The backup is of a former data key, so that no single records can be taken from it."), QT_TRANSLATE_NOOP("Errors", "It is kept, and nothing was changed."), QT_TRANSLATE_NOOP("Errors", "Restore it whole into a new folder, with the passphrase of its time.")},
    {Occasion::UsingBackup, ErrorCode::FileDamaged, QT_TRANSLATE_NOOP("Errors", "The backup is damaged at page %1."), QT_TRANSLATE_NOOP("Errors", "Your records are as they were."), QT_TRANSLATE_NOOP("Errors", "Take another backup, and make a new one."), QT_TRANSLATE_NOOP("Errors", "The backup is damaged.")},
    {Occasion::Enrolling, ErrorCode::NetworkUnreachable, nullptr, nullptr, kCheckServer},
    {Occasion::Enrolling, ErrorCode::TimedOut, nullptr, nullptr, kCheckServer},
    {Occasion::Enrolling, ErrorCode::SignInFailed, QT_TRANSLATE_NOOP("Errors", "The server does not accept name and password."), nullptr, nullptr},
    {Occasion::Enrolling, ErrorCode::TooManyAttempts, QT_TRANSLATE_NOOP("Errors", "There were too many wrong attempts; the next one is possible in %1 seconds."), nullptr, QT_TRANSLATE_NOOP("Errors", "Wait that long and try again."), QT_TRANSLATE_NOOP("Errors", "There were too many wrong attempts.")},
    {Occasion::Enrolling, ErrorCode::CertificateChanged, QT_TRANSLATE_NOOP("Errors", "The server's certificate is not the one of the fingerprint, so nothing was sent."), nullptr, QT_TRANSLATE_NOOP("Errors", "Compare the fingerprint with the one that the administrator gave you; do not go on if it differs.")},
    {Occasion::Enrolling, ErrorCode::ClientTooOld, nullptr, kNothingChanged, nullptr},
    {Occasion::Enrolling, ErrorCode::AccountDisabled, nullptr, kNothingChanged, nullptr},
    {Occasion::Downloading, ErrorCode::AccountDisabled, nullptr, kDownloadKept, nullptr},
    {Occasion::Administering, ErrorCode::AccountDisabled, nullptr, kNothingChanged, nullptr},
    {Occasion::Downloading, ErrorCode::ClientTooOld, nullptr, kDownloadKept, nullptr},
    {Occasion::Administering, ErrorCode::ClientTooOld, nullptr, kNothingChanged, nullptr},
    {Occasion::Downloading, ErrorCode::NetworkUnreachable, nullptr, nullptr, kSyncGoesOn},
    {Occasion::Downloading, ErrorCode::TimedOut, nullptr, nullptr, kSyncGoesOn},
    {Occasion::Downloading, ErrorCode::ServerBusy, nullptr, nullptr, kSyncGoesOn},
    {Occasion::Downloading, ErrorCode::Cancelled, nullptr, kDownloadKept, kSyncGoesOn},
    {Occasion::Administering, ErrorCode::SecondFactorWrong, QT_TRANSLATE_NOOP("Errors", "The code is not the one that the authenticator app shows now."), nullptr, QT_TRANSLATE_NOOP("Errors", "Compare the clocks of the server and the phone, and give the app's next code.")},
    {Occasion::Administering, ErrorCode::ProfileInUse, QT_TRANSLATE_NOOP("Errors", "Another program uses this data folder."), kNothingChanged, nullptr},
    {Occasion::Administering, ErrorCode::FileDamaged, nullptr, nullptr, kRestoreFolder},
    {Occasion::Administering, ErrorCode::WriteAheadLogDamaged, nullptr, nullptr, kRestoreFolder},
    {Occasion::Administering, ErrorCode::UnknownChoice, nullptr, nullptr, QT_TRANSLATE_NOOP("Errors", "Take one of the choices.")},
};

/// NotFound, where it is a database.
constexpr Row kNoDataFile{ErrorCode::NotFound, QT_TRANSLATE_NOOP("Errors", "The data file %1 is missing."), QT_TRANSLATE_NOOP("Errors", "Nothing was made in its place, and the key file is untouched."), QT_TRANSLATE_NOOP("Errors", "Put the file back where it was, or restore a backup into a new folder.")};

const Row &rowOf(ErrorCode code)
{
    for (const Row &row : kRows) {
        if (row.code == code)
            return row;
    }
    return kRows[0];
}

QString filled(const char *source, const QStringList &arguments)
{
    QString text = QCoreApplication::translate("Errors", source);
    for (int i = 1; i <= 2; ++i) {
        const QString place = QStringLiteral("%") + QString::number(i);
        const QString argument = arguments.value(i - 1);
        if (argument.isEmpty()) // the second one only: nothing to say there, no quotation marks around it either
            text.replace(QStringLiteral(" \"") + place + QLatin1Char('"'), QString()).replace(QLatin1Char(' ') + place, QString());
        text.replace(place, argument);
    }
    return text.trimmed();
}

void append(QString &text, const QString &sentence)
{
    constexpr char16_t kIdeographicStop = 0x3002;
    constexpr char16_t kWideBracket = 0xFF09;
    if (!text.isEmpty() && !sentence.isEmpty() && !text.endsWith(QChar(kIdeographicStop)) && !text.endsWith(QChar(kWideBracket)))
        text += QLatin1Char(' ');
    text += sentence;
}

} // namespace

QString ErrorWords::joined() const
{
    QString text = happened;
    append(text, kept);
    append(text, advice);
    return text;
}

namespace {

/// What is kept besides, where the table speaks of edits that wait.
const char *keptOn(Occasion occasion)
{
    switch (occasion) {
    case Occasion::Working:
        return kEditsKept;
    case Occasion::Downloading:
        return kDownloadKept;
    case Occasion::Enrolling:
    case Occasion::Administering:
    case Occasion::BackingUp:
    case Occasion::Updating:
    case Occasion::UsingBackup:
        break;
    }
    return kNothingChanged;
}

/// A statement and a number of SQLite's: for a report, not for a person. What nobody foresaw is for a report anyway.
bool isForReportsOnly(const Error &error)
{
    return error.code != ErrorCode::Internal && error.detail.contains(QLatin1StringView("(SQLite "));
}

/// What happened, with what only the error knows.
QString happenedText(const Error &error, const ErrorWords &words)
{
    if (error.code == ErrorCode::ValidationFailed && !error.arguments.isEmpty())
        return QCoreApplication::translate("Errors", "%1 %2.", "What happened, and the rules that were broken").arg(words.happened, error.arguments.join(QStringLiteral("; ")));
    const Row &row = rowOf(error.code);
    const qsizetype places = QLatin1StringView(row.happened).contains(QLatin1String("%2")) ? 2 : 1;
    const bool isAllSaid = row.isAllSaid && error.arguments.size() >= places && !error.arguments.contains(QString());
    return error.detail.isEmpty() || isAllSaid ? words.happened : QCoreApplication::translate("Errors", "%1 (%2)", "What happened, and the detail").arg(words.happened, error.detail);
}

} // namespace

ErrorWords errorWords(const Error &error, Occasion occasion)
{
    const bool isDataFile = error.code == ErrorCode::NotFound && error.arguments.value(0).endsWith(QLatin1StringView(".db"));
    Row row = isDataFile ? kNoDataFile : rowOf(error.code);
    for (const Variant &variant : kVariants) {
        if (variant.occasion != occasion || variant.code != error.code)
            continue;
        if (variant.happened != nullptr) {
            row.happened = variant.happened;
            row.plain = variant.plain != nullptr ? variant.plain : variant.happened;
        }
        row.kept = variant.kept != nullptr ? variant.kept : row.kept;
        row.advice = variant.advice != nullptr ? variant.advice : row.advice;
    }
    if (row.kept == kEditsKept)
        row.kept = keptOn(occasion);
    const bool isPlain = row.plain != nullptr && error.arguments.value(0).isEmpty();
    return {filled(isPlain ? row.plain : row.happened, error.arguments), filled(row.kept, {}),
            filled(isPlain && row.plainAdvice != nullptr ? row.plainAdvice : row.advice, {})};
}

QString errorText(const Error &error, Occasion occasion)
{
    const ErrorWords words = errorWords(error, occasion);
    QString text = isForReportsOnly(error) ? words.happened : happenedText(error, words);
    append(text, words.kept);
    append(text, words.advice);
    return text;
}

QJsonObject errorJson(const Error &error, Occasion occasion)
{
    const ErrorWords words = errorWords(error, occasion);
    return {{QStringLiteral("code"), errorCodeName(error.code)},
            {QStringLiteral("message"), happenedText(error, words)},
            {QStringLiteral("kept"), words.kept},
            {QStringLiteral("advice"), words.advice},
            {QStringLiteral("subject"), error.arguments.join(QLatin1Char(' '))}};
}

} // namespace fieldfare::base
