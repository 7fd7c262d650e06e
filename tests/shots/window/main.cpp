// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the main window with the sample company to PNG files: customers, tickets, palette, states; light, dark, Chinese.
#include "tests/testlib/open_profile.h"

#include "core/store/sync_status.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/command_table.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/form_row.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/theme/theme.h"
#include "translations/translators.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>

using namespace fieldfare;

namespace {

class ShownStatus final : public store::SyncStatus {
public:
    store::LinkState link;
    [[nodiscard]] store::LinkState state() const override { return link; }
    void syncNow() override {}
    void setPaused(bool) override {}
};

struct Shot {
    testlib::OpenProfile &profile;
    ui::MainWindow &window;
    QString folder;
    QString suffix;

    void save(const char *name) const
    {
        profile.settle();
        const QString file = folder + QLatin1Char('/') + QLatin1StringView(name) + suffix + QStringLiteral(".png");
        if (!window.grab().save(file))
            qWarning("cannot write %s", qUtf8Printable(file));
    }
};

int render(const QString &folder, bool dark, bool chinese, QApplication &application)
{
    const QLocale locale = chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    Translators translators;
    translators.install(locale);
    ui::Theme theme(&application);
    theme.setMode(dark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);
    theme.apply();
    testlib::OpenProfile profile(locale);
    testlib::SampleOptions options;
    options.chinese = chinese;
    if (!profile.openSample(options))
        return 1;
    ShownStatus status;
    status.link.link = dark ? store::LinkState::Link::Offline : store::LinkState::Link::Synced;
    status.link.lastSyncedAt = profile.clock().wallMs() - (dark ? 3 * 86'400'000LL : 120'000);
    status.link.offlineSince = dark ? status.link.lastSyncedAt : 0;
    QList<ui::Module> modules = ui::recordModules(*profile.database().catalog());
    modules.append({QStringLiteral("dashboard"), QStringLiteral("dashboard"), QApplication::translate("Modules", "Dashboards")});
    modules.append({QStringLiteral("review"), QStringLiteral("review"), QApplication::translate("Modules", "To review")});
    ui::MainWindow window({profile.database(), theme, profile.names(), profile.texts(), profile.clock(), status}, modules);
    window.resize(1440, 900);
    window.show();
    window.activateWindow();
    const Shot shot{profile, window, folder, QString::fromLatin1(chinese ? "-zh" : dark ? "-dark" : "")};
    profile.settle();

    auto *page = qobject_cast<ui::RecordsPage *>(window.currentPage());
    window.openRecord({page->entity(), profile.company().treequote});
    profile.settle();
    page->list().focusTable();
    const model::Entity &customer = page->list().model().entity();
    ui::EditModel &model = page->record().model();
    model.edit(*customer.field(QStringLiteral("source")), model::Value(QStringLiteral("referral")));
    if (ui::FormRow *row = page->record().form().row(QStringLiteral("source")))
        row->editor().input()->setFocus();
    shot.save("01-customers");
    model.revert();
    page->list().focusTable();
    window.commandPalette().popUp(page->entity(), QStringLiteral("con"));
    shot.save("08-palette");
    window.commandPalette().hide();

    ui::FormRow *email = page->record().form().row(QStringLiteral("email"));
    model.edit(email->field(), model::Value(QStringLiteral("purchasing@treequote")));
    page->saveRecord();
    shot.save("13-problem");
    model.revert();
    page->record().form().showMore(true);
    shot.save("01-more");
    page->record().form().showMore(false);
    page->newRecord();
    shot.save("01-new");
    page->closeRecord();
    page->showView(QStringLiteral("trash"));
    shot.save("13-empty");
    page->showView(QStringLiteral("all"));

    for (const char *key : {"deal", "ticket", "contact"}) {
        window.openPage(QString::fromLatin1(key));
        profile.settle();
        auto *other = qobject_cast<ui::RecordsPage *>(window.currentPage());
        other->list().moveCurrent(QLatin1StringView(key) == QLatin1StringView("ticket") ? 4 : 2);
        shot.save(key);
    }
    window.openPage(QStringLiteral("customer"));
    window.openRecord({page->entity(), profile.company().treequote});
    window.resize(1000, 700);
    shot.save("narrow-1000");
    window.resize(760, 520);
    shot.save("narrow-760");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Fieldfare"));
    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(13);
    QApplication::setFont(font);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    int failures = render(folder, false, false, application);
    failures += render(folder, true, false, application);
    failures += render(folder, false, true, application);
    return failures;
}
