// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QString>

class QPainter;
class QRectF;

namespace fieldfare::ui {

struct Tokens;

/// Paints the 12-px mark of a sync state centred in `rect`. Each has its own shape: ring with arrow (waiting), diamond
/// (to review), octagon (not accepted), disc with tick (synced), ring with stroke (offline), dot (not saved).
/// `size` scales the 12-px grid. StateMark::None paints nothing.
void paintStateMark(QPainter *painter, const QRectF &rect, StateMark mark, const Tokens &tokens, int size = 12);

/// The colour of a mark and of the words beside it.
QColor stateMarkColour(StateMark mark, const Tokens &tokens);

/// The words for tool tips and screen readers ("waiting to be sent").
QString stateMarkText(StateMark mark);

/// The worst of two, for one mark per row: not accepted, to review, waiting, not saved, offline, synced, none.
StateMark worseMark(StateMark a, StateMark b);

/// Paints the 8-px dot of a lifecycle centred in `rect`: ring (lead), half (prospect), full (customer), struck ring
/// (churned).
void paintLifecycle(QPainter *painter, const QRectF &rect, Lifecycle lifecycle, const Tokens &tokens);

/// The word beside the dot.
QString lifecycleText(Lifecycle lifecycle);

/// The colour of a cell's tone: overdue is error, due soon is pending, the rest is text.
QColor toneColour(Tone tone, const Tokens &tokens);

} // namespace fieldfare::ui
