// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace fieldfare::gallery {

/// The page of single elements: buttons, fields, marks, a table, a menu, tabs, icons. 720 x 900.
QWidget *makeComponentsPage(const QString &title);

} // namespace fieldfare::gallery
