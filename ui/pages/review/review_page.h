// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/review/review_data.h"

class QListView;
class QSplitter;
class QStackedWidget;
class QStandardItemModel;
class QTabBar;

namespace fieldfare::ui {

class ConflictPane;
class EmptyState;
class TextLabel;
class TrayPane;
class ZoneHeader;

/// Conflicts as a queue of work, what was not accepted, and what is done. It reads the whole queue again whenever the store's
/// state changed, and keeps the place.
class ReviewPage final : public Page {
    Q_OBJECT
public:
    enum class Tab { Conflicts, NotAccepted, Done };

    explicit ReviewPage(const PageContext &context, QWidget *parent = nullptr);

    [[nodiscard]] QString key() const override { return QStringLiteral("review"); }
    [[nodiscard]] QString title() const override { return tr("To review"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("review"); }
    void activated() override;

    void showTab(Tab tab);
    /// Brings an open conflict of this record to the front; nothing happens without one.
    void showRecord(const model::Reference &record);
    /// What the page shows; called with each answer of the database.
    void setData(ReviewData review);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeQueue();
    QWidget *makePane();
    /// In a narrow window the pane takes the queue's place; elsewhere it gets the focus.
    void openPane();
    void closePane();
    void placeZones();
    void read();
    void fillQueue();
    void showCurrent();
    void showEmpty();
    void step(int by);
    void save(const std::vector<ReviewDecision> &decisions, const QString &done);
    void takeTheirsForSame();
    void lookAtSame();
    void retry(qint64 id, const std::vector<changes::FieldValue> &corrected);
    void discard(qint64 id);
    [[nodiscard]] Tab tab() const;
    /// Where the record stands in the queue of the tab; where the queue was, when it has gone.
    [[nodiscard]] int placeOf(const model::Reference &record) const;

    PageContext m_context;
    ReviewData m_data;
    model::Reference m_shown = {};
    QSplitter *m_splitter;
    ZoneHeader *m_header;
    QWidget *m_zone;
    QTabBar *m_tabs;
    QListView *m_queue;
    QStandardItemModel *m_queueModel;
    TextLabel *m_note;
    QStackedWidget *m_stack;
    ConflictPane *m_conflict;
    TrayPane *m_tray;
    EmptyState *m_empty;
    QWidget *m_pane = nullptr; ///< What is decided here, and in a narrow window the way back.
    QWidget *m_back = nullptr;
    bool m_asPage = false; ///< The window is too narrow for queue and pane.
    bool m_paneShown = false;
    bool m_reading = false;
    bool m_readAgain = false;
};

} // namespace fieldfare::ui
