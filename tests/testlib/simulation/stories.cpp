// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/schedule.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/sim_device.h"

namespace fieldfare::simulation {

using base::Id;
using changes::LocalChange;
using changes::OperationKind;
using model::FieldKey;
using model::Value;

namespace {

/// Two devices on a whole network.
class Stage {
public:
    explicit Stage(const Mutants &mutants)
        : m_server(mutants, m_scheduler, m_dice, m_oracle), d0(1, mutants, m_scheduler, m_dice, m_server, m_oracle),
          d1(2, mutants, m_scheduler, m_dice, m_server, m_oracle)
    {
        m_server.chaos = false;
        const Id user = Id::fromName(QStringLiteral("user"), QStringLiteral("ann"));
        for (SimDevice *device : {&d0, &d1}) {
            device->chaos = false;
            device->join(user);
        }
    }

    void sync(SimDevice &device, int requests = -1)
    {
        device.sync(requests);
        m_scheduler.runAll(10'000);
    }
    void change(SimDevice &device, OperationKind kind, std::uint16_t field = 0, const QString &value = {})
    {
        LocalChange change;
        change.kind = kind;
        change.entity = kThing;
        change.record = m_row;
        if (field != 0)
            change.values = {{FieldKey(field), Value(value)}};
        device.commit({change});
    }
    QString judge()
    {
        for (int round = 0; round < 2; ++round) {
            sync(d0);
            sync(d1);
        }
        m_oracle.judge(m_server.storage.disk, {&d0.storage.disk, &d1.storage.disk});
        return m_oracle.violation();
    }

private:
    Scheduler m_scheduler;
    Dice m_dice{1};
    Oracle m_oracle;
    SimServer m_server;
    Id m_row = Id::fromName(QStringLiteral("thing"), QStringLiteral("one"));

public:
    SimDevice d0;
    SimDevice d1;
};

} // namespace

QString tellTrashOfUnseenEdit(const Mutants &mutants)
{
    Stage stage(mutants);
    stage.change(stage.d0, OperationKind::Create, kF0, QStringLiteral("a"));
    stage.sync(stage.d0);
    stage.sync(stage.d1);
    stage.change(stage.d1, OperationKind::Set, kF1, QStringLiteral("unseen"));
    stage.sync(stage.d1);
    stage.change(stage.d0, OperationKind::Set, kF0, QStringLiteral("b"));
    stage.sync(stage.d0, 2); // the push passes, the pull does not
    stage.change(stage.d0, OperationKind::Trash);
    return stage.judge();
}

QString tellPageAfterErasure(const Mutants &mutants)
{
    Stage stage(mutants);
    stage.sync(stage.d1); // the first download, so that the row comes by a pull
    stage.change(stage.d0, OperationKind::Create, kF0, QStringLiteral("a"));
    stage.sync(stage.d0);
    stage.sync(stage.d1);
    stage.change(stage.d0, OperationKind::Erase);
    stage.sync(stage.d0);
    stage.sync(stage.d1);
    for (int i = 0; i < 8; ++i)
        stage.d1.replayPage();
    return stage.judge();
}

} // namespace fieldfare::simulation
