// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_page.h"

#include "ui/pages/review/conflict_pane.h"
#include "ui/pages/review/review_delegates.h"
#include "ui/pages/review/tray_pane.h"
#include "ui/widgets/controls/empty_state.h"
#include "ui/widgets/controls/hairline_splitter.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/list_roles.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabBar>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kQueueWidth = 304;
constexpr int kQueueMinimum = 240;
constexpr int kPageBelow = 852; ///< a window of 900 px less the narrow side bar: below, what is to be decided is a page of its own

} // namespace

ReviewPage::ReviewPage(const PageContext &context, QWidget *parent) : Page(parent), m_context(context)
{
    m_splitter = new HairlineSplitter(Qt::Horizontal);
    QSplitter *splitter = m_splitter;
    splitter->addWidget(makeQueue());
    m_stack = new QStackedWidget;
    m_conflict = new ConflictPane;
    m_tray = new TrayPane;
    auto *empty = new QWidget;
    empty->setBackgroundRole(QPalette::Base);
    empty->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    m_empty = new EmptyState(QStringLiteral("review"), QString(), QString());
    column->addWidget(m_empty);
    column->addStretch(1);
    m_stack->addWidget(m_conflict);
    m_stack->addWidget(m_tray);
    m_stack->addWidget(empty);
    splitter->addWidget(makePane());
    splitter->setSizes({kQueueWidth, 900});
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(splitter);

    connect(m_tabs, &QTabBar::currentChanged, this, &ReviewPage::fillQueue);
    connect(m_queue->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReviewPage::showCurrent);
    connect(m_queue, &QListView::activated, this, &ReviewPage::openPane);
    connect(m_queue, &QListView::clicked, this, [this] {
        if (m_asPage)
            openPane();
    });
    connect(m_conflict, &ConflictPane::laterRequested, this, [this] { step(1); });
    connect(m_conflict, &ConflictPane::previousRequested, this, [this] { step(-1); });
    connect(m_conflict, &ConflictPane::openRequested, this, [this](const model::Reference &record) { m_context.actions.openRecord(record); });
    connect(m_conflict, &ConflictPane::saveRequested, this,
            [this](const std::vector<ReviewDecision> &decisions) { save(decisions, tr("Decided: %1").arg(m_queue->currentIndex().data().toString())); });
    connect(m_conflict, &ConflictPane::takeTheirsForSameRequested, this, &ReviewPage::takeTheirsForSame);
    connect(m_conflict, &ConflictPane::lookAtSameRequested, this, &ReviewPage::lookAtSame);
    connect(m_tray, &TrayPane::retryRequested, this, &ReviewPage::retry);
    connect(m_tray, &TrayPane::discardRequested, this, &ReviewPage::discard);
    connect(m_tray, &TrayPane::openRequested, this, [this](const model::Reference &record) { m_context.actions.openRecord(record); });
    connect(&m_context.database, &store::DatabaseThread::stateChanged, this, [this] {
        if (isVisible()) // activated() reads it then; the count in the side bar is the window's
            read();
    });
    connect(&m_context.database, &store::DatabaseThread::opened, this, &ReviewPage::read);
    connect(&m_context.names, &NameBook::changed, this, [this] {
        if (isVisible())
            fillQueue();
    });
    showEmpty();
}

QWidget *ReviewPage::makeQueue()
{
    auto *zone = new QWidget;
    m_header = new ZoneHeader(tr("To review"));
    m_tabs = new QTabBar;
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int i = 0; i < 3; ++i)
        m_tabs->addTab(QString());
    m_queueModel = new QStandardItemModel(this);
    m_queue = new QListView;
    m_queue->setModel(m_queueModel);
    m_queue->setItemDelegate(new QueueDelegate(m_queue));
    m_queue->setFrameShape(QFrame::NoFrame);
    m_queue->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_queue->setMouseTracking(true);
    m_queue->setAccessibleName(tr("Records to review"));
    m_note = new TextLabel(tr("Until you choose, the record shows one value: the first for owner and stage, the newest for the rest. "
                              "The other is kept."),
                           Type::Small, Ink::Text2);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(space::k12, space::k8, space::k12, space::k8);
    auto *column = new QVBoxLayout(zone);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    auto *tabs = new QWidget;
    tabs->setFixedHeight(fitHeight(height::kFilterBar, typeFont(Type::Body))); // in line with the bar of the record
    auto *tabRow = new QHBoxLayout(tabs);
    tabRow->setContentsMargins(space::k4, 0, 0, 0);
    tabRow->addWidget(m_tabs, 0, Qt::AlignBottom | Qt::AlignLeft);
    column->addWidget(tabs);
    column->addWidget(m_queue, 1);
    column->addWidget(m_note);
    zone->setMinimumWidth(kQueueMinimum);
    m_zone = zone;
    return zone;
}

QWidget *ReviewPage::makePane()
{
    m_pane = new QWidget;
    auto *column = new QVBoxLayout(m_pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_back = new QWidget;
    auto *row = new QHBoxLayout(m_back);
    row->setContentsMargins(space::k12, space::k6, space::k12, 0);
    auto *back = new LinkButton(QStringLiteral("‹  ") + tr("All to review"));
    back->setAccessibleName(tr("All to review"));
    back->setToolTip(tr("Back to the list (Esc)"));
    row->addWidget(back);
    row->addStretch(1);
    column->addWidget(m_back);
    column->addWidget(m_stack, 1);
    m_back->hide();
    connect(back, &LinkButton::clicked, this, &ReviewPage::closePane);
    return m_pane;
}

void ReviewPage::openPane()
{
    m_paneShown = true;
    placeZones();
    if (m_stack->currentWidget() == m_conflict)
        m_conflict->focusTable();
    else if (m_asPage)
        m_stack->currentWidget()->setFocus(); // Esc works from here
}

void ReviewPage::closePane()
{
    m_paneShown = false;
    placeZones();
    m_queue->setFocus();
}

void ReviewPage::placeZones()
{
    // An empty queue says why in the pane beside it.
    m_asPage = width() < kPageBelow && m_queueModel->rowCount() > 0;
    m_zone->setVisible(!m_asPage || !m_paneShown);
    m_pane->setVisible(!m_asPage || m_paneShown);
    m_back->setVisible(m_asPage);
}

void ReviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    placeZones();
}

void ReviewPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_asPage && m_paneShown)
        closePane();
    else
        Page::keyPressEvent(event);
}

void ReviewPage::activated()
{
    read();
    closePane(); // in a narrow window the list comes first
}

void ReviewPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

void ReviewPage::showRecord(const model::Reference &record)
{
    showTab(Tab::Conflicts);
    for (size_t row = 0; row < m_data.open.size(); ++row) {
        if (m_data.open[row].record == record)
            m_queue->setCurrentIndex(m_queueModel->index(int(row), 0));
    }
    if (width() < kPageBelow)
        openPane(); // it was asked for
}

ReviewPage::Tab ReviewPage::tab() const
{
    return Tab(std::max(0, m_tabs->currentIndex()));
}

void ReviewPage::read()
{
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    m_context.database.write<ReviewData>([](store::Store &store) { return readReview(store); }, this, [this](base::Result<ReviewData> result) {
        m_reading = false;
        if (result.ok())
            setData(std::move(*result));
        else
            m_context.actions.showError(result.error());
        if (std::exchange(m_readAgain, false))
            read();
    });
}

void ReviewPage::setData(ReviewData review)
{
    m_data = std::move(review);
    for (const auto &[reference, title] : m_data.titles) {
        if (!title.isEmpty())
            m_context.names.remember(reference, title);
    }
    // Questions, as in the status bar; a record may have several.
    size_t waiting = size_t(std::count_if(m_data.tray.begin(), m_data.tray.end(), [](const TrayItem &item) { return !item.view.isHandedIn; }));
    for (const ReviewRecord &record : m_data.open)
        waiting += record.conflicts.size();
    Q_EMIT countChanged(waiting == 0 ? QString() : m_context.texts.number(qint64(waiting)));
    fillQueue();
}

void ReviewPage::fillQueue()
{
    const int place = std::max(0, placeOf(m_shown));
    const ReviewText text(m_context.database.catalog(), m_context.texts);
    m_tabs->setTabText(0, tr("Conflicts %1").arg(m_data.open.size()));
    m_tabs->setTabText(1, tr("Not accepted %1").arg(m_data.tray.size()));
    m_tabs->setTabText(2, tr("Done %1").arg(m_data.done.size()));
    m_zone->setMinimumWidth(std::max(kQueueMinimum, m_tabs->sizeHint().width() + space::k12)); // all tabs are seen
    m_header->setNote(tr("%n record(s)", nullptr, int(m_data.open.size() + m_data.tray.size())));
    m_note->setVisible(tab() == Tab::Conflicts && !m_data.open.empty());
    const QSignalBlocker quiet(m_queue->selectionModel());
    m_queueModel->clear();
    const auto append = [&](const QString &title, const QString &line, qint64 at, const QString &number, StateMark mark) {
        auto *item = new QStandardItem(title.isEmpty() ? number : title);
        item->setData(line, QueueDelegate::LineRole);
        item->setData(at == 0 ? QString() : m_context.texts.ago(at), QueueDelegate::TimeRole);
        item->setData(number, QueueDelegate::NumberRole);
        item->setData(int(mark), QueueDelegate::MarkRole);
        item->setData(item->text() + QLatin1String(", ") + line, Qt::AccessibleTextRole);
        m_queueModel->appendRow(item);
    };
    if (tab() == Tab::NotAccepted) {
        for (const TrayItem &item : m_data.tray)
            append(item.title, text.attempted(item.view), item.view.refusedAt, item.number,
                   item.view.isHandedIn ? StateMark::Waiting : StateMark::NotAccepted);
    } else {
        const bool done = tab() == Tab::Done;
        for (const ReviewRecord &record : done ? m_data.done : m_data.open)
            append(record.title, done ? text.resolution(record.conflicts.front()) : text.summary(record), record.latest, record.number,
                   done ? StateMark::Synced : StateMark::Conflict);
    }
    m_queue->setCurrentIndex(m_queueModel->index(std::min(place, m_queueModel->rowCount() - 1), 0));
    showCurrent();
    placeZones();
}

void ReviewPage::showCurrent()
{
    const int row = m_queue->currentIndex().row();
    if (row < 0) {
        showEmpty();
        return;
    }
    const ReviewText text(m_context.database.catalog(), m_context.texts);
    if (tab() == Tab::NotAccepted) {
        m_tray->setItem(m_data.tray[size_t(row)], text, m_context.database.profileInfo().currency);
        m_stack->setCurrentWidget(m_tray);
        return;
    }
    if (tab() == Tab::Done) {
        // What was decided is read in the record's history; the queue only leads there.
        const ReviewRecord &record = m_data.done[size_t(row)];
        m_empty->setTexts(QStringLiteral("check"), record.title, text.summary(record) + tr(". ") + text.resolution(record.conflicts.front()) + tr("."));
        m_empty->clearButtons();
        auto *open = m_empty->addButton(tr("Open record"));
        connect(open, &QPushButton::clicked, this, [this, reference = record.record] { m_context.actions.openRecord(reference); });
        m_stack->setCurrentIndex(2);
        return;
    }
    const ReviewRecord &record = m_data.open[size_t(row)];
    m_shown = record.record;
    QStringList names;
    for (const ReviewRecord *same : sameClash(m_data, record))
        names.append(same->title);
    m_conflict->setRecord(record, text, row + 1, m_queueModel->rowCount(), names);
    m_stack->setCurrentWidget(m_conflict);
}

int ReviewPage::placeOf(const model::Reference &record) const
{
    const int before = m_queue->currentIndex().row();
    if (tab() == Tab::NotAccepted)
        return before;
    const std::vector<ReviewRecord> &records = tab() == Tab::Done ? m_data.done : m_data.open;
    const auto found = std::find_if(records.begin(), records.end(), [&record](const ReviewRecord &known) { return known.record == record; });
    return found == records.end() ? before : int(found - records.begin());
}

void ReviewPage::showEmpty()
{
    m_empty->clearButtons();
    m_stack->setCurrentIndex(2);
    if (tab() == Tab::NotAccepted) {
        m_empty->setTexts(QStringLiteral("check"), tr("Everything was accepted"), tr("Changes that the server does not take come here, with the reason."));
    } else if (tab() == Tab::Done) {
        m_empty->setTexts(QStringLiteral("review"), tr("Nothing decided yet"), tr("What you decide about conflicts is listed here."));
    } else {
        m_empty->setTexts(QStringLiteral("review"), tr("Nothing to review"), tr("All offline changes were merged."));
        if (!m_data.done.empty()) {
            auto *done = m_empty->addButton(tr("Show the %n decided one(s)", nullptr, int(m_data.done.size())));
            connect(done, &QPushButton::clicked, this, [this] { showTab(Tab::Done); });
        }
    }
}

void ReviewPage::step(int by)
{
    const int rows = m_queueModel->rowCount();
    if (rows > 0)
        m_queue->setCurrentIndex(m_queueModel->index((m_queue->currentIndex().row() + by + rows) % rows, 0));
}

void ReviewPage::save(const std::vector<ReviewDecision> &decisions, const QString &done)
{
    m_context.database.write<int>([decisions](store::Store &store) { return resolveAll(store, decisions); }, this,
                                  [this, done](base::Result<int> result) {
                                      if (result.ok())
                                          m_context.actions.announce(QStringLiteral("check"), done, base::Id());
                                      else
                                          m_context.actions.showError(result.error());
                                      read();
                                  });
}

void ReviewPage::takeTheirsForSame()
{
    std::vector<ReviewDecision> decisions;
    for (const ReviewRecord *same : sameClash(m_data, m_conflict->model()->record()))
        decisions.push_back({same->conflicts.front().id, ReviewChoice::Theirs, {}});
    save(decisions, tr("Theirs taken for %n record(s)", nullptr, int(decisions.size())));
}

void ReviewPage::lookAtSame()
{
    // The next one below; the queue ends where it began.
    const int row = m_queue->currentIndex().row();
    const std::vector<const ReviewRecord *> same = sameClash(m_data, m_conflict->model()->record());
    const ReviewRecord *first = same.empty() ? nullptr : same.front();
    for (const ReviewRecord *other : same) {
        if (other - m_data.open.data() > row) {
            first = other;
            break;
        }
    }
    if (first != nullptr)
        showRecord(first->record);
}

void ReviewPage::retry(qint64 id, const std::vector<changes::FieldValue> &corrected)
{
    m_context.database.write<store::CommitReport>(
        [id, corrected](store::Store &store) { return store.retryTrayEntry(id, corrected); }, this,
        [this](base::Result<store::CommitReport> result) {
            if (result.ok())
                m_context.actions.announce(QStringLiteral("check"), tr("Sent again with the next sync"), result->action);
            else
                m_context.actions.showError(result.error());
            read();
        });
}

void ReviewPage::discard(qint64 id)
{
    m_context.database.write<bool>(
        [id](store::Store &store) -> base::Result<bool> {
            FIELDFARE_TRY(store.discardTrayEntry(id));
            return true;
        },
        this,
        [this](base::Result<bool> result) {
            if (!result.ok())
                m_context.actions.showError(result.error());
            read();
        });
}

} // namespace fieldfare::ui
