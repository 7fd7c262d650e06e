// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/settings/preferences.h"

class QStackedWidget;
class QVBoxLayout;

namespace fieldfare::store {
class BackupKeeper;
class ProfileSecurity;
}

namespace fieldfare::ui {

class SettingRow;
class SideBarRow;
class TextLabel;
class ZoneHeader;

/// What can be set on this computer: appearance, language, sync, data quality, backups, security. All of it applies at once.
class SettingsPage final : public Page {
    Q_OBJECT
public:
    /// Without `security` (a sample profile, whose passphrase nobody knows) that section is left out, and
    /// Backups without `backups`. All outlive the page.
    SettingsPage(const PageContext &context, Preferences &preferences, store::ProfileSecurity *security, store::BackupKeeper *backups, QWidget *parent = nullptr);

    /// In their order on the page.
    [[nodiscard]] static QList<PageSection> sections(bool hasSecurity, bool hasBackups);

    [[nodiscard]] QString key() const override { return QStringLiteral("settings"); }
    [[nodiscard]] QString title() const override { return tr("Settings"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("settings"); }
    void activated() override;
    /// "appearance", "language", "sync", "quality", "backups", "security"
    void showSection(const QString &key) override;
    [[nodiscard]] QString section() const;

private:
    QVBoxLayout *addSection(const QString &key);
    void makeAppearance();
    void makeLanguage();
    void makeSync();
    void makeDataQuality();
    void makeBackups(store::BackupKeeper &backups);
    void makeSecurity(store::ProfileSecurity &security);
    void showSync();

    PageContext m_context;
    Preferences &m_preferences;
    ZoneHeader *m_header;
    QVBoxLayout *m_list;
    QStackedWidget *m_stack;
    QList<SideBarRow *> m_rows;
    TextLabel *m_server = nullptr;
    TextLabel *m_contact = nullptr;
    SettingRow *m_details = nullptr;
    SettingRow *m_join = nullptr; ///< Shown to a profile that works alone.
};

} // namespace fieldfare::ui
