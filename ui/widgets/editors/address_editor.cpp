// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/address_editor.h"

#include "core/model/unit_separator.h"
#include "ui/widgets/editors/value_line.h"
#include "ui/widgets/theme/fieldfare_style.h"

#include <QApplication>
#include <QFocusEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace fieldfare::ui {

using model::Value;

AddressEditor::AddressEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_line(new ValueLine(this)), m_group(new QWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_line);
    column->addWidget(m_group);
    setQuiet(m_line);
    setSmall(m_line);
    m_line->setAccessibleName(field.label());
    m_line->setToolTip(field.help());
    m_line->installEventFilter(this);
    setFocusProxy(m_line);

    auto *parts = new QVBoxLayout(m_group);
    parts->setContentsMargins(0, 0, 0, 4);
    parts->setSpacing(2);
    const QStringList names{tr("Street"), tr("Town"), tr("Region"), tr("Post code"), tr("Country")};
    for (size_t i = 0; i < kParts; ++i) {
        m_parts.at(i) = new QLineEdit(m_group);
        m_parts.at(i)->setPlaceholderText(names.at(qsizetype(i)));
        m_parts.at(i)->setAccessibleName(names.at(qsizetype(i)));
        setSmall(m_parts.at(i));
        m_parts.at(i)->installEventFilter(this);
        connect(m_parts.at(i), &QLineEdit::textEdited, this, &AddressEditor::takeParts);
        parts->addWidget(m_parts.at(i));
    }
    m_group->hide();
}

QWidget *AddressEditor::input() const
{
    return m_line;
}

void AddressEditor::setValue(const Value &value, const QString &)
{
    if (value == m_value)
        return;
    m_value = value;
    const QStringList parts = value.textOrEmpty().split(model::kUnitSeparator);
    for (size_t i = 0; i < kParts; ++i)
        m_parts.at(i)->setText(parts.value(qsizetype(i)));
    showLine();
}

void AddressEditor::showLine()
{
    m_line->setText(context().texts.value(field(), m_value));
    m_line->setCursorPosition(0);
}

void AddressEditor::takeParts()
{
    QStringList parts;
    bool any = false;
    for (const QLineEdit *part : m_parts) {
        parts.append(part->text());
        any = any || !part->text().trimmed().isEmpty();
    }
    m_value = any ? Value(parts.join(model::kUnitSeparator)) : Value();
    showLine();
    Q_EMIT edited(m_value);
}

void AddressEditor::setOpen(bool open)
{
    m_group->setVisible(open);
    m_line->setFocusPolicy(open ? Qt::ClickFocus : Qt::StrongFocus); // it only shows what its parts say
    updateGeometry();
}

bool AddressEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn && watched == m_line) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        setOpen(true);
        (reason == Qt::BacktabFocusReason ? m_parts.back() : m_parts.front())->setFocus(reason);
        return true; // the line has lost the focus again: it must not show a caret
    }
    if (event->type() == QEvent::FocusOut) {
        // Closed once the focus has left the whole group.
        QMetaObject::invokeMethod(this, [this] {
            const QWidget *focus = QApplication::focusWidget();
            if (focus == nullptr || !isAncestorOf(focus))
                setOpen(false);
        }, Qt::QueuedConnection);
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace fieldfare::ui
