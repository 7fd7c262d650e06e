// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/key_command.h"

#include "app/cli/open_profile.h"
#include "app/composition/keychain_unlock.h"
#include "core/storage/key_rotation.h"
#include "core/store/backup/bringing_back.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kBetweenNotesMs = 10'000;

void tell(const CommandLine &line, CommandOutput &output, const QJsonObject &answer, const QString &sentence)
{
    output.out(line.json ? QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n' : sentence.toUtf8() + '\n');
}

Result<void> rotate(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    base::Secret passphrase;
    FIELDFARE_ASSIGN(const store::Profile profile, openProfile(line, &passphrase));
    FIELDFARE_TRY(store::discardBringingBackLeftovers(profile.paths().folder)); // under the key that is to go
    FIELDFARE_TRY(profile.requireRotatable());
    storage::OpenOptions file;
    file.path = profile.paths().database();
    file.key = profile.key();
    FIELDFARE_ASSIGN(const auto rotation, storage::KeyRotation::open(file, storage::KeyFile(profile.paths().keyFile())));
    QElapsedTimer taken;
    taken.start();
    qint64 noted = 0;
    storage::KeyRotation::Progress last;
    const auto watch = [&](const storage::KeyRotation::Progress &at) {
        last = at;
        if (taken.elapsed() - noted > kBetweenNotesMs) {
            noted = taken.elapsed();
            writeNote(output, line.json, QStringLiteral("%1 of %2 pages").arg(at.looked).arg(at.pages));
        }
        return isStopped();
    };
    const bool isResumed = rotation->isUnderWay();
    if (!isResumed) {
        const std::unique_ptr<SecretStore> keychain = makeKeychain();
        const QString item = KeychainUnlock(profile.paths().keyFile(), *keychain).item();
        FIELDFARE_TRY(rotation->begin(passphrase, watch));
        static_cast<void>(forgetNow(*keychain, item)); // it opens nothing any more
    }
    const Result<void> done = rotation->run(watch);
    if (!done.ok() && done.error().code == ErrorCode::Cancelled)
        writeNote(output, line.json, QStringLiteral("%1 pages were written under the new key; the profile works as before, and key rotate goes on").arg(last.rewritten));
    FIELDFARE_TRY(done);
    const double seconds = double(taken.elapsed()) / 1000;
    tell(line, output,
         {{QStringLiteral("rotated"), true}, {QStringLiteral("resumed"), isResumed}, {QStringLiteral("pages"), qint64(last.pages)},
          {QStringLiteral("rewritten"), qint64(last.rewritten)}, {QStringLiteral("key"), QString::fromLatin1(rotation->key()->id().toHex())},
          {QStringLiteral("seconds"), seconds}},
         QStringLiteral("%1 of %2 pages were written under the new data key in %3 s. Backups from before open with their own key file; the passphrase is the same.")
             .arg(last.rewritten)
             .arg(last.pages)
             .arg(seconds, 0, 'f', 1));
    return {};
}

Result<void> status(const CommandLine &line, CommandOutput &output)
{
    base::Secret passphrase;
    FIELDFARE_ASSIGN(const store::Profile profile, openProfile(line, &passphrase));
    FIELDFARE_ASSIGN(const int cost, storage::KeyFile(profile.paths().keyFile()).logN());
    const QString id = QString::fromLatin1(profile.key()->id().toHex());
    const bool isUnderWay = profile.key()->hasFormer();
    tell(line, output, {{QStringLiteral("key"), id}, {QStringLiteral("rotating"), isUnderWay}, {QStringLiteral("cost"), cost}},
         isUnderWay ? QStringLiteral("Data key %1 is taking the place of another; key rotate goes on with it.").arg(id)
                    : QStringLiteral("Data key %1.").arg(id));
    return {};
}

} // namespace

int runKey(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    const QString word = line.arguments.words.value(0);
    if (word != QLatin1String("rotate") && word != QLatin1String("status"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("usage: key rotate | key status")}, {.json = line.json, .isWrongUsage = true});
    const Result<void> result = word == QLatin1String("rotate") ? rotate(line, output, isStopped) : status(line, output);
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json});
}

} // namespace fieldfare::app
