// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QTimer>

class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace fieldfare::ui {

class Banner;
class TextLabel;
class ZoneHeader;

/// Where the link to the server stands: the state in words, what waits and why, the last contact, the last error.
class SyncPage final : public Page {
    Q_OBJECT
public:
    explicit SyncPage(const PageContext &context, QWidget *parent = nullptr);

    [[nodiscard]] QString key() const override { return QStringLiteral("sync"); }
    [[nodiscard]] QString title() const override { return tr("Sync"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("sync"); }
    void activated() override;

    /// What the status bar and this page say about a state: "Synced 2 min ago".
    [[nodiscard]] static QString words(const store::LinkState &state, const DisplayText &texts);

private:
    void showState();
    void readCounts();
    [[nodiscard]] static QString handInWords(const store::StateCounts &counts);
    TextLabel *addLine(QVBoxLayout *column, const QString &label, QPushButton *way);

    PageContext m_context;
    store::StateCounts m_counts;
    QTimer m_minute;
    ZoneHeader *m_header;
    Banner *m_banner;
    QProgressBar *m_progress;
    TextLabel *m_server;
    TextLabel *m_contact;
    TextLabel *m_waiting;
    TextLabel *m_review;
    TextLabel *m_refused;
    QPushButton *m_now;
    QPushButton *m_pause;
    QPushButton *m_join;
    QPushButton *m_toReview;
    QPushButton *m_toTray;
};

} // namespace fieldfare::ui
