// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/schedule.h"

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

class Schedule {
public:
    explicit Schedule(const ScheduleOptions &options)
        : m_options(options), m_isNarrow(options.seed % 3 == 0), m_dice(options.seed), m_server(m_options.mutants, m_scheduler, m_dice, m_oracle)
    {
    }
    ScheduleResult play();

private:
    void act();
    void edit(SimDevice &device, int who);
    void addDevice(const SimDevice *original);
    void heal();
    Id randomRow(SimDevice &device);
    QString fresh() { return QStringLiteral("v%1").arg(++m_values); }
    void say(int who, const QString &what) { m_story.append(QStringLiteral("D%1 %2").arg(who).arg(what)); }
    static LocalChange setField(const Id &row, std::uint16_t field, const Value &value);

    const ScheduleOptions &m_options;
    const bool m_isNarrow; ///< Every third seed: few rows and few kinds of edits, so that they meet more often.
    Scheduler m_scheduler;
    Dice m_dice;
    Oracle m_oracle;
    SimServer m_server;
    std::vector<std::unique_ptr<SimDevice>> m_devices;
    QStringList m_story;
    int m_values = 0;
    Id m_user = Id::fromName(QStringLiteral("user"), QStringLiteral("ann"));
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
    for (auto it = device.storage.disk.rows.lower_bound({kThing, Id()}); it != device.storage.disk.rows.end() && it->first.first == kThing; ++it)
        ids.push_back(it->first.second);
    return ids.empty() ? Id() : ids[size_t(m_dice.below(int(ids.size())))];
}

void Schedule::addDevice(const SimDevice *original)
{
    auto device = std::make_unique<SimDevice>(int(m_devices.size()) + 1, m_options.mutants, m_scheduler, m_dice, m_server, m_oracle);
    if (original != nullptr)
        device->copyFrom(*original);
    else
        device->join(m_user);
    if (m_dice.chance(30))
        device->clock.setSkew((m_dice.below(2) == 0 ? -1 : 1) * std::int64_t(m_dice.below(1'000'000'000)));
    m_devices.push_back(std::move(device));
}

void Schedule::edit(SimDevice &device, int who)
{
    const Id row = randomRow(device);
    int kind = row.isNull() ? 0 : m_dice.below(20);
    if (m_isNarrow && !row.isNull()) {
        constexpr int kKinds[] = {13, 13, 13, 13, 13, 13, 10, 10, 12, 3};
        kind = m_server.storage.disk.rows.size() < 3 && m_dice.chance(20) ? 0 : kKinds[m_dice.below(10)];
    }
    if (kind <= 1) { // a new thing, sometimes under another, sometimes too long
        LocalChange change;
        change.kind = OperationKind::Create;
        change.entity = kThing;
        change.record = Id::fromBytes(m_dice.bytes(Id::kSize));
        change.values = {{FieldKey(kF0), Value(fresh())}, {FieldKey(kF1), Value(fresh())}};
        if (m_dice.chance(12))
            change.values[0].value = Value(QString(kMaxText + 5, QLatin1Char('x')) + fresh());
        if (!row.isNull() && m_dice.chance(50))
            change.values.push_back({FieldKey(kParent), Value(model::Reference{kThing, row})});
        say(who, QStringLiteral("creates %1").arg(change.record.toString().left(4)));
        return device.commit({change});
    }
    const QString name = row.toString().left(4);
    const changes::ReplicaRow &shown = device.storage.disk.rows.at({kThing, row});
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
    if (kind == 12 && m_dice.chance(40)) {
        LocalChange change;
        change.kind = OperationKind::Erase;
        change.entity = kThing;
        change.record = row;
        say(who, QStringLiteral("erases %1").arg(name));
        return device.commit({change});
    }
    const std::uint16_t field = m_dice.chance(m_isNarrow ? 50 : 70) ? kF0 : kF1;
    QString value = fresh();
    if (m_dice.chance(10))
        value = QString(kMaxText + 5, QLatin1Char('x')) + value; // over its bound: refused
    say(who, QStringLiteral("sets f%1 of %2 to %3").arg(field - 1).arg(name, value.right(5)));
    device.commit({setField(row, field, Value(value))});
}

void Schedule::act()
{
    const int who = m_dice.below(int(m_devices.size()));
    SimDevice &device = *m_devices[size_t(who)];
    int kind = m_dice.below(100);
    if (m_isNarrow)
        kind = kind < 50 ? 0 : kind < 70 ? 60 : kind < 92 ? 75 : kind < 96 ? 95 : kind;
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
        const bool disable = m_dice.chance(50);
        say(who, disable ? QStringLiteral("is disabled") : QStringLiteral("is enabled"));
        m_server.setDisabled(device.storage.disk.state.device, disable);
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
    for (auto &[id, device] : m_server.storage.disk.devices)
        device.userDisabled = false;
    for (const auto &device : m_devices)
        device->chaos = false;
    for (int round = 0; round < kHealingRounds; ++round) {
        m_scheduler.runAll(100'000);
        for (const auto &device : m_devices) {
            device->sync();
            m_scheduler.runAll(100'000);
        }
    }
    if (!m_scheduler.isIdle())
        m_oracle.fail(QStringLiteral("a sync goes on without end"));
}

ScheduleResult Schedule::play()
{
    const int devices = m_isNarrow ? 2 : 2 + m_dice.below(2);
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
            disks.push_back(&device->storage.disk);
        m_oracle.judge(m_server.storage.disk, disks);
    }
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
