// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/latest_read.h"
#include "ui/widgets/editors/field_editor.h"

class QCompleter;
class QLineEdit;
class QStandardItemModel;

namespace fieldfare::ui {

class Initials;

/// Another record by its title, or a user: type a few letters, choose from what is found. Emptying the field takes the
/// reference away; text that names nothing goes back to what it was.
class ReferenceEditor final : public FieldEditor {
    Q_OBJECT
public:
    ReferenceEditor(const model::Field &field, const EditorContext &context, QWidget *parent = nullptr);

    void setValue(const model::Value &value, const QString &title) override;
    [[nodiscard]] QWidget *input() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Candidate {
        model::Reference record;
        QString title;
        QString note; ///< number, or what matched
    };
    void search(const QString &text);
    void choose(int row);
    void showTitle();
    void placeBadge();

    QLineEdit *m_line;
    Initials *m_badge = nullptr;
    QCompleter *m_completer;
    QStandardItemModel *m_found;
    store::LatestRead m_read;
    std::vector<Candidate> m_candidates;
    model::Reference m_reference;
    QString m_title;
};

} // namespace fieldfare::ui
