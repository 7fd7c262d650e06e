// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Run by CMake (cmake/SystemSqlite.cmake). Registers a VFS in the libsqlite3 that we link and asks Qt's QSQLITE driver to
// open a database through it. A driver that carries its own copy of SQLite does not know the VFS.
// Exit 0 = the same library, 1 = another copy, 2 = no driver.
#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>

#include <sqlite3.h>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    sqlite3_vfs probe = *sqlite3_vfs_find(nullptr);
    probe.zName = "fieldfare_probe";
    probe.pNext = nullptr;
    sqlite3_vfs_register(&probe, 0);

    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return 2;
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"));
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
    database.setDatabaseName(QStringLiteral("file:probe?mode=memory&vfs=fieldfare_probe"));
    if (!database.open()) {
        std::fprintf(stderr, "%s\n", qPrintable(database.lastError().text()));
        return 1;
    }
    database.close();
    return 0;
}
