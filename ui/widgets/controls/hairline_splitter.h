// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace fieldfare::ui {

/// A splitter whose handle is one hairline but can be gripped on 7 px.
class HairlineSplitter final : public QSplitter {
    Q_OBJECT

public:
    explicit HairlineSplitter(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    QSplitterHandle *createHandle() override;
};

} // namespace fieldfare::ui
