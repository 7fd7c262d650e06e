// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/field_editor.h"

#include "ui/widgets/editors/address_editor.h"
#include "ui/widgets/editors/choice_editor.h"
#include "ui/widgets/editors/date_editor.h"
#include "ui/widgets/editors/reference_editor.h"
#include "ui/widgets/editors/tags_editor.h"
#include "ui/widgets/editors/text_editor.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QBoxLayout>

namespace fieldfare::ui {

using model::FieldType;

FieldEditor::FieldEditor(model::Field field, const EditorContext &context, QWidget *parent)
    : QWidget(parent), m_field(std::move(field)), m_context(context)
{
}

FieldEditor::~FieldEditor() = default;

FieldEditor *FieldEditor::make(const model::Field &field, const EditorContext &context, QWidget *parent)
{
    if (field.has(model::ReadOnly) || field.type == FieldType::Computed || field.type == FieldType::File)
        return new ShownValue(field, context, parent);
    switch (field.type) {
    case FieldType::LongText:
        return new LongTextEditor(field, context, parent);
    case FieldType::Choice:
        return new ChoiceEditor(field, context, parent);
    case FieldType::YesNo:
        return new YesNoEditor(field, context, parent);
    case FieldType::Date:
    case FieldType::Instant:
        return new DateEditor(field, context, parent);
    case FieldType::Tags:
        return new TagsEditor(field, context, parent);
    case FieldType::Address:
        return new AddressEditor(field, context, parent);
    case FieldType::Reference:
    case FieldType::User:
        return new ReferenceEditor(field, context, parent);
    default:
        return new TextEditor(field, context, parent);
    }
}

void FieldEditor::setInput(QWidget *input)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(input);
    setFocusProxy(input);
    setQuiet(input);
    setSmall(input);
    input->setAccessibleName(m_field.has(model::Required) ? tr("%1, required").arg(m_field.label()) : m_field.label());
    if (!m_field.help().isEmpty())
        input->setToolTip(m_field.help());
}

void FieldEditor::setWrong(bool wrong)
{
    if (input() != nullptr)
        setFieldState(input(), wrong ? FieldState::Error : FieldState::Normal);
}

} // namespace fieldfare::ui
