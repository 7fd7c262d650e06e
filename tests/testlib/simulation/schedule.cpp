// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/schedule.h"

#include "tests/testlib/simulation/schedule_scopes.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/sim_device.h"

namespace fieldfare::simulation {

using base::Id;
using changes::FieldValue;
using changes::LocalChange;
using changes::OperationKind;
using model::FieldKey;
using model::Value;

namespace {

constexpr int kMaxDevices = 5;
constexpr int kHealingRounds = 8;
constexpr int kMostEvents = 5000; ///< That a sync may take: some dozens are usual.

/// What a schedule is mostly about.
enum class Family {
    Mixed,    ///< A little of everything.
    Narrow,   ///< Two devices, few rows, few kinds of edits, so that they meet.
    Barred,   ///< Accounts are disabled and enabled; what was handed in is decided before, between and after.
    Vanishing, ///< Two devices, rows that come and are erased, late pages, downloads anew, compaction.
    Scoped    ///< People of two teams who do not see everything: records change hands, people change teams and rights.
};

Family familyOf(std::uint64_t seed)
{
    constexpr Family kFamilies[] = {Family::Narrow, Family::Mixed, Family::Vanishing, Family::Narrow, Family::Mixed, Family::Mixed};
    if (seed % 8 == 5)
        return Family::Barred;
    if (seed % 8 == 3)
        return Family::Scoped;
    return kFamilies[seed % std::size(kFamilies)];
}

class Schedule {
public:
    explicit Schedule(const ScheduleOptions &options)
        : m_options(options), m_family(familyOf(options.seed)), m_dice(options.seed),
          m_server(m_options.mutants, m_options.storages, m_scheduler, m_dice, m_oracle), m_staff(m_server, m_dice)
    {
    }
    ScheduleResult play();

private:
    void act();
    int kindOfAction();
    int kindOfEdit(bool hasRow);
    void edit(SimDevice &device, int who);
    void create(SimDevice &device, int who, const Id &parent);
    void compact();
    void addDevice(const SimDevice *original);
    void heal();
    void healDevices();
    void checkFiles();
    Id randomRow(SimDevice &device);
    void hand(SimDevice &device, int who, const Id &row);
    QString fresh() { return QStringLiteral("v%1").arg(++m_values); }
    void say(int who, const QString &what) { m_story.append(QStringLiteral("D%1 %2").arg(who).arg(what)); }
    static LocalChange setField(const Id &row, std::uint16_t field, const Value &value);

    const ScheduleOptions &m_options;
    const Family m_family;
    Scheduler m_scheduler;
    Dice m_dice;
    Oracle m_oracle;
    SimServer m_server;
    std::vector<std::unique_ptr<SimDevice>> m_devices;
    QStringList m_story;
    int m_values = 0;
    Id m_user = Id::fromName(QStringLiteral("user"), QStringLiteral("ann"));
    Staff m_staff; ///< Of the family Scoped.
};

LocalChange Schedule::setField(const Id &row, std::uint16_t field, const Value &value)
{
    LocalChange change;
    change.kind = OperationKind::Set;
    change.entity = kThing;
    change.record = row;
    change.values = {{FieldKey(field), value}};
    return change;
}

Id Schedule::randomRow(SimDevice &device)
{
    std::vector<Id> ids;
    const auto &rows = device.disk().rows;
    for (auto it = rows.lower_bound({kThing, Id()}); it != rows.end() && it->first.first == kThing; ++it)
        ids.push_back(it->first.second);
    return ids.empty() ? Id() : ids[size_t(m_dice.below(int(ids.size())))];
}

void Schedule::addDevice(const SimDevice *original)
{
    auto device = std::make_unique<SimDevice>(int(m_devices.size()) + 1, m_options.mutants, m_options.storages, m_scheduler, m_dice, m_server,
                                              m_oracle);
    if (original != nullptr)
        device->copyFrom(*original);
    else
        device->join(m_family == Family::Scoped ? m_staff.user(int(m_devices.size())) : m_user);
    if (m_dice.chance(30))
        device->clock.setSkew((m_dice.below(2) == 0 ? -1 : 1) * std::int64_t(m_dice.below(1'000'000'000)));
    m_devices.push_back(std::move(device));
}

int Schedule::kindOfEdit(bool hasRow)
{
    if (!hasRow)
        return 0;
    const bool isSmall = m_server.disk().rows.size() < 3;
    if (m_family == Family::Narrow) {
        constexpr int kKinds[] = {13, 13, 13, 13, 13, 13, 10, 10, 6, 3};
        return isSmall && m_dice.chance(20) ? 0 : kKinds[m_dice.below(10)];
    }
    if (m_family == Family::Barred) {
        constexpr int kKinds[] = {9, 9, 9, 13, 13, 13, 6, 3, 10, 12};
        return isSmall && m_dice.chance(30) ? 0 : kKinds[m_dice.below(10)];
    }
    if (m_family == Family::Scoped) {
        constexpr int kKinds[] = {0, 0, 13, 13, 13, 20, 20, 20, 20, 6, 10, 3};
        return isSmall && m_dice.chance(30) ? 0 : kKinds[m_dice.below(12)];
    }
    if (m_family == Family::Vanishing) {
        constexpr int kKinds[] = {0, 0, 13, 13, 12, 12, 10, 3};
        return kKinds[m_dice.below(8)];
    }
    return m_dice.below(20);
}

/// A new thing, sometimes under another, sometimes too long.
void Schedule::create(SimDevice &device, int who, const Id &parent)
{
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = kThing;
    change.record = Id::fromBytes(m_dice.bytes(Id::kSize));
    change.values = {{FieldKey(kF0), Value(fresh())}, {FieldKey(kF1), Value(fresh())}};
    QStringList words; // a text with room, so that words which two people put into it can both stay
    for (int i = 0; i < 8; ++i)
        words.append(fresh() + QLatin1Char('w'));
    change.values.push_back({FieldKey(kText), Value(words.join(QLatin1Char(' ')))});
    if (m_dice.chance(12))
        change.values[0].value = Value(QString(kMaxText + 5, QLatin1Char('x')) + fresh());
    if (!parent.isNull() && m_dice.chance(50))
        change.values.push_back({FieldKey(kParent), Value(model::Reference{kThing, parent})});
    if (m_family == Family::Scoped) {
        for (const FieldValue &place : m_staff.somePlace(device.disk().state.user))
            change.values.push_back(place);
    }
    say(who, QStringLiteral("creates %1").arg(change.record.toString().left(4)));
    device.commit({change});
}

void Schedule::edit(SimDevice &device, int who)
{
    const Id row = randomRow(device);
    const int kind = kindOfEdit(!row.isNull());
    if (kind <= 1)
        return create(device, who, row);
    if (kind == 20)
        return hand(device, who, row);
    const QString name = row.toString().left(4);
    const changes::ReplicaRow shown = device.disk().rows.at({kThing, row});
    if (kind == 2) { // the same named record on several devices
        LocalChange change;
        change.kind = OperationKind::Create;
        change.entity = kLabel;
        change.record = Id::fromName(QStringLiteral("label"), QString::number(m_dice.below(2)));
        change.values = {{FieldKey(kF0), Value(fresh())}};
        say(who, QStringLiteral("makes a label"));
        return device.commit({change});
    }
    if (kind <= 5) { // a guarded pair, now and then with a field that is refused
        const QString value = fresh();
        LocalChange change = setField(row, kG0, Value(value));
        if (m_dice.chance(40))
            change.guards = {FieldKey(kG1)};
        else
            change.values.push_back({FieldKey(kG1), Value(value)});
        if (m_dice.chance(20))
            change.values.push_back({FieldKey(kF0), Value(QString(kMaxText + 5, QLatin1Char('x')) + fresh())});
        change.group = Id::fromBytes(m_dice.bytes(Id::kSize));
        say(who, QStringLiteral("sets the pair of %1 to %2").arg(name, value));
        return device.commit({change});
    }
    if (kind <= 8) { // a word into a long text
        QStringList words = shown.value(FieldKey(kText)).textOrEmpty().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const QString word = fresh() + QLatin1Char('w');
        words.insert(m_dice.below(int(words.size()) + 1), word);
        say(who, QStringLiteral("writes %1 into %2").arg(word, name));
        return device.commit({setField(row, kText, Value(words.join(QLatin1Char(' '))))});
    }
    if (kind == 9) {
        say(who, QStringLiteral("counts %1 up").arg(name));
        return device.commit({setField(row, kCounter, Value(shown.value(FieldKey(kCounter)).integerOr(0) + 1 + m_dice.below(3)))});
    }
    if (kind <= 11) {
        LocalChange change;
        change.kind = shown.isTrashed() ? OperationKind::Restore : OperationKind::Trash;
        change.entity = kThing;
        change.record = row;
        say(who, QStringLiteral("%1 %2").arg(shown.isTrashed() ? QStringLiteral("restores") : QStringLiteral("trashes"), name));
        return device.commit({change});
    }
    if (kind == 12 && (m_family == Family::Vanishing || m_dice.chance(40))) {
        LocalChange change;
        change.kind = OperationKind::Erase;
        change.entity = kThing;
        change.record = row;
        say(who, QStringLiteral("erases %1").arg(name));
        return device.commit({change});
    }
    const std::uint16_t field = m_dice.chance(m_family == Family::Narrow ? 50 : 70) ? kF0 : kF1;
    QString value = fresh();
    if (m_dice.chance(10))
        value = QString(kMaxText + 5, QLatin1Char('x')) + value; // over its bound: refused
    say(who, QStringLiteral("sets f%1 of %2 to %3").arg(field - 1).arg(name, value.right(5)));
    device.commit({setField(row, field, Value(value))});
}

/// A record changes hands, or hangs on another one from now on.
void Schedule::hand(SimDevice &device, int who, const Id &row)
{
    const changes::ReplicaRow shown = device.disk().rows.at({kThing, row});
    const QString name = row.toString().left(4);
    if (!shown.value(FieldKey(kParent)).isEmpty()) { // never one on which others may hang: no rings
        const Id root = m_staff.otherRoot(device.disk());
        say(who, QStringLiteral("hangs %1 on %2").arg(name, root.toString().left(4)));
        return root.isNull() ? void() : device.commit({setField(row, kParent, Value(model::Reference{kThing, root}))});
    }
    LocalChange change = setField(row, kF1, Value(fresh()));
    change.values.clear();
    for (const FieldKey &field : {FieldKey(kOwner), FieldKey(kTeam)})
        change.values.push_back({field, Value()});
    for (const FieldValue &place : m_staff.somePlace(Id())) {
        for (FieldValue &value : change.values)
            value.value = value.field == place.field ? place.value : value.value;
    }
    if (m_dice.chance(40))
        change.values.push_back({FieldKey(kF1), Value(fresh())}); // in one go with something else
    say(who, QStringLiteral("hands %1 to %2").arg(name, m_staff.nameOf(change.values)));
    device.commit({change});
}

int Schedule::kindOfAction()
{
    const int kind = m_dice.below(100);
    if (m_family == Family::Scoped)
        return kind < 40 ? 0 : kind < 62 ? 60 : kind < 72 ? 75 : kind < 75 ? 82 : kind < 77 ? 85 : kind < 79 ? 88 : kind < 80 ? 90 : kind < 82 ? 92 : kind < 84 ? 97 : 100;
    if (m_family == Family::Narrow)
        return kind < 50 ? 0 : kind < 70 ? 60 : kind < 92 ? 75 : kind < 96 ? 95 : kind;
    if (m_family == Family::Vanishing)
        return kind < 42 ? 0 : kind < 64 ? 60 : kind < 70 ? 75 : kind < 76 ? 92 : kind < 88 ? 95 : 97;
    if (m_family == Family::Barred)
        return kind < 34 ? 0 : kind < 56 ? 60 : kind < 60 ? 75 : kind < 82 ? 98 : kind < 84 ? 82 : kind < 87 ? 85 : kind < 90 ? 88 : kind < 98 ? 90 : 96;
    return kind;
}

/// Tombstones of some time ago are dropped, as those of 90 days ago are. Mostly after the leases of downloads have run out.
void Schedule::compact()
{
    constexpr std::int64_t kLongerThanLease = 8LL * 24 * 3600 * 1000;
    if (m_dice.chance(70)) {
        m_story.append(QStringLiteral("a week goes by"));
        m_scheduler.runUntil(m_scheduler.now() + kLongerThanLease);
    }
    const std::uint64_t counter = m_server.disk().counter;
    const std::uint64_t upTo = counter == 0 ? 0 : counter - std::uint64_t(m_dice.below(int(std::min<std::uint64_t>(counter, 12))));
    m_story.append(QStringLiteral("the server drops tombstones up to %1").arg(upTo));
    m_server.compact((m_server.disk().epoch << changes::kCounterBits) | upTo);
}

void Schedule::act()
{
    const int who = m_dice.below(int(m_devices.size()));
    SimDevice &device = *m_devices[size_t(who)];
    const int kind = kindOfAction();
    if (kind < 52) {
        edit(device, who);
    } else if (kind < 70) {
        say(who, QStringLiteral("syncs"));
        device.sync();
    } else if (kind < 80) {
        const int requests = 2 + m_dice.below(3);
        say(who, QStringLiteral("syncs until the network goes after %1 requests").arg(requests - 1));
        device.sync(requests);
    } else if (kind < 84) {
        say(who, QStringLiteral("loses power"));
        device.crash();
    } else if (kind < 87) {
        device.takeBackup();
        say(who, QStringLiteral("backs up"));
    } else if (kind < 89 && m_options.copies) {
        say(who, QStringLiteral("restores its backup"));
        device.restoreBackup();
    } else if (kind < 91 && m_options.copies && m_devices.size() < kMaxDevices) {
        say(who, QStringLiteral("is copied to D%1").arg(m_devices.size()));
        addDevice(&device);
    } else if (kind < 93) {
        say(who, QStringLiteral("downloads anew"));
        device.downloadAnew();
    } else if (kind < 97) {
        say(who, QStringLiteral("gets an old page again"));
        device.replayPage();
    } else if (kind < 98) {
        compact();
    } else if (kind == 100) {
        m_story.append(m_staff.change());
    } else if (kind < 99 && m_server.handedIn(device.disk().state.device) > 0 && m_dice.chance(40)) {
        say(who, QStringLiteral("has what it handed in decided"));
        m_server.decideHandedIn(device.disk().state.device);
    } else if (kind < 99) {
        const bool disable = m_dice.chance(50);
        say(who, disable ? QStringLiteral("is disabled") : QStringLiteral("is enabled"));
        m_server.setDisabled(device.disk().state.device, disable);
    } else {
        say(who, QStringLiteral("has its clock set"));
        device.clock.setSkew((m_dice.below(2) == 0 ? -1 : 1) * std::int64_t(m_dice.below(2'000'000'000)));
    }
    m_scheduler.runUntil(m_scheduler.now() + m_dice.below(m_dice.chance(50) ? 60 : 2500));
}

/// The network is whole again: within a bounded number of rounds nothing may be left to do.
void Schedule::heal()
{
    m_server.chaos = false;
    if (m_server.isHandedIn() && m_dice.chance(50))
        m_server.decideAll();
    m_server.enableAll();
    for (const auto &device : m_devices)
        device->chaos = false;
    healDevices();
    if (!m_server.isHandedIn())
        return;
    m_server.decideAll(); // of devices that are no more under that name
    healDevices();
}

void Schedule::healDevices()
{
    for (int round = 0; round < kHealingRounds && m_oracle.violation().isEmpty(); ++round) {
        m_scheduler.runAll(kMostEvents);
        for (const auto &device : m_devices) {
            device->sync();
            m_scheduler.runAll(kMostEvents);
            if (!m_scheduler.isIdle())
                return m_oracle.fail(QStringLiteral("a sync goes on without end"));
        }
    }
}

/// Every page, index and checksum of every file.
void Schedule::checkFiles()
{
    QStringList problems{m_server.check()};
    for (const auto &device : m_devices)
        problems.append(device->check(m_server.checksum(device->disk().state)));
    problems.removeAll(QString());
    if (!problems.isEmpty())
        m_oracle.fail(problems.first());
}

ScheduleResult Schedule::play()
{
    const int devices = m_family != Family::Mixed && m_family != Family::Scoped ? 2 : 2 + m_dice.below(2);
    if (m_family == Family::Scoped)
        m_story.append(m_staff.employ());
    for (int i = 0; i < devices; ++i)
        addDevice(nullptr);
    const int actions = m_options.actions > 0 ? m_options.actions : 8 + m_dice.below(33);
    for (int i = 0; i < actions && m_oracle.violation().isEmpty(); ++i)
        act();
    if (m_oracle.violation().isEmpty())
        heal();
    if (m_oracle.violation().isEmpty()) {
        std::vector<const DeviceDisk *> disks;
        for (const auto &device : m_devices)
            disks.push_back(&device->disk());
        m_oracle.judge(m_server.disk(), disks);
    }
    if (m_oracle.violation().isEmpty() && m_options.storages == Storages::Real)
        checkFiles();
    ScheduleResult result;
    result.violation = m_oracle.violation();
    result.story = m_story;
    result.operations = m_oracle.operations();
    for (const auto &[hash, outcome] : m_oracle.outcomes())
        ++result.outcomes[outcome];
    return result;
}

} // namespace

ScheduleResult playSchedule(const ScheduleOptions &options)
{
    return Schedule(options).play();
}

} // namespace fieldfare::simulation
