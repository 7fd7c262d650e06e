// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/tags_editor.h"

#include "core/model/unit_separator.h"
#include "ui/widgets/controls/chips.h"
#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace fieldfare::ui {

using model::Value;

namespace {

constexpr int kNewTagWidth = 110;
constexpr int kChipInset = 8; // where the values of other fields begin
constexpr int kPlusInset = 3; // the same for the sign inside its button

} // namespace

TagsEditor::TagsEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_flow(new FlowLayout(this, 6, 4)), m_plus(new QToolButton(this)), m_line(new QLineEdit(this))
{
    m_plus->setIcon(icon(QStringLiteral("plus")));
    m_plus->setAutoRaise(true);
    m_plus->setToolTip(tr("Add a tag"));
    m_plus->setAccessibleName(tr("Add a tag"));
    setSmall(m_plus);
    setSmall(m_line);
    m_line->setFixedWidth(kNewTagWidth);
    m_line->setPlaceholderText(tr("New tag"));
    m_line->setAccessibleName(tr("New tag"));
    m_line->hide();
    m_line->installEventFilter(this);
    setFocusProxy(m_plus);
    connect(m_plus, &QToolButton::clicked, this, [this] {
        m_line->show();
        m_line->setFocus();
    });
    connect(m_line, &QLineEdit::returnPressed, this, [this] {
        add(m_line->text());
        m_line->clear();
    });
    rebuild();
}

QWidget *TagsEditor::input() const
{
    return m_plus;
}

void TagsEditor::setValue(const Value &value, const QString &)
{
    QStringList tags = value.textOrEmpty().split(model::kUnitSeparator, Qt::SkipEmptyParts);
    if (tags == m_tags)
        return;
    m_tags = std::move(tags);
    rebuild();
}

void TagsEditor::rebuild()
{
    for (QWidget *chip : std::exchange(m_chips, {})) {
        m_flow->removeWidget(chip);
        chip->hide(); // it may be the sender
        chip->deleteLater();
    }
    m_flow->removeWidget(m_plus);
    m_flow->removeWidget(m_line);
    for (const QString &tag : m_tags) {
        auto *chip = new TagChip(tag, false, this);
        chip->setClickable(true);
        chip->setToolTip(tr("Delete removes the tag"));
        chip->setProperty("tag", tag);
        chip->installEventFilter(this);
        connect(chip, &TagChip::clicked, this, [this, tag, chip] {
            QMenu menu(this);
            menu.addAction(icon(QStringLiteral("close")), tr("Remove tag"), this, [this, tag] { remove(tag); });
            menu.exec(chip->mapToGlobal(QPoint(0, chip->height() + 2)));
        });
        m_flow->addWidget(chip);
        chip->show();
        m_chips.append(chip);
    }
    m_flow->addWidget(m_line);
    m_flow->addWidget(m_plus);
    m_flow->setContentsMargins(m_tags.isEmpty() ? kPlusInset : kChipInset, 1, 0, 1);
    updateGeometry();
}

void TagsEditor::add(const QString &name)
{
    const QString tag = name.trimmed();
    if (tag.isEmpty() || m_tags.contains(tag, Qt::CaseInsensitive))
        return;
    m_tags.append(tag);
    m_tags.sort();
    rebuild();
    Q_EMIT edited(Value(m_tags.join(model::kUnitSeparator)));
}

void TagsEditor::remove(const QString &name)
{
    if (m_tags.removeAll(name) == 0)
        return;
    rebuild();
    Q_EMIT edited(Value(m_tags.join(model::kUnitSeparator)));
}

bool TagsEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::FocusOut) {
        add(m_line->text());
        m_line->clear();
        m_line->hide();
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (watched == m_line && key == Qt::Key_Escape) {
            m_line->clear();
            m_plus->setFocus();
            return true;
        }
        if (watched != m_line && (key == Qt::Key_Delete || key == Qt::Key_Backspace)) {
            remove(watched->property("tag").toString());
            m_plus->setFocus();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace fieldfare::ui
