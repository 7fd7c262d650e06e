// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/push_entry.h"

#include "core/base/clock.h"
#include "core/model/entities/entities.h"
#include "sync/protocol/codec.h"
#include "sync/protocol/frame.h"
#include "sync/server/merge/merger.h"
#include "tests/fuzz/push_script.h"
#include "tests/testlib/simulation/ram_server_storage.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <algorithm>

using namespace fieldfare;
using namespace fieldfare::simulation;
using base::ErrorCode;
using base::Id;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::Verdict;
using protocol::PushReply;
using protocol::PushRequest;
using protocol::PushStatus;

namespace {

class StillClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return 1'795'000'000'000; }
    [[nodiscard]] std::int64_t bootMs() const override { return 1'000'000; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
};

const StillClock kClock;

RamServerStorage emptyStorage()
{
    RamServerStorage storage;
    storage.parentField = {kThing, model::FieldKey(kParent)};
    storage.conflictEntity = model::entities::kConflict.id;
    storage.conflictRecordField = simulationCatalog()->entity(storage.conflictEntity)->field(QStringLiteral("record"))->key;
    return storage;
}

/// An administrator's device, another's, and one whose account is disabled; four things, the second in the first, and a label.
ServerDisk makeCompany()
{
    RamServerStorage storage = emptyStorage();
    server::Merger merger(storage, simulationCatalog(), kClock);
    const model::Entity *users = simulationCatalog()->entity(model::entities::kUser.id);
    for (int i = 0; i < PushScript::kDevices; ++i) {
        server::DeviceRecord device;
        device.device = PushScript::deviceId(i);
        device.incarnation = 1;
        device.user = PushScript::userId(i);
        device.name = QStringLiteral("device");
        device.rolling = changes::firstRollingHash();
        device.userDisabled = i == 2;
        const bool isMade = storage.putDevice(device).ok()
            && merger.writeAsServer(users->id(), device.user,
                                    {{users->field(QStringLiteral("name"))->key, model::Value(QStringLiteral("ann"))},
                                     {users->field(QStringLiteral("role"))->key, model::Value(i == 0 ? QStringLiteral("system_administrator") : QStringLiteral("sales_representative"))}},
                                    Id()).ok();
        if (!isMade)
            qFatal("push: no company");
    }
    for (int i = 0; i < 5; ++i) {
        std::vector<changes::FieldValue> values{{model::FieldKey(kF0), model::Value(QStringLiteral("first"))}};
        if (i < 4)
            values.push_back({model::FieldKey(kText), model::Value(QStringLiteral("one two three four\nfive six\n"))});
        if (i == 1)
            values.push_back({model::FieldKey(kParent), model::Value(model::Reference{kThing, PushScript::recordId(0)})});
        if (!merger.writeAsServer(i == 4 ? kLabel : kThing, PushScript::recordId(i), values, PushScript::userId(0)).ok())
            qFatal("push: no rows");
    }
    return storage.disk;
}

/// One run: the store, and what was sent before.
class Course {
public:
    Course(const std::uint8_t *data, std::size_t size) : m_input(reinterpret_cast<const char *>(data), qsizetype(size)), m_merger(m_storage, simulationCatalog(), kClock)
    {
        static const ServerDisk company = makeCompany();
        m_storage.disk = company;
    }

    void runFrame(const QByteArray &cbor, bool putRight)
    {
        auto request = protocol::decode<PushRequest>(protocol::compressFrame(cbor));
        if (!request.ok())
            return;
        if (putRight) {
            request->device = PushScript::deviceId(0);
            request->incarnation = 1;
            request->epoch = 1;
            follow(*request, 0);
        }
        push(*request, putRight);
    }

    void runScript(std::span<const std::uint8_t> bytes)
    {
        PushScript script(bytes);
        for (int pushes = 0; pushes < 6 && !script.atEnd(); ++pushes) {
            PushRequest request = script.next();
            follow(request, script.takeRepeats());
            const int fault = script.takeFault();
            spoil(request, fault);
            // As it comes out of a frame.
            const auto read = protocol::decode<PushRequest>(protocol::encode(request));
            if (!read.ok())
                continue;
            push(*read, fault == 0);
            for (const Operation &operation : read->operations)
                script.remember(operation);
        }
    }

private:
    /// An operation a line, with its answers.
    static void describe(const PushRequest &request, const PushReply &reply)
    {
        const auto text = [](const Verdict &verdict) {
            return QStringLiteral("outcome %1 version %2 value %3 %4").arg(int(verdict.outcome)).arg(verdict.version & 0xFFFF).arg(QString::fromLatin1(model::encodeValue(verdict.value).toHex()), verdict.reason);
        };
        for (size_t i = 0; i < request.operations.size() && i < reply.verdicts.size(); ++i) {
            const Operation &operation = request.operations[i];
            QString values;
            for (const changes::FieldValue &entry : operation.values)
                values += QStringLiteral(" %1=%2").arg(entry.field.number).arg(QString::fromLatin1(model::encodeValue(entry.value).toHex()));
            qWarning("n %llu %s: kind %d entity %d record %d group %d%s%s%s", static_cast<unsigned long long>(operation.name.n), qPrintable(text(reply.verdicts[i])),
                     int(operation.kind), int(operation.entity), int(operation.record.data().back()), int(operation.group.data().back()),
                     operation.origin ? " copy" : "", operation.base.own ? " on own" : "", qPrintable(values));
        }
    }

    [[noreturn]] void complain(const char *what, const QString &more = {})
    {
        describe(m_request, m_reply);
        qFatal("push: %s %s; input in hex: %s", what, qPrintable(more), m_input.toHex().constData());
    }

    /// Gives the operations the names and hashes that follow what the device sent, with its last ones before them.
    void follow(PushRequest &request, int repeats)
    {
        const server::DeviceRecord &device = m_storage.disk.devices.at(request.device);
        const std::vector<Operation> &sent = m_sent[request.device];
        repeats = std::min(repeats, int(sent.size()));
        request.operations.insert(request.operations.begin(), sent.end() - repeats, sent.end());
        std::uint64_t n = device.lastN - std::uint64_t(repeats);
        QByteArray rolling = n == 0 ? changes::firstRollingHash() : m_storage.disk.log.at({request.device, 1, n}).rolling;
        for (Operation &operation : request.operations) {
            operation.name = {request.device, 1, ++n};
            const QByteArray hash = changes::contentHash(operation, changes::encodeContent(operation));
            if (operation.origin)
                operation.origin->hash = hash;
            rolling = changes::nextRollingHash(rolling, hash);
        }
        request.rolling = request.operations.empty() ? device.rolling : rolling;
    }

    static void spoil(PushRequest &request, int fault)
    {
        switch (fault) {
        case 1:
            request.rolling[0] = char(~request.rolling[0]);
            break;
        case 2:
            request.epoch += 1;
            break;
        case 3:
            request.incarnation += 1;
            break;
        case 4:
            request.device = PushScript::deviceId(9);
            break;
        default:
            if (fault != 0 && !request.operations.empty()) {
                Operation &last = request.operations.back();
                last.name.n += fault == 5 ? 1 : std::uint64_t(-3);
                if (fault == 7)
                    last.name.device = PushScript::deviceId(1);
            }
        }
    }

    void push(const PushRequest &request, bool isHonest)
    {
        const ServerDisk before = m_storage.disk;
        const auto known = before.devices.find(request.device);
        const auto reply = m_merger.push(request);
        if (!reply.ok()) {
            const bool isBarred = known != before.devices.end() && known->second.userDisabled && reply.error().code == ErrorCode::AccountDisabled;
            if (!isBarred)
                complain("an error instead of an answer:", reply.error().detail);
            m_storage.disk = before; // as the transaction would
            return;
        }
        const QByteArray written = protocol::encode(*reply);
        const auto again = protocol::decode<PushReply>(written);
        if (!again.ok() || !(*again == *reply) || protocol::encode(*again) != written)
            complain("the reply cannot be read");
        if (reply->status != PushStatus::Accepted) {
            if (isHonest)
                complain("an honest push was not taken");
            if (!reply->verdicts.empty() || !isUnchanged(before))
                complain("a push that was not taken changed something");
            return;
        }
        m_request = request;
        m_reply = *reply;
        judge(request, *reply, before);
        if (request.acknowledgedN == 0)
            pushAgain(request, *reply);
        remember(request, known->second.lastN);
    }

    void remember(const PushRequest &request, std::uint64_t formerLastN)
    {
        for (const Operation &operation : request.operations) {
            if (operation.name.n > formerLastN)
                m_sent[request.device].push_back(operation);
        }
    }

    [[nodiscard]] bool isUnchanged(const ServerDisk &before) const
    {
        const ServerDisk &now = m_storage.disk;
        return now.rows == before.rows && now.erased == before.erased && now.counter == before.counter && now.log.size() == before.log.size();
    }

    /// All but the conflict log.
    static std::vector<changes::ReplicatedRow> rowsOf(const ServerDisk &disk)
    {
        std::vector<changes::ReplicatedRow> rows;
        for (const auto &[key, row] : disk.rows) {
            if (key.first != model::entities::kConflict.id)
                rows.push_back(row);
        }
        return rows;
    }

    /// What such a group made was dropped; an operation that was equal to something of it is still answered so.
    static bool isOfLostGroup(const std::vector<Operation> &operations, const PushReply &reply, size_t index)
    {
        for (size_t i = 0; i < operations.size(); ++i) {
            if (!operations[index].group.isNull() && operations[i].group == operations[index].group && reply.verdicts[i].outcome == Outcome::ConflictLost)
                return true;
        }
        return false;
    }

    void judge(const PushRequest &request, const PushReply &reply, const ServerDisk &before)
    {
        const ServerDisk &now = m_storage.disk;
        const std::vector<Operation> &operations = request.operations;
        if (reply.verdicts.size() != operations.size())
            complain("operations without a verdict");
        const changes::Version newest = (now.epoch << changes::kCounterBits) | now.counter;
        for (size_t i = 0; i < operations.size(); ++i) {
            if (reply.verdicts[i].n != operations[i].name.n)
                complain("a verdict for another operation");
            if (reply.verdicts[i].version > newest)
                complain("a version that was never taken");
        }
        if (now.counter < before.counter)
            complain("versions went back");
        if (!operations.empty() && reply.lastN < operations.back().name.n)
            complain("lastN is behind what was answered");
        if (std::all_of(reply.verdicts.begin(), reply.verdicts.end(), [](const Verdict &verdict) { return verdict.isRefusal(); })
            && (rowsOf(now) != rowsOf(before) || now.erased != before.erased))
            complain("refused operations changed a row");
        judgeRows(operations, before, newest);
        for (size_t i = 0; i < operations.size(); ++i) {
            const auto isAboutIt = [&](const Operation &other) { return other.record == operations[i].record && other.entity == operations[i].entity; };
            const bool isLast = std::none_of(operations.begin() + std::ptrdiff_t(i) + 1, operations.end(), isAboutIt);
            const bool isFirstTime = operations[i].name.n > before.devices.at(request.device).lastN && !operations[i].origin;
            if (isLast && isFirstTime && !isOfLostGroup(operations, reply, i))
                judgeVerdict(operations[i], reply.verdicts[i]);
        }
    }

    /// Rows that nobody named stay, those of the server stay, and none has a version of the future.
    void judgeRows(const std::vector<Operation> &operations, const ServerDisk &before, changes::Version newest)
    {
        const ServerDisk &now = m_storage.disk;
        const auto isNamed = [&](const RowKey &key) {
            return std::any_of(operations.begin(), operations.end(), [&key](const Operation &operation) { return key == RowKey(operation.entity, operation.record); });
        };
        for (const auto &[key, row] : before.rows) {
            const auto found = now.rows.find(key);
            const bool isSame = found != now.rows.end() && found->second == row;
            if (!isSame && key.first == model::entities::kUser.id)
                complain("a device changed a user");
            if (!isSame && key.first != model::entities::kConflict.id && !isNamed(key))
                complain("a row changed that no operation is about");
        }
        for (const auto &[key, row] : now.rows) {
            if (row.versions.base() == 0 || row.versions.latest() > newest)
                complain("a row with a version that was never taken");
            if (now.erased.contains(key))
                complain("an erased row is there");
        }
    }

    void judgeVerdict(const Operation &operation, const Verdict &verdict)
    {
        const RowKey key(operation.entity, operation.record);
        const auto found = m_storage.disk.rows.find(key);
        const bool isThere = found != m_storage.disk.rows.end();
        const bool isErased = m_storage.disk.erased.contains(key); // by its own group: nothing is left to compare
        switch (operation.kind) {
        case OperationKind::Create:
            if (verdict.outcome == Outcome::Applied
                && !(isThere && std::all_of(operation.values.begin(), operation.values.end(), [&](const auto &entry) { return found->second.value(entry.field) == entry.value; })))
                complain("a create was applied that is not there");
            break;
        case OperationKind::Set:
            if (verdict.tookEffect() && !isErased && !(isThere && found->second.value(operation.field()) == operation.values.front().value))
                complain("an edit took effect that is not there");
            if ((verdict.outcome == Outcome::Merged || verdict.outcome == Outcome::ConflictLost) && !isErased
                && !(isThere && found->second.value(operation.field()) == verdict.value))
                complain("the verdict has another value than the row");
            break;
        case OperationKind::Trash:
            if (verdict.tookEffect() && !isErased && !(isThere && found->second.isTrashed()))
                complain("what was put in the trash is not in it");
            break;
        case OperationKind::Restore:
            if (verdict.tookEffect() && !isErased && (!isThere || found->second.isTrashed()))
                complain("what was restored is in the trash");
            break;
        case OperationKind::Erase:
            if (verdict.outcome == Outcome::Applied && (isThere || !m_storage.disk.erased.contains(key)))
                complain("what was erased is there");
            break;
        }
    }

    /// The answer was lost on its way.
    void pushAgain(const PushRequest &request, const PushReply &first)
    {
        const ServerDisk before = m_storage.disk;
        const auto second = m_merger.push(request);
        if (!second.ok() || second->status != PushStatus::Accepted || second->verdicts.size() != first.verdicts.size())
            complain("the same push is not taken again");
        if (!isUnchanged(before) || second->lastN != first.lastN)
            complain("the same push changed something");
        m_reply = *second;
        for (size_t i = 0; i < first.verdicts.size(); ++i) {
            const Operation &operation = request.operations[i];
            const bool isErased = m_storage.disk.erased.contains({operation.entity, operation.record});
            const bool isSame = second->verdicts[i] == first.verdicts[i];
            const bool isSettled = first.verdicts[i].outcome == Outcome::Settled && second->verdicts[i].outcome == Outcome::Settled; // by what stands now
            if (isErased ? second->verdicts[i].outcome != Outcome::Gone && operation.kind != OperationKind::Erase : !isSame && !isSettled) {
                describe(request, first);
                complain("the same push is answered differently");
            }
        }
    }

    QByteArray m_input;
    RamServerStorage m_storage = emptyStorage();
    server::Merger m_merger;
    std::map<Id, std::vector<Operation>> m_sent;
    PushRequest m_request; ///< The last one that was taken, for the message.
    PushReply m_reply;
};

} // namespace

void runPushEntry(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    Course course(data, size);
    if (data[0] < 0x80)
        course.runScript({data + 1, size - 1});
    else
        course.runFrame(QByteArray(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1)), data[0] >= 0xC0);
}
