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

#include <algorithm>
#include <iterator>
#include <string_view>

using namespace fieldfare;

namespace {

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("fieldfare"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FIELDFARE_VERSION));
}

/// The folder of --profile. Ends the program for --help, --version and what makes no sense.
QString profileOf(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Customers, deals and tickets, with or without a network."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QString standard = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/profile");
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Folder of the profile."), QStringLiteral("DIR"), standard);
    parser.addOption(profile);
    parser.process(application);
    return QDir(parser.value(profile)).absolutePath();
}

/// Whether the answer is a text. Without a display QApplication ends the program before any option is looked at.
bool needsNoWindow(int argc, char **argv)
{
    constexpr std::string_view kAnswered[] = {"--help", "-h", "--help-all", "--version", "-v"};
    return std::any_of(argv + 1, argv + argc, [&](const char *word) { return std::find(std::begin(kAnswered), std::end(kAnswered), word) != std::end(kAnswered); });
}

} // namespace

int main(int argc, char **argv)
{
    base::Secret::initializeHeap();
    base::platform::restrictNewFilesToOwner();
    base::platform::surviveFileSizeLimits();
    if (argc > 1 && needsNoWindow(argc, argv)) {
        const QCoreApplication application(argc, argv);
        nameProgram();
        profileOf(application);
        return 0;
    }
    QApplication application(argc, argv);
    nameProgram();
    QApplication::setApplicationDisplayName(QStringLiteral("Fieldfare"));
    const QString profile = profileOf(application);

    const QString settings = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    QDir().mkpath(settings);
    ui::Preferences preferences(settings + QStringLiteral("/fieldfare.ini"));
    Translators translators;
    ui::Theme theme(&application);

    app::Desktop desktop(profile, theme, preferences, translators);
    if (!desktop.start())
        return 0;
    base::whenTerminated(&application, [&desktop] { desktop.end(); });
    const int exitCode = QApplication::exec();
    base::stopWaitingForTermination();
    return exitCode;
}
