// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says when the account was disabled while changes waited.
#include "core/store/sync_status.h"
#include "tests/shots/shown_company.h"
#include "tests/testlib/open_profile.h"
#include "ui/pages/sync/sync_page.h"
#include "ui/widgets/controls/banner.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace fieldfare;
using Status = changes::HandedIn::Status;

namespace {

class FixedStatus final : public store::SyncStatus {
    Q_OBJECT
public:
    explicit FixedStatus(store::LinkState state) : m_state(std::move(state)) {}
    [[nodiscard]] store::LinkState state() const override { return m_state; }
    void syncNow() override {}
    void setPaused(bool) override {}

private:
    store::LinkState m_state;
};

class NoSink final : public ui::ActionSink {
    void openRecord(const model::Reference &) override {}
    void openList(model::EntityId, const store::Filter &, const QString &) override {}
    void openPage(const QString &) override {}
    void newRecord(model::EntityId, const std::vector<changes::FieldValue> &) override {}
    void announce(const QString &, const QString &, const base::Id &) override {}
    void showError(const base::Error &error) override { qWarning("%s", qPrintable(error.detail)); }
};

QString bannerText(const QWidget &page)
{
    return page.findChild<ui::Banner *>()->findChild<QLabel *>()->text();
}

} // namespace

class TestSyncPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatBecameOfTheHandIn_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("missing"); // operations that the server did not take
        QTest::addColumn<QString>("said");
        QTest::newRow("all") << int(Status::Closed) << 0 << QString();
        QTest::newRow("more may come") << int(Status::Open) << 1 << QString();
        QTest::newRow("full") << int(Status::Full) << 1 << QStringLiteral("1 change(s) could not be handed in");
        QTest::newRow("edited after") << int(Status::Closed) << 2 << QStringLiteral("2 change(s) could not be handed in");
        QTest::newRow("other history") << int(Status::OtherHistory) << 1 << QStringLiteral("another history of this profile");
        QTest::newRow("epoch changed") << int(Status::EpochChanged) << 1 << QStringLiteral("the server was restored");
    }
    void whatBecameOfTheHandIn()
    {
        QFETCH(const int, status);
        QFETCH(const int, missing);
        QFETCH(const QString, said);
        ui::Theme theme(qApp);
        testlib::OpenProfile profile;
        testlib::SampleCompany company;
        QVERIFY(profile.open([&company](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
            FIELDFARE_ASSIGN(company, shots::fillShownCompany(store, clock, false));
            return {};
        }));
        const auto counts = profile.onStore<store::StateCounts>([&](store::Store &store) -> base::Result<store::StateCounts> {
            const model::Entity &customer = *profile.database().catalog()->entity(QStringLiteral("customer"));
            for (const char *phone : {"+1 415 555 0197", "+1 415 555 0198", "+1 415 555 0199"}) {
                changes::LocalChange change;
                change.entity = customer.id();
                change.record = company.treequote;
                change.values = {{customer.field(QStringLiteral("phone"))->key, model::Value(QString::fromLatin1(phone))}};
                store::ChangeSet set;
                set.changes = {change};
                FIELDFARE_TRY(store.commit(set));
            }
            FIELDFARE_TRY(store.applyRemote([&](changes::Replica &replica, changes::ReplicaStorage &storage) -> base::Result<void> {
                FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
                return replica.noteHandedIn(state.lastN - std::uint64_t(missing), Status(status));
            }));
            return store.counts();
        });
        QVERIFY(counts.ok());
        QCOMPARE(int(counts->waiting - counts->handedIn), missing);
        store::LinkState state;
        state.link = store::LinkState::Link::SignInNeeded;
        state.error = {base::ErrorCode::AccountDisabled, {}};
        FixedStatus sync(state);
        NoSink sink;
        ui::SyncPage page(ui::PageContext{profile.database(), theme, profile.names(), profile.texts(), profile.clock(), sync, sink});
        const QString before = bannerText(page);
        page.activated();
        profile.settle();
        const QString text = bannerText(page);
        QVERIFY2(text.startsWith(before), qPrintable(text));
        QCOMPARE(text == before, said.isEmpty());
        QVERIFY2(text.contains(said), qPrintable(text));
    }

    /// The person has to hear of it: whoever holds the server could name a key of their own.
    void anotherRecoveryKeyIsShown()
    {
        ui::Theme theme(qApp);
        testlib::OpenProfile profile;
        testlib::SampleCompany company;
        QVERIFY(profile.open([&company](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
            FIELDFARE_ASSIGN(company, shots::fillShownCompany(store, clock, false));
            return {};
        }));
        store::LinkState state;
        state.link = store::LinkState::Link::Synced;
        state.offeredRecoveryKey = QStringLiteral("1A2B-3C4D-5E6F-7081-92A3");
        FixedStatus sync(state);
        NoSink sink;
        ui::SyncPage page(ui::PageContext{profile.database(), theme, profile.names(), profile.texts(), profile.clock(), sync, sink});
        page.activated();
        profile.settle();
        QVERIFY(page.findChild<ui::Banner *>()->isVisibleTo(&page));
        QVERIFY2(bannerText(page).contains(QStringLiteral("1A2B-3C4D-5E6F-7081-92A3")), qPrintable(bannerText(page)));
    }
};

QTEST_MAIN(TestSyncPage)
#include "tst_sync_page.moc"
