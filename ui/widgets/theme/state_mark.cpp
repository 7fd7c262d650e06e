// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/state_mark.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/tokens.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace fieldfare::ui {

namespace {

QString symbolOf(StateMark mark)
{
    switch (mark) {
    case StateMark::None: break;
    case StateMark::Synced: return QStringLiteral("state-synced");
    case StateMark::Offline: return QStringLiteral("state-offline");
    case StateMark::NotSaved: return QStringLiteral("state-dirty");
    case StateMark::Waiting: return QStringLiteral("state-pending");
    case StateMark::Conflict: return QStringLiteral("state-conflict");
    case StateMark::NotAccepted: return QStringLiteral("state-error");
    }
    return {};
}

} // namespace

void paintStateMark(QPainter *painter, const QRectF &rect, StateMark mark, const Tokens &tokens, int size)
{
    if (mark != StateMark::None)
        paintIcon(painter, rect, symbolOf(mark), size, stateMarkColour(mark, tokens));
}

QColor stateMarkColour(StateMark mark, const Tokens &tokens)
{
    switch (mark) {
    case StateMark::Synced: return tokens.ok;
    case StateMark::NotSaved:
    case StateMark::Waiting: return tokens.pending;
    case StateMark::Conflict: return tokens.conflict;
    case StateMark::NotAccepted: return tokens.error;
    case StateMark::None:
    case StateMark::Offline: break;
    }
    return tokens.text2;
}

QString stateMarkText(StateMark mark)
{
    switch (mark) {
    case StateMark::None: break;
    case StateMark::Synced: return QCoreApplication::translate("StateMark", "synced");
    case StateMark::Offline: return QCoreApplication::translate("StateMark", "offline");
    case StateMark::NotSaved: return QCoreApplication::translate("StateMark", "not saved");
    case StateMark::Waiting: return QCoreApplication::translate("StateMark", "waiting to be sent");
    case StateMark::Conflict: return QCoreApplication::translate("StateMark", "to review");
    case StateMark::NotAccepted: return QCoreApplication::translate("StateMark", "not accepted");
    }
    return {};
}

StateMark worseMark(StateMark a, StateMark b)
{
    // The enumerators stand in order of weight.
    return static_cast<int>(a) >= static_cast<int>(b) ? a : b;
}

void paintLifecycle(QPainter *painter, const QRectF &rect, Lifecycle lifecycle, const Tokens &tokens)
{
    if (lifecycle == Lifecycle::None)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF centre(std::floor(rect.center().x()) + 0.5, std::floor(rect.center().y()) + 0.5);
    const auto ring = [&](const QColor &colour) {
        painter->setPen(QPen(colour, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(centre, 3.25, 3.25);
    };
    switch (lifecycle) {
    case Lifecycle::None: break;
    case Lifecycle::Lead: ring(tokens.text2); break;
    case Lifecycle::Prospect: {
        ring(tokens.accent);
        QPainterPath half;
        half.moveTo(centre);
        half.arcTo(QRectF(centre.x() - 4, centre.y() - 4, 8, 8), 90, 180);
        painter->fillPath(half, tokens.accent);
        break;
    }
    case Lifecycle::Customer:
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.accent);
        painter->drawEllipse(centre, 4.0, 4.0);
        break;
    case Lifecycle::Churned:
        ring(tokens.text2);
        painter->drawLine(centre + QPointF(-2.6, 2.6), centre + QPointF(2.6, -2.6));
        break;
    }
    painter->restore();
}

QString lifecycleText(Lifecycle lifecycle)
{
    switch (lifecycle) {
    case Lifecycle::None: break;
    case Lifecycle::Lead: return QCoreApplication::translate("Lifecycle", "Lead");
    case Lifecycle::Prospect: return QCoreApplication::translate("Lifecycle", "Prospect");
    case Lifecycle::Customer: return QCoreApplication::translate("Lifecycle", "Customer");
    case Lifecycle::Churned: return QCoreApplication::translate("Lifecycle", "Churned");
    }
    return {};
}

QColor toneColour(Tone tone, const Tokens &tokens)
{
    switch (tone) {
    case Tone::Normal: break;
    case Tone::Muted: return tokens.text2;
    case Tone::DueSoon: return tokens.pending;
    case Tone::Late: return tokens.error;
    case Tone::Good: return tokens.ok;
    }
    return tokens.text;
}

} // namespace fieldfare::ui
