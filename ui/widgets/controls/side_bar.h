// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QWidget>

class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace fieldfare::ui {

class Initials;
class SectionHeader;
class SideBarRow;
class TextLabel;

/// A view of the current module, as the side bar lists it.
struct SideBarView {
    QString key;
    QString iconName;
    QString text;
    QString count;
};

/// The left zone: the mark and the program's name, modules, views of the current module, the user at the foot.
/// 208 px wide, or 48 with icons only (the views then live in the ▾ of the list's title). Tab reaches each part, the
/// arrow keys move inside one. It only shows and asks: the shell answers its signals and sets what is current.
class SideBar final : public QWidget {
    Q_OBJECT

public:
    explicit SideBar(QWidget *parent = nullptr);

    static constexpr int kWidth = 208;
    static constexpr int kNarrowWidth = 48;

    void addModule(const QString &key, const QString &iconName, const QString &text);
    /// An empty count shows none.
    void setModuleCount(const QString &key, const QString &count);
    void setModuleMark(const QString &key, StateMark mark);
    void setModuleVisible(const QString &key, bool visible);
    void setCurrentModule(const QString &key);

    /// Replaces the views; an empty list hides the section.
    void setViews(const QString &title, const QList<SideBarView> &views);
    void setCurrentView(const QString &key);
    void setViewCount(const QString &key, const QString &count);

    void setUser(const QString &name, const QString &role);
    void setNotificationDot(bool shown);

    bool isNarrow() const { return m_narrow; }
    void setNarrow(bool narrow);

Q_SIGNALS:
    void moduleActivated(const QString &key);
    void viewActivated(const QString &key);
    void addViewRequested();
    void viewMenuRequested(const QString &key, const QPoint &globalPosition);
    void notificationsRequested();
    void menuRequested();
    void settingsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class BellButton;
    QWidget *makeHead();
    QWidget *makeFoot();
    SideBarRow *row(const QList<SideBarRow *> &rows, const QString &key) const;
    void move(const QList<SideBarRow *> &rows, SideBarRow *from, int step);

    bool m_narrow = false;
    bool m_hasViews = false;
    QList<SideBarRow *> m_modules;
    QList<SideBarRow *> m_views;
    QVBoxLayout *m_moduleColumn;
    QVBoxLayout *m_viewColumn;
    QWidget *m_viewSection;
    SectionHeader *m_viewTitle;
    TextLabel *m_name = nullptr;
    TextLabel *m_userName = nullptr;
    TextLabel *m_userRole = nullptr;
    QVBoxLayout *m_userBadge = nullptr;
    BellButton *m_bell = nullptr;
    QToolButton *m_menu = nullptr;
    QToolButton *m_settings = nullptr;
    QWidget *m_foot = nullptr;
};

} // namespace fieldfare::ui
