// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/sample_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fieldfare::testlib {

using base::Id;
using changes::FieldValue;
using changes::Operation;
using changes::OperationKind;
using model::FieldKey;
using model::Value;

namespace {

constexpr std::int64_t kNow = 1'790'000'000'000; // 2026-09-21
constexpr std::int64_t kYear = 31'536'000'000;
constexpr changes::Version kFirstVersion = (changes::Version(1) << changes::kCounterBits) + 200'000;
constexpr model::EntityId kCustomer = 1;
constexpr model::EntityId kUser = 2;
/// 20 of the customer's fields, as the catalog numbers them.
constexpr std::uint16_t kFields[] = {1, 2, 3, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18, 19, 23, 24, 26, 27, 30};

Id fixedId(std::uint8_t kind, std::uint64_t number)
{
    return Id::fromName(QString::number(kind), QString::number(number));
}

} // namespace

Id SampleMessages::id(std::int64_t ms)
{
    std::array<std::uint8_t, Id::kSize> bytes{};
    for (size_t i = 0; i < 6; ++i)
        bytes[i] = std::uint8_t(ms >> (40 - 8 * i));
    for (size_t i = 6; i < bytes.size(); ++i)
        bytes[i] = std::uint8_t(m_random());
    bytes[6] = std::uint8_t(0x70 | (bytes[6] & 0x0F));
    bytes[8] = std::uint8_t(0x80 | (bytes[8] & 0x3F));
    return Id::fromBytes(bytes);
}

QString SampleMessages::pick(std::initializer_list<const char *> words)
{
    return QString::fromUtf8(*(words.begin() + below(words.size())));
}

QString SampleMessages::digits(int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += QChar(u'0' + char16_t(below(10)));
    return text;
}

/// Statement by statement, as the operands of + may be evaluated in any order.
QString SampleMessages::companyName()
{
    QString name = pick({"Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Juniper", "Kestrel", "Linden",
                         "Maple", "Nimbus", "Orchid", "Pioneer", "Quarry", "Raven", "Saffron", "Tundra", "Umbra", "Vertex", "Willow", "Zenith"});
    name += QLatin1Char(' ');
    name += pick({"Machine", "Logistics", "Paper", "Foods", "Optics", "Textile", "Energy", "Systems", "Glass", "Trading", "Marine", "Dental",
                  "Robotics", "Printing", "Timber", "Steel"});
    name += QLatin1Char(' ');
    name += pick({"Ltd", "GmbH", "Inc", "AG", "BV", "SA", "Co"});
    name += QLatin1Char(' ');
    name += digits(3);
    return name;
}

QString SampleMessages::phone()
{
    QString text = QStringLiteral("+49 ");
    text += digits(3);
    text += QLatin1Char(' ');
    text += digits(7);
    return text;
}

QString SampleMessages::email()
{
    QString text = pick({"anna", "bo", "carl", "dora", "emil", "frida", "gert", "hanna", "ivo", "jana"});
    text += QLatin1Char('.');
    text += pick({"berg", "lind", "holm", "stern", "wolf", "moor", "feld", "bach", "kranz", "vogel"});
    text += digits(2);
    text += QLatin1Char('@');
    text += pick({"example.com", "example.org", "example.net"});
    return text;
}

QString SampleMessages::address()
{
    QString text = pick({"Mill Lane", "Station Road", "High Street", "Park Row", "Quay Side", "Church Hill"});
    text += QLatin1Char(' ');
    text += digits(2);
    text += QChar(0x1F);
    text += pick({"Hamburg", "Leeds", "Lyon", "Utrecht", "Graz", "Gdansk", "Porto", "Turin", "Malmo", "Ghent"});
    text += QString(2, QChar(0x1F));
    text += digits(5);
    text += QChar(0x1F);
    text += pick({"DE", "GB", "FR", "NL", "AT"});
    return text;
}

QString SampleMessages::website()
{
    QString text = QStringLiteral("https://www.");
    text += pick({"amber", "birch", "cedar", "delta"});
    text += digits(3);
    text += QStringLiteral(".example");
    return text;
}

Value SampleMessages::fieldValue(int field)
{
    switch (field) {
    case 2:
        return Value(companyName());
    case 3:
        return Value(pick({"company", "company", "company", "person"}));
    case 6:
        return Value(phone());
    case 7:
        return below(3) == 0 ? Value() : Value(phone());
    case 8:
        return Value(email());
    case 10:
        return below(3) == 0 ? Value(website()) : Value();
    case 11:
        return Value(address());
    case 12:
    case 13:
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
        return Value(pick({"north", "south", "east", "west", "retail", "industry", "service", "key_account"}));
    case 23:
        return Value(model::Reference{kUser, fixedId(1, below(20))});
    case 24:
        return Value(model::Reference{3, fixedId(2, below(4))});
    case 26:
        return below(4) == 0 ? Value(pick({"Call back about the offer", "Send the contract", "Visit with the engineer"})) : Value();
    case 27:
        return below(4) == 0 ? Value(std::int64_t(20'000 + below(700))) : Value();
    default:
        return Value(std::int64_t(below(500)));
    }
}

protocol::DownloadPage SampleMessages::customers(int rows)
{
    protocol::DownloadPage page;
    page.epoch = 1;
    page.entity = kCustomer;
    std::vector<Id> ids;
    for (int i = 0; i < rows; ++i)
        ids.push_back(id(kNow - kYear + std::int64_t(below(std::uint64_t(kYear)))));
    std::sort(ids.begin(), ids.end());
    int number = 0;
    for (const Id &rowId : ids) {
        changes::ReplicatedRow row;
        row.entity = kCustomer;
        row.id = rowId;
        for (const std::uint16_t field : kFields) {
            Value value = field == 1 ? Value(QStringLiteral("C-%1").arg(++number, 6, 10, QLatin1Char('0'))) : fieldValue(field);
            if (!value.isEmpty())
                row.values.push_back({FieldKey(field), std::move(value)});
        }
        row.versions = changes::RowVersions(kFirstVersion + std::uint64_t(number) * 2);
        std::int64_t created = 0;
        for (size_t i = 0; i < 6; ++i)
            created = created << 8 | rowId.data()[i];
        row.stamp = {created, fixedId(1, below(20)), created, {}};
        row.stamp.modifiedBy = row.stamp.createdBy;
        if (below(4) == 0) { // a quarter was edited since
            row.versions.set(FieldKey(18), kFirstVersion + 1'000'000 + below(1'000'000));
            row.stamp.modifiedAt += std::int64_t(below(std::uint64_t(kYear / 4)));
            row.stamp.modifiedBy = fixedId(1, below(20));
        }
        page.rows.push_back(std::move(row));
    }
    page.upTo = ids.empty() ? Id() : ids.back();
    return page;
}

Operation SampleMessages::operation(std::uint64_t n, const Id &record)
{
    const std::int64_t at = kNow + std::int64_t(n) * 47'000 + std::int64_t(below(30'000));
    Operation operation;
    operation.name = {fixedId(3, 1), 1, n};
    operation.entity = kCustomer;
    operation.record = record;
    operation.action = id(at);
    operation.user = fixedId(1, 7);
    operation.stamp = {at, at - kNow + 5'000'000, fixedId(4, 1).toBytes()};
    return operation;
}

protocol::PushRequest SampleMessages::edits(int operations)
{
    protocol::PushRequest request;
    request.device = fixedId(3, 1);
    request.incarnation = 1;
    request.epoch = 1;
    request.acknowledgedN = 1000;
    request.rolling = fixedId(5, 1).toBytes();
    request.clock = {kNow + kYear, kYear, fixedId(4, 1).toBytes()};
    for (int i = 0; i < operations; ++i) {
        const int field = std::initializer_list<int>{6, 8, 18, 26, 27, 16, 12, 2}.begin()[below(8)];
        Operation edit = operation(1001 + std::uint64_t(i), id(kNow - std::int64_t(below(std::uint64_t(kYear)))));
        Value after = fieldValue(field);
        Value before = fieldValue(field);
        edit.values = {{FieldKey(std::uint16_t(field)), std::move(after)}};
        edit.before = std::move(before);
        edit.base.version = kFirstVersion + below(100'000);
        request.operations.push_back(std::move(edit));
    }
    return request;
}

protocol::PullReply SampleMessages::changes(int rows)
{
    protocol::PullReply reply;
    reply.epoch = 1;
    changes::Version seq = kFirstVersion + 2'000'000;
    for (int i = 0; i < rows; ++i) {
        const int field = std::initializer_list<int>{6, 8, 18, 26, 27, 16, 12, 2}.begin()[below(8)];
        changes::RowChange change;
        change.entity = kCustomer;
        change.stamp.createdAt = kNow - std::int64_t(below(std::uint64_t(kYear)));
        change.id = id(change.stamp.createdAt);
        seq += 1 + below(3);
        change.seq = seq;
        change.createVersion = kFirstVersion + below(2'000'000);
        change.stamp.createdBy = fixedId(1, below(20));
        change.stamp.modifiedAt = kNow + std::int64_t(i) * 5'000 + std::int64_t(below(5'000));
        change.stamp.modifiedBy = fixedId(1, below(20));
        change.fields.push_back({FieldKey(std::uint16_t(field)), seq, fieldValue(field)});
        reply.rows.push_back(std::move(change));
    }
    if (!reply.rows.empty())
        reply.position = {seq, reply.rows.back().id};
    reply.complete = true;
    reply.counter = seq;
    return reply;
}

protocol::PushRequest SampleMessages::everyOperation()
{
    protocol::PushRequest request = edits(0);
    const Id custom = fixedId(6, 1);
    const Id record = id(kNow);
    std::uint64_t n = request.acknowledgedN;
    request.operations.reserve(16); // the references below stay good
    const auto next = [&](OperationKind kind) -> Operation & {
        Operation made = operation(++n, record);
        made.kind = kind;
        request.operations.push_back(std::move(made));
        return request.operations.back();
    };
    Operation &create = next(OperationKind::Create);
    create.values = {{FieldKey(2), Value(QString::fromUtf8("张三 & Söhne 😀"))},
                     {FieldKey(23), Value(model::Reference{kUser, fixedId(1, 1)})},
                     {FieldKey(29), Value(model::Money::of(-1'050, QStringLiteral("EUR")))},
                     {FieldKey(30), Value(std::numeric_limits<std::int64_t>::min())},
                     {FieldKey(31), Value(std::numeric_limits<std::int64_t>::max())},
                     {FieldKey(99), Value(model::RawValue{QByteArray::fromHex("83010203")})}};
    std::sort(create.values.begin(), create.values.end(), [](const FieldValue &a, const FieldValue &b) { return a.field < b.field; });
    create.values.insert(create.values.begin(), {FieldKey(custom), Value(QStringLiteral("own field"))});
    create.group = fixedId(7, 1);
    const changes::Origin made{create.name, changes::contentHash(create, changes::encodeContent(create))};
    Operation &set = next(OperationKind::Set);
    set.values = {{FieldKey(2), Value()}};
    set.before = Value(QStringLiteral("before"));
    set.base.own = made;
    set.group = fixedId(7, 1);
    Operation &trash = next(OperationKind::Trash);
    trash.base.version = kFirstVersion;
    trash.seenCursor = kFirstVersion + 5;
    trash.seenExceptions = {{FieldKey(), kFirstVersion + 9}, {FieldKey(custom), kFirstVersion + 7}, {FieldKey(2), kFirstVersion + 8}};
    trash.seenOwn = {made, {{fixedId(3, 2), 3, 7}, QByteArray(16, 'h')}};
    Operation &restore = next(OperationKind::Restore);
    restore.base.version = kFirstVersion;
    restore.stamp.bootId = QByteArray(16, '\0');
    restore.origin = changes::Origin{{fixedId(3, 2), 4'000'000'000U, 12}, {}};
    restore.origin->hash = changes::contentHash(restore, changes::encodeContent(restore));
    next(OperationKind::Erase).action = Id();
    return request;
}

qsizetype SampleMessages::jsonBytes(const protocol::DownloadPage &page)
{
    static const QHash<std::uint16_t, QString> names{
        {1, QStringLiteral("number")},   {2, QStringLiteral("name")},   {3, QStringLiteral("kind")},       {6, QStringLiteral("phone")},
        {7, QStringLiteral("mobile")},   {8, QStringLiteral("email")},  {10, QStringLiteral("website")},   {11, QStringLiteral("address")},
        {12, QStringLiteral("region")},  {13, QStringLiteral("industry")}, {15, QStringLiteral("type")},   {16, QStringLiteral("level")},
        {17, QStringLiteral("status")},  {18, QStringLiteral("stage")}, {19, QStringLiteral("source")},    {23, QStringLiteral("owner")},
        {24, QStringLiteral("team")},    {26, QStringLiteral("next_step")}, {27, QStringLiteral("next_step_at")}, {30, QStringLiteral("employees")}};
    QJsonArray rows;
    for (const changes::ReplicatedRow &row : page.rows) {
        QJsonObject object{{QStringLiteral("id"), row.id.toString()}};
        for (const FieldValue &entry : row.values) {
            const QString name = names.value(entry.field.number);
            if (entry.value.integer())
                object.insert(name, qint64(*entry.value.integer()));
            else if (entry.value.reference())
                object.insert(name, entry.value.referenceId().toString());
            else
                object.insert(name, entry.value.textOrEmpty());
        }
        rows.append(object);
    }
    return QJsonDocument(rows).toJson(QJsonDocument::Compact).size();
}

} // namespace fieldfare::testlib
