// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

namespace fieldfare::ui {

/// A record with what people disagree about, newest first.
struct ReviewRecord {
    model::Reference record;
    QString title;  ///< Its number where it has no title.
    QString number; ///< Empty for entities without numbers.
    std::vector<store::ConflictView> conflicts;
    qint64 latest = 0; ///< ms UTC of the later edit, over all conflicts
    /// Other fields that changed, on either side, since the first of the edits that clash: both sides' values stand.
    std::vector<model::FieldKey> merged = {};
};

/// A change that was not accepted, or waits for review, with what its record is called.
struct TrayItem {
    store::TrayView view;
    QString title;
    QString number;
};

/// All that the review page shows, as one snapshot. A plain value.
struct ReviewData {
    std::vector<ReviewRecord> open;
    std::vector<ReviewRecord> done;
    std::vector<TrayItem> tray;
    /// What the references in the values are called, for the name book.
    std::vector<std::pair<model::Reference, QString>> titles;
};

/// Reads conflicts and tray, with titles. On the store's thread; fails as the store does.
base::Result<ReviewData> readReview(store::Store &store);

/// What the user decided about one conflict.
enum class ReviewChoice { None, Before, Mine, Theirs, Edited };

struct ReviewDecision {
    base::Id conflict;
    ReviewChoice choice = ReviewChoice::None;
    model::Value value; ///< Before and Edited: what the field becomes.
};

/// Resolves in order and stops at the first error; what was resolved before it stays so. On the store's thread.
base::Result<int> resolveAll(store::Store &store, const std::vector<ReviewDecision> &decisions);

/// The choice that changes nothing of what is shown now.
[[nodiscard]] ReviewChoice suggestedChoice(const store::ConflictView &conflict);
/// The value that the field has once `choice` is saved; `edited` for Edited.
[[nodiscard]] model::Value chosenValue(const store::ConflictView &conflict, ReviewChoice choice, const model::Value &edited = {});

/// Other open records with one conflict only, about the same field and with the same value from the same person: one bulk
/// edit makes many of them, and one button answers them.
[[nodiscard]] std::vector<const ReviewRecord *> sameClash(const ReviewData &data, const ReviewRecord &record);

} // namespace fieldfare::ui
