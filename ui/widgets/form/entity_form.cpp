// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form/entity_form.h"

#include "ui/model/layout_hints.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/form/form_row.h"
#include "ui/widgets/theme/icon.h"

#include <QEvent>
#include <QVBoxLayout>

namespace fieldfare::ui {

EntityForm::EntityForm(EditModel &model, const EditorContext &context, QWidget *parent)
    : QScrollArea(parent), m_model(model), m_context(context)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&model, &EditModel::loaded, this, &EntityForm::refreshAll);
    connect(&model, &EditModel::marksChanged, this, &EntityForm::refreshAll);
    connect(&model, &EditModel::fieldChanged, this, &EntityForm::onFieldChanged);
    connect(&model, &EditModel::saved, this, [this] {
        for (FormRow *row : std::as_const(m_rows))
            row->forgetTyping();
    });
    if (model.entity() != nullptr && model.isLoaded())
        refreshAll();
}

void EntityForm::rebuild()
{
    const model::Entity &entity = *m_model.entity();
    m_entity = entity.id();
    m_catalog = m_context.database.catalog();
    m_rows.clear();
    m_page = new QWidget;
    m_page->setBackgroundRole(QPalette::Base);
    m_page->setAutoFillBackground(true);
    m_page->installEventFilter(this);
    m_column = new QVBoxLayout(m_page);
    m_column->setContentsMargins(0, space::k4, 0, space::k8);
    m_column->setSpacing(0);
    m_lockedNote = new TextLabel(tr("Your role may not change this record. An administrator can give you the right."), Type::Small, Ink::Text2);
    m_lockedNote->setWordWrap(true);
    m_lockedNote->setContentsMargins(space::k16, space::k4, space::k16, space::k4);
    m_column->addWidget(m_lockedNote);
    QVBoxLayout *into = m_column;
    const auto addRows = [this, &into](const QList<const model::Field *> &fields) {
        for (const model::Field *field : fields) {
            auto *row = new FormRow(*field, m_model, m_context);
            connect(&row->editor(), &FieldEditor::openRequested, this, &EntityForm::openRequested);
            connect(row, &FormRow::conflictActivated, this, &EntityForm::conflictActivated);
            into->addWidget(row);
            m_rows.append(row);
        }
    };
    for (const layout::FormGroup &group : layout::formGroups(entity)) {
        if (group.heading.isEmpty()) {
            m_column->addSpacing(space::k6);
        } else {
            auto *heading = new TextLabel(group.heading, Type::Small, Ink::Text2);
            heading->setStrong(true);
            heading->setContentsMargins(space::k16, m_rows.isEmpty() ? space::k4 : space::k8, 0, space::k2);
            m_column->addWidget(heading);
        }
        addRows(group.fields);
    }
    const QList<const model::Field *> rest = layout::moreFields(entity);
    m_moreButton = nullptr;
    m_restPage = new QWidget;
    m_rest = new QVBoxLayout(m_restPage);
    m_rest->setContentsMargins(0, 0, 0, 0);
    m_rest->setSpacing(0);
    if (!rest.isEmpty()) {
        m_moreButton = new LinkButton(QString());
        m_moreButton->setContentsMargins(0, 0, 0, 0);
        auto *line = new QHBoxLayout;
        line->setContentsMargins(space::k16, space::k2, 0, 0);
        line->addWidget(m_moreButton);
        line->addStretch(1);
        m_column->addLayout(line);
        m_column->addWidget(m_restPage);
        into = m_rest;
        addRows(rest);
        connect(m_moreButton, &LinkButton::clicked, this, [this] { showMore(!m_more); });
    }
    m_column->addStretch(1);
    setWidget(m_page);
    showMore(m_more);
}

void EntityForm::refreshAll()
{
    const model::Entity *entity = m_model.entity();
    if (entity == nullptr)
        return;
    if (m_page == nullptr || m_entity != entity->id() || m_catalog != m_context.database.catalog())
        rebuild();
    m_lockedNote->setVisible(!m_model.mayEdit());
    for (FormRow *row : std::as_const(m_rows))
        row->refresh();
    showTitleRow();
    updateGeometry();
}

void EntityForm::showTitleRow()
{
    // The title stands in the record's head; its row is there where one would change it.
    for (FormRow *row : std::as_const(m_rows)) {
        if (row->field().has(model::Title) && !m_restPage->isAncestorOf(row))
            row->setVisible(m_more || m_model.isNew() || m_model.isDirty(row->field()));
    }
}

void EntityForm::onFieldChanged(const model::FieldKey &key)
{
    for (FormRow *row : std::as_const(m_rows)) {
        if (row->field().key == key)
            row->refresh();
    }
}

FormRow *EntityForm::row(const QString &field) const
{
    for (FormRow *row : m_rows) {
        if (row->field().name == field)
            return row;
    }
    return nullptr;
}

void EntityForm::showMore(bool shown)
{
    m_more = shown;
    if (m_moreButton == nullptr)
        return;
    const int count = m_rest->count();
    m_restPage->setVisible(shown);
    showTitleRow();
    m_moreButton->setIcon(icon(shown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_moreButton->setText(shown ? tr("Fewer fields") : tr("%n more field(s)", nullptr, count));
    updateGeometry();
    Q_EMIT heightChanged();
}

void EntityForm::focusFirst()
{
    for (FormRow *row : std::as_const(m_rows)) {
        if (!row->isHidden() && !row->field().has(model::ReadOnly) && row->editor().input() != nullptr) {
            row->editor().input()->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

bool EntityForm::focusProblem()
{
    for (FormRow *row : std::as_const(m_rows)) {
        if (!row->hasProblem())
            continue;
        if (m_restPage->isAncestorOf(row) || row->isHidden())
            showMore(true);
        ensureWidgetVisible(row);
        row->editor().input()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

QSize EntityForm::sizeHint() const
{
    if (m_page == nullptr)
        return {360, 200};
    return {360, m_page->sizeHint().height()};
}

bool EntityForm::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_page && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        Q_EMIT heightChanged();
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace fieldfare::ui
