// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fieldfare [--profile DIR]: the desktop.
#include "app/desktop/desktop.h"
#include "core/base/platform.h"
#include "core/base/secret.h"
#include "core/base/termination.h"
#include "translations/translators.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>

using namespace fieldfare;

int main(int argc, char **argv)
{
    base::Secret::initializeHeap();
    base::platform::restrictNewFilesToOwner();
    base::platform::surviveFileSizeLimits();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("fieldfare"));
    QApplication::setApplicationDisplayName(QStringLiteral("Fieldfare"));
    QApplication::setApplicationVersion(QStringLiteral(FIELDFARE_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Customers, deals and tickets, with or without a network."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QString standard = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/profile");
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Folder of the profile."), QStringLiteral("DIR"), standard);
    parser.addOption(profile);
    parser.process(application);

    const QString settings = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    QDir().mkpath(settings);
    ui::Preferences preferences(settings + QStringLiteral("/fieldfare.ini"));
    Translators translators;
    ui::Theme theme(&application);

    app::Desktop desktop(QDir(parser.value(profile)).absolutePath(), theme, preferences, translators);
    if (!desktop.start())
        return 0;
    base::whenTerminated(&application, [] { QApplication::quit(); }); // the end of a session: the profile is closed as always
    const int exitCode = QApplication::exec();
    base::stopWaitingForTermination();
    return exitCode;
}
