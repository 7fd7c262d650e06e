// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/push_script.h"

#include "core/model/entities/entities.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <algorithm>
#include <limits>

using namespace fieldfare;
using namespace fieldfare::simulation;
using base::Id;
using changes::Operation;
using changes::OperationKind;
using model::FieldKey;
using model::Value;

namespace {

Id numbered(char kind, int number)
{
    QByteArray bytes(Id::kSize, '\0');
    bytes[0] = kind;
    bytes[6] = '\x70'; // a UUIDv7
    bytes[8] = '\x80';
    bytes[15] = char(number);
    return Id::fromBytes(bytes);
}

} // namespace

Id PushScript::deviceId(int number)
{
    return numbered('d', number + 1);
}

Id PushScript::userId(int number)
{
    return numbered('u', number + 1);
}

Id PushScript::recordId(int number)
{
    return numbered('r', number + 1);
}

FieldKey PushScript::field()
{
    constexpr std::uint16_t numbers[] = {kF0, kF1, kG0, kG1, kText, kCounter, kParent, kF0, kText, model::kTrashedNumber, 777};
    const int choice = take(std::size(numbers) + 1);
    return choice < int(std::size(numbers)) ? FieldKey(numbers[choice]) : FieldKey(numbered('f', 1));
}

Value PushScript::value()
{
    switch (take(10)) {
    case 0:
        return {};
    case 1:
        return Value(std::int64_t(take(4)));
    case 2:
        return Value((std::int64_t(1) << 56) - take(2)); // counters that overflow are left out: they are added unchecked as yet
    case 3:
        return Value(QString(kMaxText + take(2), QLatin1Char('x')));
    case 4:
        return Value(model::Money::of(take(3), QStringLiteral("EUR")));
    case 5:
        return Value(model::Reference{kThing, recordId(take(kRecords))});
    case 6:
        return Value(model::RawValue{QByteArray::fromHex("a1016161")});
    case 7:
        return Value(QStringLiteral("one two three four %1\nfive six\n").arg(take(4)));
    default:
        return Value(QString(1 + take(3), QLatin1Char(char('a' + take(3)))));
    }
}

changes::Version PushScript::version()
{
    const int choice = take(40);
    if (choice == 39)
        return std::numeric_limits<std::int64_t>::max();
    return choice == 0 ? 0 : (1ULL << changes::kCounterBits) + std::uint64_t(choice);
}

changes::Origin PushScript::origin()
{
    const int choice = take(8);
    if (m_seen.empty() || choice == 7)
        return {{deviceId(take(kDevices)), 1, std::uint64_t(take(6))}, QByteArray(changes::kHashBytes, 'h')};
    return m_seen[m_seen.size() - 1 - std::size_t(choice) % m_seen.size()].originOrSelf();
}

Operation PushScript::operation()
{
    const int kind = take(12);
    if (kind == 11 && !m_seen.empty()) { // re-keyed
        Operation copy = m_seen[std::size_t(take(8)) % m_seen.size()];
        copy.origin = copy.originOrSelf();
        return copy;
    }
    constexpr OperationKind kinds[] = {OperationKind::Set, OperationKind::Set, OperationKind::Set, OperationKind::Create, OperationKind::Create,
                                       OperationKind::Trash, OperationKind::Restore, OperationKind::Erase};
    const model::EntityId entities[] = {kThing, kThing, kThing, kThing, kLabel, kLabel, model::entities::kUser.id, model::entities::kConflict.id, 77};
    Operation operation;
    operation.kind = kinds[std::size_t(kind) % std::size(kinds)];
    operation.entity = entities[take(std::size(entities))];
    operation.record = operation.entity == model::entities::kUser.id ? userId(take(kDevices)) : recordId(take(kRecords));
    if (operation.kind == OperationKind::Create) {
        for (int count = take(4); count > 0; --count) {
            const FieldKey key = field();
            if (std::none_of(operation.values.begin(), operation.values.end(), [&key](const auto &entry) { return entry.field == key; }))
                operation.values.push_back({key, value()});
        }
    } else if (operation.kind == OperationKind::Set) {
        operation.values = {{field(), value()}};
        operation.before = value();
    }
    if (take(3) == 2)
        operation.base.own = origin();
    else
        operation.base.version = version();
    if (operation.kind == OperationKind::Trash) {
        operation.seenCursor = version();
        for (int count = take(3); count > 0; --count)
            operation.seenOwn.push_back(origin());
    }
    if (const int group = take(4); group > 1)
        operation.group = numbered('g', group);
    operation.user = userId(take(kDevices));
    operation.stamp = {1'795'000'000'000 + take(5) * 1'000'000'000'000LL, take(3) * 1'000'000'000LL, QByteArray(16, char('b' + take(2)))};
    return operation;
}

protocol::PushRequest PushScript::next()
{
    protocol::PushRequest request;
    const int device = take(16);
    request.device = deviceId(device == 15 ? 2 : device % 2);
    request.incarnation = 1;
    request.epoch = 1;
    request.acknowledgedN = take(8) == 7 ? std::uint64_t(take(20)) : 0;
    for (int count = take(7); count > 0; --count)
        request.operations.push_back(operation());
    request.clock = {1'795'000'000'000, take(3) * 1'000'000'000LL, QByteArray(16, char('b' + take(2)))};
    return request;
}

int PushScript::takeFault()
{
    return take(8) == 7 ? 1 + take(7) : 0;
}
