// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/records_page.h"

#include "core/store/query/list_reader.h"
#include "ui/model/layout_hints.h"
#include "ui/model/own_rights.h"
#include "ui/pages/records/draft_saving.h"
#include "ui/widgets/controls/hairline_splitter.h"
#include "ui/widgets/controls/search_field.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/list/filter_bar.h"
#include "ui/widgets/list/record_table.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace fieldfare::ui {

namespace {

constexpr int kRecordWidth = 392;
constexpr int kRecordMinimum = 340;
constexpr int kRecordMaximum = 560;
constexpr int kListMinimum = 480;
constexpr int kSearchWidth = 264;
constexpr int kPageBelow = 852;    ///< a window of 900 px less the narrow side bar: below, the record is a page of its own
constexpr int kNarrowBelow = 1052; ///< a window of 1100 px likewise: below, the search field becomes an icon
constexpr int kSaveDelayMs = 800;

} // namespace

RecordsPage::RecordsPage(const PageContext &context, model::EntityId entity, QWidget *parent)
    : Page(parent), m_context(context), m_entity(entity), m_countRead(context.database),
      m_list(new EntityList(context.database, context.texts, entity)), m_record(new RecordPanel({context.database, context.texts})),
      m_splitter(new HairlineSplitter), m_saveSoon(new QTimer(this)), m_rights(new OwnRights(context.database, this))
{
    const model::Entity &known = m_list->model().entity();
    m_name = known.name();
    m_label = known.label();
    m_plural = known.pluralLabel();
    m_icon = layout::entityIcon(known);
    m_views = BuiltInViews::of(known, !context.texts.isChinese());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_splitter);
    m_listZone = makeListZone();
    m_splitter->addWidget(m_listZone);
    m_splitter->addWidget(m_record);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_record->setMaximumWidth(kRecordMaximum);
    m_record->setMinimumWidth(kRecordMinimum);
    m_record->hide();
    m_saveSoon->setSingleShot(true);
    m_saveSoon->setInterval(kSaveDelayMs);
    connect(m_saveSoon, &QTimer::timeout, this, &RecordsPage::saveState);
    connect(m_splitter, &QSplitter::splitterMoved, m_saveSoon, qOverload<>(&QTimer::start));
    connectList();
    connectRecord();
    followRights();
    refreshHeader();
    loadState();
}

RecordsPage::~RecordsPage() = default;

QString RecordsPage::key() const
{
    return m_name;
}

QString RecordsPage::title() const
{
    return m_plural;
}

QString RecordsPage::iconName() const
{
    return m_icon;
}

QWidget *RecordsPage::makeListZone()
{
    auto *zone = new QWidget;
    auto *column = new QVBoxLayout(zone);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_header = new ZoneHeader(m_plural);
    m_viewMenu = new QMenu(m_header);
    m_header->setTitleMenu(m_viewMenu);
    m_search = new SearchField(tr("Search or run a command"), QKeySequence(Qt::CTRL | Qt::Key_K));
    m_search->setFixedWidth(kSearchWidth);
    // It opens the palette, where one types; read-only it would look as if it could not be used.
    m_search->setFocusPolicy(Qt::NoFocus);
    m_search->setContextMenuPolicy(Qt::NoContextMenu);
    m_search->setAcceptDrops(false);
    m_search->installEventFilter(this);
    m_header->addTrailing(m_search);
    m_searchIcon = new QToolButton;
    m_searchIcon->setIcon(icon(QStringLiteral("search")));
    m_searchIcon->setAutoRaise(true);
    m_searchIcon->setToolTip(tr("Search or run a command (Ctrl+K)"));
    m_searchIcon->setAccessibleName(tr("Search or run a command"));
    connect(m_searchIcon, &QToolButton::clicked, this, &RecordsPage::searchRequested);
    m_header->addTrailing(m_searchIcon);
    m_new = new QPushButton(icon(QStringLiteral("plus")), tr("New %1").arg(m_context.texts.isChinese() ? m_label : m_label.toLower()));
    setButtonKind(m_new, ButtonKind::Primary);
    m_header->addTrailing(m_new);
    connect(m_new, &QPushButton::clicked, this, [this] { newRecord(); });
    connect(m_rights, &OwnRights::changed, this, &RecordsPage::followRights);
    column->addWidget(m_header);
    column->addWidget(m_list, 1);
    for (const ListView &view : std::as_const(m_views)) {
        m_viewMenu->addAction(icon(view.iconName), view.title, this, [this, key = view.key] { showView(key); });
    }
    return zone;
}

QString RecordsPage::plural() const
{
    return m_context.texts.isChinese() ? m_plural : m_plural.toLower();
}

void RecordsPage::followRights()
{
    const bool mayCreate = m_rights->mayCreate(m_entity);
    m_new->setEnabled(mayCreate);
    m_new->setToolTip(mayCreate ? tr("%1 (Ctrl+N)").arg(m_new->text()) : tr("Your role may not create %1. Ask the administrator for the right.").arg(plural()));
    m_list->setMayCreate(mayCreate);
}

void RecordsPage::connectList()
{
    connect(m_list, &EntityList::currentChanged, this, [this](const base::Id &id) {
        if (m_recordShown && !m_asPage)
            m_record->open({m_entity, id});
        else if (!m_asPage)
            openRecord(id);
        showPosition();
    });
    connect(m_list, &EntityList::opened, this, [this](const base::Id &id) {
        openRecord(id);
        m_record->focusForm();
    });
    connect(m_list, &EntityList::removeRequested, this, &RecordsPage::removeSelected);
    connect(m_list, &EntityList::newRequested, this, [this] { newRecord(); });
    connect(m_list, &EntityList::menuRequested, this, [this](const QPoint &at) { showMenu(at, MenuOf::List); });
    connect(m_list, &EntityList::countsChanged, this, [this] {
        refreshHeader();
        showPosition();
        Q_EMIT selectionTextChanged();
    });
    connect(m_list, &EntityList::selectionChanged, this, &RecordsPage::selectionTextChanged);
    connect(m_list, &EntityList::selectionChanged, this, &RecordsPage::showPosition); // found, or known not to be there
    connect(m_list, &EntityList::stateChanged, m_saveSoon, qOverload<>(&QTimer::start));
    connect(m_list, &EntityList::failed, this, [this](const base::Error &error) { m_context.actions.showError(error); });
    connect(&m_context.database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId changed) {
        if (changed == m_entity)
            readViewCounts();
    });
}

void RecordsPage::connectRecord()
{
    connect(m_record, &RecordPanel::previousRequested, this, [this] { stepRecord(-1); });
    connect(m_record, &RecordPanel::nextRequested, this, [this] { stepRecord(1); });
    connect(m_record, &RecordPanel::closeRequested, this, &RecordsPage::closeRecord);
    connect(m_record, &RecordPanel::gone, this, &RecordsPage::leaveRecord);
    connect(m_record, &RecordPanel::menuRequested, this, [this](const QPoint &at) { showMenu(at, MenuOf::Record); });
    connect(m_record, &RecordPanel::openRequested, this, [this](const model::Reference &record) { m_context.actions.openRecord(record); });
    connect(m_record, &RecordPanel::newRequested, this,
            [this](model::EntityId entity, const std::vector<changes::FieldValue> &first) { m_context.actions.newRecord(entity, first); });
    connect(m_record, &RecordPanel::conflictActivated, this, [this] { m_context.actions.openPage(QStringLiteral("review")); });
    connect(m_record, &RecordPanel::announced, this, [this](const QString &iconName, const QString &text, const base::Id &action) {
        m_context.actions.announce(iconName, text, action);
    });
    connect(m_record, &RecordPanel::failed, this, [this](const base::Error &error) { m_context.actions.showError(error); });
    connect(m_record, &RecordPanel::saved, this, [this](const model::Reference &record, const base::Id &action, bool created) {
        const bool isOpen = record == m_record->model().reference(); // or another was opened meanwhile
        if (created && isOpen)
            m_list->setCurrent(record.id);
        const model::Field *title = m_list->model().entity().titleField();
        const QString name = title != nullptr && isOpen ? m_record->model().value(*title).textOrEmpty() : QString();
        m_context.actions.announce(QStringLiteral("check"), created ? tr("%1 created").arg(m_label) : tr("%1 saved").arg(name.isEmpty() ? m_label : name), action);
    });
}

void RecordsPage::activated()
{
    readViewCounts();
    m_list->focusTable();
}

void RecordsPage::showView(const QString &key)
{
    for (const ListView &view : std::as_const(m_views)) {
        if (view.key != key)
            continue;
        m_view = key;
        m_filterTitle.clear();
        m_list->setQuery(view.filter, view.sorts, view.trashed);
        refreshHeader();
        m_saveSoon->start();
        Q_EMIT viewsChanged(); // the side bar marks it, whoever chose it
    }
}

void RecordsPage::showFilter(const store::Filter &filter, const QString &title)
{
    m_view.clear();
    m_filterTitle = title;
    m_list->setQuery(filter, {});
    refreshHeader();
    Q_EMIT viewsChanged(); // none is marked
}

void RecordsPage::refreshHeader()
{
    QString title = m_filterTitle.isEmpty() ? m_plural : m_filterTitle;
    for (const ListView &view : std::as_const(m_views)) {
        if (view.key == m_view)
            title = view.title;
    }
    m_header->setTitle(title);
    const RecordListModel &model = m_list->model();
    const QString count = model.isComplete() ? m_context.texts.number(model.rowCount()) : QStringLiteral("…");
    const bool isPart = !m_list->filter().isEmpty() && model.total() >= 0;
    m_header->setNote(isPart ? tr("%1 of %2").arg(count, m_context.texts.number(model.total())) : count);
}

void RecordsPage::readViewCounts()
{
    using Counts = QHash<QString, qint64>;
    const QList<ListView> views = m_views;
    const model::EntityId entity = m_entity;
    m_countRead.read<Counts>(
        [views, entity](store::ReadContext &reading) -> base::Result<Counts> {
            Counts counts;
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            for (const ListView &view : views) {
                store::ListQuery query;
                query.entity = entity;
                query.filter = view.filter;
                query.trashed = view.trashed;
                FIELDFARE_ASSIGN(const std::int64_t count, reader.count(query));
                counts.insert(view.key, count);
            }
            return counts;
        },
        this,
        [this](base::Result<Counts> counts) {
            if (!counts.ok())
                return;
            for (auto it = counts->cbegin(); it != counts->cend(); ++it)
                m_viewCounts.insert(it.key(), *it == 0 && it.key() == QStringLiteral("trash") ? QString() : m_context.texts.count(*it));
            // What waits for oneself is the number beside the module.
            const QString own = m_viewCounts.contains(QStringLiteral("open")) ? QStringLiteral("mine") : QString();
            Q_EMIT countChanged(own.isEmpty() || counts->value(own) == 0 ? QString() : m_context.texts.count(counts->value(own)));
            Q_EMIT viewsChanged();
        });
}

void RecordsPage::openRecord(const base::Id &id)
{
    showRecordZone(true);
    m_record->open({m_entity, id});
    if (m_list->currentId() != id)
        m_list->setCurrent(id);
    showPosition();
}

void RecordsPage::showPosition()
{
    if (isRecordOpen() && !m_record->model().isNew())
        m_record->setPosition(m_list->currentRow(), m_list->model().isComplete() ? m_list->model().rowCount() : -1);
}

void RecordsPage::newRecord(const std::vector<changes::FieldValue> &first)
{
    if (!m_rights->mayCreate(m_entity)) // asked by key, or from a record's related lists
        return m_context.actions.showError({base::ErrorCode::NotPermitted, tr("Your role may not create %1.").arg(plural())});
    showRecordZone(true);
    m_record->openNew(m_entity, first);
}

void RecordsPage::closeRecord()
{
    showRecordZone(false);
    m_record->close();
    m_list->focusTable();
}

/// It was erased, or its user sees it no more.
void RecordsPage::leaveRecord()
{
    const bool isTyped = m_record->model().isOpenDraft();
    closeRecord();
    m_context.actions.announce(QStringLiteral("info"),
                               isTyped ? tr("This record is no longer on this computer. What you typed is there again if it comes back.")
                                       : tr("This record is no longer on this computer: it was erased, or you may not see it now."),
                               {});
}

bool RecordsPage::isRecordOpen() const
{
    return m_recordShown;
}

bool RecordsPage::hasDrafts() const
{
    return m_record->hasDrafts();
}

void RecordsPage::saveRecord()
{
    if (m_recordShown)
        m_record->save();
}

void RecordsPage::saveDrafts(const std::function<void()> &done)
{
    delete m_draftSaving; // asked anew, it is what is asked last that counts
    m_draftSaving = new DraftSaving(*this, done);
}

QString RecordsPage::draftTitle() const
{
    if (!hasDrafts() || !m_record->isOpenDraftAlone())
        return {};
    const EditModel &model = m_record->model();
    const model::Field *field = model.entity()->titleField();
    const QString title = field != nullptr ? model.value(*field).textOrEmpty() : QString();
    return title.isEmpty() && model.isNew() ? m_new->text() : title;
}

void RecordsPage::startNote()
{
    if (!m_recordShown && !m_list->currentId().isNull())
        openRecord(m_list->currentId());
    m_record->startNote(QStringLiteral("call"));
}

void RecordsPage::focusFilter()
{
    m_list->filterBar().startNewCondition();
}

void RecordsPage::stepRecord(int step)
{
    m_list->moveCurrent(step);
    if (m_asPage && !m_list->currentId().isNull())
        m_record->open({m_entity, m_list->currentId()});
}

void RecordsPage::showMenu(const QPoint &at, MenuOf of)
{
    QMenu menu(this);
    const bool ofRecord = of == MenuOf::Record;
    const base::Id id = !ofRecord ? m_list->currentId() : m_record->model().isNew() ? base::Id() : m_record->model().reference().id;
    const bool any = !id.isNull();
    const auto add = [&menu, any](const QString &iconName, const QString &text, const QKeySequence &keys) {
        QAction *action = menu.addAction(icon(iconName), text);
        action->setShortcut(keys); // shown; the window's own action has it
        action->setShortcutContext(Qt::WidgetShortcut);
        action->setEnabled(any);
        return action;
    };
    connect(add(QStringLiteral("window"), tr("Open"), QKeySequence(Qt::Key_Return)), &QAction::triggered, this, [this, id] { openRecord(id); });
    connect(add(QStringLiteral("phone"), tr("Log call"), QKeySequence(Qt::CTRL | Qt::Key_L)), &QAction::triggered, this, &RecordsPage::startNote);
    connect(add(QStringLiteral("copy"), tr("Copy number"), {}), &QAction::triggered, this, &RecordsPage::copyNumber);
    menu.addSeparator();
    const bool inTrash = ofRecord ? m_record->model().row().record.trashed : m_view == QStringLiteral("trash");
    QAction *remove = add(inTrash ? QStringLiteral("undo") : QStringLiteral("trash"), inTrash ? tr("Take out of the trash") : tr("Move to trash"),
                          QKeySequence(Qt::Key_Delete));
    setDangerous(remove, !inTrash);
    remove->setEnabled(remove->isEnabled() && m_rights->mayRemove(m_entity));
    connect(remove, &QAction::triggered, this, [this, id, ofRecord] {
        if (ofRecord)
            trash({id}); // whatever the list has selected
        else
            removeSelected();
    });
    menu.exec(at);
}

void RecordsPage::copyNumber()
{
    const model::Entity &entity = m_list->model().entity();
    const model::Field *field = entity.numberField() ? entity.numberField() : entity.titleField();
    if (field == nullptr)
        return;
    const EditModel &open = m_record->model();
    const store::RowView *row = m_list->model().rowAt(m_list->currentRow());
    if (m_recordShown && open.isLoaded() && !open.isNew())
        QApplication::clipboard()->setText(open.stored(*field).textOrEmpty());
    else if (row != nullptr)
        QApplication::clipboard()->setText(row->record.value(*field).textOrEmpty());
}

QString RecordsPage::selectionText() const
{
    const int selected = m_list->selectedCount();
    if (selected == 0)
        return {};
    const QString all = m_list->model().isComplete() ? m_context.texts.number(m_list->model().rowCount()) : QStringLiteral("…");
    return tr("%1 of %2 selected").arg(m_context.texts.number(selected), all);
}

void RecordsPage::showRecordZone(bool shown)
{
    m_recordShown = shown;
    placeZones();
}

void RecordsPage::placeZones()
{
    m_asPage = width() < kPageBelow;
    const bool firstTime = m_recordShown && !m_record->isVisible() && !m_asPage;
    const bool hadFocus = m_listZone->isAncestorOf(QApplication::focusWidget());
    m_record->setVisible(m_recordShown);
    m_record->setMaximumWidth(m_asPage ? QWIDGETSIZE_MAX : kRecordMaximum);
    m_listZone->setVisible(!(m_asPage && m_recordShown));
    if (m_asPage && m_recordShown && hadFocus)
        m_record->setFocus(); // Esc and Alt+Down work from here; no field is opened by it
    m_listZone->setMinimumWidth(m_asPage ? 0 : std::min(kListMinimum, std::max(0, width() - kRecordMinimum - 8)));
    if (firstTime && m_splitter->sizes().value(1) < kRecordMinimum)
        m_splitter->setSizes({width() - kRecordWidth - 1, kRecordWidth});
    m_search->setVisible(width() >= kNarrowBelow);
    m_searchIcon->setVisible(width() < kNarrowBelow);
}

void RecordsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !stepBack())
        Page::keyPressEvent(event);
}

bool RecordsPage::stepBack()
{
    if (!m_recordShown)
        return false;
    const QWidget *focus = QApplication::focusWidget();
    const bool inList = m_listZone->isAncestorOf(focus);
    if (!m_asPage && focus != nullptr && !inList)
        m_list->focusTable();
    else
        closeRecord();
    return true;
}

void RecordsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    placeZones();
}

bool RecordsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::MouseButtonPress) {
        Q_EMIT searchRequested();
        return true;
    }
    if (watched == m_search && (event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonDblClick))
        return true; // nothing is pasted or selected here
    return Page::eventFilter(watched, event);
}

void RecordsPage::loadState()
{
    const QString name = QStringLiteral("page.") + m_name;
    m_context.database.write<QByteArray>([name](store::Store &store) { return store.setting(name); }, this, [this](base::Result<QByteArray> bytes) {
        const QJsonObject state = bytes.ok() ? QJsonDocument::fromJson(*bytes).object() : QJsonObject();
        m_list->restoreState(state.value(QStringLiteral("list")).toString().toUtf8());
        const int record = state.value(QStringLiteral("record")).toInt(kRecordWidth);
        m_splitter->setSizes({std::max(kListMinimum, width() - record), std::clamp(record, kRecordMinimum, kRecordMaximum)});
        m_stateRead = true;
        if (m_filterTitle.isEmpty())
            showView(state.value(QStringLiteral("view")).toString(QStringLiteral("all")));
        if (m_list->model().query().entity == 0)
            showView(QStringLiteral("all"));
        Q_EMIT viewsChanged();
        readViewCounts();
    });
}

void RecordsPage::saveState()
{
    if (!m_stateRead)
        return;
    QJsonObject state;
    state.insert(QStringLiteral("list"), QString::fromUtf8(m_list->saveState()));
    state.insert(QStringLiteral("record"), m_record->isVisible() ? m_record->width() : kRecordWidth);
    state.insert(QStringLiteral("view"), m_view.isEmpty() ? QStringLiteral("all") : m_view);
    const QByteArray bytes = QJsonDocument(state).toJson(QJsonDocument::Compact);
    const QString name = QStringLiteral("page.") + m_name;
    m_context.database.write<bool>(
        [name, bytes](store::Store &store) -> base::Result<bool> {
            FIELDFARE_TRY(store.setSetting(name, bytes));
            return true;
        },
        this, {}, store::Priority::Background);
}

} // namespace fieldfare::ui
