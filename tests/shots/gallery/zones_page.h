// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fieldfare::gallery {

/// The page of zones: side bar, zone header, filter bar, banners, empty state, timeline, settings, status bar, toast.
/// 1440 x 900.
QWidget *makeZonesPage();

} // namespace fieldfare::gallery
