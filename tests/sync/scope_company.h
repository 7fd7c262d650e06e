// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/rights.h"
#include "sync/server/accounts/role_rights.h"
#include "sync/server/merge/puller.h"
#include "sync/server/merge/scope.h"
#include "sync/server/storage/store_check.h"
#include "tests/sync/quarantine_fixture.h"

namespace fieldfare::tests {

/// Anna is of the North, Bo of the South; both are sales representatives, who see what is their team's. Acme is the North's.
struct ScopeCompany : QuarantineFixture {
    base::Id north = ids.next();
    base::Id south = ids.next();
    base::Id contact = ids.next();
    base::Id tagging = ids.next();

    explicit ScopeCompany(rights::Reach see = rights::Reach::Team, std::optional<bool> pool = false)
    {
        setDisabled(false);
        write("team", north, {{"name", QStringLiteral("North")}});
        write("team", south, {{"name", QStringLiteral("South")}});
        for (const auto &[author, team] : {std::pair(anna, north), std::pair(bo, south)})
            write("user", author.user, {{"name", author.device.toString()}, {"role", QStringLiteral("sales_representative")}, {"team", reference("team", team)}});
        give(north);
        write("contact", contact, {{"name", QStringLiteral("Carla")}, {"customer", reference("customer", acme)}});
        write("tagging", tagging, {{"record", reference("customer", acme)}, {"tag", reference("tag", ids.next())}});
        say("customer", see, pool);
    }
    [[nodiscard]] model::Value reference(const char *name, const base::Id &id) const { return model::Value(model::Reference{entity(name), id}); }
    changes::Version write(const char *name, const base::Id &id, const std::vector<std::pair<const char *, model::Value>> &values)
    {
        std::vector<changes::FieldValue> fields;
        for (const auto &[field, value] : values)
            fields.push_back({key(name, field), value});
        const auto done = written<changes::Version>([&] { return merger->writeAsServer(entity(name), id, fields, {}); });
        if (!done.ok())
            qFatal("%s", qPrintable(done.error().detail));
        return *done;
    }
    changes::Version give(const base::Id &team) { return write("customer", acme, {{"team", reference("team", team)}}); }
    void say(const char *about, rights::Reach see, std::optional<bool> pool = {})
    {
        server::RoleRights roleRights(*tables, *merger, catalog);
        server::RoleRightChange change{QStringLiteral("sales_representative"), QString::fromLatin1(about), rights::Reach::All, rights::Reach::All, true, true, see, pool};
        const auto said = written<server::RoleRight>([&] { return roleRights.set(change); });
        if (!said.ok())
            qFatal("%s", qPrintable(said.error().detail));
    }
    [[nodiscard]] changes::Version number(const Author &author) { return server::scopeOf(*tables, *catalog, author.user)->number; }
    base::Result<protocol::PullReply> pull(const Author &author, changes::Version cursor, std::optional<changes::Version> scope, int limit = protocol::kMaxPullRows)
    {
        return server::Puller(*tables, catalog, clock).pull({author.device, tables->epoch(), cursor, {}, limit, scope});
    }
    protocol::PullReply pull(const Author &author, changes::Version cursor) { return *pull(author, cursor, number(author)); }
    std::set<base::Id> downloaded(const Author &author, const char *name)
    {
        protocol::DownloadRequest request{author.device, tables->epoch(), entity(name), {}, 2, number(author)};
        std::set<base::Id> found;
        for (bool last = false; !last;) {
            const auto page = server::Puller(*tables, catalog, clock).downloadPage(request);
            if (!page.ok() || page->status != protocol::PullStatus::Page)
                qFatal("page");
            for (const changes::ReplicatedRow &row : page->rows)
                found.insert(row.id);
            last = page->last;
            request.after = page->upTo;
        }
        return found;
    }
    std::vector<changes::Verdict> pushed(const Author &author, std::uint64_t from = 1) { return push(author.request(from, author.n))->verdicts; }
    changes::Operation handTo(const base::Id &team) const
    {
        changes::Operation operation = set("team", {});
        operation.values.front().value = reference("team", team);
        operation.base.version = *tables->counter();
        return operation;
    }
    QStringList problems() { return server::checkStore(*connection, *catalog)->problems; }
};

[[nodiscard]] inline const changes::RowChange *changeOf(const protocol::PullReply &reply, const base::Id &id)
{
    const auto found = std::find_if(reply.rows.begin(), reply.rows.end(), [&](const changes::RowChange &row) { return row.id == id; });
    return found == reply.rows.end() ? nullptr : &*found;
}

} // namespace fieldfare::tests
