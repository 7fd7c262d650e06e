// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::gallery {

/// Bars against last year with a target and an open month, a funnel, lines, shares. 1200 x 720.
QWidget *makeChartsPage();

} // namespace fieldfare::gallery
