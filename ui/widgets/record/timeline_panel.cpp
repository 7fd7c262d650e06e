// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/record/timeline_panel.h"

#include "core/store/change_set.h"
#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/model/timeline_model.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/text_area.h"
#include "ui/widgets/timeline_delegate.h"

#include <QAbstractButton>
#include <QCborArray>
#include <QComboBox>
#include <QFontInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>

namespace fieldfare::ui {

using model::Field;
using model::Value;

namespace {

constexpr int kHeadHeight = 34;
constexpr int kLargestWithKeys = 14; ///< Pixels of the font: with larger text the key stands in the tool tip only.
constexpr int kNoteLines = 4;
constexpr int kSubjectLength = 120;

/// The fields of a note, found by what the layout says of them; null where there is none. As long as the catalog.
struct TalkFields {
    explicit TalkFields(const model::Catalog &catalog) : entity(layout::talkEntity(catalog))
    {
        if (entity == nullptr)
            return;
        const layout::EntityHint &hint = layout::of(*entity);
        const auto named = [this](const char *name) { return name ? entity->field(QString::fromLatin1(name)) : nullptr; };
        at = named(hint.timelineAt);
        kind = named(hint.iconField);
        own = entity->mineField();
        also = named(hint.alsoAbout);
        for (const QString &name : QString::fromLatin1(hint.timelineText).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            const Field *field = entity->field(name);
            if (field != nullptr && field->type == model::FieldType::Choice)
                outcome = field;
            else if (field != nullptr && body == nullptr)
                body = field;
        }
    }

    const model::Entity *entity;
    const Field *at = nullptr;
    const Field *kind = nullptr;
    const Field *body = nullptr;
    const Field *outcome = nullptr;
    const Field *own = nullptr;
    const Field *also = nullptr;
};

} // namespace

/// Looks like an empty field and opens the editor when it is clicked or gets a key.
class TimelinePanel::Prompt final : public QAbstractButton {
public:
    explicit Prompt(const QString &text)
    {
        setText(text);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::IBeamCursor);
        setAccessibleName(text);
        setFixedHeight(fitHeight(height::kControl, typeFont(Type::Body)));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(hasFocus() ? t.accent : t.border, hasFocus() ? 2 : 1));
        painter.setBrush(t.base);
        const qreal inset = hasFocus() ? 1 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius::kField, radius::kField);
        paintIcon(&painter, QRect(9, 0, icon_size::kRow, height()), QStringLiteral("note"), icon_size::kRow, t.text2);
        painter.setPen(t.text3);
        painter.setFont(typeFont(Type::Body));
        const QString keys = QKeySequence(Qt::CTRL | Qt::Key_L).toString(QKeySequence::NativeText);
        const QSize cap = KeyCap::sizeFor(keys);
        painter.drawText(rect().adjusted(30, 0, -cap.width() - 16, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
        KeyCap::paint(&painter, QRect(width() - cap.width() - 8, (height() - cap.height()) / 2, cap.width(), cap.height()), keys, t);
    }
};

TimelinePanel::TimelinePanel(const EditorContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_model(new TimelineModel(context.database, context.texts, this)), m_view(new QListView),
      m_show(new SegmentedButton({tr("All"), tr("Interactions"), tr("Changes")})), m_prompt(new Prompt(tr("Write a note or log a call…"))),
      m_head(new QWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_head->setFixedHeight(fitHeight(kHeadHeight, typeFont(Type::Body)));
    auto *row = new QHBoxLayout(m_head);
    row->setContentsMargins(space::k16, 0, space::k16, 0);
    auto *title = new TextLabel(tr("Timeline"), Type::Body);
    title->setStrong(true);
    row->addWidget(title);
    row->addStretch(1);
    row->addWidget(m_show);
    m_show->setAccessibleName(tr("What the timeline shows"));
    m_show->setFlat(true);
    column->addWidget(m_head);

    auto *write = new QVBoxLayout;
    write->setContentsMargins(space::k16, space::k8, space::k12, space::k4); // in line with the fields of the form
    write->addWidget(m_prompt);
    m_editor = makeEditor();
    write->addWidget(m_editor);
    column->addLayout(write);

    TimelineDelegate::prepareView(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new TimelineDelegate(m_view));
    m_view->setAccessibleName(tr("Timeline"));
    column->addWidget(m_view, 1);

    connect(m_prompt, &QAbstractButton::clicked, this, [this] { startNote(QStringLiteral("note")); });
    connect(m_show, &SegmentedButton::currentChanged, this, [this](int index) { m_model->setShow(static_cast<TimelineModel::Show>(index)); });
    connect(m_view, &QListView::activated, this, &TimelinePanel::openIndex);
    setEditing(false);
}

QWidget *TimelinePanel::makeEditor()
{
    auto *editor = new QWidget;
    auto *column = new QVBoxLayout(editor);
    column->setContentsMargins(0, 0, 0, space::k4);
    column->setSpacing(space::k6);
    m_text = new QPlainTextEdit;
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(kTextAreaMargin);
    m_text->setAccessibleName(tr("Note"));
    m_text->setPlaceholderText(tr("The first line becomes the subject"));
    m_text->setFixedHeight(kNoteLines * m_text->fontMetrics().lineSpacing() + 14);
    m_text->installEventFilter(this);
    column->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::k6);
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("Kind"));
    m_outcome = new QComboBox;
    m_outcome->setAccessibleName(tr("Outcome"));
    for (QComboBox *combo : {m_kind, m_outcome}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        connect(combo, &QComboBox::currentTextChanged, combo, &QWidget::setToolTip); // large text leaves no room for it
    }
    auto *cancel = new QPushButton(tr("Discard"));
    auto *save = new QPushButton(tr("Save"));
    setButtonKind(save, ButtonKind::Primary);
    save->setToolTip(tr("Save (Ctrl+Enter)"));
    if (QFontInfo(typeFont(Type::Body)).pixelSize() <= kLargestWithKeys) {
        setShownShortcut(save, QKeySequence(Qt::CTRL | Qt::Key_Return));
        save->setShortcut({}); // the text has the key; the button only shows it
    }
    for (QWidget *widget : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_outcome), static_cast<QWidget *>(cancel), static_cast<QWidget *>(save)})
        setSmall(widget);
    row->addWidget(m_kind);
    row->addWidget(m_outcome);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(save);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &TimelinePanel::discardNote);
    connect(save, &QPushButton::clicked, this, &TimelinePanel::saveNote);
    return editor;
}

void TimelinePanel::open(const model::Reference &record, const model::Reference &also)
{
    if (record == m_record)
        return;
    keepDraft();
    m_record = record;
    m_also = also;
    m_model->open(record);
    const model::Entity *talk = layout::talkEntity(*m_context.database.catalog());
    m_canWrite = talk != nullptr && std::any_of(talk->fields().begin(), talk->fields().end(), [&record](const model::Field &field) {
        return field.type == model::FieldType::Reference && field.targets.contains(record.entity);
    });
    takeDraft();
}

void TimelinePanel::close()
{
    keepDraft();
    m_record = {};
    m_model->close();
    takeDraft();
}

void TimelinePanel::setEditing(bool editing)
{
    m_isEditing = editing;
    m_editor->setVisible(editing);
    m_prompt->setVisible(!editing && m_canWrite);
}

bool TimelinePanel::hasDrafts() const
{
    return !m_drafts.isEmpty() || isNoteOpen();
}

bool TimelinePanel::isNoteOpen() const
{
    return !m_record.id.isNull() && m_isEditing && !m_text->toPlainText().trimmed().isEmpty();
}

std::optional<base::Id> TimelinePanel::keptNote() const
{
    return m_drafts.isEmpty() ? std::nullopt : std::optional(m_drafts.cbegin().key());
}

QByteArray TimelinePanel::drafts() const
{
    QHash<base::Id, Draft> all = m_drafts;
    if (isNoteOpen())
        all.insert(m_record.id, {m_text->toPlainText(), m_kind->currentData().toString(), m_outcome->currentData().toString()});
    QCborArray list;
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        if (!m_saving.contains(it.key()))
            list.append(QCborArray{it.key().toBytes(), it->text, it->kind, it->outcome});
    }
    return list.isEmpty() ? QByteArray() : list.toCborValue().toCbor();
}

void TimelinePanel::restoreDrafts(const QByteArray &bytes)
{
    for (const QCborValue &entry : QCborValue::fromCbor(bytes).toArray()) {
        const QCborArray note = entry.toArray();
        const base::Id record = base::Id::fromBytes(note.at(0).toByteArray());
        if (!record.isNull() && !m_drafts.contains(record))
            m_drafts.insert(record, {note.at(1).toString(), note.at(2).toString(), note.at(3).toString()});
    }
}

void TimelinePanel::keepDraft()
{
    if (!isNoteOpen())
        return;
    m_drafts.insert(m_record.id, {m_text->toPlainText(), m_kind->currentData().toString(), m_outcome->currentData().toString()});
}

void TimelinePanel::takeDraft()
{
    const Draft draft = m_drafts.take(m_record.id);
    if (!draft.text.isEmpty())
        fillChoices(draft.kind, draft.outcome);
    m_text->setPlainText(draft.text);
    m_text->moveCursor(QTextCursor::End);
    setEditing(!draft.text.isEmpty());
}

void TimelinePanel::discardNote()
{
    m_text->clear();
    setEditing(false);
}

void TimelinePanel::startNote(const QString &kind)
{
    if (m_record.id.isNull())
        return;
    fillChoices(kind, {});
    setEditing(true);
    m_text->setFocus();
}

void TimelinePanel::fillChoices(const QString &kind, const QString &outcome)
{
    const model::CatalogPointer catalog = m_context.database.catalog();
    const TalkFields talk(*catalog);
    const auto fill = [this](QComboBox *combo, const Field *field, const QString &first) {
        combo->clear();
        if (!first.isEmpty())
            combo->addItem(first, QString());
        for (const ChoiceEntry &entry : m_context.texts.names().choices(field != nullptr ? field->choiceList : QString())) {
            if (!entry.retired)
                combo->addItem(entry.label, entry.key);
        }
    };
    fill(m_kind, talk.kind, {});
    fill(m_outcome, talk.outcome, tr("Outcome")); // as long as none is chosen
    m_outcome->setVisible(talk.outcome != nullptr);
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(kind)));
    m_outcome->setCurrentIndex(std::max(0, m_outcome->findData(outcome)));
}

void TimelinePanel::saveNote()
{
    if (m_saving.contains(m_record.id))
        return; // the key was pressed twice
    const QString text = m_text->toPlainText().trimmed();
    const model::CatalogPointer catalog = m_context.database.catalog();
    const TalkFields talk(*catalog);
    if (text.isEmpty() || talk.entity == nullptr) {
        m_text->setFocus();
        return;
    }
    changes::LocalChange change;
    change.kind = changes::OperationKind::Create;
    change.entity = talk.entity->id();
    const auto put = [&change](const Field *field, const Value &value) {
        if (field != nullptr && !value.isEmpty())
            change.values.push_back({field->key, value});
    };
    const QString subject = text.section(QLatin1Char('\n'), 0, 0).left(kSubjectLength);
    const QString rest = text.size() > subject.size() ? text.mid(subject.size()).trimmed() : QString();
    put(talk.kind, Value(m_kind->currentData().toString()));
    put(talk.at, Value(std::int64_t(m_context.texts.nowMs())));
    put(talk.entity->titleField(), Value(subject));
    put(talk.body, Value(rest));
    put(talk.outcome, Value(m_outcome->currentData().toString()));
    if (const model::Reference own = m_context.texts.names().ownReference(); !own.id.isNull())
        put(talk.own, Value(own));
    bool placed = false;
    for (const Field &field : talk.entity->fields()) {
        if (field.type != model::FieldType::Reference || !field.targets.contains(m_record.entity) || placed)
            continue;
        change.values.push_back({field.key, Value(m_record)});
        placed = true;
    }
    if (!m_also.id.isNull() && !(m_also == m_record))
        put(talk.also, Value(m_also));
    store::ChangeSet set;
    set.label = tr("Log %1").arg(m_kind->currentText());
    set.changes.push_back(std::move(change));
    m_saving.insert(m_record.id);
    m_context.database.commit(std::move(set), this, [this, kind = m_kind->currentText(), text, record = m_record.id](base::Result<store::CommitReport> report) {
        m_saving.remove(record);
        if (!report.ok()) {
            Q_EMIT failed(report.error()); // the text is still in the editor, or the record's draft
            return;
        }
        afterSaving(record, text);
        Q_EMIT announced(QStringLiteral("check"), tr("%1 saved").arg(kind), report->action);
    });
}

/// What was saved is no draft any more; what was typed meanwhile, or on another record, is.
void TimelinePanel::afterSaving(const base::Id &record, const QString &text)
{
    if (record == m_record.id) {
        if (m_text->toPlainText().trimmed() == text)
            discardNote();
    } else if (m_drafts.value(record).text.trimmed() == text) {
        m_drafts.remove(record);
    }
}

void TimelinePanel::openIndex(const QModelIndex &index)
{
    if (const QVariant record = index.data(TimelineModel::ReferenceRole); record.isValid())
        Q_EMIT openRequested(record.value<model::Reference>());
}

bool TimelinePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers().testFlag(Qt::ControlModifier)) {
            saveNote();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_text->toPlainText().trimmed().isEmpty()) {
            setEditing(false);
            m_prompt->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TimelinePanel::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
    const QRect head(0, 0, width(), m_head->height());
    painter.fillRect(head, t.window);
    painter.fillRect(QRect(0, 0, width(), 1), t.line);
    painter.fillRect(QRect(0, head.bottom(), width(), 1), t.line);
}

} // namespace fieldfare::ui
