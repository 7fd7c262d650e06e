// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/settings/preferences.h"

class QButtonGroup;
class QComboBox;
class QTableView;

namespace fieldfare::ui {

class SegmentedButton;
class ThemeCard;

/// Theme, accent, heights and text size, with a list below that shows them. Each choice is kept and takes effect at once; what
/// is chosen elsewhere (a command) is followed.
class AppearanceSection final : public QWidget {
    Q_OBJECT
public:
    /// All outlive it.
    AppearanceSection(const PageContext &context, Preferences &preferences, QWidget *parent = nullptr);

private:
    QWidget *makeThemes();
    QWidget *makeAccents();
    QWidget *makeHeights();
    QWidget *makeTextSize();
    QWidget *makePreview();
    void follow();
    void fitPreview();

    PageContext m_context;
    Preferences &m_preferences;
    QButtonGroup *m_themes;
    QButtonGroup *m_accents;
    QList<ThemeCard *> m_cards;
    QTableView *m_preview = nullptr;
};

} // namespace fieldfare::ui
