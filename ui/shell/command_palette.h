// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/display_text.h"
#include "ui/shell/palette_model.h"

#include <QFrame>
#include <QPointer>
#include <QTimer>

class QLineEdit;
class QListView;

namespace fieldfare::ui {

class TextLabel;

/// Search everywhere (Ctrl+K): records of all entities and commands, over the window and without dimming it. Enter opens,
/// Esc and a click outside close, Tab narrows to the entity of the page.
class CommandPalette final : public QFrame {
    Q_OBJECT
public:
    static constexpr int kWidth = 660;
    static constexpr int kTop = 92;

    CommandPalette(store::DatabaseThread &database, const DisplayText &texts, const CommandTable &commands, QWidget *window);

    /// `scope`: the entity that Tab narrows to; 0 without.
    void popUp(model::EntityId scope, const QString &text = {});
    [[nodiscard]] PaletteModel &model() const { return *m_model; }

Q_SIGNALS:
    void recordChosen(const fieldfare::model::Reference &record);
    void commandChosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void fit();
    /// As tall as its rows; `least`: no less than that.
    void fitTo(int least);
    void choose(const QModelIndex &index);
    void dismiss();
    void move(int step);

    store::DatabaseThread &m_database;
    PaletteModel *m_model;
    QLineEdit *m_line;
    QListView *m_view;
    TextLabel *m_scopeLabel;
    TextLabel *m_footnote;
    QWidget *m_foot;
    QTimer m_rest; ///< Since the last answer: fewer rows make it shorter only then.
    QPointer<QWidget> m_focusBefore;
    model::EntityId m_scope = 0;
    bool m_narrowed = false;
};

} // namespace fieldfare::ui
