// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/joining.h"
#include "ui/pages/welcome/step_layout.h"

class QGridLayout;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QStackedWidget;
class QVBoxLayout;

namespace fieldfare::ui {

class MarkedText;
class PasswordEdit;
class ServerForm;
class StrengthBar;

/// The first start: where to work, a passphrase for this computer, the first download. It only asks; Joining does.
class WelcomePage final : public QWidget {
    Q_OBJECT
public:
    /// `joining` must outlive the page. `language` as in Preferences: what is chosen in the list of languages.
    explicit WelcomePage(store::Joining &joining, const QString &language = {}, QWidget *parent = nullptr);

    enum class Step { Where, Passphrase, Download };
    [[nodiscard]] Step step() const;
    /// As a click on "Work alone on this computer" and a name would.
    void chooseAlone(const QString &fullName);
    /// As a click on the company's server would.
    void chooseServer();
    /// To the next step, when what it needs is there.
    void goOn();

Q_SIGNALS:
    /// The profile is open: show the main window.
    void startRequested();
    /// The caller makes the page anew in that language.
    void languageChosen(const QString &name);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeSide(const QString &language);
    QWidget *makeWhere();
    QWidget *makePassphrase();
    QWidget *makeDownload();
    void showStep(Step step);
    void showKind();
    void focusStep();
    void onProbed(const store::ServerProbe &probe);
    void showStrength();
    void begin();
    void onFailed(const base::Error &error);
    void showDownload(const store::DownloadProgress &progress);
    [[nodiscard]] store::JoinRequest::Kind kind() const;

    store::Joining &m_joining;
    bool m_isShown = false;
    bool m_isBusy = false;
    bool m_isReady = false;
    bool m_isPaused = false;
    QStackedWidget *m_steps;
    QRadioButton *m_server = nullptr;
    QRadioButton *m_alone = nullptr;
    QRadioButton *m_sample = nullptr;
    StepSide *m_side = nullptr;
    QWidget *m_languages = nullptr;
    ServerForm *m_form = nullptr;
    QLineEdit *m_fullName = nullptr;
    MarkedText *m_whereProblem = nullptr;
    QPushButton *m_next = nullptr;
    PasswordEdit *m_passphrase = nullptr;
    PasswordEdit *m_again = nullptr;
    StrengthBar *m_strength = nullptr;
    MarkedText *m_passphraseProblem = nullptr;
    QPushButton *m_protect = nullptr;
    StepProgress m_progress = {};
    QGridLayout *m_parts = nullptr;
    TextLabel *m_left = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_start = nullptr;
};

} // namespace fieldfare::ui
