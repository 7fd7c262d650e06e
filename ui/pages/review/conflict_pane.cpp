// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/conflict_pane.h"

#include "ui/pages/review/conflict_header.h"
#include "ui/pages/review/review_delegates.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/strip.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/text_area.h"

#include <QBoxLayout>
#include <QFontInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kFieldColumnWidth = 130;
constexpr int kNarrowFieldColumn = 92;
constexpr int kNarrowTable = 620;
constexpr int kSmallestTable = 360;
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

/// What is about other records stands in a frame of its own.
class Box final : public QWidget {
protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(t.line);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::kField, radius::kField);
    }
};

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
    m_table->setHorizontalHeader(new ConflictHeader);
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
    column->addWidget(m_table);

    m_editorFrame = new QWidget;
    auto *editorColumn = new QVBoxLayout(m_editorFrame);
    editorColumn->setContentsMargins(kFieldColumnWidth, space::k12, space::k16, 0);
    editorColumn->setSpacing(space::k4);
    m_editorTitle = new TextLabel(tr("Or write what it is to be"), Type::Small, Ink::Text2);
    m_editor = new QPlainTextEdit;
    m_editor->setTabChangesFocus(true);
    m_editor->document()->setDocumentMargin(kTextAreaMargin);
    m_editor->setFixedHeight(kEditorHeight);
    m_editor->setAccessibleName(m_editorTitle->text());
    editorColumn->addWidget(m_editorTitle);
    editorColumn->addWidget(m_editor);
    column->addWidget(m_editorFrame);
    column->addWidget(makeMerged());

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

    column->addWidget(makeSame());
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

QWidget *ConflictPane::makeMerged()
{
    m_merged = new QWidget;
    auto *outer = new QVBoxLayout(m_merged);
    outer->setContentsMargins(0, space::k12, 0, 0);
    auto *strip = new Strip;
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(space::k16, space::k6, space::k16, space::k6);
    row->setSpacing(space::k6);
    row->addWidget(new TextLabel(tr("Merged without a clash:"), Type::Small, Ink::Text2));
    m_mergedNames = new TextLabel(QString(), Type::Small);
    m_mergedNames->setElided(true);
    auto *show = new LinkButton(tr("Show"));
    row->addWidget(m_mergedNames, 1);
    row->addWidget(show);
    outer->addWidget(strip);
    connect(show, &LinkButton::clicked, this, [this] { Q_EMIT openRequested(m_model->record().record); });
    return m_merged;
}

QString ConflictPane::mergedText() const
{
    return m_merged->isHidden() ? QString() : m_mergedNames->text();
}

QWidget *ConflictPane::makeSame()
{
    m_same = new QWidget;
    auto *outer = new QVBoxLayout(m_same);
    outer->setContentsMargins(space::k16, space::k16, space::k16, 0);
    auto *box = new Box;
    outer->addWidget(box);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(space::k12, space::k8, space::k12, space::k8);
    row->setSpacing(space::k8);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_sameText = new TextLabel(QString());
    m_sameText->setElided(true);
    m_sameNames = new TextLabel(QString(), Type::Small, Ink::Text2);
    m_sameNames->setElided(true);
    words->addWidget(m_sameText);
    words->addWidget(m_sameNames);
    auto *look = new QPushButton(tr("Look at each"));
    m_takeAll = new QPushButton;
    for (QPushButton *button : {look, m_takeAll})
        setSmall(button);
    row->addLayout(words, 1);
    row->addWidget(look);
    row->addWidget(m_takeAll);
    connect(look, &QPushButton::clicked, this, &ConflictPane::lookAtSameRequested);
    connect(m_takeAll, &QPushButton::clicked, this, &ConflictPane::takeTheirsForSameRequested);
    return m_same;
}

QWidget *ConflictPane::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(space::k12, space::k8, space::k16, space::k8);
    m_chosen = new TextLabel(QString(), Type::Small, Ink::Text2);
    m_chosen->setElided(true);
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
    const int fields = int(record.conflicts.size());
    const bool isTrash = std::all_of(record.conflicts.begin(), record.conflicts.end(), [](const store::ConflictView &conflict) {
        return conflict.field == model::FieldKey(model::kTrashedNumber);
    });
    const bool isProposal = std::all_of(record.conflicts.begin(), record.conflicts.end(), [](const store::ConflictView &conflict) { return conflict.isProposal(); });
    if (isProposal) {
        m_sentence->setText(tr("%1 changed %n field(s), and may not change this record any more: a proposal.", nullptr, fields).arg(people.join(tr(", "))));
    } else if (isTrash) {
        const bool isMine = !record.conflicts.empty() && record.conflicts.front().mine.integerOr(0) == 1;
        m_sentence->setText((isMine ? tr("You moved this to the trash; meanwhile %1 changed it.") : tr("%1 moved this to the trash; meanwhile you changed it.")).arg(people.join(tr(", "))));
    } else if (people.size() > 1) {
        const QString last = people.takeLast();
        m_sentence->setText(tr("You, %1 and %2 changed the same %n field(s).", nullptr, fields).arg(people.join(tr(", ")), last));
    } else {
        m_sentence->setText(tr("You and %1 changed the same %n field(s).", nullptr, fields).arg(people.value(0)));
    }
    m_same->setVisible(!same.isEmpty());
    m_sameText->setText(tr("%n more record(s) have the same clash.", nullptr, int(same.size())));
    m_sameNames->setText(same.mid(0, 8).join(tr(", ")));
    m_takeAll->setText(tr("Take theirs for all %n", nullptr, int(same.size())));
    QStringList merged;
    for (const model::FieldKey &field : record.merged)
        merged.append(text.fieldLabel(record.record.entity, field));
    merged.removeDuplicates();
    m_mergedNames->setText(merged.join(tr(", ")));
    m_merged->setVisible(!merged.isEmpty());
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
    const QString wanted = m_model->choice(row) == ReviewChoice::Edited ? m_model->edited(row).textOrEmpty() : conflict.shown.textOrEmpty();
    if (m_editor->toPlainText() == wanted)
        return; // the cursor stays where somebody writes
    m_filling = true;
    m_editor->setPlainText(wanted);
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
    const QStringList headings{tr("Field"), tr("Now on this computer"), tr("Will be"), tr("Kept in the history")};
    m_afterModel->setHorizontalHeaderLabels(headings);
    for (int column = 0; column < int(headings.size()); ++column)
        m_afterModel->horizontalHeaderItem(column)->setToolTip(headings.at(column)); // where a small window cuts it
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
    const int width = std::max(kSmallestTable, m_table->width());
    const double scale = QFontInfo(typeFont(Type::Body)).pixelSize() / 13.0; // the widths are for a 13-px font
    const int first = qRound(scale * (width < kNarrowTable ? kNarrowFieldColumn : kFieldColumnWidth));
    m_table->setColumnWidth(0, first);
    m_editorFrame->layout()->setContentsMargins(first, space::k12, space::k16, 0); // below the values
    for (int column = 1; column < ConflictModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, (width - first) / 3);
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
