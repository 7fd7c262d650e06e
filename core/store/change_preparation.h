// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/store/commit_rule.h"
#include "core/store/number_series.h"
#include "core/rights/permission.h"
#include "core/store/record_reader.h"

#include <set>

namespace fieldfare::store {

/// The names in what somebody gives for a field of tags: parted by commas, semicolons (also full-width ones) or line breaks.
[[nodiscard]] QStringList tagNames(const QString &text);

/// A change as Replica takes it, and which change of the set it came from (tags make several of one).
struct PreparedChange {
    changes::LocalChange change;
    size_t origin = 0;
};

/// Turns what a caller asks for into what is logged: ids and numbers for new records, cleaned text, what the rules add, tags as
/// memberships, guards of guarded groups; and finds what breaks a rule. Reads in the transaction it is used in; writes nothing
/// but used numbers.
class ChangePreparation {
public:
    struct Environment {
        RecordReader &reader;
        NumberSeries &numbers;
        base::IdGenerator &ids;
        const std::vector<std::shared_ptr<CommitRule>> &rules;
        ProfileInfo profile;
        base::Id user;
        Cause cause = Cause::User;
        qint64 nowMs = 0;
        bool trusted = false; ///< Undo, records of another profile: values that stood before are taken whatever the rules say now.
        bool dryRun = false;  ///< Takes no numbers.
        const rights::Rights *rights = nullptr; ///< Of the user; null: everything.
        rights::RightsSource *places = nullptr; ///< With rights.
    };

    explicit ChangePreparation(Environment environment);

    /// Adds to `prepared` what the change comes to, or to `problems` what is wrong with it. Errors are the caller's mistakes:
    /// UnknownEntity, UnknownField, InvalidArgument.
    base::Result<void> add(changes::LocalChange change, size_t origin);

    [[nodiscard]] std::vector<PreparedChange> takePrepared() { return std::exchange(m_prepared, {}); }
    [[nodiscard]] const std::vector<ChangeProblem> &problems() const { return m_problems; }
    /// By origin: the record's id and its new number.
    [[nodiscard]] const QHash<size_t, std::pair<base::Id, QString>> &named() const { return m_named; }

private:
    base::Result<bool> isPermitted(const model::Entity &entity, const changes::LocalChange &change);
    base::Result<void> complete(const model::Entity &entity, changes::LocalChange &change);
    base::Result<std::optional<QString>> takeTags(const model::Entity &entity, changes::LocalChange &change);
    base::Result<void> clean(const model::Entity &entity, changes::LocalChange &change, size_t origin);
    void requireFields(const model::Entity &entity, const changes::LocalChange &change, size_t origin);
    base::Result<void> addNumber(const model::Entity &entity, changes::LocalChange &change, size_t origin);
    base::Result<void> addGuards(const model::Entity &entity, changes::LocalChange &change);
    base::Result<void> addTags(const model::Reference &record, bool isNew, const QString &names, size_t origin);
    base::Result<void> addTagging(const model::Reference &record, const base::Id &tag, size_t origin);

    Environment m_environment;
    std::vector<PreparedChange> m_prepared;
    std::vector<ChangeProblem> m_problems;
    QHash<size_t, std::pair<base::Id, QString>> m_named;
    QHash<base::Id, bool> m_madeTags; // in this chunk
    QSet<base::Id> m_made;            ///< Records, by this part.
};

} // namespace fieldfare::store
