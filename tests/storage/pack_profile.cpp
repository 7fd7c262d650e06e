// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Packs a profile for tests/data/profiles: pack_profile PROFILE FOLDER. The profile is read as it is, without a migration.
#include "core/storage/passphrase.h"
#include "core/store/profile.h"
#include "tests/storage/packed_profile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace fieldfare;

namespace {

base::Result<void> writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
        return {base::ErrorCode::Io, file.errorString(), {path}};
    return {};
}

base::Result<void> packProfile(const QString &folder, const QString &to)
{
    const store::ProfilePaths paths{folder};
    const base::Secret passphrase = storage::passphraseBytes(QString::fromLatin1(store_test::kOldPassphrase));
    FIELDFARE_ASSIGN(const store::Profile profile, store::Profile::open(folder, passphrase));
    storage::OpenOptions options;
    options.path = paths.database();
    options.key = profile.key();
    FIELDFARE_ASSIGN(const auto connection, storage::Connection::open(options));
    FIELDFARE_ASSIGN(const QJsonObject content, store_test::contentOf(*connection));
    FIELDFARE_ASSIGN(const QByteArray pages, store_test::packPages(*connection));
    QDir().mkpath(to);
    FIELDFARE_TRY(writeFile(to + QStringLiteral("/pages.zst"), pages));
    FIELDFARE_TRY(writeFile(to + QStringLiteral("/fieldfare.key"), store_test::readFile(paths.keyFile())));
    FIELDFARE_ASSIGN(const QByteArray packed, store_test::pack(QJsonDocument(content).toJson()));
    return writeFile(to + QStringLiteral("/content.json.zst"), packed);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fputs("usage: pack_profile PROFILE FOLDER\n", stderr);
        return 2;
    }
    const auto packed = packProfile(arguments.at(1), arguments.at(2));
    if (!packed.ok())
        std::fprintf(stderr, "%s: %s\n", qPrintable(base::errorCodeName(packed.error().code)), qPrintable(packed.error().detail));
    return packed.ok() ? 0 : 1;
}
