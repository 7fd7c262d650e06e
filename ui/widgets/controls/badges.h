// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/list_roles.h"

#include <QWidget>

class QPainter;

namespace fieldfare::ui {

struct Tokens;

/// A key as it stands on the keyboard: "Ctrl+K" in a small frame.
class KeyCap final : public QWidget {
    Q_OBJECT

public:
    explicit KeyCap(const QString &keys, QWidget *parent = nullptr);

    QSize sizeHint() const override;

    /// For widgets and delegates that draw a cap themselves.
    static QSize sizeFor(const QString &keys);
    static void paint(QPainter *painter, const QRect &rect, const QString &keys, const Tokens &tokens);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_keys;
};

/// A person's initials in a square: the user's own on accent, everybody else's on grey. No colours per person.
class Initials final : public QWidget {
    Q_OBJECT

public:
    explicit Initials(const QString &fullName, bool own = false, int side = 22, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {m_side, m_side}; }

    /// "Markita Hansen" gives MH; a name in Han characters gives its first.
    static QString of(const QString &fullName);
    static void paint(QPainter *painter, const QRect &rect, const QString &initials, bool own, const Tokens &tokens);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_initials;
    bool m_own;
    int m_side;
};

/// Four pixels of time used: grey, ochre in the last hour, red when over, dashed when paused. The words stand beside it.
class TimeBar final : public QWidget {
    Q_OBJECT

public:
    explicit TimeBar(QWidget *parent = nullptr);

    /// `used` is 0 to 1 of the time allowed; `tone` Normal, DueSoon or Late.
    void setTime(double used, Tone tone, bool paused = false);

    QSize sizeHint() const override { return {56, 8}; }

    static void paint(QPainter *painter, const QRectF &rect, double used, Tone tone, bool paused, const Tokens &tokens);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_used = 0;
    Tone m_tone = Tone::Normal;
    bool m_paused = false;
};

/// The mark of a sync state (or a symbol) and its words: below a field, in a legend, in the status of a form.
class MarkLabel final : public QWidget {
    Q_OBJECT

public:
    /// `coloured` draws the words in the mark's colour (an error below its field); otherwise they are text.
    MarkLabel(StateMark mark, const QString &text, bool coloured = false, QWidget *parent = nullptr);
    MarkLabel(Lifecycle lifecycle, QWidget *parent = nullptr);

    void setMark(StateMark mark, const QString &text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateMark m_mark = StateMark::None;
    Lifecycle m_lifecycle = Lifecycle::None;
    QString m_text;
    bool m_coloured = false;
};

} // namespace fieldfare::ui
