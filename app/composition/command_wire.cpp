// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/command_wire.h"

#include <QCborArray>
#include <QCborValue>
#include <QtEndian>

namespace fieldfare::app::command_wire {

namespace {

QByteArray framed(const QCborArray &array)
{
    const QByteArray body = QCborValue(array).toCbor();
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(quint32(body.size()), bytes.data());
    return bytes + body;
}

} // namespace

QByteArray frame(const CommandRequest &request)
{
    return framed({1, QCborArray::fromStringList(request.words), request.workingFolder});
}

QByteArray frame(const CommandAnswer &answer)
{
    if (answer.kind == CommandAnswer::Kind::Exit)
        return framed({2, answer.exitCode});
    if (answer.kind == CommandAnswer::Kind::Taken)
        return framed({3, 0});
    QByteArray all;
    for (qsizetype at = 0; at < answer.bytes.size(); at += kMaxFrame / 2)
        all += framed({int(answer.kind), answer.bytes.mid(at, kMaxFrame / 2)});
    return all;
}

std::optional<QByteArray> takeFrame(QByteArray &buffer, bool &isBroken)
{
    if (buffer.size() < 4)
        return std::nullopt;
    const auto size = qsizetype(qFromBigEndian<quint32>(buffer.constData()));
    isBroken = size > kMaxFrame;
    if (isBroken || buffer.size() < 4 + size)
        return std::nullopt;
    const QByteArray body = buffer.mid(4, size);
    buffer.remove(0, 4 + size);
    return body;
}

std::optional<CommandRequest> readRequest(const QByteArray &body)
{
    const QCborArray array = QCborValue::fromCbor(body).toArray();
    if (array.size() != 3 || array.at(0).toInteger() != 1 || !array.at(1).isArray())
        return std::nullopt;
    CommandRequest request;
    for (const QCborValue &word : array.at(1).toArray())
        request.words.append(word.toString());
    request.workingFolder = array.at(2).toString();
    return request;
}

std::optional<CommandAnswer> readAnswer(const QByteArray &body)
{
    const QCborArray array = QCborValue::fromCbor(body).toArray();
    const qint64 kind = array.at(0).toInteger(-1);
    if (array.size() != 2 || kind < 0 || kind > 3)
        return std::nullopt;
    CommandAnswer answer;
    answer.kind = CommandAnswer::Kind(kind);
    answer.bytes = array.at(1).toByteArray();
    answer.exitCode = int(array.at(1).toInteger(1));
    return answer;
}

} // namespace fieldfare::app::command_wire
