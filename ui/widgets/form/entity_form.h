// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/edit_model.h"
#include "ui/widgets/editors/field_editor.h"

#include <QScrollArea>

class QVBoxLayout;

namespace fieldfare::ui {

class FormRow;
class LinkButton;
class TextLabel;

/// The form of any entity, made from its fields: the first groups (layout hints), then the rest behind "28 more fields". A
/// record reads like a page; Tab goes from value to value. It edits the model and saves nothing itself.
class EntityForm final : public QScrollArea {
    Q_OBJECT
public:
    EntityForm(EditModel &model, const EditorContext &context, QWidget *parent = nullptr);

    /// All rows made so far, in the order of the form.
    [[nodiscard]] const QList<FormRow *> &rows() const { return m_rows; }
    [[nodiscard]] FormRow *row(const QString &field) const;
    void showMore(bool shown);
    void focusFirst();
    /// To the first row with a problem; opens the rest of the fields where it is there. False without any.
    bool focusProblem();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {240, 80}; }

Q_SIGNALS:
    void openRequested(const fieldfare::model::Reference &record);
    void conflictActivated(const fieldfare::base::Id &conflict);
    void heightChanged();

private:
    void rebuild();
    void refreshAll();
    void showTitleRow();
    void onFieldChanged(const model::FieldKey &key);
    bool eventFilter(QObject *watched, QEvent *event) override;

    EditModel &m_model;
    EditorContext m_context;
    model::EntityId m_entity = 0;
    model::CatalogPointer m_catalog;
    QWidget *m_page = nullptr;
    QVBoxLayout *m_column = nullptr;
    QVBoxLayout *m_rest = nullptr;
    QWidget *m_restPage = nullptr;
    LinkButton *m_moreButton = nullptr;
    TextLabel *m_lockedNote = nullptr; ///< Why nothing can be changed; hidden where it can.
    QList<FormRow *> m_rows;
    bool m_more = false;
};

} // namespace fieldfare::ui
