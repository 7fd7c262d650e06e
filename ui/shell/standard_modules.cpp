// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/standard_modules.h"

#include "ui/pages/dashboard/dashboard_page.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/sync/sync_page.h"

#include <QCoreApplication>

namespace fieldfare::ui {

QList<Module> standardModules(const model::Catalog &catalog, Preferences &preferences, store::ProfileSecurity *security, store::BackupKeeper *backups)
{
    QList<Module> modules = recordModules(catalog);
    modules.append({QStringLiteral("dashboard"), QStringLiteral("dashboard"), QCoreApplication::translate("Modules", "Dashboards"),
                    [](const PageContext &context) { return new DashboardPage(context); }});
    modules.append({QStringLiteral("review"), QStringLiteral("review"), QCoreApplication::translate("Modules", "To review"),
                    [](const PageContext &context) { return new ReviewPage(context); }});
    modules.append({QStringLiteral("sync"), QStringLiteral("sync"), QCoreApplication::translate("Modules", "Sync"),
                    [](const PageContext &context) { return new SyncPage(context); }, 0, false});
    modules.append({QStringLiteral("settings"), QStringLiteral("settings"), QCoreApplication::translate("Modules", "Settings"),
                    [&preferences, security, backups](const PageContext &context) { return new SettingsPage(context, preferences, security, backups); }, 0, false, SettingsPage::sections(security != nullptr, backups != nullptr)});
    return modules;
}

} // namespace fieldfare::ui
