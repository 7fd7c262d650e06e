// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/conflict_pane.h"

#include "ui/pages/review/review_delegates.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>

namespace fieldfare::ui {

namespace {

constexpr int kFieldColumnWidth = 130;
constexpr int kEditorHeight = 76;

QToolButton *tool(const QString &iconName, const QString &tip)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace

ConflictPane::ConflictPane(QWidget *parent) : QWidget(parent), m_model(new ConflictModel(this))
{
    m_header = new ZoneHeader;
    auto *open = new QPushButton(tr("Open record"));
    auto *previous = tool(QStringLiteral("chevron-up"), tr("Previous record"));
    auto *next = tool(QStringLiteral("chevron-down"), tr("Next record, decide later"));
    m_header->addTrailing(previous);
    m_header->addTrailing(next);
    m_header->addTrailing(open);
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, space::k16);
    column->setSpacing(0);
    column->addWidget(makeChoices());
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ConflictDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setAccessibleName(tr("Before, yours and theirs"));
    m_table->installEventFilter(this);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    column->addWidget(m_table);

    m_editorFrame = new QWidget;
    auto *editorColumn = new QVBoxLayout(m_editorFrame);
    editorColumn->setContentsMargins(kFieldColumnWidth, space::k12, space::k16, 0);
    editorColumn->setSpacing(space::k4);
    m_editorTitle = new TextLabel(tr("Or write what it is to be"), Type::Small, Ink::Text2);
    m_editor = new QPlainTextEdit;
    m_editor->setTabChangesFocus(true);
    m_editor->setFixedHeight(kEditorHeight);
    m_editor->setAccessibleName(m_editorTitle->text());
    editorColumn->addWidget(m_editorTitle);
    editorColumn->addWidget(m_editor);
    column->addWidget(m_editorFrame);

    auto *afterTitle = new SectionHeader(tr("After saving"));
    afterTitle->setContentsMargins(space::k16, space::k16, space::k16, space::k4);
    column->addWidget(afterTitle);
    m_afterModel = new QStandardItemModel(0, 4, this);
    m_after = new QTableView;
    m_after->setModel(m_afterModel);
    RowDelegate::prepareView(m_after, height::kRowCompact);
    auto *rows = new RowDelegate(m_after);
    rows->setMarkColumn(-1);
    m_after->setItemDelegate(rows);
    m_after->setSelectionMode(QAbstractItemView::NoSelection);
    m_after->setFocusPolicy(Qt::NoFocus);
    m_after->setAccessibleName(tr("After saving"));
    m_after->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_after->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_after->horizontalHeader()->setSectionsClickable(false);
    m_after->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *afterBox = new QHBoxLayout;
    afterBox->setContentsMargins(space::k16, 0, space::k16, 0);
    afterBox->addWidget(m_after);
    column->addLayout(afterBox);

    m_same = new QWidget;
    auto *sameRow = new QHBoxLayout(m_same);
    sameRow->setContentsMargins(space::k16, space::k16, space::k16, 0);
    auto *sameWords = new QVBoxLayout;
    sameWords->setSpacing(0);
    m_sameText = new TextLabel(QString());
    m_sameNames = new TextLabel(QString(), Type::Small, Ink::Text2);
    m_sameNames->setElided(true);
    sameWords->addWidget(m_sameText);
    sameWords->addWidget(m_sameNames);
    m_takeAll = new QPushButton;
    sameRow->addLayout(sameWords, 1);
    sameRow->addWidget(m_takeAll);
    column->addWidget(m_same);
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_header);
    outer->addWidget(scroll, 1);
    outer->addWidget(makeFoot());

    connect(m_model, &ConflictModel::choicesChanged, this, &ConflictPane::showAfter);
    connect(m_table, &QTableView::clicked, this, &ConflictPane::onCellClicked);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, m_table->viewport(), [this] { m_table->viewport()->update(); });
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling && longTextRow() >= 0)
            m_model->setEdited(longTextRow(), m_editor->toPlainText());
    });
    connect(m_takeAll, &QPushButton::clicked, this, &ConflictPane::takeTheirsForSameRequested);
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_model->record().record); });
    connect(previous, &QToolButton::clicked, this, &ConflictPane::previousRequested);
    connect(next, &QToolButton::clicked, this, &ConflictPane::laterRequested);
}

QWidget *ConflictPane::makeChoices()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::k12, space::k4, space::k16, space::k4);
    m_sentence = new TextLabel(QString(), Type::Body, Ink::Text2);
    m_sentence->setElided(true);
    auto *mine = new QPushButton(tr("All yours"));
    auto *theirs = new QPushButton(tr("All theirs"));
    setShownShortcut(mine, QKeySequence(Qt::SHIFT | Qt::Key_M));
    setShownShortcut(theirs, QKeySequence(Qt::SHIFT | Qt::Key_T));
    row->addWidget(m_sentence, 1);
    row->addWidget(mine);
    row->addWidget(theirs);
    connect(mine, &QPushButton::clicked, this, [this] { m_model->chooseAll(ReviewChoice::Mine); });
    connect(theirs, &QPushButton::clicked, this, [this] { m_model->chooseAll(ReviewChoice::Theirs); });
    return bar;
}

QWidget *ConflictPane::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(space::k12, space::k8, space::k16, space::k8);
    m_chosen = new TextLabel(QString(), Type::Small, Ink::Text2);
    auto *later = new QPushButton(tr("Later"));
    auto *save = new QPushButton(tr("Save and next"));
    setButtonKind(save, ButtonKind::Primary);
    setShownShortcut(save, QKeySequence(Qt::CTRL | Qt::Key_Return));
    row->addWidget(m_chosen, 1);
    row->addWidget(later);
    row->addWidget(save);
    connect(later, &QPushButton::clicked, this, &ConflictPane::laterRequested);
    connect(save, &QPushButton::clicked, this, [this] { Q_EMIT saveRequested(m_model->decisions()); });
    return foot;
}

void ConflictPane::setRecord(const ReviewRecord &record, const ReviewText &text, int position, int count, const QStringList &same)
{
    m_model->setRecord(record, text);
    m_header->setTitle(record.title.isEmpty() ? record.number : record.title);
    const QString place = tr("%1 of %2").arg(text.texts().number(position), text.texts().number(count));
    m_header->setNote(record.number.isEmpty() ? place : tr("%1 · %2").arg(record.number, place));
    QStringList people;
    for (const store::ConflictView &conflict : record.conflicts)
        people.append(text.person(conflict.theirsBy));
    people.removeDuplicates();
    m_sentence->setText(tr("You and %1 changed the same %n field(s).", nullptr, int(record.conflicts.size())).arg(people.join(tr(", "))));
    m_same->setVisible(!same.isEmpty());
    m_sameText->setText(tr("%n more record(s) have the same clash.", nullptr, int(same.size())));
    m_sameNames->setText(same.mid(0, 8).join(tr(", ")));
    m_takeAll->setText(tr("Take theirs for all %n", nullptr, int(same.size())));
    showEditor();
    m_table->setCurrentIndex(m_model->index(0, 1));
    fitTable();
}

void ConflictPane::focusTable()
{
    m_table->setFocus();
}

int ConflictPane::longTextRow() const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto &conflict = m_model->record().conflicts[size_t(row)];
        if (m_model->text()->isLongText(m_model->record().record.entity, conflict.field))
            return row;
    }
    return -1;
}

void ConflictPane::showEditor()
{
    const int row = longTextRow();
    m_editorFrame->setVisible(row >= 0);
    if (row < 0)
        return;
    const auto &conflict = m_model->record().conflicts[size_t(row)];
    m_editorTitle->setText(tr("%1: or write what it is to be").arg(m_model->text()->fieldLabel(m_model->record().record.entity, conflict.field)));
    m_filling = true;
    m_editor->setPlainText(conflict.shown.textOrEmpty());
    m_filling = false;
}

void ConflictPane::choose(ReviewChoice choice)
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return;
    m_model->choose(row, choice);
    if (row + 1 < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(row + 1, 1));
}

void ConflictPane::onCellClicked(const QModelIndex &index)
{
    const ReviewChoice choices[] = {ReviewChoice::None, ReviewChoice::Before, ReviewChoice::Mine, ReviewChoice::Theirs};
    if (index.column() > 0 && index.column() < ConflictModel::ColumnCount)
        m_model->choose(index.row(), choices[index.column()]);
}

void ConflictPane::showAfter()
{
    const ReviewText *text = m_model->text();
    if (text == nullptr)
        return;
    m_afterModel->setHorizontalHeaderLabels({tr("Field"), tr("Now on this computer"), tr("Will be"), tr("Kept in the history")});
    m_afterModel->setRowCount(0);
    const model::EntityId entity = m_model->record().record.entity;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const store::ConflictView &conflict = m_model->record().conflicts[size_t(row)];
        const model::Value value = chosenValue(conflict, m_model->choice(row), m_model->edited(row));
        const bool same = value == conflict.shown;
        QStringList kept;
        for (const model::Value *other : {&conflict.mine, &conflict.theirs}) {
            if (*other != value)
                kept.append(text->value(entity, conflict.field, *other));
        }
        auto *will = new QStandardItem(same ? tr("no change") : text->value(entity, conflict.field, value).simplified());
        will->setData(!same, EmphasisRole);
        will->setData(int(same ? Tone::Muted : Tone::Normal), ToneRole);
        auto *history = new QStandardItem(kept.join(tr(", ")).simplified());
        history->setData(int(Tone::Muted), ToneRole);
        m_afterModel->appendRow({new QStandardItem(text->fieldLabel(entity, conflict.field)),
                                 new QStandardItem(text->value(entity, conflict.field, conflict.shown).simplified()), will, history});
    }
    m_chosen->setText(tr("%1 of %2 chosen. You can undo this later.").arg(m_model->chosenCount()).arg(m_model->rowCount()));
    m_after->setFixedHeight(m_after->horizontalHeader()->sizeHint().height() + m_afterModel->rowCount() * m_after->verticalHeader()->defaultSectionSize() + 2);
}

void ConflictPane::fitTable()
{
    const int width = std::max(480, m_table->width());
    m_table->setColumnWidth(0, kFieldColumnWidth);
    for (int column = 1; column < ConflictModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, (width - kFieldColumnWidth) / 3);
    m_table->resizeRowsToContents();
    int height = m_table->horizontalHeader()->sizeHint().height();
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += m_table->rowHeight(row);
    m_table->setFixedHeight(height);
}

bool ConflictPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::Resize)
        fitTable();
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier) {
            switch (key->key()) {
            case Qt::Key_B:
                choose(ReviewChoice::Before);
                return true;
            case Qt::Key_M:
                choose(ReviewChoice::Mine);
                return true;
            case Qt::Key_T:
                choose(ReviewChoice::Theirs);
                return true;
            case Qt::Key_Space:
                onCellClicked(m_table->currentIndex());
                return true;
            default:
                break;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ConflictPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitTable();
}

} // namespace fieldfare::ui
