// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/choice_editor.h"

#include "ui/model/name_book.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/tokens.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>

namespace fieldfare::ui {

using model::Value;

namespace {

Lifecycle lifecycleOf(const QString &list, const QString &key)
{
    if (list != QStringLiteral("customer_stage"))
        return Lifecycle::None;
    const QStringList keys{QStringLiteral("lead"), QStringLiteral("prospect"), QStringLiteral("customer"), QStringLiteral("churned")};
    const qsizetype at = keys.indexOf(key);
    return at < 0 ? Lifecycle::None : static_cast<Lifecycle>(int(Lifecycle::Lead) + int(at));
}

QIcon dotIcon(Lifecycle lifecycle, const QWidget *widget)
{
    if (lifecycle == Lifecycle::None)
        return {};
    const qreal ratio = widget->devicePixelRatioF();
    QPixmap pixmap(QSize(10, 10) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLifecycle(&painter, QRectF(1, 1, 8, 8), lifecycle, Tokens::of(widget));
    return QIcon(pixmap);
}

} // namespace

ChoiceEditor::ChoiceEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_combo(new QComboBox(this))
{
    setInput(m_combo);
    m_combo->setIconSize(QSize(10, 10));
    m_combo->setMinimumContentsLength(4);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setFocusPolicy(Qt::StrongFocus);
    m_combo->installEventFilter(this);
    fill();
    connect(&context.texts.names(), &NameBook::changed, this, &ChoiceEditor::fill);
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        m_key = m_combo->itemData(index).toString();
        Q_EMIT edited(Value(m_key));
    });
}

QWidget *ChoiceEditor::input() const
{
    return m_combo;
}

void ChoiceEditor::fill()
{
    const QSignalBlocker blocker(m_combo);
    m_combo->clear();
    if (!field().has(model::Required) || m_key.isEmpty())
        m_combo->addItem(QString(), QString());
    for (const ChoiceEntry &entry : context().texts.names().choices(field().choiceList)) {
        if (!entry.retired || entry.key == m_key)
            m_combo->addItem(dotIcon(lifecycleOf(field().choiceList, entry.key), m_combo), entry.label, entry.key);
    }
    int at = m_combo->findData(m_key);
    if (at < 0) {
        // A value of a newer version or of another company's list: shown by its key.
        m_combo->addItem(m_key, m_key);
        at = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(at);
}

void ChoiceEditor::setValue(const Value &value, const QString &)
{
    m_key = value.textOrEmpty();
    fill();
}

bool ChoiceEditor::eventFilter(QObject *watched, QEvent *event)
{
    // The wheel scrolls the form; it never changes a value by accident.
    if (watched == m_combo && event->type() == QEvent::Wheel && !m_combo->hasFocus()) {
        event->ignore();
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

YesNoEditor::YesNoEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_box(new QCheckBox(this))
{
    setInput(m_box);
    layout()->setContentsMargins(6, 0, 0, 0);
    connect(m_box, &QCheckBox::toggled, this, [this](bool yes) { Q_EMIT edited(Value(std::int64_t(yes ? 1 : 0))); });
}

QWidget *YesNoEditor::input() const
{
    return m_box;
}

void YesNoEditor::setValue(const Value &value, const QString &)
{
    const QSignalBlocker blocker(m_box);
    m_box->setChecked(value.integerOr(0) != 0);
}

} // namespace fieldfare::ui
