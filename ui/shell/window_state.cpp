// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_state.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::ui {

namespace {

QString toText(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray toBytes(const QJsonValue &text)
{
    return QByteArray::fromBase64(text.toString().toLatin1());
}

} // namespace

QByteArray WindowState::toBytes() const
{
    QJsonObject state{{QStringLiteral("geometry"), toText(geometry)}, {QStringLiteral("module"), module}};
    if (!record.isEmpty())
        state.insert(QStringLiteral("record"), record);
    QJsonObject typed;
    for (auto kept = drafts.cbegin(); kept != drafts.cend(); ++kept)
        typed.insert(kept.key(), toText(*kept));
    if (!typed.isEmpty())
        state.insert(QStringLiteral("drafts"), typed);
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

WindowState WindowState::fromBytes(const QByteArray &bytes)
{
    const QJsonObject state = QJsonDocument::fromJson(bytes).object();
    WindowState read;
    read.geometry = ui::toBytes(state.value(QStringLiteral("geometry")));
    read.module = state.value(QStringLiteral("module")).toString();
    read.record = state.value(QStringLiteral("record")).toString();
    const QJsonObject typed = state.value(QStringLiteral("drafts")).toObject();
    for (auto kept = typed.constBegin(); kept != typed.constEnd(); ++kept)
        read.drafts.insert(kept.key(), ui::toBytes(*kept));
    return read;
}

} // namespace fieldfare::ui
