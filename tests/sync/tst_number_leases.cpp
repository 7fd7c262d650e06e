// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who may not create gets no numbers, and learns none.
#include "sync/server/api/number_leases.h"
#include "tests/sync/scope_company.h"

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::Result;
using protocol::NumberLeaseReply;

namespace {

struct Company : ScopeCompany {
    Puller puller{*tables, catalog, clock};
    WriteContext context{*tables, *merger, puller, *accounts, quarantine};

    Company() : ScopeCompany(rights::Reach::All) {}
    void let(const char *about, bool create)
    {
        RoleRights roleRights(*tables, *merger, catalog);
        RoleRightChange change{QStringLiteral("sales_representative"), QString::fromLatin1(about), {}, {}, create, {}, {}, {}};
        if (!written<RoleRight>([&] { return roleRights.set(change); }).ok())
            qFatal("right");
    }
    NumberLeaseReply lease()
    {
        return *written<NumberLeaseReply>([&] { return leaseNumbers(context, *catalog, {bo.device, {{entity("customer"), 100}, {entity("deal"), 10}}}); });
    }
};

} // namespace

class TestNumberLeases final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreOfWhatMayBeMade()
    {
        Company company;
        QCOMPARE(company.lease().leases.size(), 2U);
        company.let("deal", false);
        const NumberLeaseReply some = company.lease();
        QCOMPARE(some.leases.size(), 1U);
        QCOMPARE(some.leases.front().entity, company.entity("customer"));
        company.let("deal", true);
        const NumberLeaseReply both = company.lease();
        QCOMPARE(both.leases.size(), 2U);
        QCOMPARE(both.leases.back().first, 11U); // none was taken meanwhile
    }

    void wrongQuestionsAreRefused()
    {
        Company company;
        const auto refused = [&](model::EntityId entity, std::uint64_t count) { return !checkNumbers(*company.catalog, {company.bo.device, {{entity, count}}}).ok(); };
        QVERIFY(!refused(company.entity("customer"), 10'000));
        QVERIFY(refused(company.entity("customer"), 10'001));
        QVERIFY(refused(company.entity("customer"), 0));
        QVERIFY(refused(company.entity("tag"), 1));
        QVERIFY(refused(9999, 1));
    }
};

QTEST_GUILESS_MAIN(TestNumberLeases)
#include "tst_number_leases.moc"
