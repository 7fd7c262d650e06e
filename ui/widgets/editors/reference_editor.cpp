// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/reference_editor.h"

#include "core/store/query/list_reader.h"
#include "core/store/search/search.h"
#include "ui/model/name_book.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/editors/value_line.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QCompleter>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStandardItemModel>

namespace fieldfare::ui {

using model::Value;

namespace {

constexpr int kCandidates = 8;
constexpr int kBadgeSide = 18;
constexpr int kBadgeLeft = 8;
constexpr int kBadgeGap = 8;

} // namespace

ReferenceEditor::ReferenceEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_line(new ValueLine(this)), m_completer(new QCompleter(this)),
      m_found(new QStandardItemModel(this)), m_read(context.database)
{
    setInput(m_line);
    if (field.type == model::FieldType::User) {
        m_badge = new Initials(QString(), false, kBadgeSide, m_line);
        m_badge->hide();
    }
    // The search is ours; the completer only shows what was found.
    m_completer->setModel(m_found);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setWidget(m_line);
    connect(m_completer, QOverload<const QModelIndex &>::of(&QCompleter::activated), this, [this](const QModelIndex &index) { choose(index.row()); });
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &ReferenceEditor::search);
    connect(&context.texts.names(), &NameBook::changed, this, [this] {
        if (!m_line->hasFocus())
            showTitle();
    });
}

QWidget *ReferenceEditor::input() const
{
    return m_line;
}

void ReferenceEditor::setValue(const Value &value, const QString &title)
{
    const model::Reference reference = value.reference() ? *value.reference() : model::Reference();
    if (m_line->isModified() && reference == m_reference)
        return;
    if (!(reference == m_reference) || !title.isEmpty())
        m_title = title;
    m_reference = reference;
    showTitle();
}

void ReferenceEditor::showTitle()
{
    if (m_title.isEmpty() && !m_reference.id.isNull())
        m_title = context().texts.names().title(m_reference);
    if (m_reference.id.isNull())
        m_title.clear();
    if (m_line->text() != m_title) {
        m_line->setText(m_title);
        m_line->setCursorPosition(0);
    }
    if (m_badge != nullptr) {
        const bool own = !m_reference.id.isNull() && m_reference.id == context().texts.names().ownUser();
        // Inside the field, so that its frame is around both.
        delete m_badge;
        m_badge = new Initials(m_title, own, kBadgeSide, m_line);
        m_badge->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_badge->setVisible(!m_title.isEmpty());
        m_line->setTextMargins(m_title.isEmpty() ? 0 : kBadgeSide + kBadgeGap, 0, m_line->textMargins().right(), 0);
        placeBadge();
    }
}

void ReferenceEditor::placeBadge()
{
    if (m_badge != nullptr)
        m_badge->move(kBadgeLeft, (m_line->height() - kBadgeSide) / 2);
}

void ReferenceEditor::search(const QString &text)
{
    using Found = std::vector<Candidate>;
    if (text.trimmed().isEmpty()) {
        m_read.cancel();
        m_completer->popup()->hide();
        m_reference = {};
        m_title.clear();
        Q_EMIT edited({});
        return;
    }
    const QList<model::EntityId> targets = field().targets;
    m_read.read<Found>(
        [text, targets](store::ReadContext &reading) -> base::Result<Found> {
            store::SearchRequest request;
            request.text = text;
            request.entities = targets;
            request.limit = kCandidates;
            request.user = reading.filterContext().user;
            FIELDFARE_ASSIGN(const store::SearchResult result, store::Search(reading.connection(), *reading.catalog()).find(request));
            Found found;
            for (const store::EntityHits &hits : result.entities) {
                for (const store::SearchHit &hit : hits.hits)
                    found.push_back({hit.record, hit.title, hit.number.isEmpty() ? hit.context : hit.number});
            }
            return found;
        },
        this,
        [this](base::Result<Found> found) {
            if (!found.ok() || !m_line->hasFocus())
                return;
            m_candidates = std::move(*found);
            m_found->clear();
            for (const Candidate &candidate : m_candidates) {
                const QString words = candidate.note.isEmpty() ? candidate.title : candidate.title + QStringLiteral("  ·  ") + candidate.note;
                m_found->appendRow(new QStandardItem(words));
            }
            if (m_candidates.empty()) {
                m_completer->popup()->hide();
                return;
            }
            m_completer->complete();
            m_completer->popup()->setCurrentIndex(m_found->index(0, 0));
        });
}

void ReferenceEditor::choose(int row)
{
    if (row < 0 || size_t(row) >= m_candidates.size())
        return;
    const Candidate candidate = m_candidates.at(size_t(row));
    m_reference = candidate.record;
    m_title = candidate.title;
    m_line->setModified(false);
    showTitle();
    Q_EMIT edited(Value(m_reference));
}

bool ReferenceEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::Resize)
        placeBadge();
    if (watched == m_line && event->type() == QEvent::FocusOut && !m_completer->popup()->isVisible()) {
        m_line->setModified(false);
        showTitle();
    } else if (watched == m_line && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && !m_line->text().isEmpty() && !m_completer->popup()->isVisible()) {
            search(m_line->text());
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers().testFlag(Qt::AltModifier) && !m_reference.id.isNull()) {
            Q_EMIT openRequested(m_reference);
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace fieldfare::ui
