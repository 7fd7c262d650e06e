// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/quarantine_commands.h"

#include "core/model/entities/entities.h"
#include "core/model/value_text.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

namespace fieldfare::app {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Operation;
using changes::Outcome;
using server::HandIn;
using server::QuarantinedOperation;

namespace {

constexpr int kAll = std::numeric_limits<int>::max(); // bounded by what is taken

QString timeText(std::int64_t ms)
{
    return ms == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

QString kindName(changes::OperationKind kind)
{
    constexpr const char *kNames[] = {"", "create", "set", "trash", "restore", "erase"};
    return QString::fromLatin1(kNames[size_t(kind)]);
}

QString outcomeName(const std::optional<Outcome> &outcome)
{
    if (!outcome)
        return QStringLiteral("waiting");
    switch (*outcome) {
    case Outcome::Denied:
        return QStringLiteral("denied");
    case Outcome::Invalid:
        return QStringLiteral("invalid");
    case Outcome::Collision:
        return QStringLiteral("collision");
    case Outcome::Waiting:
        return QStringLiteral("refers to a refused record");
    default:
        return QStringLiteral("refused");
    }
}

/// Answers one command.
class QuarantineDesk {
public:
    QuarantineDesk(server::SqlServerStorage &storage, server::Merger *merger, const model::Catalog &catalog)
        : m_storage(storage), m_merger(merger), m_catalog(catalog)
    {
    }

    Result<QJsonArray> list();
    Result<QJsonArray> show(int id);
    Result<QJsonArray> decide(int id, std::set<std::uint64_t> rejected, bool rejectsAll, std::uint64_t upTo);

private:
    Result<HandIn> find(int id);
    Result<QJsonObject> line(const HandIn &handIn);
    Result<QJsonObject> line(const QuarantinedOperation &kept);
    QString title(const model::Reference &reference);
    static QString title(const model::Entity *entity, const std::optional<changes::ReplicatedRow> &row);
    QString text(const model::Entity *entity, const model::FieldKey &key, const model::Value &value);

    server::SqlServerStorage &m_storage;
    server::Merger *const m_merger; ///< Null for reading.
    const model::Catalog &m_catalog;
};

Result<HandIn> QuarantineDesk::find(int id)
{
    FIELDFARE_ASSIGN(const auto all, m_storage.handIns());
    for (const HandIn &handIn : all) {
        FIELDFARE_ASSIGN(const int number, m_storage.deviceNumber(handIn.device));
        if (number == id)
            return handIn;
    }
    return {ErrorCode::NotFound, QStringLiteral("nothing was handed in under this number; see quarantine list"), {QString::number(id)}};
}

QString QuarantineDesk::title(const model::Reference &reference)
{
    const model::Entity *entity = m_catalog.entity(reference.entity);
    const auto row = entity != nullptr ? m_storage.row(reference.entity, reference.id) : Result<std::optional<server::LabelledRow>>(std::nullopt);
    return row.ok() ? title(entity, *row) : QString();
}

QString QuarantineDesk::title(const model::Entity *entity, const std::optional<changes::ReplicatedRow> &row)
{
    if (entity == nullptr || !row)
        return {};
    for (const model::Field *field : {entity->titleField(), entity->numberField()}) {
        if (field != nullptr && !row->value(field->key).isEmpty())
            return row->value(field->key).textOrEmpty();
    }
    return {};
}

QString QuarantineDesk::text(const model::Entity *entity, const model::FieldKey &key, const model::Value &value)
{
    if (value.isEmpty())
        return {};
    if (const model::Reference *reference = value.reference()) {
        const QString name = title(*reference);
        return name.isEmpty() ? reference->id.toString() : name;
    }
    const model::Field *field = entity != nullptr ? entity->field(key) : nullptr;
    return field != nullptr ? model::formatValue(*field, value) : model::toPortableText(value);
}

Result<QJsonObject> QuarantineDesk::line(const HandIn &handIn)
{
    FIELDFARE_ASSIGN(const auto device, m_storage.device(handIn.device));
    FIELDFARE_ASSIGN(const int number, m_storage.deviceNumber(handIn.device));
    FIELDFARE_ASSIGN(const server::QuarantineCounts counts, m_storage.quarantineCounts(handIn.device));
    return QJsonObject{{QStringLiteral("id"), number},
                       {QStringLiteral("user"), title({model::entities::kUser.id, device->user})},
                       {QStringLiteral("device"), device->name},
                       {QStringLiteral("handed_in_at"), timeText(handIn.at)},
                       {QStringLiteral("complete"), handIn.closed},
                       {QStringLiteral("waiting"), qint64(counts.waiting)},
                       {QStringLiteral("records"), qint64(counts.records)},
                       {QStringLiteral("refused"), qint64(counts.refused)},
                       {QStringLiteral("bytes"), qint64(counts.bytes)},
                       {QStringLiteral("disabled"), device->userDisabled},
                       {QStringLiteral("revoked"), device->revoked}};
}

Result<QJsonObject> QuarantineDesk::line(const QuarantinedOperation &kept)
{
    FIELDFARE_ASSIGN(const Operation operation, changes::decodeContent(kept.content));
    const model::Entity *entity = m_catalog.entity(operation.entity);
    FIELDFARE_ASSIGN(const auto row, m_storage.row(operation.entity, operation.record));
    FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
    QJsonObject fields;
    QJsonObject before;
    QJsonObject standing;
    for (const changes::FieldValue &entry : operation.values) {
        const model::Field *field = entity != nullptr ? entity->field(entry.field) : nullptr;
        const QString name = field != nullptr ? field->name : entry.field.isCustom() ? entry.field.custom.toString() : QString::number(entry.field.number);
        fields.insert(name, text(entity, entry.field, entry.value));
        if (operation.kind != changes::OperationKind::Set)
            continue;
        before.insert(name, text(entity, entry.field, operation.before));
        standing.insert(name, row ? text(entity, entry.field, row->value(entry.field)) : QString());
    }
    return QJsonObject{{QStringLiteral("n"), qint64(kept.name.n)},
                       {QStringLiteral("kind"), kindName(operation.kind)},
                       {QStringLiteral("entity"), entity != nullptr ? entity->name() : QString::number(operation.entity)},
                       {QStringLiteral("record"), operation.record.toString()},
                       {QStringLiteral("title"), title(entity, row)},
                       {QStringLiteral("fields"), fields},
                       {QStringLiteral("before"), before},
                       {QStringLiteral("standing"), standing},
                       {QStringLiteral("erased"), isErased},
                       {QStringLiteral("edited_at"), timeText(operation.stamp.wallMs)},
                       {QStringLiteral("handed_in_at"), timeText(kept.at)},
                       {QStringLiteral("state"), outcomeName(kept.refused)},
                       {QStringLiteral("reason"), kept.reason},
                       {QStringLiteral("decided_at"), timeText(kept.decidedAt)}};
}

Result<QJsonArray> QuarantineDesk::list()
{
    FIELDFARE_ASSIGN(const auto all, m_storage.handIns());
    QJsonArray lines;
    for (const HandIn &handIn : all) {
        FIELDFARE_ASSIGN(const QJsonObject described, line(handIn));
        if (described.value(QStringLiteral("waiting")).toInt() + described.value(QStringLiteral("refused")).toInt() > 0)
            lines.append(described);
    }
    return lines;
}

Result<QJsonArray> QuarantineDesk::show(int id)
{
    FIELDFARE_ASSIGN(const HandIn handIn, find(id));
    FIELDFARE_ASSIGN(const auto kept, m_storage.quarantined(handIn.device, 0, kAll));
    QJsonArray lines;
    for (const QuarantinedOperation &operation : kept) {
        FIELDFARE_ASSIGN(const QJsonObject described, line(operation));
        lines.append(described);
    }
    return lines;
}

Result<QJsonArray> QuarantineDesk::decide(int id, std::set<std::uint64_t> rejected, bool rejectsAll, std::uint64_t upTo)
{
    FIELDFARE_ASSIGN(const HandIn handIn, find(id));
    FIELDFARE_ASSIGN(const auto device, m_storage.device(handIn.device));
    std::set<std::uint64_t> waiting;
    for (std::uint64_t n = device->lastN + 1; n <= handIn.lastN; ++n) // without a gap: decideHandedIn() looks
        waiting.insert(n);
    if (waiting.empty())
        return {ErrorCode::NotFound, QStringLiteral("nothing of this device waits for a decision"), {QString::number(id)}};
    // Whether more may come is no measure: it may have come, and closed, since somebody looked.
    if (!rejectsAll && upTo != *waiting.rbegin()) {
        return {ErrorCode::RecordChanged, QStringLiteral("%1 wait, the last is %2: look with quarantine show, then accept with --up-to %2").arg(waiting.size()).arg(*waiting.rbegin()),
                {QString::number(*waiting.rbegin())}};
    }
    for (const std::uint64_t n : rejected) {
        if (!waiting.contains(n))
            return {ErrorCode::NotFound, QStringLiteral("no such operation waits; nothing was decided"), {QString::number(n)}};
    }
    FIELDFARE_ASSIGN(const auto verdicts, m_merger->decideHandedIn(handIn.device, rejectsAll ? waiting : rejected));
    int conflicts = 0;
    int refused = 0;
    for (const changes::Verdict &verdict : verdicts) {
        conflicts += verdict.outcome == Outcome::ConflictLost || verdict.outcome == Outcome::ConflictWon ? 1 : 0;
        refused += verdict.isRefusal() ? 1 : 0;
    }
    return QJsonArray{QJsonObject{{QStringLiteral("id"), id},
                                  {QStringLiteral("decided"), qint64(verdicts.size())},
                                  {QStringLiteral("accepted"), qint64(verdicts.size()) - refused},
                                  {QStringLiteral("conflicts"), conflicts},
                                  {QStringLiteral("refused"), refused}}};
}

} // namespace

QJsonObject toJson(const QuarantineCommand &command)
{
    QJsonArray except;
    for (const std::uint64_t n : command.except)
        except.append(qint64(n));
    return {{QStringLiteral("quarantine"), command.command}, {QStringLiteral("id"), command.id}, {QStringLiteral("except"), except}, {QStringLiteral("upTo"), qint64(command.upTo)}};
}

Result<QuarantineCommand> quarantineCommandFromJson(const QJsonObject &object)
{
    QuarantineCommand command{object.value(QStringLiteral("quarantine")).toString(), object.value(QStringLiteral("id")).toInt(), {},
                              std::uint64_t(object.value(QStringLiteral("upTo")).toInteger())};
    for (const QJsonValue &n : object.value(QStringLiteral("except")).toArray())
        command.except.insert(std::uint64_t(n.toInteger()));
    if (!QStringList{QStringLiteral("list"), QStringLiteral("show"), QStringLiteral("accept"), QStringLiteral("reject")}.contains(command.command))
        return {ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    return command;
}

Result<QJsonObject> runQuarantineCommand(server::SqlServerStorage &storage, server::Merger *merger, server::AuditLog *audit, const model::Catalog &catalog,
                                         const QuarantineCommand &command)
{
    QuarantineDesk desk(storage, merger, catalog);
    const auto run = [&]() -> Result<QJsonArray> {
        if (command.command == QLatin1StringView("list"))
            return desk.list();
        if (command.command == QLatin1StringView("show"))
            return desk.show(command.id);
        return desk.decide(command.id, command.except, command.command == QLatin1StringView("reject"), command.upTo);
    };
    FIELDFARE_ASSIGN(const QJsonArray lines, run());
    if (command.decides()) {
        QJsonObject detail = lines.first().toObject(); // the counts
        detail.insert(QStringLiteral("command"), toJson(command));
        FIELDFARE_TRY(audit->note({QLatin1StringView(server::audit::kQuarantine), {}, {}, 1, detail}));
    }
    return QJsonObject{{QStringLiteral("lines"), lines}};
}

} // namespace fieldfare::app
