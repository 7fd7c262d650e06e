// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/side_bar.h"

#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/brand_mark.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QBoxLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QToolButton>

namespace fieldfare::ui {

namespace {

constexpr int kBrand = 20;
constexpr int kFootLeft = 12;
constexpr int kFootRight = 7;

QToolButton *flatButton(const QString &iconName, const QString &words, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setAutoRaise(true);
    setSmall(button);
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

/// The bell with a dot while there is something unread.
class SideBar::BellButton final : public QToolButton {
public:
    explicit BellButton(QWidget *parent) : QToolButton(parent)
    {
        setIcon(ui::icon(QStringLiteral("bell")));
        setAutoRaise(true);
        setSmall(this);
        setFocusPolicy(Qt::TabFocus);
    }
    void setDot(bool dot)
    {
        m_dot = dot;
        const QString words = dot ? SideBar::tr("Notifications, new ones") : SideBar::tr("Notifications");
        setToolTip(words);
        setAccessibleName(words);
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QToolButton::paintEvent(event);
        if (!m_dot)
            return;
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.window, 1.5));
        painter.setBrush(t.accent);
        painter.drawEllipse(QPointF(width() - 7.0, 8.0), 3.7, 3.7);
    }

private:
    bool m_dot = false;
};

SideBar::SideBar(QWidget *parent)
    : QWidget(parent), m_moduleColumn(new QVBoxLayout), m_viewColumn(new QVBoxLayout), m_viewSection(new QWidget(this)),
      m_viewTitle(new SectionHeader(QString()))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    m_moduleColumn->setContentsMargins(space::k6, 0, space::k6, 0);
    m_moduleColumn->setSpacing(0);
    column->addLayout(m_moduleColumn);

    auto *section = new QVBoxLayout(m_viewSection);
    section->setContentsMargins(space::k6, 7, space::k6, 0);
    section->setSpacing(0);
    auto *rule = new QFrame;
    rule->setFrameShape(QFrame::HLine);
    rule->setFixedHeight(1);
    auto *inset = new QHBoxLayout;
    inset->setContentsMargins(8, 0, 8, 6);
    inset->addWidget(rule);
    section->addLayout(inset);
    auto *titleRow = new QHBoxLayout;
    titleRow->setContentsMargins(8, 0, 3, 1);
    titleRow->addWidget(m_viewTitle);
    QToolButton *add = flatButton(QStringLiteral("plus"), tr("New view"), this);
    connect(add, &QToolButton::clicked, this, &SideBar::addViewRequested);
    m_viewTitle->addTrailing(add);
    section->addLayout(titleRow);
    m_viewColumn->setContentsMargins(0, 0, 0, 0);
    m_viewColumn->setSpacing(0);
    section->addLayout(m_viewColumn);
    column->addWidget(m_viewSection);
    m_viewSection->hide();
    column->addStretch(1);
    column->addWidget(makeFoot());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setNarrow(false);
}

QWidget *SideBar::makeHead()
{
    auto *head = new QWidget(this);
    head->setFixedHeight(fitHeight(height::kZoneHeader, typeFont(Type::Heading)));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(14, 0, 7, 0);
    row->setSpacing(space::k2);
    row->addWidget(new BrandMark(kBrand, head));
    m_name = new TextLabel(QGuiApplication::applicationDisplayName(), Type::Heading);
    row->addSpacing(space::k6);
    row->addWidget(m_name, 1);
    m_bell = new BellButton(head);
    m_bell->setDot(false);
    row->addWidget(m_bell);
    m_menu = flatButton(QStringLiteral("menu"), tr("Menu"), head);
    row->addWidget(m_menu);
    connect(m_bell, &QToolButton::clicked, this, &SideBar::notificationsRequested);
    connect(m_menu, &QToolButton::clicked, this, &SideBar::menuRequested);
    return head;
}

QWidget *SideBar::makeFoot()
{
    m_foot = new QWidget(this);
    m_foot->setFixedHeight(std::max(44, 2 * QFontMetrics(typeFont(Type::Body)).height() + 8));
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(kFootLeft, 1, kFootRight, 0);
    row->setSpacing(space::k8);
    m_userBadge = new QVBoxLayout;
    row->addLayout(m_userBadge);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    m_userName = new TextLabel(QString());
    m_userName->setElided(true);
    m_userRole = new TextLabel(QString(), Type::Caption, Ink::Text2);
    m_userRole->setElided(true);
    words->addWidget(m_userName);
    words->addWidget(m_userRole);
    words->addStretch(1);
    row->addLayout(words, 1);
    m_settings = flatButton(QStringLiteral("settings"), tr("Settings"), m_foot);
    connect(m_settings, &QToolButton::clicked, this, &SideBar::settingsRequested);
    row->addWidget(m_settings);
    return m_foot;
}

void SideBar::addModule(const QString &key, const QString &iconName, const QString &text)
{
    auto *entry = new SideBarRow(SideBarRow::Kind::Module, key, iconName, text, this);
    entry->setNarrow(m_narrow);
    m_modules.append(entry);
    m_moduleColumn->addWidget(entry);
    connect(entry, &SideBarRow::clicked, this, [this, entry] {
        setCurrentModule(entry->key());
        Q_EMIT moduleActivated(entry->key());
    });
    connect(entry, &SideBarRow::moveRequested, this, [this, entry](int step) { move(m_modules, entry, step); });
}

SideBarRow *SideBar::row(const QList<SideBarRow *> &rows, const QString &key) const
{
    for (SideBarRow *entry : rows) {
        if (entry->key() == key)
            return entry;
    }
    return nullptr;
}

void SideBar::move(const QList<SideBarRow *> &rows, SideBarRow *from, int step)
{
    for (qsizetype i = rows.indexOf(from) + step; i >= 0 && i < rows.size(); i += step) {
        if (!rows[i]->isHidden()) {
            rows[i]->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void SideBar::setModuleCount(const QString &key, const QString &count)
{
    if (SideBarRow *entry = row(m_modules, key))
        entry->setCount(count);
}

void SideBar::setModuleMark(const QString &key, StateMark mark)
{
    if (SideBarRow *entry = row(m_modules, key))
        entry->setMark(mark);
}

void SideBar::setModuleVisible(const QString &key, bool visible)
{
    if (SideBarRow *entry = row(m_modules, key))
        entry->setVisible(visible);
}

void SideBar::setCurrentModule(const QString &key)
{
    for (SideBarRow *entry : std::as_const(m_modules))
        entry->setChecked(entry->key() == key);
}

void SideBar::setViews(const QString &title, const QList<SideBarView> &views)
{
    for (SideBarRow *entry : std::as_const(m_views)) {
        // Off the screen at once; the object only later, as this may run inside its own click.
        m_viewColumn->removeWidget(entry);
        entry->hide();
        entry->deleteLater();
    }
    m_views.clear();
    m_viewTitle->setText(title);
    for (const SideBarView &view : views) {
        auto *entry = new SideBarRow(SideBarRow::Kind::View, view.key, view.iconName, view.text, m_viewSection);
        entry->setCount(view.count);
        entry->setContextMenuPolicy(Qt::CustomContextMenu);
        m_views.append(entry);
        m_viewColumn->addWidget(entry);
        connect(entry, &SideBarRow::clicked, this, [this, entry] {
            setCurrentView(entry->key());
            Q_EMIT viewActivated(entry->key());
        });
        connect(entry, &SideBarRow::moveRequested, this, [this, entry](int step) { move(m_views, entry, step); });
        connect(entry, &QWidget::customContextMenuRequested, this, [this, entry](const QPoint &position) {
            Q_EMIT viewMenuRequested(entry->key(), entry->mapToGlobal(position));
        });
    }
    m_hasViews = !views.isEmpty();
    m_viewSection->setVisible(m_hasViews && !m_narrow);
}

void SideBar::setCurrentView(const QString &key)
{
    for (SideBarRow *entry : std::as_const(m_views))
        entry->setChecked(entry->key() == key);
}

void SideBar::setViewCount(const QString &key, const QString &count)
{
    if (SideBarRow *entry = row(m_views, key))
        entry->setCount(count);
}

void SideBar::setUser(const QString &name, const QString &role)
{
    if (QLayoutItem *old = m_userBadge->takeAt(0)) {
        old->widget()->deleteLater();
        delete old;
    }
    auto *badge = new Initials(name, true, 22, m_foot);
    m_userBadge->addWidget(badge);
    badge->setVisible(!m_narrow);
    m_userName->setText(name);
    m_userRole->setText(role);
    m_userRole->setVisible(!role.isEmpty() && !m_narrow);
}

void SideBar::setNotificationDot(bool shown)
{
    m_bell->setDot(shown);
}

void SideBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setFixedWidth(narrow ? kNarrowWidth : kWidth);
    for (SideBarRow *entry : std::as_const(m_modules))
        entry->setNarrow(narrow);
    // Alone, the sign stands in the middle, below those of the modules.
    const int beside = (kNarrowWidth - 1 - m_settings->sizeHint().width()) / 2;
    m_foot->layout()->setContentsMargins(narrow ? 0 : kFootLeft, 1, narrow ? beside : kFootRight, 0);
    m_viewSection->setVisible(m_hasViews && !narrow);
    m_name->setVisible(!narrow);
    m_bell->setVisible(!narrow);
    m_menu->setVisible(!narrow);
    m_userName->setVisible(!narrow);
    m_userRole->setVisible(!narrow && !m_userRole->text().isEmpty());
    // Who one is can be read in the wide bar; the way to the settings must stay.
    if (QLayoutItem *badge = m_userBadge->itemAt(0))
        badge->widget()->setVisible(!narrow);
}

void SideBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(width() - 1, 0, 1, QWidget::height()), t.line);
    painter.fillRect(QRect(0, m_foot->y(), width(), 1), t.line);
}

} // namespace fieldfare::ui
