// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/store/query/list_reader.h"
#include "ui/model/layout_hints.h"
#include "ui/model/own_rights.h"
#include "ui/pages/records/list_views.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/command_table.h"
#include "ui/shell/status_line.h"
#include "ui/shell/window_state.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/record/record_panel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fieldfare::ui {

namespace {

constexpr QSize kSmallest(760, 520);
constexpr QSize kFirstSize(1280, 800);
constexpr int kNarrowBelow = 1100;

} // namespace

QList<Module> recordModules(const model::Catalog &catalog)
{
    QList<Module> modules;
    for (const bool numbered : {true, false}) {
        for (const model::Entity &entity : catalog.entities()) {
            // What has a time of its own stands in timelines; it needs no list in the side bar.
            if (entity.has(model::System) || entity.numberPrefix().isEmpty() == numbered || layout::of(entity).timelineAt != nullptr)
                continue;
            modules.append({entity.name(), layout::entityIcon(entity), entity.pluralLabel(),
                            [id = entity.id()](const PageContext &context) -> Page * { return new RecordsPage(context, id); }, entity.id()});
        }
    }
    return modules;
}

MainWindow::MainWindow(const Parts &parts, const QList<Module> &modules, QWidget *parent)
    : QMainWindow(parent), m_context{parts.database, parts.theme, parts.names, parts.texts, parts.clock, parts.sync, *this},
      m_modules(modules), m_isSample(parts.isSample), m_commands(new CommandTable(this)), m_rights(new OwnRights(parts.database, this)), m_sideBar(new SideBar), m_stack(new QStackedWidget),
      m_status(new StatusLine(parts.texts))
{
    setWindowTitle(QStringLiteral("Fieldfare"));
    setMinimumSize(kSmallest);
    resize(kFirstSize);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (m_isSample)
        addSampleBanner(column);
    addDamageBanner(column);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sideBar);
    row->addWidget(m_stack, 1);
    column->addLayout(row, 1);
    column->addWidget(m_status);
    setCentralWidget(central);
    m_toast = new Toast(central, m_stack);
    addCommands();
    m_palette = new CommandPalette(parts.database, parts.texts, *m_commands, central);
    makeMenus();
    for (const Module &module : std::as_const(m_modules)) {
        if (module.inSideBar)
            m_sideBar->addModule(module.key, module.iconName, module.title);
    }
    connectParts();
    refreshUser();
    refreshCounts();
    m_status->setLink(parts.sync.state());
    if (!m_modules.isEmpty())
        showPage(page(m_modules.first().key));
    countModules();
    if (parts.state.isEmpty())
        loadState();
    else
        takeState(WindowState::fromBytes(parts.state));
}

MainWindow::~MainWindow() = default;

void MainWindow::addSampleBanner(QVBoxLayout *column)
{
    auto *banner = new Banner(Banner::Kind::Info, tr("<b>Sample company.</b> Nothing here is real, and nothing is kept when Fieldfare is closed."));
    const QPushButton *begin = banner->addButton(tr("Start with your own records"));
    column->addWidget(banner);
    connect(begin, &QPushButton::clicked, this, [this] { Q_EMIT outsidePageRequested(QStringLiteral("welcome")); });
}

/// Hidden until something that was read or written met damage. Whoever closes it is told again at the next one.
void MainWindow::addDamageBanner(QVBoxLayout *column)
{
    auto *banner = new Banner(Banner::Kind::Error, tr("<b>A part of the data file is damaged.</b> What stands elsewhere in it can be read and changed as before. Look now what is affected, before you work on."));
    banner->setObjectName(QStringLiteral("damage"));
    const QPushButton *look = banner->addButton(tr("Check and repair"));
    banner->setClosable(true);
    banner->hide();
    column->addWidget(banner);
    connect(&m_context.database, &store::DatabaseThread::damageFound, banner, &QWidget::show);
    connect(look, &QPushButton::clicked, this, [this] { openPage(QStringLiteral("settings/quality")); });
}

void MainWindow::connectParts()
{
    connect(m_sideBar, &SideBar::moduleActivated, this, &MainWindow::openPage);
    connect(m_sideBar, &SideBar::viewActivated, this, [this](const QString &key) {
        if (RecordsPage *records = currentRecords())
            records->showView(key);
        m_sideBar->setCurrentView(key);
    });
    connect(m_sideBar, &SideBar::settingsRequested, this, [this] { openPage(QStringLiteral("settings")); });
    connect(m_sideBar, &SideBar::notificationsRequested, this, [this] { openPage(QStringLiteral("review")); });
    connect(m_sideBar, &SideBar::menuRequested, this, [this] {
        QMenu menu(this);
        for (QAction *action : menuBar()->actions())
            menu.addAction(action);
        menu.exec(m_sideBar->mapToGlobal(QPoint(m_sideBar->width() - 8, 36)));
    });
    connect(m_status, &StatusLine::pageRequested, this, &MainWindow::openPage);
    connect(m_palette, &CommandPalette::recordChosen, this, &MainWindow::openRecord);
    connect(m_palette, &CommandPalette::commandChosen, m_commands, &CommandTable::run);
    connect(m_toast, &Toast::actionTriggered, this, [this] {
        if (!m_toastAction.isNull())
            undo(std::exchange(m_toastAction, {}));
    });
    connect(&m_context.sync, &store::SyncStatus::changed, this, [this] { m_status->setLink(m_context.sync.state()); });
    connect(&m_context.database, &store::DatabaseThread::stateChanged, this, &MainWindow::refreshCounts);
    connect(&m_context.database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId changed) { countModules(changed); });
    connect(&m_context.names, &NameBook::changed, this, &MainWindow::refreshUser);
}

void MainWindow::makeMenus()
{
    for (QMenu *menu : m_commands->makeMenus(this))
        menuBar()->addMenu(menu);
#ifndef Q_OS_MACOS
    menuBar()->hide(); // until Alt; the shortcuts are the window's own
#endif
}

Page *MainWindow::page(const QString &key)
{
    if (Page *made = m_pages.value(key))
        return made;
    for (const Module &module : std::as_const(m_modules)) {
        if (module.key != key || !module.make)
            continue;
        Page *made = module.make(m_context);
        m_pages.insert(key, made);
        m_stack->addWidget(made);
        connect(made, &Page::countChanged, this, [this, key](const QString &count) { m_sideBar->setModuleCount(key, count); });
        if (auto *records = qobject_cast<RecordsPage *>(made)) {
            records->list().setRowHeight(m_rowHeight);
            records->record().restoreDrafts(m_keptDrafts.take(key));
            connect(records, &RecordsPage::searchRequested, this, &MainWindow::showPalette);
            connect(records, &RecordsPage::viewsChanged, this, &MainWindow::refreshViews);
            connect(records, &RecordsPage::selectionTextChanged, this, [this, records] {
                if (records == currentRecords())
                    m_status->setHint(records->selectionText());
            });
        }
        return made;
    }
    return nullptr;
}

RecordsPage *MainWindow::recordsPage(model::EntityId entity)
{
    for (const Module &module : std::as_const(m_modules)) {
        if (module.entity == entity)
            return qobject_cast<RecordsPage *>(page(module.key));
    }
    return nullptr;
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

RecordsPage *MainWindow::currentRecords() const
{
    return qobject_cast<RecordsPage *>(m_stack->currentWidget());
}

void MainWindow::showPage(Page *page)
{
    if (page == nullptr)
        return;
    if (Page *before = currentPage(); before != nullptr && before != page && !before->mayLeave())
        return;
    m_stack->setCurrentWidget(page);
    m_sideBar->setCurrentModule(page->key());
    setWindowTitle(m_isSample ? tr("%1 (sample)").arg(page->title()) : page->title()); // the system adds the program's name
    refreshViews();
    const RecordsPage *records = currentRecords();
    m_status->setHint(records != nullptr ? records->selectionText() : QString());
    page->activated();
}

/// The numbers beside modules whose page nobody has opened yet; an open page tells its own.
void MainWindow::countModules(model::EntityId of)
{
    for (const Module &module : std::as_const(m_modules)) {
        const model::Entity *entity = module.entity != 0 ? m_context.database.catalog()->entity(module.entity) : nullptr;
        if (!module.inSideBar || entity == nullptr || (of != 0 && module.entity != of) || m_pages.contains(module.key))
            continue;
        const std::optional<ListView> view = BuiltInViews::counted(*entity);
        if (!view)
            continue;
        m_counting.try_emplace(module.key, m_context.database).first->second.read<std::int64_t>(
            [filter = view->filter, id = entity->id()](store::ReadContext &reading) {
                store::ListQuery query;
                query.entity = id;
                query.filter = filter;
                return store::ListReader(reading.connection(), reading.catalog(), reading.filterContext()).count(query);
            },
            this,
            [this, key = module.key](base::Result<std::int64_t> count) {
                if (count.ok() && !m_pages.contains(key))
                    m_sideBar->setModuleCount(key, *count == 0 ? QString() : m_context.texts.count(*count));
            });
    }
}

void MainWindow::refreshViews()
{
    const RecordsPage *records = currentRecords();
    QList<SideBarView> views;
    if (records != nullptr) {
        for (const ListView &view : records->views())
            views.append({view.key, view.iconName, view.title, records->viewCount(view.key)});
        m_sideBar->setViews(tr("%1 views").arg(m_context.database.catalog()->entity(records->entity())->label()), views);
        m_sideBar->setCurrentView(records->currentView());
    } else {
        m_sideBar->setViews({}, {});
    }
}

void MainWindow::refreshUser()
{
    const store::ProfileInfo info = m_context.database.profileInfo();
    QString name = m_context.names.userName(info.user);
    if (name.isEmpty())
        name = info.userName;
    m_sideBar->setUser(name, info.company.isEmpty() ? info.deviceName : info.company);
}

void MainWindow::refreshCounts()
{
    m_context.database.write<store::StateCounts>([](store::Store &store) { return store.counts(); }, this, [this](base::Result<store::StateCounts> counts) {
        if (!counts.ok())
            return;
        m_status->setCounts(*counts);
        const qint64 toReview = counts->toReview + counts->notAccepted;
        m_sideBar->setModuleCount(QStringLiteral("review"), toReview > 0 ? m_context.texts.count(toReview) : QString());
        m_sideBar->setModuleMark(QStringLiteral("review"), counts->notAccepted > 0 ? StateMark::NotAccepted : toReview > 0 ? StateMark::Conflict : StateMark::None);
        m_sideBar->setNotificationDot(toReview > 0);
    });
}

void MainWindow::showPalette()
{
    const RecordsPage *records = currentRecords();
    m_palette->popUp(records != nullptr ? records->entity() : model::EntityId(0));
}

void MainWindow::setRowHeight(int height)
{
    m_rowHeight = height;
    for (Page *made : std::as_const(m_pages)) {
        if (auto *records = qobject_cast<RecordsPage *>(made))
            records->list().setRowHeight(height);
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_sideBar->setNarrow(width() < kNarrowBelow);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    m_altAlone = event->key() == Qt::Key_Alt;
    // Esc leads back from wherever the focus is, also from the side bar.
    if (event->key() == Qt::Key_Escape && currentRecords() != nullptr && currentRecords()->stepBack())
        return;
    QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent *event)
{
#ifndef Q_OS_MACOS
    if (m_altAlone && event->key() == Qt::Key_Alt) {
        const bool show = !menuBar()->isVisible();
        if (show)
            m_focusBeforeMenu = QApplication::focusWidget();
        menuBar()->setVisible(show);
        if (show)
            menuBar()->setFocus();
        else if (m_focusBeforeMenu != nullptr)
            m_focusBeforeMenu->setFocus();
    }
#endif
    m_altAlone = false;
    QMainWindow::keyReleaseEvent(event);
}

} // namespace fieldfare::ui
