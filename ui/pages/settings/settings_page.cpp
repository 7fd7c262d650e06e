// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settings_page.h"

#include "ui/pages/settings/appearance_section.h"
#include "ui/pages/settings/backups_section.h"
#include "ui/pages/settings/data_quality_section.h"
#include "ui/pages/settings/security_section.h"
#include "ui/pages/sync/sync_page.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kListWidth = 208;

/// Sections stand on base like every list, with a hairline to what they choose.
class ListZone final : public QWidget {
protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.fillRect(rect(), t.base);
        painter.fillRect(QRect(width() - 1, 0, 1, height()), t.line);
    }
};

} // namespace

SettingsPage::SettingsPage(const PageContext &context, Preferences &preferences, store::ProfileSecurity *security, store::BackupKeeper *backups, QWidget *parent)
    : Page(parent), m_context(context), m_preferences(preferences)
{
    auto *list = new ListZone;
    list->setFixedWidth(kListWidth);
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 1, 0);
    listColumn->setSpacing(0);
    listColumn->addWidget(new ZoneHeader(tr("Settings")));
    m_list = new QVBoxLayout;
    m_list->setContentsMargins(space::k8, space::k8, space::k8, space::k8);
    m_list->setSpacing(0);
    listColumn->addLayout(m_list);
    listColumn->addStretch(1);
    m_header = new ZoneHeader;
    m_header->setContentsMargins(space::k12, 0, space::k12, 0); // in line with what stands below
    m_header->addTrailing(new TextLabel(tr("Kept on this computer"), Type::Small, Ink::Text2));
    m_stack = new QStackedWidget;
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_header);
    right->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(list);
    row->addLayout(right, 1);
    makeAppearance();
    makeLanguage();
    makeSync();
    makeDataQuality();
    if (backups != nullptr)
        makeBackups(*backups);
    if (security != nullptr)
        makeSecurity(*security);
    showSection(QStringLiteral("appearance"));
    connect(&m_context.sync, &store::SyncStatus::changed, this, &SettingsPage::showSync);
}

QList<PageSection> SettingsPage::sections(bool hasSecurity, bool hasBackups)
{
    QList<PageSection> sections{{QStringLiteral("appearance"), QStringLiteral("sun"), tr("Appearance")},
                                {QStringLiteral("language"), QStringLiteral("globe"), tr("Language")},
                                {QStringLiteral("sync"), QStringLiteral("sync"), tr("Sync")},
                                {QStringLiteral("quality"), QStringLiteral("wrench"), tr("Data quality")}};
    if (hasBackups)
        sections.append({QStringLiteral("backups"), QStringLiteral("copy"), tr("Backups")});
    if (hasSecurity)
        sections.append({QStringLiteral("security"), QStringLiteral("shield"), tr("Security")});
    return sections;
}

QVBoxLayout *SettingsPage::addSection(const QString &key)
{
    const QList<PageSection> all = sections(true, true);
    const auto section = std::find_if(all.begin(), all.end(), [&key](const PageSection &one) { return one.key == key; });
    Q_ASSERT(section != all.end());
    auto *row = new SideBarRow(SideBarRow::Kind::Module, key, section->iconName, section->title);
    row->setCheckable(true);
    m_list->addWidget(row);
    m_rows.append(row);
    connect(row, &SideBarRow::clicked, this, [this, key] { showSection(key); });
    connect(row, &SideBarRow::moveRequested, this, [this, row](int step) {
        const qsizetype next = m_rows.indexOf(row) + step;
        if (next >= 0 && next < m_rows.size()) {
            showSection(m_rows[next]->key());
            m_rows[next]->setFocus();
        }
    });
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::k24, space::k16, space::k24, space::k16);
    column->setSpacing(0);
    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    m_stack->addWidget(scroll);
    return column;
}

void SettingsPage::showSection(const QString &key)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        const bool here = m_rows[i]->key() == key;
        m_rows[i]->setChecked(here);
        if (here) {
            if (std::any_of(m_rows.cbegin(), m_rows.cend(), [](const SideBarRow *row) { return row->hasFocus(); }))
                m_rows[i]->setFocus(); // the ring does not stay behind
            m_stack->setCurrentIndex(i);
            m_header->setTitle(m_rows[i]->text());
        }
    }
}

QString SettingsPage::section() const
{
    return m_rows.isEmpty() ? QString() : m_rows.at(m_stack->currentIndex())->key();
}

void SettingsPage::activated()
{
    showSync();
    if (!m_rows.isEmpty())
        m_rows[m_stack->currentIndex()]->setFocus();
}

void SettingsPage::makeAppearance()
{
    QVBoxLayout *column = addSection(QStringLiteral("appearance"));
    column->addWidget(new AppearanceSection(m_context, m_preferences));
    column->addStretch(1);
}

void SettingsPage::makeLanguage()
{
    QVBoxLayout *column = addSection(QStringLiteral("language"));
    auto *choice = new QComboBox;
    choice->addItem(tr("As the system"), QString());
    choice->addItem(QStringLiteral("English"), QStringLiteral("en"));
    choice->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    choice->setCurrentIndex(std::max(0, choice->findData(m_preferences.language())));
    auto *row = new SettingRow(tr("Language"), choice, tr("Applies at once: the window reopens."));
    row->setLast(true);
    connect(choice, &QComboBox::activated, this, [this, choice] { m_preferences.setLanguage(choice->currentData().toString()); });
    column->addWidget(row);
    column->addStretch(1);
}

void SettingsPage::makeSync()
{
    QVBoxLayout *column = addSection(QStringLiteral("sync"));
    m_server = new TextLabel(QString());
    m_contact = new TextLabel(QString());
    auto *open = new QPushButton(tr("Open the sync page"));
    column->addWidget(new SettingRow(tr("Server"), m_server));
    column->addWidget(new SettingRow(tr("State"), m_contact));
    auto *join = new QPushButton(tr("Connect to a server…"));
    m_details = new SettingRow(tr("Details"), open);
    column->addWidget(m_details);
    m_join = new SettingRow(tr("Work together"), join, tr("Your records become records of the company. You see what would happen before anything does."));
    m_join->setLast(true);
    column->addWidget(m_join);
    column->addStretch(1);
    connect(open, &QPushButton::clicked, this, [this] { m_context.actions.openPage(QStringLiteral("sync")); });
    connect(join, &QPushButton::clicked, this, [this] { m_context.actions.openPage(QStringLiteral("connect")); });
    showSync();
}

void SettingsPage::showSync()
{
    const store::LinkState state = m_context.sync.state();
    m_server->setText(state.server.isEmpty() ? tr("none") : state.server);
    m_contact->setText(SyncPage::words(state, m_context.texts));
    const bool isAlone = state.link == store::LinkState::Link::StandAlone;
    m_join->setVisible(isAlone);
    m_details->setLast(!isAlone);
}

void SettingsPage::makeDataQuality()
{
    QVBoxLayout *column = addSection(QStringLiteral("quality"));
    column->addWidget(new DataQualitySection(m_context));
    column->addStretch(1);
}

void SettingsPage::makeBackups(store::BackupKeeper &backups)
{
    QVBoxLayout *column = addSection(QStringLiteral("backups"));
    column->addWidget(new BackupsSection(m_context, backups));
    column->addStretch(1);
}

void SettingsPage::makeSecurity(store::ProfileSecurity &security)
{
    QVBoxLayout *column = addSection(QStringLiteral("security"));
    column->addWidget(new SecuritySection(security, m_preferences));
    column->addStretch(1);
}

} // namespace fieldfare::ui
