// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error_words.h"
#include "core/domain/attaching.h"
#include "core/model/catalog.h"
#include "ui/pages/welcome/step_layout.h"

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace fieldfare::ui {

class MarkedText;
class PlanView;
class ServerForm;

/// Leads a profile that began alone to a server: which one, the download, what would happen, and that it has. It only asks and
/// shows; Attaching does. Enter goes on in every step, Esc leads back or stops.
class ConnectPage final : public QWidget {
    Q_OBJECT
public:
    /// `attaching` must outlive the page; its profile may still be on its way. `catalog`: of the profile.
    ConnectPage(domain::Attaching &attaching, model::CatalogPointer catalog, QWidget *parent = nullptr);

    enum class Step { Server, Work, Check, Done };
    [[nodiscard]] Step step() const;

Q_SIGNALS:
    /// Back to work, with the profile as it was.
    void leaveRequested();
    /// To work, with the profile as it is now.
    void startRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeServer();
    QWidget *makeWork();
    QWidget *makeCheck();
    QWidget *makeDone();
    /// An empty `other` leaves that button out.
    QPushButton *addButtons(QVBoxLayout *column, const QString &other, const QString &primary);
    void showStep(Step step);
    void showServer();
    void goOn();
    void goBack();
    void beginAnew();
    void onProbed(const store::ServerProbe &probe);
    void onStanding(const domain::AttachStanding &standing);
    void onProgress(const domain::AttachProgress &progress);
    void onPrepared(const domain::AttachPlan &plan);
    void onAttached(const QString &former);
    void onFailed(const base::Error &error);
    /// With what was kept.
    void tell(MarkedText *problem, base::ErrorWords words, bool isCalm);

    domain::Attaching &m_attaching;
    domain::AttachStanding m_standing;
    domain::AttachPlan m_plan;
    bool m_isOpen = false;     ///< The profile has told where it stands.
    bool m_isAnew = false;     ///< An earlier download is to be forgotten.
    bool m_isAttaching = false; ///< The plan was agreed to: failures are told beside it.
    StepSide *m_side;
    QStackedWidget *m_steps;
    QWidget *m_earlier;
    TextLabel *m_earlierText;
    ServerForm *m_form;
    MarkedText *m_serverProblem;
    QPushButton *m_connect;
    StepProgress m_progress;
    TextLabel *m_count;
    QPushButton *m_stop;
    TextLabel *m_checkTitle;
    PlanView *m_view;
    MarkedText *m_checkProblem;
    QPushButton *m_attach;
    TextLabel *m_doneText;
    TextLabel *m_kept;
    QPushButton *m_start;
};

} // namespace fieldfare::ui
