// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form/form_row.h"

#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/model/problem_text.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/state_mark.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFontInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QPlainTextEdit>

namespace fieldfare::ui {

namespace {

constexpr int kBarLeft = 6;
constexpr int kBarWidth = 3;
constexpr int kTextInset = 8; // of a value inside its editor
constexpr int kMarkSide = 16;

int labelWidth()
{
    return qRound(FormRow::kLabelWidth * QFontInfo(typeFont(Type::Body)).pixelSize() / 13.0);
}

} // namespace

/// The 12-px mark behind the value's text; a conflict's has its word, and can be clicked.
class FormRow::ValueMark final : public QWidget {
public:
    explicit ValueMark(FormRow *row) : QWidget(row), m_row(row)
    {
        hide();
    }
    void setMark(StateMark mark)
    {
        m_mark = mark;
        m_words = mark == StateMark::Conflict ? FormRow::tr("review") : QString();
        const QFontMetrics metrics(typeFont(Type::Small));
        setFixedSize(kMarkSide + (m_words.isEmpty() ? 0 : metrics.horizontalAdvance(m_words) + space::k4), std::max(kMarkSide, metrics.height()));
        setToolTip(stateMarkText(mark));
        setAccessibleName(stateMarkText(mark));
        setCursor(mark == StateMark::Conflict ? Qt::PointingHandCursor : Qt::ArrowCursor);
        setVisible(mark != StateMark::None);
        update();
    }
    [[nodiscard]] StateMark mark() const { return m_mark; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = Tokens::of(this);
        paintStateMark(&painter, QRect(0, 0, kMarkSide, height()), m_mark, tokens);
        painter.setFont(typeFont(Type::Small));
        painter.setPen(tokens.conflict);
        painter.drawText(rect().adjusted(kMarkSide, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, m_words);
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (m_mark == StateMark::Conflict && rect().contains(event->pos()))
            Q_EMIT m_row->conflictActivated(m_row->m_model.conflict(m_row->field()));
    }

private:
    FormRow *m_row;
    StateMark m_mark = StateMark::None;
    QString m_words;
};

FormRow::FormRow(const model::Field &field, EditModel &model, const EditorContext &context, QWidget *parent)
    : QWidget(parent), m_model(model), m_context(context), m_editor(FieldEditor::make(field, context)),
      m_label(new TextLabel(field.has(model::Required) ? field.label() + QStringLiteral(" *") : field.label(), Type::Small, Ink::Text2)),
      m_column(new QVBoxLayout), m_mark(nullptr)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::k16, 0, space::k16 - kTextInset / 2, 0);
    row->setSpacing(0);
    m_label->setFixedWidth(labelWidth());
    // A label without room gives way to the column's, where there is one; screen readers have the whole.
    if (const model::Entity *entity = model.entity(); entity != nullptr && m_label->sizeHint().width() > labelWidth()) {
        const QString brief = layout::columnLabel(*entity, field);
        if (!brief.trimmed().isEmpty() && brief != field.label()) {
            m_label->setText(field.has(model::Required) ? brief + QStringLiteral(" *") : brief);
            m_label->setToolTip(field.label());
        }
    }
    m_label->setMinimumHeight(fitHeight(height::kFormRow, typeFont(Type::Body)));
    m_label->setElided(true);
    m_label->setBuddy(m_editor->input());
    row->addWidget(m_label, 0, Qt::AlignTop);
    row->addLayout(m_column, 1);
    m_column->setSpacing(0);
    m_column->addWidget(m_editor);
    m_mark = new ValueMark(this);
    if (QWidget *input = m_editor->input())
        input->installEventFilter(this);

    connect(m_editor, &FieldEditor::edited, this, [this](const model::Value &value) { m_model.edit(this->field(), value); });
    connect(m_editor, &FieldEditor::unreadable, this, [this] { m_model.editUnreadable(this->field()); });
}

void FormRow::refresh()
{
    const model::Field &field = m_editor->field();
    if (!m_model.isDirty(field) || !m_model.problem(field) || m_model.problem(field)->code != model::ProblemCode::WrongType) {
        const bool stored = m_model.value(field) == m_model.stored(field);
        m_editor->setValue(m_model.value(field), stored ? m_context.texts.names().shown(m_model.value(field), m_model.row().referenceTitle(field)) : QString());
    }
    // A new record shows where one can type; one that exists reads like a page.
    if (QWidget *input = m_editor->input(); input != nullptr && isQuiet(input) == m_model.isNew() && !qobject_cast<TextLabel *>(input))
        setQuiet(input, !m_model.isNew());
    if (QWidget *input = m_editor->input(); input != nullptr && !field.has(model::ReadOnly) && !qobject_cast<TextLabel *>(input))
        setChangeable(m_model.mayEdit());
    const int gap = m_model.isNew() ? 2 : 0; // frames must not touch
    layout()->setContentsMargins(space::k16, gap, space::k16 - kTextInset / 2, gap);
    m_mark->setMark(!m_model.conflict(field).isNull() ? StateMark::Conflict
                    : m_model.isWaiting(field)        ? StateMark::Waiting
                                                      : StateMark::None);
    refreshNotes();
    placeMark();
    update();
}

/// Words can be selected and copied, and links followed, also where nothing may be changed.
void FormRow::setChangeable(bool changeable)
{
    auto *line = qobject_cast<QLineEdit *>(m_editor->input());
    auto *text = qobject_cast<QPlainTextEdit *>(m_editor->input());
    switch (field().type) {
    case model::FieldType::Text:
    case model::FieldType::LongText:
    case model::FieldType::Phone:
    case model::FieldType::Email:
    case model::FieldType::Url:
        if (line != nullptr)
            return line->setReadOnly(!changeable);
        if (text != nullptr)
            return text->setReadOnly(!changeable);
        break;
    default:
        break;
    }
    m_editor->setEnabled(changeable);
}

void FormRow::refreshNotes()
{
    const model::Field &field = m_editor->field();
    const auto problem = m_model.problem(field);
    m_hasProblem = problem.has_value();
    m_editor->setWrong(m_hasProblem);
    if (m_problem == nullptr && m_hasProblem) {
        m_problem = new QWidget;
        auto *line = new QHBoxLayout(m_problem);
        line->setContentsMargins(0, 1, 0, 3);
        line->setSpacing(space::k4);
        m_problemWords = new TextLabel(QString(), Type::Small, Ink::Error);
        m_problemWords->setWordWrap(true);
        line->addWidget(new MarkLabel(StateMark::NotAccepted, QString(), true), 0, Qt::AlignTop);
        line->addWidget(m_problemWords, 1);
        m_column->addWidget(m_problem);
    }
    if (m_problem != nullptr) {
        if (m_hasProblem)
            m_problemWords->setText(ProblemText::sentence(field, *problem));
        m_problem->setVisible(m_hasProblem);
    }
    const auto meanwhile = m_model.changedMeanwhile(field);
    if (m_meanwhile == nullptr && meanwhile) {
        m_meanwhile = new TextLabel(QString(), Type::Small, Ink::Conflict);
        m_meanwhile->setWordWrap(true);
        m_meanwhile->setContentsMargins(kTextInset, 0, 0, 2);
        m_column->addWidget(m_meanwhile);
    }
    if (m_meanwhile != nullptr) {
        if (meanwhile) {
            const QString now = m_context.texts.value(field, *meanwhile);
            m_meanwhile->setText(now.isEmpty() ? tr("Emptied by somebody else meanwhile") : tr("Changed meanwhile to: %1").arg(now));
        }
        m_meanwhile->setVisible(meanwhile.has_value());
    }
}

void FormRow::placeMark()
{
    QString text;
    int extra = 0;
    const QWidget *input = m_editor->input();
    if (auto *line = qobject_cast<QLineEdit *>(m_editor->input())) {
        // A value that fills its line ends before the mark.
        QMargins margins = line->textMargins();
        const int room = m_mark->mark() == StateMark::None || line->hasFocus() ? 0 : m_mark->width() + space::k2;
        if (margins.right() != room) {
            margins.setRight(room);
            line->setTextMargins(margins);
        }
        text = line->text();
        extra = line->textMargins().left();
    } else if (const auto *combo = qobject_cast<const QComboBox *>(input)) {
        text = combo->currentText();
        extra = combo->itemIcon(combo->currentIndex()).isNull() ? 0 : combo->iconSize().width() + 4;
    }
    if (input == nullptr || m_mark->mark() == StateMark::None)
        return;
    const QPoint at = input->mapTo(this, QPoint(0, 0));
    const int wanted = at.x() + kTextInset + extra + input->fontMetrics().horizontalAdvance(text) + space::k6;
    const int x = std::min(wanted, at.x() + input->width() - m_mark->width() - 4);
    m_mark->move(x, at.y() + (std::min(input->height(), m_label->minimumHeight()) - m_mark->height()) / 2);
    // While the value is edited its end belongs to the cursor and the arrow.
    m_mark->setVisible(!input->hasFocus());
    m_mark->raise();
}

void FormRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeMark();
}

void FormRow::forgetTyping()
{
    if (auto *line = qobject_cast<QLineEdit *>(m_editor->input())) {
        const int at = line->cursorPosition();
        line->setText(line->text());
        line->setCursorPosition(at);
    }
}

bool FormRow::eventFilter(QObject *watched, QEvent *event)
{
    // A field with nothing to take back leaves Ctrl+Z to the window, which undoes the last change.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo)) {
        const auto *line = qobject_cast<QLineEdit *>(watched);
        if (line != nullptr && !line->isUndoAvailable()) {
            event->ignore();
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut || event->type() == QEvent::Resize || event->type() == QEvent::Move)
        QMetaObject::invokeMethod(this, &FormRow::placeMark, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void FormRow::paintEvent(QPaintEvent *)
{
    if (!m_model.isDirty(m_editor->field()))
        return;
    QPainter painter(this);
    const int tall = std::min(height(), m_label->minimumHeight());
    painter.fillRect(QRect(kBarLeft, 3, kBarWidth, tall - 6), Tokens::of(this).pending);
}

} // namespace fieldfare::ui
