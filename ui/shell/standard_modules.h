// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/main_window.h"

namespace fieldfare::store {
class BackupKeeper;
class ProfileSecurity;
}

namespace fieldfare::ui {

class Preferences;

/// All that the desktop shows, in the order of the side bar: a list for each entity, the dashboard, the review queue; sync and
/// settings are reached by the status bar and the foot. `preferences` outlives the window. `security` and
/// `backups` as for SettingsPage.
[[nodiscard]] QList<Module> standardModules(const model::Catalog &catalog, Preferences &preferences, store::ProfileSecurity *security,
                                             store::BackupKeeper *backups = nullptr);

} // namespace fieldfare::ui
