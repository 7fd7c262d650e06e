// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sync_status.h"
#include "core/store/views.h"
#include "ui/model/display_text.h"

#include <QWidget>

namespace fieldfare::ui {

class StatusButton;
class TextLabel;

/// The status bar: link state, waiting, to review, not accepted at the left, each a button that opens the sync panel; what
/// is selected, or a hint, at the right. Only what is not zero is shown.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const DisplayText &texts, QWidget *parent = nullptr);

    void setLink(const store::LinkState &link);
    void setCounts(const store::StateCounts &counts);
    void setHint(const QString &text);

Q_SIGNALS:
    /// Where a click on a part leads: "sync", "review" or "tray".
    void pageRequested(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const DisplayText &m_texts;
    store::LinkState m_link;
    store::StateCounts m_counts;
    StatusButton *m_linkPart;
    StatusButton *m_waiting;
    StatusButton *m_review;
    StatusButton *m_refused;
    TextLabel *m_hint;
};

} // namespace fieldfare::ui
