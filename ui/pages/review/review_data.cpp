// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_data.h"

#include "ui/model/display_text.h"
#include "ui/model/layout_hints.h"

#include <QHash>

#include <algorithm>
#include <limits>

namespace fieldfare::ui {

using base::Result;
using store::ConflictView;

namespace {

constexpr size_t kRecordsWithHistory = 200; ///< The queue is read whole; its history only so far.
constexpr int kHistoryLines = 100;

/// Titles are asked for once each.
class Titles {
public:
    explicit Titles(store::Store &store) : m_store(store) {}

    QString of(const model::Reference &reference)
    {
        if (reference.id.isNull())
            return {};
        if (const auto known = m_places.constFind(reference.id); known != m_places.constEnd())
            return m_titles.at(*known).second;
        // A record that is not here has no title; the id is never shown.
        const Result<QString> read = m_store.title(reference);
        m_places.insert(reference.id, m_titles.size());
        m_titles.emplace_back(reference, read.ok() ? oneLine(read.value()) : QString());
        return m_titles.back().second;
    }

    void note(const model::Value &value)
    {
        if (const model::Reference *reference = value.reference())
            of(*reference);
    }

    std::vector<std::pair<model::Reference, QString>> take() { return std::move(m_titles); }

private:
    store::Store &m_store;
    std::vector<std::pair<model::Reference, QString>> m_titles;
    QHash<base::Id, size_t> m_places; ///< In m_titles.
};

QString numberOf(store::Store &store, const model::Reference &reference)
{
    const model::Entity *entity = store.catalog()->entity(reference.entity);
    const model::Field *field = entity != nullptr ? entity->numberField() : nullptr;
    if (field == nullptr)
        return {};
    const Result<model::Record> record = store.record(reference.entity, reference.id, false);
    return record.ok() ? record.value().value(*field).textOrEmpty() : QString();
}

void add(std::vector<ReviewRecord> &records, const ConflictView &view, store::Store &store, Titles &titles)
{
    auto found = std::find_if(records.begin(), records.end(), [&](const ReviewRecord &known) { return known.record == view.record; });
    if (found == records.end()) {
        records.push_back({view.record, titles.of(view.record), numberOf(store, view.record), {}, 0, {}});
        found = records.end() - 1;
    }
    found->conflicts.push_back(view);
    found->latest = std::max({found->latest, view.mineAt, view.theirsAt});
}

base::Result<void> noteMerged(ReviewRecord &record, store::Store &store)
{
    qint64 since = std::numeric_limits<qint64>::max();
    for (const ConflictView &view : record.conflicts) {
        for (const qint64 at : {view.mineAt, view.theirsAt})
            since = at > 0 ? std::min(since, at) : since;
    }
    FIELDFARE_ASSIGN(const std::vector<store::HistoryEntry> history, store.history(record.record.entity, record.record.id, kHistoryLines));
    for (const store::HistoryEntry &entry : history) {
        const bool clashes = std::any_of(record.conflicts.begin(), record.conflicts.end(), [&](const ConflictView &view) { return view.field == entry.field; });
        const bool known = std::find(record.merged.begin(), record.merged.end(), entry.field) != record.merged.end();
        if (entry.kind == store::HistoryKind::Set && entry.at >= since && !clashes && !known)
            record.merged.push_back(entry.field);
    }
    return {};
}

void sortNewestFirst(std::vector<ReviewRecord> &records)
{
    std::stable_sort(records.begin(), records.end(), [](const ReviewRecord &a, const ReviewRecord &b) { return a.latest > b.latest; });
}

} // namespace

Result<ReviewData> readReview(store::Store &store)
{
    ReviewData data;
    Titles titles(store);
    const model::Entity *users = layout::userEntity(*store.catalog());
    FIELDFARE_ASSIGN(const std::vector<ConflictView> conflicts, store.conflicts(false));
    for (const ConflictView &view : conflicts) {
        add(view.open ? data.open : data.done, view, store, titles);
        for (const model::Value *value : {&view.base, &view.mine, &view.theirs, &view.shown})
            titles.note(*value);
        if (users != nullptr) {
            titles.of({users->id(), view.mineBy});
            titles.of({users->id(), view.theirsBy});
        }
    }
    FIELDFARE_ASSIGN(std::vector<store::TrayView> tray, store.tray());
    FIELDFARE_ASSIGN(const std::vector<store::TrayView> handedIn, store.handedIn());
    tray.insert(tray.end(), handedIn.begin(), handedIn.end());
    for (store::TrayView &view : tray) {
        const model::Reference record{view.operation.entity, view.operation.record};
        for (const changes::FieldValue &value : view.operation.values)
            titles.note(value.value);
        QString title = titles.of(record);
        QString number = numberOf(store, record);
        data.tray.push_back({std::move(view), std::move(title), std::move(number)});
    }
    sortNewestFirst(data.open);
    for (size_t i = 0; i < std::min(kRecordsWithHistory, data.open.size()); ++i)
        FIELDFARE_TRY(noteMerged(data.open[i], store));
    sortNewestFirst(data.done);
    data.titles = titles.take();
    return data;
}

Result<int> resolveAll(store::Store &store, const std::vector<ReviewDecision> &decisions)
{
    int resolved = 0;
    for (const ReviewDecision &decision : decisions) {
        store::Resolution resolution = store::Resolution::UseValue;
        if (decision.choice == ReviewChoice::None)
            continue;
        if (decision.choice == ReviewChoice::Mine)
            resolution = store::Resolution::KeepMine;
        else if (decision.choice == ReviewChoice::Theirs)
            resolution = store::Resolution::KeepTheirs;
        FIELDFARE_TRY(store.resolveConflict(decision.conflict, resolution, decision.value));
        ++resolved;
    }
    return resolved;
}

ReviewChoice suggestedChoice(const ConflictView &conflict)
{
    return conflict.mineIsShown ? ReviewChoice::Mine : ReviewChoice::Theirs;
}

model::Value chosenValue(const ConflictView &conflict, ReviewChoice choice, const model::Value &edited)
{
    switch (choice) {
    case ReviewChoice::None:
        return conflict.shown;
    case ReviewChoice::Before:
        return conflict.base;
    case ReviewChoice::Mine:
        return conflict.mine;
    case ReviewChoice::Theirs:
        return conflict.theirs;
    case ReviewChoice::Edited:
        return edited;
    }
    return {};
}

std::vector<const ReviewRecord *> sameClash(const ReviewData &data, const ReviewRecord &record)
{
    std::vector<const ReviewRecord *> same;
    for (const ConflictView &mine : record.conflicts) {
        for (const ReviewRecord &other : data.open) {
            if (other.record == record.record || other.conflicts.size() != 1)
                continue;
            const ConflictView &theirs = other.conflicts.front();
            if (other.record.entity == record.record.entity && theirs.field == mine.field && theirs.theirsBy == mine.theirsBy
                && theirs.theirs == mine.theirs)
                same.push_back(&other);
        }
        if (!same.empty())
            return same;
    }
    return same;
}

} // namespace fieldfare::ui
