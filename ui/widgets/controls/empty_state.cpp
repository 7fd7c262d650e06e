// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/empty_state.h"

#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kMeasure = 420; ///< of a line of text

} // namespace

class EmptyState::Picture final : public QWidget {
public:
    explicit Picture(QWidget *parent) : QWidget(parent) { setFixedSize(icon_size::kEmpty, icon_size::kEmpty); }
    void setName(const QString &name)
    {
        m_name = name;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, rect(), m_name, icon_size::kEmpty, Tokens::of(this).text2);
    }

private:
    QString m_name;
};

EmptyState::EmptyState(const QString &iconName, const QString &title, const QString &line, QWidget *parent)
    : QWidget(parent), m_picture(new Picture(this)), m_title(new TextLabel(title)),
      m_line(new TextLabel(line, Type::Body, Ink::Text2)), m_buttons(new QHBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(28, 36, 28, 36);
    column->setSpacing(space::k4);
    column->addWidget(m_picture);
    column->addSpacing(space::k8);
    m_title->setStrong(true);
    column->addWidget(m_title);
    m_line->setWordWrap(true);
    column->addWidget(m_line);
    column->addSpacing(space::k8);
    m_buttons->setSpacing(space::k8);
    m_buttons->addStretch(1);
    column->addLayout(m_buttons);
    column->addStretch(1);
    setTexts(iconName, title, line);
}

void EmptyState::setTexts(const QString &iconName, const QString &title, const QString &line)
{
    m_picture->setName(iconName);
    m_title->setText(title);
    m_line->setText(line);
    m_line->setMinimumWidth(std::min(kMeasure, m_line->fontMetrics().horizontalAdvance(line) + 2));
    setAccessibleName(title);
    setAccessibleDescription(line);
}

QPushButton *EmptyState::addButton(const QString &text, Way way, const QString &iconName)
{
    auto *button = new QPushButton(text, this);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    if (way == Way::Primary)
        setButtonKind(button, ButtonKind::Primary);
    button->setFlat(way == Way::Flat);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::clearButtons()
{
    while (m_buttons->count() > 1) {
        QLayoutItem *item = m_buttons->takeAt(0);
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace fieldfare::ui
