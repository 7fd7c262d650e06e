// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The look through a profile lets others write in between, and still tells of one moment.
#include "tests/storage/store_fixture.h"

#include "core/store/check/profile_check.h"

#include <QTest>

using namespace fieldfare;
using namespace fieldfare::store_test;

class TestProfileCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<TestProfile>();
        QVERIFY(m_profile->open());
        m_profile->identify(QStringLiteral("https://example.com"));
        m_catalog = m_profile->store().catalog();
        // A page of each entity: the check asks before each.
        for (const char *entity : {"customer", "team", "tag"})
            commit(store(), create(*m_catalog, entity, {{"name", text("A")}}));
    }

    void savesArriveMeanwhile()
    {
        int saved = 0;
        const auto report = store::checkProfile(store(), [this, &saved] {
            const auto done = store().commit(setOf({create(*m_catalog, "tag", {{"name", model::Value(QStringLiteral("Tag %1").arg(saved))}})}));
            if (done.ok())
                ++saved;
            else
                qWarning("%s", qPrintable(done.error().detail));
            return !done.ok();
        });
        QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().detail));
        QVERIFY(report->isOk());
        QVERIFY(saved >= 3);
    }

    void changesFromTheServerBeginItAnew()
    {
        changes::Version cursor = 10;
        const auto report = store::checkProfile(store(), [this, &cursor] {
            moveCursor(++cursor);
            return false;
        });
        QVERIFY(report.ok());
        QVERIFY(cursor > 11);
        QCOMPARE(report->cursor, cursor); // of the last try, in which nothing else ran
        QCOMPARE(report->rows, store::checkProfile(store())->rows); // nothing counted twice
    }

    void isCancelled()
    {
        QCOMPARE(store::checkProfile(store(), [] { return true; }).error().code, base::ErrorCode::Cancelled);
    }

private:
    store::Store &store() { return m_profile->store(); }
    void moveCursor(changes::Version cursor)
    {
        const auto done = store().applyRemote([cursor](changes::Replica &, changes::ReplicaStorage &rows) -> base::Result<void> {
            FIELDFARE_ASSIGN(changes::ReplicaState state, rows.state());
            state.cursor = cursor;
            return rows.setState(state);
        });
        QVERIFY(done.ok());
    }

    std::unique_ptr<TestProfile> m_profile;
    model::CatalogPointer m_catalog;
};

QTEST_GUILESS_MAIN(TestProfileCheck)
#include "tst_profile_check.moc"
