// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/model/record.h"

#include <QHash>

namespace fieldfare::domain {

/// Finds which records of one lot somebody has in another lot already: first all own ones are added, then all present ones are
/// looked at. Works for every entity that describes somebody who can be reached, by what the catalog says of its fields: the
/// same e-mail address, the same phone number (digits alone), or the same title. Owned children (the contacts of a customer)
/// share a switchboard and have namesakes elsewhere: they need the same title, and an address, number or parent with it.
/// Keeps some 100 bytes an own record, nothing of the present ones.
class DuplicateSearch {
public:
    struct Match {
        base::Id present;
        model::FieldKey by; ///< The field of the own record that gave it away; of several, the surest.
    };

    [[nodiscard]] static bool isFor(const model::Entity &entity);
    explicit DuplicateSearch(const model::Entity &entity);

    /// `parent`: what the present lot calls the record's parent; null without, or when it is not known there.
    void addOwn(const model::Record &record, const base::Id &parent = {});
    void look(const model::Record &present);
    /// Null: nobody.
    [[nodiscard]] const Match *match(const base::Id &own) const;

private:
    struct Key {
        QByteArray bytes;
        model::FieldKey field;
        int rank = 0; ///< Smaller is surer.
    };
    struct Own {
        base::Id id;
        model::FieldKey field;
        int rank = 0;
    };
    struct Found {
        Match match;
        int rank = 0;
    };
    [[nodiscard]] QList<Key> keysOf(const model::Record &record, const base::Id &parent) const;

    const model::Entity &m_entity;
    QMultiHash<QByteArray, Own> m_own;
    QHash<base::Id, Found> m_found;
};

} // namespace fieldfare::domain
