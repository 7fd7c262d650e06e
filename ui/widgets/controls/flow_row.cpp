// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/flow_row.h"

#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/theme/metrics.h"

namespace fieldfare::ui {

RingRoom::RingRoom(QWidget *parent) : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setProperty("fieldfareRingRoom", true);
    setFrameStyle(QFrame::NoFrame); // asks the style for SE_FrameLayoutItem
}

FlowRow::FlowRow(std::initializer_list<QWidget *> widgets, QWidget *parent) : RingRoom(parent)
{
    auto *row = new FlowLayout(this, space::k8, space::k8);
    row->setContentsMargins(kRingMargin, kRingMargin, kRingMargin, kRingMargin);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
}

} // namespace fieldfare::ui
