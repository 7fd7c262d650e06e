// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/record/record_panel.h"

#include "core/domain/new_record.h"
#include "core/store/query/list_reader.h"
#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/save_bar.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/record/record_head.h"
#include "ui/widgets/record/timeline_panel.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QCborArray>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fieldfare::ui {

using changes::FieldValue;
using model::Entity;
using model::Field;
using model::Value;

RecordPanel::RecordPanel(const EditorContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_model(context.database), m_head(new RecordHead(m_model, context)), m_tabs(new QTabBar),
      m_stack(new QStackedWidget), m_overview(new QWidget), m_form(new EntityForm(m_model, context)),
      m_timeline(new TimelinePanel(context)), m_saveBar(new SaveBar(m_model)), m_countRead(context.database)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setAccessibleName(tr("Parts of the record"));
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(space::k16 - space::k8, space::k4, 0, 0);
    tabRow->addWidget(m_tabs);
    auto *overview = new QVBoxLayout(m_overview);
    overview->setContentsMargins(0, 0, 0, 0);
    overview->setSpacing(0);
    overview->addWidget(m_form, 0);
    overview->addWidget(m_timeline, 1);
    m_form->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_timeline->setMinimumHeight(120);
    m_stack->addWidget(m_overview);
    column->addWidget(m_head);
    column->addLayout(tabRow);
    column->addWidget(m_stack, 1);
    column->addWidget(m_saveBar);
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Record"));

    connect(m_head, &RecordHead::previousRequested, this, &RecordPanel::previousRequested);
    connect(m_head, &RecordHead::nextRequested, this, &RecordPanel::nextRequested);
    connect(m_head, &RecordHead::closeRequested, this, &RecordPanel::closeRequested);
    connect(m_head, &RecordHead::menuRequested, this, &RecordPanel::menuRequested);
    connect(m_head, &RecordHead::openRequested, this, &RecordPanel::openRequested);
    connect(m_head, &RecordHead::noteRequested, this, &RecordPanel::startNote);
    connect(m_head, &RecordHead::childRequested, this, [this](model::EntityId entity) {
        for (const Child &child : std::as_const(m_children)) {
            const Field *field = m_context.database.catalog()->entity(child.entity)->field(child.field);
            if (child.entity == entity && field != nullptr)
                Q_EMIT newRequested(entity, {FieldValue{field->key, Value(m_model.reference())}});
        }
    });
    connect(m_head, &RecordHead::nextStepDone, this, [this] {
        const layout::EntityHint &hint = layout::of(*m_model.entity());
        for (const char *name : {hint.nextStep, hint.nextStepAt}) {
            if (const Field *field = name ? m_model.entity()->field(QString::fromLatin1(name)) : nullptr)
                m_model.edit(*field, {});
        }
        save();
    });
    connect(m_form, &EntityForm::openRequested, this, &RecordPanel::openRequested);
    connect(m_form, &EntityForm::conflictActivated, this, &RecordPanel::conflictActivated);
    connect(m_timeline, &TimelinePanel::openRequested, this, &RecordPanel::openRequested);
    connect(m_timeline, &TimelinePanel::announced, this, &RecordPanel::announced);
    connect(m_timeline, &TimelinePanel::failed, this, &RecordPanel::failed);
    connect(m_saveBar, &SaveBar::saveRequested, this, &RecordPanel::save);
    connect(m_saveBar, &SaveBar::revertRequested, this, &RecordPanel::revert);
    connect(m_tabs, &QTabBar::currentChanged, this, &RecordPanel::showTab);

    connect(&m_model, &EditModel::loaded, this, &RecordPanel::takeRecord);
    connect(&m_model, &EditModel::fieldChanged, m_head, &RecordHead::refresh);
    connect(&m_model, &EditModel::gone, this, &RecordPanel::gone);
    connect(&m_model, &EditModel::refused, this, &RecordPanel::failed);
    connect(&m_model, &EditModel::saved, this, [this](const model::Reference &record, const base::Id &action, bool created) {
        if (created && record == m_model.reference())
            takeRecord(); // it has tabs and a timeline from now on
        Q_EMIT saved(record, action, created);
    });
    connect(&context.database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId entity) {
        const bool shown = std::any_of(m_children.cbegin(), m_children.cend(), [entity](const Child &child) { return child.entity == entity; });
        if (shown && !m_model.isNew())
            readCounts();
    });
}

void RecordPanel::open(const model::Reference &record)
{
    if (record == m_model.reference() && m_model.isLoaded() && !m_model.isNew())
        return;
    m_focusOnceLoaded = false;
    m_model.open(record.entity, record.id);
}

void RecordPanel::openNew(model::EntityId entity, const std::vector<FieldValue> &first)
{
    std::vector<FieldValue> defaults;
    if (const Entity *known = m_context.database.catalog()->entity(entity))
        defaults = domain::newRecordDefaults(*known, m_context.texts.names().ownReference().id);
    m_model.openNew(entity, first, defaults);
    setPosition(-1, -1);
    m_form->focusFirst();
}

void RecordPanel::close()
{
    m_model.close();
    m_timeline->close();
}

void RecordPanel::takeRecord()
{
    if (m_tabsFor != m_model.entity()->id())
        makeTabs();
    m_head->refresh();
    const bool isNew = m_model.isNew();
    m_tabs->setVisible(!isNew);
    m_timeline->setVisible(!isNew);
    m_form->setSizePolicy(QSizePolicy::Preferred, isNew ? QSizePolicy::Expanding : QSizePolicy::Maximum);
    if (isNew) {
        showOverview();
        m_timeline->close();
        return;
    }
    const Entity *talk = layout::talkEntity(*m_context.database.catalog());
    const char *also = talk ? layout::of(*talk).alsoAbout : nullptr;
    const Field *alsoField = also ? m_model.entity()->field(QString::fromLatin1(also)) : nullptr;
    const Value whom = alsoField ? m_model.stored(*alsoField) : Value();
    m_timeline->open(m_model.reference(), whom.reference() ? *whom.reference() : model::Reference());
    for (Child &child : m_children) {
        child.count = -1;
        refreshTab(child);
        if (child.list != nullptr)
            child.list->setFixedFilter(store::Filter::comparison(child.field, store::FilterOperator::Equal, m_model.reference().id.toString()));
    }
    readCounts();
    if (std::exchange(m_focusOnceLoaded, false))
        m_form->focusFirst();
}

void RecordPanel::makeTabs()
{
    const QSignalBlocker blocker(m_tabs);
    m_tabsFor = m_model.entity()->id();
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const Child &child : std::as_const(m_children)) {
        if (child.list != nullptr)
            child.list->deleteLater();
    }
    m_children.clear();
    m_tabs->addTab(tr("Overview"));
    for (const Entity &entity : m_context.database.catalog()->entities()) {
        // What has times of its own stands in the timeline already.
        if (entity.has(model::System) || layout::of(entity).timelineAt != nullptr)
            continue;
        for (const Field &field : entity.fields()) {
            if (field.type != model::FieldType::Reference || field.has(model::Removed) || !field.targets.contains(m_tabsFor))
                continue;
            m_children.append({entity.id(), field.name, -1, nullptr, -1});
            break;
        }
    }
    std::stable_sort(m_children.begin(), m_children.end(), [this](const Child &a, const Child &b) {
        const auto hasNumber = [this](const Child &child) { return !m_context.database.catalog()->entity(child.entity)->numberPrefix().isEmpty(); };
        return hasNumber(a) && !hasNumber(b);
    });
    for (Child &child : m_children) {
        child.tab = m_tabs->addTab(QString());
        refreshTab(child);
    }
    m_stack->setCurrentWidget(m_overview);
}

void RecordPanel::refreshTab(const Child &child)
{
    const Entity &entity = *m_context.database.catalog()->entity(child.entity);
    const QString label = child.entity == m_tabsFor ? tr("Parts") : entity.pluralLabel();
    m_tabs->setTabText(child.tab, child.count < 0 ? label : label + QLatin1Char(' ') + m_context.texts.count(child.count));
    m_tabs->setTabVisible(child.tab, child.entity != m_tabsFor || child.count > 0);
}

void RecordPanel::readCounts()
{
    using Counts = std::vector<qint64>;
    const base::Id id = m_model.reference().id;
    std::vector<std::pair<model::EntityId, QString>> asked;
    for (const Child &child : std::as_const(m_children))
        asked.emplace_back(child.entity, child.field);
    m_countRead.read<Counts>(
        [id, asked](store::ReadContext &reading) -> base::Result<Counts> {
            Counts counts;
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            for (const auto &[entity, field] : asked) {
                store::ListQuery query;
                query.entity = entity;
                query.filter = store::Filter::comparison(field, store::FilterOperator::Equal, id.toString());
                FIELDFARE_ASSIGN(const std::int64_t count, reader.count(query));
                counts.push_back(count);
            }
            return counts;
        },
        this,
        [this, id](base::Result<Counts> counts) {
            if (!counts.ok() || id != m_model.reference().id || counts->size() != size_t(m_children.size()))
                return;
            for (qsizetype i = 0; i < m_children.size(); ++i) {
                m_children[i].count = counts->at(size_t(i));
                refreshTab(m_children.at(i));
            }
        });
}

void RecordPanel::showTab(int tab)
{
    if (tab <= 0) {
        m_stack->setCurrentWidget(m_overview);
        return;
    }
    for (Child &child : m_children) {
        if (child.tab != tab)
            continue;
        if (child.list == nullptr) {
            child.list = new EntityList(m_context.database, m_context.texts, child.entity);
            child.list->setFilterBarVisible(false);
            // The record itself needs no column in its own list.
            QStringList fields = child.list->model().fieldNames();
            fields.removeAll(child.field);
            child.list->model().setFields(fields);
            connect(child.list, &EntityList::opened, this, [this, entity = child.entity](const base::Id &id) { Q_EMIT openRequested({entity, id}); });
            connect(child.list, &EntityList::failed, this, &RecordPanel::failed);
            connect(child.list, &EntityList::newRequested, m_head, [this, entity = child.entity] { Q_EMIT m_head->childRequested(entity); });
            m_stack->addWidget(child.list);
            child.list->setFixedFilter(store::Filter::comparison(child.field, store::FilterOperator::Equal, m_model.reference().id.toString()));
        }
        m_stack->setCurrentWidget(child.list);
    }
}

void RecordPanel::setPosition(int row, qint64 count)
{
    QString text;
    if (row >= 0)
        text = tr("%1 of %2").arg(m_context.texts.number(row + 1), count < 0 ? QStringLiteral("…") : m_context.texts.number(count));
    m_head->setPosition(text, row > 0, row >= 0 && (count < 0 || row + 1 < count));
}

bool RecordPanel::save()
{
    const Entity *entity = m_model.entity();
    if (entity == nullptr || !m_model.isLoaded())
        return false;
    // What is still being composed or typed belongs to the value.
    const Field *title = entity->titleField();
    const QString name = title ? m_model.value(*title).textOrEmpty() : QString();
    const QString label = (m_model.isNew() ? tr("New %1: %2") : tr("Edit %1: %2"))
                              .arg(m_context.texts.isChinese() ? entity->label() : entity->label().toLower(), name);
    const bool isGood = m_model.apply(label);
    if (!isGood)
        m_form->focusProblem();
    return isGood;
}

void RecordPanel::revert()
{
    const bool wasNew = m_model.isNew();
    m_model.revert();
    if (wasNew)
        Q_EMIT closeRequested();
}

bool RecordPanel::hasDrafts() const
{
    return m_model.draftCount() > 0 || m_timeline->hasDrafts();
}

bool RecordPanel::isOpenDraftAlone() const
{
    return m_model.draftCount() == (m_model.isOpenDraft() ? 1 : 0) && !m_timeline->keptNote();
}

QByteArray RecordPanel::drafts() const
{
    const QByteArray fields = m_model.drafts();
    const QByteArray notes = m_timeline->drafts();
    return fields.isEmpty() && notes.isEmpty() ? QByteArray() : QCborArray{fields, notes}.toCborValue().toCbor();
}

void RecordPanel::restoreDrafts(const QByteArray &bytes)
{
    const QCborArray both = QCborValue::fromCbor(bytes).toArray();
    m_model.restoreDrafts(both.at(0).toByteArray());
    m_timeline->restoreDrafts(both.at(1).toByteArray());
}

void RecordPanel::startNote(const QString &kind)
{
    if (m_model.isNew() || !m_model.isLoaded())
        return;
    showOverview();
    m_timeline->startNote(kind);
}

void RecordPanel::focusForm()
{
    showOverview();
    m_focusOnceLoaded = !m_model.isLoaded();
    if (m_model.isLoaded())
        m_form->focusFirst();
}

void RecordPanel::showOverview()
{
    m_tabs->setCurrentIndex(0);
    m_stack->setCurrentWidget(m_overview);
}

void RecordPanel::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.base);
    painter.fillRect(QRect(0, m_stack->y() - 1, width(), 1), t.line);
}

} // namespace fieldfare::ui
