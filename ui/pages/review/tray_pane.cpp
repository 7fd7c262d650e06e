// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/tray_pane.h"

#include "core/model/value_text.h"
#include "ui/widgets/controls/banner.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kFieldWidth = 420;

/// What can be typed without a picker. A choice is typed by its key, so it is shown only.
bool isTyped(const model::Field &field)
{
    return !field.isReference() && field.type != model::FieldType::Choice && field.type != model::FieldType::File
        && field.type != model::FieldType::Tags;
}

} // namespace

TrayPane::TrayPane(QWidget *parent) : QWidget(parent)
{
    m_header = new ZoneHeader;
    auto *open = new QPushButton(tr("Open record"));
    m_header->addTrailing(open);
    m_reason = new Banner(Banner::Kind::Error);
    auto *values = new SectionHeader(tr("What you wrote"));
    m_form = new QFormLayout;
    m_form->setHorizontalSpacing(space::k16);
    m_form->setVerticalSpacing(space::k6);
    auto *body = new QWidget;
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::k16, space::k16, space::k16, space::k16);
    column->setSpacing(space::k8);
    column->addWidget(values);
    column->addLayout(m_form);
    column->addStretch(1);
    m_foot = new QWidget;
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(space::k12, space::k8, space::k16, space::k8);
    auto *hint = new TextLabel(tr("Giving up removes only this change; the record stays as the server has it."), Type::Small, Ink::Text2);
    hint->setElided(true);
    auto *discard = new QPushButton(tr("Give up this change"));
    auto *again = new QPushButton(tr("Send again"));
    setButtonKind(again, ButtonKind::Primary);
    setShownShortcut(again, QKeySequence(Qt::CTRL | Qt::Key_Return));
    row->addWidget(hint, 1);
    row->addWidget(discard);
    row->addWidget(again);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_header);
    outer->addWidget(m_reason);
    outer->addWidget(body, 1);
    outer->addWidget(m_foot);
    connect(again, &QPushButton::clicked, this, &TrayPane::retry);
    connect(discard, &QPushButton::clicked, this, [this] { Q_EMIT discardRequested(m_item.view.id); });
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested({m_item.view.operation.entity, m_item.view.operation.record}); });
}

void TrayPane::setItem(const TrayItem &item, const ReviewText &text, const QString &currency)
{
    m_item = item;
    m_currency = currency;
    m_header->setTitle(item.title.isEmpty() ? text.attempted(item.view) : item.title);
    m_header->setNote(item.number);
    const bool isHandedIn = item.view.isHandedIn;
    m_reason->setKind(isHandedIn ? Banner::Kind::Waiting : Banner::Kind::Error);
    m_reason->setText((isHandedIn ? tr("<b>Handed in for review:</b> %1") : tr("<b>Not accepted:</b> %1")).arg(text.refusal(item.view).toHtmlEscaped()));
    m_foot->setVisible(!isHandedIn);
    while (m_form->rowCount() > 0)
        m_form->removeRow(0);
    m_lines.clear();
    for (const changes::FieldValue &value : item.view.operation.values) {
        const model::EntityId entity = item.view.operation.entity;
        auto *label = new TextLabel(text.fieldLabel(entity, value.field), Type::Small, Ink::Text2);
        const model::Field *field = text.field(entity, value.field);
        if (field == nullptr || !isTyped(*field) || isHandedIn) {
            m_form->addRow(label, new TextLabel(text.value(entity, value.field, value.value)));
            continue;
        }
        auto *cell = new QWidget;
        auto *column = new QVBoxLayout(cell);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(space::k2);
        auto *edit = new QLineEdit(model::formatValue(*field, value.value));
        edit->setAccessibleName(label->text());
        edit->setMaximumWidth(kFieldWidth);
        auto *problem = new TextLabel(QString(), Type::Small, Ink::Error);
        problem->hide();
        column->addWidget(edit);
        column->addWidget(problem);
        m_form->addRow(label, cell);
        m_lines.append({*field, edit->text(), edit, problem});
    }
}

void TrayPane::retry()
{
    std::vector<changes::FieldValue> corrected;
    bool good = true;
    for (const Line &line : m_lines) {
        setFieldState(line.edit, FieldState::Normal);
        line.problem->hide();
        if (line.edit->text() == line.before)
            continue;
        const auto value = model::parseValue(line.field, line.edit->text(), m_currency);
        if (value.ok()) {
            corrected.push_back({line.field.key, value.value()});
            continue;
        }
        good = false;
        setFieldState(line.edit, FieldState::Error);
        line.problem->setText(tr("This cannot be read as %1.").arg(line.field.label()));
        line.problem->show();
    }
    if (good)
        Q_EMIT retryRequested(m_item.view.id, corrected);
}

} // namespace fieldfare::ui
