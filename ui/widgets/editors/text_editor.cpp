// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/text_editor.h"

#include "core/model/value_text.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/editors/value_line.h"
#include "ui/widgets/theme/text_area.h"

#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

namespace fieldfare::ui {

using model::FieldType;
using model::Value;

namespace {

constexpr int kMaxLines = 8;

bool isNumber(FieldType type)
{
    return type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money || type == FieldType::Duration;
}

} // namespace

TextEditor::TextEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_line(new ValueLine(this))
{
    setInput(m_line);
    if (field.maxLength > 0 && !isNumber(field.type))
        m_line->setMaxLength(field.maxLength);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &TextEditor::parse);
    refreshInk();
}

QWidget *TextEditor::input() const
{
    return m_line;
}

void TextEditor::setValue(const Value &value, const QString &)
{
    // Never under a person's hands: what was typed already means this value.
    if (value == m_value && m_line->isModified())
        return;
    m_value = value;
    m_isReadable = true;
    const QString text = context().texts.value(field(), value);
    if (text != m_line->text()) {
        m_line->setText(text);
        m_line->setCursorPosition(0);
    }
}

void TextEditor::parse(const QString &typed)
{
    const QString text = typed.trimmed();
    m_isReadable = true;
    if (text.isEmpty()) {
        m_value = {};
        Q_EMIT edited({});
        return;
    }
    if (!isNumber(field().type)) {
        m_value = Value(typed);
        Q_EMIT edited(m_value);
        return;
    }
    QString canonical = text;
    const QLocale &locale = context().texts.locale();
    canonical.remove(locale.groupSeparator());
    canonical.replace(locale.decimalPoint(), QStringLiteral("."));
    if (field().type == FieldType::Money) {
        for (const auto &[sign, code] : {std::pair(u"$", "USD"), std::pair(u"€", "EUR"), std::pair(u"£", "GBP"), std::pair(u"¥", "CNY")}) {
            if (canonical.startsWith(QStringView(sign)))
                canonical = canonical.mid(1).trimmed() + QLatin1Char(' ') + QLatin1StringView(code);
        }
    }
    const auto parsed = model::parseValue(field(), canonical, context().database.profileInfo().currency);
    if (!parsed.ok()) {
        m_isReadable = false;
        Q_EMIT unreadable();
        return;
    }
    m_value = *parsed;
    Q_EMIT edited(m_value);
}

bool TextEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)) {
        if (event->type() == QEvent::FocusOut && m_line->isModified()) {
            // Shown as it will be read from now on; what cannot be read stays as typed.
            m_line->setModified(false);
            const QString text = context().texts.value(field(), m_value);
            if (isNumber(field().type) && m_isReadable)
                m_line->setText(text);
        }
        refreshInk();
    } else if (watched == m_line
               && (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)) {
        refreshInk();
    }
    return FieldEditor::eventFilter(watched, event);
}

void TextEditor::refreshInk()
{
    if (field().type != FieldType::Email && field().type != FieldType::Url)
        return;
    // An address reads as a link until it is edited.
    const Tokens &tokens = Tokens::of(this);
    const QColor ink = m_line->hasFocus() ? tokens.text : tokens.link;
    QPalette palette = m_line->palette();
    if (palette.color(QPalette::Text) == ink)
        return;
    palette.setColor(QPalette::Text, ink);
    m_line->setPalette(palette);
}

LongTextEditor::LongTextEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_text(new QPlainTextEdit(this))
{
    setInput(m_text);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(kTextAreaMargin);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        if (!m_setting)
            Q_EMIT edited(Value(m_text->toPlainText()));
    });
    fit();
}

QWidget *LongTextEditor::input() const
{
    return m_text;
}

void LongTextEditor::setValue(const Value &value, const QString &)
{
    const QString text = value.textOrEmpty();
    // Trimmed ends are no reason to move the cursor of who is typing.
    if (text == m_text->toPlainText() || (m_text->hasFocus() && text == m_text->toPlainText().trimmed()))
        return;
    m_setting = true;
    m_text->setPlainText(text);
    m_setting = false;
}

void LongTextEditor::fit()
{
    const int lines = std::clamp(int(m_text->document()->size().height()), 1, kMaxLines);
    m_text->setVerticalScrollBarPolicy(lines < kMaxLines ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_text->setFixedHeight(std::max(fitHeight(height::kControlSmall, m_text->font()), lines * m_text->fontMetrics().lineSpacing() + 8));
}

ShownValue::ShownValue(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_label(new TextLabel(QString(), Type::Body, Ink::Text))
{
    setInput(m_label);
    layout()->setContentsMargins(9, 0, 0, 0);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setWordWrap(true);
}

QWidget *ShownValue::input() const
{
    return m_label;
}

void ShownValue::setValue(const Value &value, const QString &title)
{
    m_label->setText(title.isEmpty() ? context().texts.value(field(), value) : title);
}

} // namespace fieldfare::ui
