// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the design language to PNG files, offscreen, with a fixed font and scale, so that two runs are the same.
#include "tests/shots/gallery/charts_page.h"
#include "tests/shots/gallery/components_page.h"
#include "tests/shots/gallery/zones_page.h"

#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>

#include <memory>

using namespace fieldfare;

namespace {

bool save(QWidget *page, const QString &file)
{
    page->show();
    page->activateWindow();
    // The editor in the table's cell has the focus; everything else that looks focused is drawn so.
    if (auto *table = page->findChild<QTableView *>()) {
        if (auto *editor = table->viewport()->findChild<QLineEdit *>()) {
            editor->setFocus();
            editor->setSelection(7, 3);
        }
    }
    QCoreApplication::processEvents();
    const bool saved = page->grab().save(file);
    if (!saved)
        qWarning("cannot write %s", qUtf8Printable(file));
    return saved;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Fieldfare"));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QFont font = QFontDatabase::hasFamily(QStringLiteral("Noto Sans")) ? QFont(QStringLiteral("Noto Sans")) : app.font();
    font.setPixelSize(13);
    QApplication::setFont(font);

    const QStringList arguments = QCoreApplication::arguments();
    const QString folder = arguments.size() > 1 ? arguments.at(1) : QCoreApplication::applicationDirPath() + QStringLiteral("/../shots");
    if (!QDir().mkpath(folder))
        return 1;
    ui::Theme theme(&app);
    const struct {
        ui::ThemeMode mode;
        QString name;
    } modes[] = {{ui::ThemeMode::Light, QStringLiteral("light")},
                 {ui::ThemeMode::Dark, QStringLiteral("dark")},
                 {ui::ThemeMode::HighContrast, QStringLiteral("hc")}};
    bool good = true;
    for (const auto &mode : modes) {
        theme.setMode(mode.mode);
        const std::unique_ptr<QWidget> components(
            gallery::makeComponentsPage(QStringLiteral("Components, %1").arg(mode.name)));
        good = save(components.get(), QStringLiteral("%1/gallery-%2.png").arg(folder, mode.name)) && good;
        const std::unique_ptr<QWidget> zones(gallery::makeZonesPage());
        good = save(zones.get(), QStringLiteral("%1/gallery-zones-%2.png").arg(folder, mode.name)) && good;
        const std::unique_ptr<QWidget> charts(gallery::makeChartsPage());
        good = save(charts.get(), QStringLiteral("%1/gallery-charts-%2.png").arg(folder, mode.name)) && good;
    }
    return good ? 0 : 1;
}
