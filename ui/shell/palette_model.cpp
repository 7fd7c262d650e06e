// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_model.h"

#include "ui/model/display_text.h"
#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"

#include <algorithm>

namespace fieldfare::ui {

using model::Entity;
using model::Field;

namespace {

/// What one may type first: answered once before, its statements and the top of the index are at hand for any other.
constexpr QLatin1Char kLikelyKey('a');

} // namespace

PaletteModel::PaletteModel(store::DatabaseThread &database, const DisplayText &texts, const CommandTable &commands, QObject *parent)
    : QAbstractListModel(parent), m_database(database), m_texts(texts), m_commands(commands), m_read(database)
{
}

void PaletteModel::setText(const QString &typed, model::EntityId only)
{
    const QString text = typed.trimmed();
    const QChar prefix = text.isEmpty() ? QChar() : text.at(0);
    if (text.isEmpty() || prefix == QLatin1Char('>')) {
        m_read.cancel();
        m_footnote.clear();
        const QString words = text.mid(1).trimmed();
        QList<Item> items = commandItems(words, 12);
        if (!items.isEmpty())
            items.prepend(Item{.kind = Item::Kind::Heading, .title = tr("Commands")});
        replace(std::move(items));
        return;
    }
    const QString wanted = prefix == QLatin1Char('#') || prefix == QLatin1Char('@') ? text.mid(1).trimmed() : text;
    if (!wanted.isEmpty())
        find(wanted, prefix, only, [this, wanted](const Found &found) { take(found, wanted); });
}

void PaletteModel::prepare(model::EntityId only)
{
    find(QString(kLikelyKey), {}, only, [](const Found &) {});
}

void PaletteModel::find(const QString &text, QChar prefix, model::EntityId only, std::function<void(const Found &)> done)
{
    store::SearchRequest request;
    request.text = text;
    request.limit = kFirstGroup;
    request.user = m_texts.names().ownUser();
    request.recent = m_recent;
    const model::CatalogPointer catalog = m_database.catalog();
    for (const Entity &entity : catalog->entities()) {
        const bool people = layout::of(entity).isPerson;
        const bool fits = prefix == QLatin1Char('@')   ? people
                          : prefix == QLatin1Char('#') ? entity.numberField() != nullptr
                                                       : !entity.has(model::System) && (only == 0 || entity.id() == only);
        if (fits && !entity.fieldsWith(model::Searchable).isEmpty())
            request.entities.append(entity.id());
    }
    m_read.read<Found>(
        [request, &clock = m_texts.clock()](store::ReadContext &reading) -> base::Result<Found> {
            const std::int64_t start = clock.bootMs();
            Found found;
            FIELDFARE_ASSIGN(found.result, store::Search(reading.connection(), *reading.catalog()).find(request));
            found.tookMs = clock.bootMs() - start;
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            for (const store::EntityHits &hits : found.result.entities) {
                std::vector<base::Id> ids;
                for (const store::SearchHit &hit : hits.hits)
                    ids.push_back(hit.record.id);
                FIELDFARE_ASSIGN(std::vector<store::RowView> rows, reader.rowsById(hits.entity, ids));
                for (store::RowView &row : rows)
                    found.rows.insert(row.record.id, std::move(row));
            }
            return found;
        },
        this,
        [done = std::move(done)](base::Result<Found> found) {
            if (found.ok())
                done(*found);
        });
}

void PaletteModel::take(const Found &found, const QString &text)
{
    QList<Item> items;
    const model::CatalogPointer catalog = m_database.catalog();
    int shown = 0;
    int all = 0;
    bool more = false;
    for (const store::EntityHits &hits : found.result.entities) {
        const Entity *entity = catalog->entity(hits.entity);
        if (entity == nullptr || hits.hits.empty())
            continue;
        items.append(Item{.kind = Item::Kind::Heading, .title = entity->pluralLabel()});
        const int limit = items.size() == 1 ? kFirstGroup : kOtherGroups;
        int taken = 0;
        for (const store::SearchHit &hit : hits.hits) {
            if (taken++ == limit)
                break;
            Item item;
            item.title = hit.title.isEmpty() ? hit.number : oneLine(hit.title);
            item.ranges = hit.titleRanges;
            item.record = hit.record;
            item.symbol = layout::entityIcon(*entity) == QStringLiteral("customers") ? QStringLiteral("company") : layout::entityIcon(*entity);
            QStringList second;
            if (!hit.context.isEmpty()) {
                item.secondRanges = hit.contextRanges;
                second.append(oneLine(hit.context));
            }
            if (!hit.number.isEmpty() && hit.number != item.title && hit.number != hit.context)
                second.append(hit.number);
            if (const auto row = found.rows.constFind(hit.record.id); row != found.rows.constEnd())
                second += notes(*entity, *row);
            second.removeDuplicates();
            item.second = second.mid(0, 3).join(QStringLiteral(" · "));
            items.append(item);
            ++shown;
        }
        all += hits.found;
        more = more || hits.moreThanFound;
    }
    const QList<Item> commands = commandItems(text, kCommands);
    if (!commands.isEmpty()) {
        items.append(Item{.kind = Item::Kind::Heading, .title = tr("Commands")});
        items += commands;
    }
    m_footnote = shown == 0 ? (commands.isEmpty() ? tr("nothing was found") : tr("no record was found"))
                 : more     ? tr("%1 of more than %2").arg(m_texts.number(shown), m_texts.number(all))
                            : tr("%1 of %2").arg(m_texts.number(shown), m_texts.number(all));
    m_footnote += QStringLiteral(" · ") + tr("searched in %1 ms").arg(found.tookMs);
    if (found.result.behind)
        m_footnote += QStringLiteral(" · ") + tr("indexing, %1 %").arg(found.result.percentIndexed);
    replace(std::move(items));
}

QStringList PaletteModel::notes(const Entity &entity, const store::RowView &row) const
{
    QStringList parts;
    const char *fields = layout::of(entity).subtitle;
    for (const QString &name : fields ? QString::fromLatin1(fields).split(QLatin1Char(',')) : QStringList()) {
        const Field *field = entity.field(name);
        if (field == nullptr)
            continue;
        const model::Value &value = row.record.value(*field);
        parts.append(field->isReference() ? m_texts.names().shown(value, row.referenceTitle(*field)) : m_texts.value(*field, value));
    }
    parts.removeAll(QString());
    return parts;
}

QList<PaletteModel::Item> PaletteModel::commandItems(const QString &text, int limit) const
{
    QList<Item> items;
    for (const Command &command : m_commands.commands()) {
        if (!command.inPalette || items.size() >= limit || !m_commands.action(command.id)->isEnabled())
            continue;
        // Each word must stand somewhere in it.
        const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (!std::all_of(words.begin(), words.end(), [&command](const QString &word) { return !store::matchRanges(command.text, word).isEmpty(); }))
            continue;
        const QList<store::TextRange> ranges = text.isEmpty() ? QList<store::TextRange>() : store::matchRanges(command.text, text);
        Item item;
        item.kind = Item::Kind::Command;
        item.title = command.text;
        item.ranges = ranges;
        item.symbol = command.iconName;
        item.keys = command.keys.toString(QKeySequence::NativeText);
        item.command = command.id;
        items.append(item);
    }
    return items;
}

void PaletteModel::replace(QList<Item> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
    Q_EMIT filled();
}

int PaletteModel::nextRow(int row, int step) const
{
    for (int at = row + step; at >= 0 && at < m_items.size(); at += step) {
        if (m_items.at(at).kind != Item::Kind::Heading)
            return at;
    }
    return -1;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return m_items.at(index.row()).kind == Item::Kind::Heading ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item &item = m_items.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.title;
    case Qt::AccessibleTextRole:
        return item.second.isEmpty() ? item.title : item.title + QStringLiteral(", ") + item.second;
    case HeadingRole:
        return item.kind == Item::Kind::Heading;
    case SecondRole:
        return item.second;
    case RangesRole:
        return QVariant::fromValue(item.ranges);
    case SecondRangesRole:
        return QVariant::fromValue(item.secondRanges);
    case KeysRole:
        return item.keys;
    case SymbolRole:
        return item.symbol;
    default:
        return {};
    }
}

} // namespace fieldfare::ui
