// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/record/record_head.h"

#include "ui/model/edit_model.h"
#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/widgets/controls/strip.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace fieldfare::ui {

using model::Entity;
using model::Field;

namespace {

QToolButton *flatButton(const QString &iconName, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setAutoRaise(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip.section(QStringLiteral(" ("), 0, 0));
    setSmall(button);
    return button;
}

} // namespace

RecordHead::RecordHead(EditModel &model, const EditorContext &context, QWidget *parent)
    : QWidget(parent), m_model(model), m_context(context), m_title(new TextLabel(QString(), Type::RecordTitle)),
      m_number(new TextLabel(QString(), Type::Small, Ink::Text3)), m_subtitle(new QLabel), m_actions(new QHBoxLayout), m_strip(new Strip)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());

    auto *block = new QVBoxLayout;
    block->setContentsMargins(space::k16, space::k8, space::k16, space::k8);
    block->setSpacing(1);
    auto *titleRow = new QHBoxLayout;
    titleRow->setSpacing(space::k8);
    m_title->setElided(true);
    titleRow->addWidget(m_title, 1);
    titleRow->addWidget(m_number, 0, Qt::AlignVCenter);
    block->addLayout(titleRow);
    m_subtitle->setTextFormat(Qt::RichText);
    m_subtitle->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_subtitle->setWordWrap(true);
    connect(m_subtitle, &QLabel::linkActivated, this, [this](const QString &link) {
        const QStringList parts = link.split(QLatin1Char(':'));
        if (const auto id = base::Id::fromString(parts.value(1)))
            Q_EMIT openRequested({static_cast<model::EntityId>(parts.value(0).toUInt()), *id});
    });
    block->addWidget(m_subtitle);
    m_actions->setContentsMargins(0, space::k6, 0, 0);
    m_actions->setSpacing(space::k6);
    block->addLayout(m_actions);
    column->addLayout(block);

    auto *step = new QHBoxLayout(m_strip);
    step->setContentsMargins(space::k16, space::k6, space::k16, space::k6);
    step->setSpacing(space::k8);
    m_stepDone = new QCheckBox;
    m_stepDone->setAccessibleName(tr("Next step is done"));
    m_stepDone->setToolTip(tr("Done: removes the next step"));
    m_step = new TextLabel(QString(), Type::Body);
    m_step->setStrong(true);
    m_step->setElided(true);
    m_stepAt = new TextLabel(QString(), Type::Small, Ink::Text2);
    step->addWidget(m_stepDone);
    step->addWidget(m_step, 1);
    step->addWidget(m_stepAt);
    column->addWidget(m_strip);
    connect(m_stepDone, &QCheckBox::clicked, this, &RecordHead::nextStepDone);
}

QWidget *RecordHead::makeBar()
{
    auto *bar = new QWidget;
    bar->setFixedHeight(fitHeight(height::kZoneHeader, typeFont(Type::Heading)));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::k12, 0, space::k8, 1);
    row->setSpacing(space::k4);
    m_previous = flatButton(QStringLiteral("chevron-up"), tr("Previous record (Alt+Up)"));
    m_next = flatButton(QStringLiteral("chevron-down"), tr("Next record (Alt+Down)"));
    m_position = new TextLabel(QString(), Type::Small, Ink::Text2);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addSpacing(space::k4);
    row->addWidget(m_position);
    row->addStretch(1);
    auto *more = flatButton(QStringLiteral("more"), tr("More actions"));
    auto *close = flatButton(QStringLiteral("close"), tr("Close (Esc)"));
    row->addWidget(more);
    row->addWidget(close);
    connect(m_previous, &QToolButton::clicked, this, &RecordHead::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &RecordHead::nextRequested);
    connect(close, &QToolButton::clicked, this, &RecordHead::closeRequested);
    connect(more, &QToolButton::clicked, this, [this, more] { Q_EMIT menuRequested(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    return bar;
}

void RecordHead::setPosition(const QString &text, bool hasPrevious, bool hasNext)
{
    m_position->setText(text);
    m_previous->setEnabled(hasPrevious);
    m_next->setEnabled(hasNext);
}

void RecordHead::refresh()
{
    const Entity *entity = m_model.entity();
    if (entity == nullptr)
        return;
    if (m_actionsFor != entity->id())
        makeActions();
    const Field *title = entity->titleField();
    QString name = title ? m_model.value(*title).textOrEmpty() : QString();
    if (name.isEmpty())
        name = m_model.isNew() ? tr("New %1").arg(m_context.texts.isChinese() ? entity->label() : entity->label().toLower()) : entity->label();
    m_title->setText(oneLine(name));
    const Field *number = entity->numberField();
    m_number->setText(number ? m_model.value(*number).textOrEmpty() : QString());
    for (int i = 0; i < m_actions->count(); ++i) {
        if (QWidget *widget = m_actions->itemAt(i)->widget())
            widget->setVisible(!m_model.isNew());
    }
    refreshSubtitle();
    refreshStep();
}

void RecordHead::refreshSubtitle()
{
    const Entity &entity = *m_model.entity();
    const Tokens &t = Tokens::of(this);
    QStringList parts;
    const char *fields = layout::of(entity).subtitle;
    for (const QString &name : fields ? QString::fromLatin1(fields).split(QLatin1Char(',')) : QStringList()) {
        const Field *field = entity.field(name);
        if (field == nullptr || m_model.value(*field).isEmpty())
            continue;
        const model::Value value = m_model.value(*field);
        QString text = value == m_model.stored(*field) ? m_model.row().referenceTitle(*field) : QString();
        text = text.isEmpty() ? m_context.texts.value(*field, value) : m_context.texts.names().shown(value, text);
        text = text.toHtmlEscaped();
        const model::Reference *target = value.reference();
        const Entity *targetEntity = target ? m_context.database.catalog()->entity(target->entity) : nullptr;
        if (targetEntity != nullptr && !targetEntity->has(model::System) && !text.isEmpty()) {
            text = QStringLiteral("<a href=\"%1:%2\" style=\"color:%3;text-decoration:none\">%4</a>")
                       .arg(QString::number(target->entity), target->id.toString(), t.link.name(), text);
            if (target->entity == entity.id())
                text = tr("part of %1").arg(text);
        }
        if (!text.isEmpty())
            parts.append(text);
    }
    m_subtitle->setFont(typeFont(Type::Small));
    m_subtitle->setText(QStringLiteral("<span style=\"color:%1\">%2</span>").arg(t.text2.name(), parts.join(QStringLiteral(" · "))));
    m_subtitle->setVisible(!parts.isEmpty());
}

void RecordHead::refreshStep()
{
    const Entity &entity = *m_model.entity();
    const layout::EntityHint &hint = layout::of(entity);
    const Field *step = hint.nextStep ? entity.field(QString::fromLatin1(hint.nextStep)) : nullptr;
    const Field *at = hint.nextStepAt ? entity.field(QString::fromLatin1(hint.nextStepAt)) : nullptr;
    const QString words = step ? m_model.stored(*step).textOrEmpty() : QString();
    m_strip->setVisible(!words.isEmpty());
    if (words.isEmpty())
        return;
    m_stepDone->setChecked(false);
    m_step->setText(words);
    m_stepAt->setText(at ? m_context.texts.value(*at, m_model.stored(*at)) : QString());
    const Field *by = layout::runningField(entity);
    const bool isOver = by != nullptr && layout::runningBy(entity, m_model.stored(*by).textOrEmpty()) == layout::Running::Over;
    const bool late = !isOver && at && m_model.stored(*at).integer() && QDate(1970, 1, 1).addDays(*m_model.stored(*at).integer()) < m_context.texts.today();
    m_stepAt->setInk(late ? Ink::Error : Ink::Text2);
}

void RecordHead::makeActions()
{
    const Entity &entity = *m_model.entity();
    m_actionsFor = entity.id();
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const model::CatalogPointer catalog = m_context.database.catalog();
    const auto button = [this](const QString &text, const QString &iconName) {
        auto *made = new QPushButton(icon(iconName), text);
        setSmall(made);
        m_actions->addWidget(made);
        return made;
    };
    bool talks = false; // interactions can be about it
    QList<const Entity *> children;
    for (const Entity &other : catalog->entities()) {
        const bool points = std::any_of(other.fields().begin(), other.fields().end(), [&entity](const Field &field) {
            return field.type == model::FieldType::Reference && !field.has(model::Removed) && field.targets.contains(entity.id());
        });
        if (!points || other.has(model::System) || other.id() == entity.id())
            continue;
        if (layout::of(other).timelineAt != nullptr)
            talks = true;
        else
            children.append(&other);
    }
    if (talks) {
        auto *call = button(tr("Log call"), QStringLiteral("phone"));
        connect(call, &QPushButton::clicked, this, [this] { Q_EMIT noteRequested(QStringLiteral("call")); });
        auto *mail = button(tr("E-mail"), QStringLiteral("mail"));
        connect(mail, &QPushButton::clicked, this, [this] {
            // Opens the person's own program; what was written is logged by hand.
            for (const Field &field : m_model.entity()->fields()) {
                const QString address = field.type == model::FieldType::Email ? m_model.value(field).textOrEmpty() : QString();
                if (!address.isEmpty()) {
                    QUrl url;
                    url.setScheme(QStringLiteral("mailto"));
                    url.setPath(address);
                    QDesktopServices::openUrl(url);
                    break;
                }
            }
            Q_EMIT noteRequested(QStringLiteral("email"));
        });
    }
    std::stable_sort(children.begin(), children.end(), [](const Entity *a, const Entity *b) { return !a->numberPrefix().isEmpty() && b->numberPrefix().isEmpty(); });
    const auto childText = [this](const Entity &child) { return tr("New %1").arg(m_context.texts.isChinese() ? child.label() : child.label().toLower()); };
    if (!children.isEmpty()) {
        const Entity *first = children.takeFirst();
        auto *add = button(childText(*first), layout::entityIcon(*first));
        connect(add, &QPushButton::clicked, this, [this, id = first->id()] { Q_EMIT childRequested(id); });
    }
    if (!children.isEmpty()) {
        auto *more = button(QString(), QStringLiteral("more"));
        more->setAccessibleName(tr("More that can be added"));
        auto *menu = new QMenu(more);
        for (const Entity *child : children)
            menu->addAction(icon(layout::entityIcon(*child)), childText(*child), this, [this, id = child->id()] { Q_EMIT childRequested(id); });
        connect(more, &QPushButton::clicked, menu, [menu, more] { menu->popup(more->mapToGlobal(QPoint(0, more->height() + 2))); });
    }
    m_actions->addStretch(1);
}

void RecordHead::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const int bar = fitHeight(height::kZoneHeader, typeFont(Type::Heading));
    painter.fillRect(QRect(0, 0, width(), bar), t.window);
    painter.fillRect(QRect(0, bar - 1, width(), 1), t.line);
}

} // namespace fieldfare::ui
