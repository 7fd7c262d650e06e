// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/backup_keeper.h"
#include "tests/shots/shown_company.h"
#include "tests/testlib/fake_security.h"
#include "tests/testlib/open_profile.h"
#include "translations/translators.h"
#include "ui/pages/settings/preferences.h"
#include "ui/shell/main_window.h"

#include <QTemporaryDir>

namespace fieldfare::ui {
class RecordsPage;
class SettingsPage;
}

namespace fieldfare::shots {

/// One look of the program.
struct Look {
    const char *name; ///< Ends the file names: "dark-en".
    ui::ThemeMode mode;
    bool chinese;
    int textStep;     ///< As in Preferences.
};

inline constexpr Look kLooks[] = {
    {"light-en", ui::ThemeMode::Light, false, 0}, {"dark-en", ui::ThemeMode::Dark, false, 0},
    {"light-zh", ui::ThemeMode::Light, true, 0},  {"dark-zh", ui::ThemeMode::Dark, true, 0},
    {"contrast-en", ui::ThemeMode::HighContrast, false, 0}, {"large-en", ui::ThemeMode::Light, false, 4},
};

/// The link as the pictures tell it: just synced in the light looks, three days offline in the others.
class ShownStatus final : public store::SyncStatus {
public:
    void show(store::LinkState::Link link, qint64 nowMs);
    [[nodiscard]] store::LinkState state() const override { return m_state; }
    void syncNow() override {}
    void setPaused(bool) override {}

private:
    store::LinkState m_state;
};

/// Every page and state of the program in one look, over the sample company: the main window as a user has it (1440 x 900, as
/// in the mock-ups), small windows, and the pages of the first start. Needs a QApplication with the fixed font.
class PictureSet {
public:
    /// Called with each picture's name and what is to be grabbed; everything has been read and laid out.
    using Take = std::function<void(const QString &name, QWidget &page)>;

    PictureSet(const Look &look, const QFont &font, Take take);
    ~PictureSet();

    /// False, with a warning, when the profile cannot be made.
    bool draw();
    /// Latin words of the records; after draw().
    [[nodiscard]] const QSet<QString> &dataWords() const { return m_words; }

private:
    bool openProfile();
    void makeWindow();
    void take(const char *name);
    void drawCustomers();
    void drawLists();
    void drawEmpty();
    void drawPalette();
    void drawPages();
    void drawBackups(ui::SettingsPage &settings);
    void drawDataKey(ui::SettingsPage &settings);
    void drawDataQuality(ui::SettingsPage &settings);
    void drawReview();
    void drawSmall();
    void drawConnect();
    void drawFirstStart();
    [[nodiscard]] ui::RecordsPage &records() const;

    Look m_look;
    QFont m_font;
    Take m_take;
    QTemporaryDir m_folder;
    Translators m_translators;
    ui::Theme m_theme;
    ShownStatus m_status;
    testlib::FakeSecurity m_security;
    QSet<QString> m_words;
    testlib::SampleCompany m_company;
    std::unique_ptr<testlib::OpenProfile> m_profile;
    std::unique_ptr<ui::Preferences> m_preferences;
    std::unique_ptr<store::BackupRunner> m_backupRunner;
    std::unique_ptr<store::BackupKeeper> m_backups;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace fieldfare::shots
