// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/hairline_splitter.h"

#include "ui/widgets/theme/tokens.h"

#include <QPainter>
#include <QSplitterHandle>

namespace fieldfare::ui {

namespace {

class HairlineHandle final : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        // In place of QSplitterHandle's, which widens a 1-px handle by two on each side; we make it three. Setting
        // margins sends another resize event, hence only when they differ.
        const bool across = orientation() == Qt::Horizontal;
        const QMargins grip(across ? 3 : 0, across ? 0 : 3, across ? 3 : 0, across ? 0 : 3);
        setAttribute(Qt::WA_MouseNoMask);
        if (contentsMargins() != grip)
            setContentsMargins(grip);
        setMask(QRegion(contentsRect()));
        QWidget::resizeEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(contentsRect(), Tokens::of(this).line);
    }
};

} // namespace

HairlineSplitter::HairlineSplitter(Qt::Orientation orientation, QWidget *parent) : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle *HairlineSplitter::createHandle()
{
    return new HairlineHandle(orientation(), this);
}

} // namespace fieldfare::ui
