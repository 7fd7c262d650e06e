// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_options.h"
#include "core/store/store.h"

#include <QHash>
#include <QSet>

#include <map>
#include <optional>
#include <vector>

namespace fieldfare::exchange {

/// Finds what a text names: a choice by key or label in either language, a record by id, number or name, a user by sign-in or
/// full name. Remembers what it found; records that are about to be created with a change set are found, too. One for each
/// import or command; on the store's thread. Does not own the store.
class RecordLookups {
public:
    explicit RecordLookups(store::Store &store) : m_store(store) {}

    enum class Outcome { Found, Created, Unknown, Ambiguous };
    struct Answer {
        Outcome outcome = Outcome::Unknown;
        model::Value value;
        std::vector<changes::LocalChange> creates; ///< With Created: to be committed before, or with, what refers to it.
    };

    /// The key of a choice. `mayCreate`: a choice that is not there is made.
    base::Result<Answer> choice(const model::Field &field, const QString &text, bool mayCreate);
    /// A reference or user. A stage is looked for in the `pipeline` only, when one is given.
    base::Result<Answer> reference(const model::Field &field, const QString &text, bool mayCreate, const base::Id &pipeline = {});
    /// Any field but tags: through the two above, or as model::parseValue() reads it.
    base::Result<Answer> value(const model::Field &field, const QString &text, const QString &currency);

    /// The names in a text of tags that no tag has; each is told once.
    base::Result<QStringList> newTags(const QString &text);

    struct Choice {
        QString key;
        QString label;        ///< English.
        QString labelChinese;
        std::int64_t order = 0;
    };
    /// The choices of a field in their order, without retired ones and without those that choice() made.
    base::Result<std::vector<Choice>> choicesOf(const model::Field &field);
    /// Their keys, for the message about one that is none of them.
    base::Result<QStringList> choiceKeys(const model::Field &field);
    /// A record of this entity and title was or will be created.
    void noteCreated(model::EntityId entity, const QString &title, const base::Id &id);

private:
    struct SmallEntity {
        QHash<QString, std::vector<base::Id>> byName; ///< Folded.
        QHash<base::Id, base::Id> parents;            ///< Stage -> pipeline.
    };
    base::Result<void> loadChoices();
    base::Result<QHash<QString, QString> *> choices(const QString &list);
    base::Result<SmallEntity *> smallEntity(const model::Entity &entity);
    base::Result<std::optional<base::Id>> findIn(const model::Entity &entity, const QString &text, const base::Id &pipeline, bool &ambiguous);
    [[nodiscard]] changes::LocalChange createNamed(const model::Entity &entity, const base::Id &id, const QString &title) const;

    store::Store &m_store;
    bool m_choicesLoaded = false;
    std::map<QString, QHash<QString, QString>> m_choices; ///< list -> folded key or label -> key
    std::map<QString, std::vector<Choice>> m_offered;     ///< list -> what choicesOf() tells
    std::map<model::EntityId, SmallEntity> m_small;
    std::optional<QSet<base::Id>> m_tags;
    std::map<model::EntityId, QHash<QString, base::Id>> m_found; ///< folded text -> id, of large entities
};

} // namespace fieldfare::exchange
