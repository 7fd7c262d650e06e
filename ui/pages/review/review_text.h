// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/display_text.h"
#include "ui/pages/review/review_data.h"

namespace fieldfare::ui {

/// Fields, values, people and reasons of the review page in words. Refers to the catalog and the texts; UI thread.
class ReviewText {
    Q_DECLARE_TR_FUNCTIONS(ReviewText)

public:
    ReviewText(model::CatalogPointer catalog, const DisplayText &texts) : m_catalog(std::move(catalog)), m_texts(texts) {}

    [[nodiscard]] const model::Field *field(model::EntityId entity, const model::FieldKey &key) const;
    [[nodiscard]] bool isLongText(model::EntityId entity, const model::FieldKey &key) const;
    /// A field that this version does not know is named so, never by its number.
    [[nodiscard]] QString fieldLabel(model::EntityId entity, const model::FieldKey &key) const;
    /// Whose value is shown until somebody chooses: "first wins", "latest shown first", "text".
    [[nodiscard]] QString mergeNote(model::EntityId entity, const model::FieldKey &key) const;
    /// Empty values are said to be empty: a choice between something and nothing must be readable.
    [[nodiscard]] QString value(model::EntityId entity, const model::FieldKey &key, const model::Value &value) const;
    /// "You" or the person's name, and when.
    [[nodiscard]] QString whoAndWhen(const base::Id &user, qint64 at) const;
    [[nodiscard]] QString person(const base::Id &user) const;
    /// "3 fields · Owner, Phone, Needs"
    [[nodiscard]] QString summary(const ReviewRecord &record) const;
    /// What a done conflict became: "Yours", "Theirs", "Another value".
    [[nodiscard]] QString resolution(const store::ConflictView &conflict) const;
    /// Why the server did not take it, and what was refused.
    [[nodiscard]] QString refusal(const store::TrayView &entry) const;
    /// What the author did: "New customer", "Changed: Owner".
    [[nodiscard]] QString attempted(const store::TrayView &entry) const;

    [[nodiscard]] const DisplayText &texts() const { return m_texts; }
    [[nodiscard]] const model::Catalog &catalog() const { return *m_catalog; }

private:
    model::CatalogPointer m_catalog;
    const DisplayText &m_texts;
};

} // namespace fieldfare::ui
