// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/check/profile_repair.h"
#include "ui/pages/page.h"

#include <QTimer>

#include <atomic>
#include <memory>

class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace fieldfare::ui {

class MarkedText;
class SettingRow;

/// Looks through the whole profile in the background, says in words what is wrong and what to do about it, and repairs what can be
/// repaired after telling what that would be. Others' work goes on meanwhile; leaving the page does not end it.
class DataQualitySection final : public QWidget {
    Q_OBJECT
public:
    explicit DataQualitySection(const PageContext &context, QWidget *parent = nullptr);
    ~DataQualitySection() override;

    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }
    /// Shows what a check found; check() does it with its own.
    void showReport(const store::ProfileCheckReport &report);

public Q_SLOTS:
    void check();
    void stop();
    void repair();

Q_SIGNALS:
    /// The report on the page is another one.
    void reported();

private:
    /// What the database's thread and this one share of a check or a repair.
    struct Run {
        std::atomic<bool> isCancelled = false;
        std::atomic<int> percent = 0;
    };

    [[nodiscard]] static store::CheckWatch watchOf(const std::shared_ptr<Run> &run, store::DatabaseThread &database);
    void begin(const QString &words);
    void end();
    void showError(const base::Error &error);
    void showFindings();
    void addLine(const QString &what, const QString &advice);
    void addStep(const QString &what);
    [[nodiscard]] QString entityName(model::EntityId entity) const;
    [[nodiscard]] QString words(const QList<store::CheckFinding> &alike) const;
    [[nodiscard]] QString stepWords(const store::RepairStep &step) const;
    [[nodiscard]] QString indexName(const QString &index) const;
    [[nodiscard]] QString placeOf(const store::CheckFinding &finding) const;

    PageContext m_context;
    std::shared_ptr<Run> m_run; ///< Null: nothing runs.
    QTimer m_shown;             ///< Reads the progress while something runs.
    store::ProfileCheckReport m_report;
    store::RepairReport m_done; ///< Of the last repair.
    QPushButton *m_check;
    QPushButton *m_stop;
    QProgressBar *m_progress;
    SettingRow *m_checkRow;
    SettingRow *m_stopRow; ///< In its place while something runs.
    MarkedText *m_result;
    QWidget *m_found;
    QVBoxLayout *m_findings;
    QWidget *m_offer;
    QVBoxLayout *m_steps;
    QPushButton *m_repair;
    SettingRow *m_repairRow;
};

} // namespace fieldfare::ui
