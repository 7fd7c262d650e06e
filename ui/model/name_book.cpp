// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/name_book.h"

#include "core/model/choice_seeds.h"
#include "core/store/query/list_reader.h"
#include "ui/model/display_text.h"
#include "ui/model/layout_hints.h"

#include <algorithm>

namespace fieldfare::ui {

namespace {

bool isChinese(const QLocale &locale)
{
    return locale.language() == QLocale::Chinese;
}

} // namespace

NameBook::NameBook(store::DatabaseThread &database, const QLocale &locale, QObject *parent)
    : QObject(parent), m_database(database), m_locale(locale)
{
    for (const model::ChoiceSeed &seed : model::choiceSeeds()) {
        m_choices.lists[QString::fromLatin1(seed.list)].append(
            {QString::fromLatin1(seed.key), QString::fromUtf8(isChinese(m_locale) ? seed.labelChinese : seed.labelEnglish), false});
    }
    connect(&m_database, &store::DatabaseThread::rowsChanged, this, &NameBook::onRowsChanged);
    const auto begin = [this] {
        m_ownUser = m_database.profileInfo().user;
        readChoices();
    };
    if (m_database.isOpen())
        begin();
    else
        connect(&m_database, &store::DatabaseThread::opened, this, begin);
}

QString NameBook::choiceLabel(const QString &list, const QString &key) const
{
    const QList<ChoiceEntry> &entries = choices(list);
    const auto it = std::find_if(entries.begin(), entries.end(), [&key](const ChoiceEntry &entry) { return entry.key == key; });
    return it == entries.end() ? key : it->label;
}

const QList<ChoiceEntry> &NameBook::choices(const QString &list) const
{
    static const QList<ChoiceEntry> none;
    const auto it = m_choices.lists.constFind(list);
    return it == m_choices.lists.constEnd() ? none : *it;
}

QString NameBook::title(const model::Reference &reference) const
{
    if (reference.id.isNull())
        return {};
    if (const QString local = m_choices.localNames.value(reference.id); !local.isEmpty())
        return local;
    if (const auto entity = m_titles.constFind(reference.entity); entity != m_titles.constEnd()) {
        if (const auto it = entity->constFind(reference.id); it != entity->constEnd())
            return *it;
    }
    m_wanted[reference.entity].insert(reference.id);
    if (!m_asking) {
        m_asking = true;
        // One read for all that a page asks for while it is being filled.
        QMetaObject::invokeMethod(const_cast<NameBook *>(this), [this] { const_cast<NameBook *>(this)->readTitles(); }, Qt::QueuedConnection);
    }
    return {};
}

QString NameBook::shown(const model::Value &reference, const QString &known) const
{
    if (reference.reference() == nullptr)
        return known;
    const QString local = m_choices.localNames.value(reference.reference()->id);
    if (!local.isEmpty())
        return local;
    return known.isEmpty() ? title(*reference.reference()) : known;
}

model::Reference NameBook::userReference(const base::Id &user) const
{
    const model::CatalogPointer catalog = m_database.catalog();
    const model::Entity *users = catalog ? layout::userEntity(*catalog) : nullptr;
    return users != nullptr ? model::Reference{users->id(), user} : model::Reference();
}

void NameBook::remember(const model::Reference &reference, const QString &title)
{
    if (!reference.id.isNull() && !title.isEmpty())
        m_titles[reference.entity][reference.id] = oneLine(title);
}

void NameBook::readChoices()
{
    using Rows = std::vector<store::RowView>;
    const bool chinese = isChinese(m_locale);
    m_database.read<Choices>(
        [chinese](store::ReadContext &reading) -> base::Result<Choices> {
            const model::Entity *entity = reading.catalog()->entity(QStringLiteral("choice_value"));
            if (entity == nullptr)
                return Choices();
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            store::ListQuery query;
            query.entity = entity->id();
            query.sorts = {{QStringLiteral("sort_order"), false}};
            FIELDFARE_ASSIGN(const Rows rows, reader.firstRows(query, 10'000));
            const model::Field *list = entity->field(QStringLiteral("list"));
            const model::Field *key = entity->field(QStringLiteral("key"));
            const model::Field *english = entity->field(QStringLiteral("label_en"));
            const model::Field *local = chinese ? entity->field(QStringLiteral("label_zh")) : english;
            const model::Field *retired = entity->field(QStringLiteral("retired"));
            Choices choices;
            for (const store::RowView &row : rows) {
                ChoiceEntry entry{row.record.value(*key).textOrEmpty(), row.record.value(*local).textOrEmpty(),
                                  row.record.value(*retired).integerOr(0) != 0};
                if (entry.label.isEmpty())
                    entry.label = row.record.value(*english).textOrEmpty();
                if (entry.label.isEmpty())
                    entry.label = entry.key;
                choices.lists[row.record.value(*list).textOrEmpty()].append(entry);
            }
            for (const model::Entity &named : reading.catalog()->entities()) {
                const model::Field *localName = chinese ? named.field(QStringLiteral("name_zh")) : nullptr;
                if (localName == nullptr)
                    continue;
                store::ListQuery all;
                all.entity = named.id();
                FIELDFARE_ASSIGN(const Rows records, reader.firstRows(all, 1'000));
                for (const store::RowView &row : records)
                    choices.localNames.insert(row.record.id, row.record.value(*localName).textOrEmpty());
            }
            return choices;
        },
        this,
        [this](base::Result<Choices> result) {
            if (!result.ok())
                return; // the built-in ones stay
            m_choices.localNames = result->localNames;
            for (auto it = result->lists.cbegin(); it != result->lists.cend(); ++it)
                m_choices.lists.insert(it.key(), it.value());
            Q_EMIT changed();
        });
}

void NameBook::readTitles()
{
    using Titles = QHash<model::EntityId, QHash<base::Id, QString>>;
    const auto wanted = std::exchange(m_wanted, {});
    m_database.read<Titles>(
        [wanted](store::ReadContext &reading) -> base::Result<Titles> {
            Titles titles;
            for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
                const model::Entity *entity = reading.catalog()->entity(it.key());
                if (entity == nullptr)
                    continue;
                std::vector<base::Id> ids(it->cbegin(), it->cend());
                for (const base::Id &id : ids)
                    titles[it.key()][id] = QString(); // not here: not asked again until it comes
                store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
                FIELDFARE_ASSIGN(const std::vector<store::RowView> rows, reader.rowsById(it.key(), ids));
                for (const store::RowView &row : rows) {
                    QString text = entity->titleField() ? row.record.value(*entity->titleField()).textOrEmpty() : QString();
                    if (text.isEmpty() && entity->numberField())
                        text = row.record.value(*entity->numberField()).textOrEmpty();
                    titles[it.key()][row.record.id] = text;
                }
            }
            return titles;
        },
        this,
        [this](base::Result<Titles> result) {
            m_asking = false;
            if (!result.ok())
                return;
            for (auto it = result->cbegin(); it != result->cend(); ++it) {
                for (auto title = it->cbegin(); title != it->cend(); ++title)
                    m_titles[it.key()].insert(title.key(), oneLine(title.value()));
            }
            if (!m_wanted.isEmpty()) {
                m_asking = true;
                readTitles();
            }
            Q_EMIT changed();
        });
}

void NameBook::onRowsChanged(model::EntityId entity, const QList<base::Id> &ids)
{
    const model::CatalogPointer catalog = m_database.catalog();
    const model::Entity *changedEntity = catalog ? catalog->entity(entity) : nullptr;
    if (changedEntity != nullptr && (changedEntity->name() == QStringLiteral("choice_value") || changedEntity->field(QStringLiteral("name_zh")) != nullptr))
        readChoices();
    const auto known = m_titles.find(entity);
    if (known == m_titles.end())
        return;
    if (ids.isEmpty()) {
        m_titles.erase(known);
        Q_EMIT changed();
        return;
    }
    qsizetype dropped = 0;
    for (const base::Id &id : ids)
        dropped += known->remove(id);
    if (dropped > 0)
        Q_EMIT changed();
}

} // namespace fieldfare::ui
