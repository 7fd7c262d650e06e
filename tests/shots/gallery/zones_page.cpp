// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/gallery/zones_page.h"

#include "tests/shots/gallery/samples.h"

#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/chips.h"
#include "ui/widgets/controls/empty_state.h"
#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/controls/hairline_splitter.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/password_edit.h"
#include "ui/widgets/controls/search_field.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/status_button.h"
#include "ui/widgets/controls/strength_bar.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/timeline_delegate.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>

using namespace fieldfare::ui;

namespace fieldfare::gallery {

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QWidget *sideBar(bool narrow)
{
    auto *bar = new SideBar;
    const char *modules[][4] = {{"today", "today", "Today", "6"},          {"customers", "customers", "Customers", ""},
                                {"pool", "pool", "Pool", "118"},           {"deals", "deals", "Deals", "36"},
                                {"tickets", "tickets", "Tickets", "9"},    {"orders", "orders", "Orders", ""},
                                {"campaigns", "campaigns", "Campaigns", ""}, {"dashboards", "dashboard", "Dashboards", ""},
                                {"review", "review", "To review", "1"}};
    for (const auto &m : modules) {
        bar->addModule(s(m[0]), s(m[1]), s(m[2]));
        bar->setModuleCount(s(m[0]), s(m[3]));
    }
    bar->setModuleMark(s("review"), StateMark::Conflict);
    bar->setCurrentModule(s("customers"));
    bar->setViews(s("Customer views"), {{s("team"), s("table"), s("Team customers"), s("1,204")},
                                        {s("all"), s("table"), s("All customers"), s("1.0 M")},
                                        {s("no"), s("flag"), s("No contact, 30 days"), s("86")},
                                        {s("churn"), s("auto"), s("Churn risk"), s("23")},
                                        {s("west"), s("share"), s("West: key accounts"), s("312")},
                                        {s("star"), s("star"), s("Starred"), s("14")}});
    bar->setCurrentView(s("team"));
    bar->setUser(s("Markita Hansen"), s("Sales, West"));
    bar->setNotificationDot(true);
    bar->setNarrow(narrow);
    return bar;
}

QWidget *listZone()
{
    auto *zone = new QWidget;
    auto *column = new QVBoxLayout(zone);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new ZoneHeader(s("Team customers"));
    head->setNote(s("1,204 of 1,000,000"));
    head->setTitleMenu(new QMenu(head));
    auto *search = new SearchField(s("Search or run a command"), QKeySequence(s("Ctrl+K")));
    search->setFixedWidth(264);
    head->addTrailing(search);
    auto *add = new QPushButton(s("New customer"));
    add->setIcon(icon(s("plus")));
    setButtonKind(add, ButtonKind::Primary);
    head->addTrailing(add);
    column->addWidget(head);

    auto *filters = new QWidget;
    auto *flow = new QHBoxLayout(filters);
    flow->setContentsMargins(12, 6, 12, 6);
    flow->addWidget(new FilterChip(s("Status"), s("is"), s("Active")));
    flow->addWidget(new FilterChip(s("Team"), s("is"), s("West")));
    auto *filter = new QToolButton;
    filter->setText(s("Filter"));
    filter->setIcon(icon(s("plus")));
    filter->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    filter->setAutoRaise(true);
    setSmall(filter);
    flow->addWidget(filter);
    flow->addStretch(1);
    flow->addWidget(new SegmentedButton({s("Board"), s("List"), s("Forecast")}));
    column->addWidget(filters);

    column->addWidget(new Banner(Banner::Kind::Offline,
                                 s("Offline since Saturday. You can work as usual; <b>47 changes</b> are kept here and sent later.")));
    auto *waiting = new Banner(Banner::Kind::Waiting, s("<b>3 changes wait for 2 days.</b> The server asks you to sign in again. Nothing is lost."));
    waiting->addButton(s("Sign in"));
    column->addWidget(waiting);
    auto *conflict = new Banner(Banner::Kind::Conflict, s("Elease Gluck changed <b>Owner</b> too."));
    conflict->addButton(s("Compare"));
    column->addWidget(conflict);
    auto *refused = new Banner(Banner::Kind::Error, s("<b>Not accepted:</b> discount 12 %. Over 10 % needs approval by Celia Rouche."));
    refused->addButton(s("Ask"));
    refused->addButton(s("Take back"));
    column->addWidget(refused);
    auto *info = new Banner(Banner::Kind::Info, s("You see 1,204 of 1,000,000 customers: your team’s."));
    info->setClosable(true);
    column->addWidget(info);

    auto *empty = new EmptyState(s("customers"), s("No customers yet"), s("Add the first one, or bring a list from a file."));
    empty->addButton(s("New customer"), EmptyState::Way::Primary, s("plus"));
    empty->addButton(s("Import a file"));
    empty->addButton(s("Ask for access"), EmptyState::Way::Flat);
    column->addWidget(empty);

    auto *settings = new QVBoxLayout;
    settings->setContentsMargins(28, 0, 28, 0);
    settings->setSpacing(0);
    settings->addWidget(new SettingRow(s("Row height"), new SegmentedButton({s("Compact 24"), s("Regular 28"), s("Roomy 34")}),
                                       s("Compact shows 32 customers on this screen, Regular 27, Roomy 22.")));
    auto *size = new QComboBox;
    size->addItem(s("As the system (13 px)"));
    settings->addWidget(new SettingRow(s("Text size"), size));
    auto *modules = new QWidget;
    auto *moduleFlow = new FlowLayout(modules, 10, 2);
    for (const char *name : {"Today", "Customers", "Pool", "Deals", "Tickets", "Orders", "Campaigns", "Knowledge", "Dashboards"}) {
        auto *box = new QCheckBox(s(name));
        box->setChecked(true);
        moduleFlow->addWidget(box);
    }
    modules->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    settings->addWidget(new SettingRow(s("Modules in the side bar"), modules));
    auto *secret = new PasswordEdit;
    secret->setText(s("correct horse"));
    secret->setFixedWidth(260);
    settings->addWidget(new SettingRow(s("Passphrase"), secret));
    auto *strength = new StrengthBar;
    strength->setStrength(0.78, true, s("Strong: years to guess"));
    settings->addWidget(strength);
    column->addLayout(settings);
    column->addStretch(1);
    return zone;
}

QWidget *recordZone()
{
    auto *zone = new QWidget;
    auto *column = new QVBoxLayout(zone);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new ZoneHeader(s("Timeline"));
    head->addTrailing(new LinkButton(s("28 more fields")));
    auto *narrow = new QToolButton;
    narrow->setIcon(icon(s("close")));
    narrow->setAutoRaise(true);
    head->addTrailing(narrow);
    column->addWidget(head);
    auto *list = new QListView;
    TimelineDelegate::prepareView(list);
    list->setModel(makeTimeline(list));
    list->setItemDelegate(new TimelineDelegate(list));
    column->addWidget(list, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 8);
    foot->setSpacing(space::k8);
    foot->addWidget(new TextLabel(s("1 field not saved"), Type::Small, Ink::Text2));
    foot->addStretch(1);
    foot->addWidget(new QPushButton(s("Revert")));
    auto *save = new QPushButton(s("Save"));
    setButtonKind(save, ButtonKind::Primary);
    setShownShortcut(save, QKeySequence(s("Ctrl+S")));
    foot->addWidget(save);
    column->addLayout(foot);
    return zone;
}

} // namespace

QWidget *makeZonesPage()
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    page->setFixedSize(1440, 900);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(sideBar(true));
    row->addWidget(sideBar(false));
    auto *splitter = new HairlineSplitter;
    splitter->addWidget(listZone());
    splitter->addWidget(recordZone());
    splitter->setSizes({790, 392});
    row->addWidget(splitter, 1);
    column->addLayout(row, 1);
    auto *status = new QStatusBar;
    status->setSizeGripEnabled(false);
    status->setFixedHeight(height::kStatusBar);
    status->setContentsMargins(0, 0, 0, 0);
    const std::pair<StateMark, const char *> states[] = {{StateMark::Synced, "Synced 2 min ago"},
                                                         {StateMark::Waiting, "3 waiting"},
                                                         {StateMark::Conflict, "1 to review"}};
    for (const auto &[mark, words] : states) {
        auto *part = new StatusButton;
        part->setState(mark, s(words));
        status->addWidget(part);
    }
    status->addPermanentWidget(new TextLabel(s("1 of 1,204 selected"), Type::Small, Ink::Text2));
    column->addWidget(status);
    auto *toast = new Toast(page);
    toast->show(s("check"), s("Treequote moved to Negotiating"), s("Undo"), s("Ctrl+Z"));
    return page;
}

} // namespace fieldfare::gallery
