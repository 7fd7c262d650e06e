// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QLabel>

namespace fieldfare::ui {

/// What a text is drawn with, by meaning.
enum class Ink { Text, Text2, Text3, Disabled, Accent, Link, Pending, Conflict, Error, Ok };
QColor inkColour(Ink ink, const Tokens &tokens);

/// A label of the type scale in one of the inks. Font and colour follow the application's font and theme; with a plain
/// QLabel both would be frozen when they are set.
class TextLabel : public QLabel {
    Q_OBJECT

public:
    explicit TextLabel(const QString &text, Type type = Type::Body, Ink ink = Ink::Text, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setType(Type type);
    /// Semi-bold.
    void setStrong(bool strong);
    /// Ends in an ellipsis when there is no room, and then shows the whole text as tool tip.
    void setElided(bool elided);

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    /// The text as it fits; the tool tip has the whole when it does not.
    QString elided();

    Type m_type;
    Ink m_ink;
    bool m_strong = false;
    bool m_elided = false;
    bool m_refreshing = false;
};

} // namespace fieldfare::ui
