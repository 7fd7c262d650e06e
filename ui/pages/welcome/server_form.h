// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error_words.h"
#include "core/store/joining.h"

#include <QWidget>

class QLineEdit;

namespace fieldfare::ui {

class PasswordEdit;
class MarkedText;
class TextLabel;

/// Asks which server, and who signs in there: address, who answered there with its fingerprint, name and password. The first
/// start and the page that connects a profile later ask with it. It only asks; its owner looks who answers. A code is asked for
/// once the server has: most accounts have no second factor.
class ServerForm final : public QWidget {
    Q_OBJECT
public:
    explicit ServerForm(QWidget *parent = nullptr);

    /// All that is asked for is filled in.
    [[nodiscard]] bool isComplete() const;
    /// The fingerprint of who answers at this very address has been shown.
    [[nodiscard]] bool isProbed() const { return m_isProbed; }
    [[nodiscard]] const store::ServerProbe &probe() const { return m_probe; }
    [[nodiscard]] QString userName() const;
    [[nodiscard]] std::shared_ptr<const base::Secret> password() const;
    /// The server has asked this user for a code.
    [[nodiscard]] bool asksForCode() const { return m_asksForCode; }
    /// Empty unless it was asked for.
    [[nodiscard]] QString code() const;

    /// Emits probeRequested() when there is an address that was not looked at, and is not being looked at.
    void askProbe();
    void setProbed(const store::ServerProbe &probe);
    /// Nobody could be asked who answers; returns why.
    base::ErrorWords setProbeFailed(const base::Error &error);
    /// Asks for a code where that is what was missing or wrong.
    void setSignInFailed(const base::Error &error);
    /// The first field that is empty; the password when none is.
    void focusNext();

Q_SIGNALS:
    void probeRequested(const QString &address);
    /// isComplete() or isProbed() may be another.
    void changed();
    /// Enter in a form that is complete.
    void submitted();

private:
    void showProbe();
    void setAsksForCode(bool asks);

    store::ServerProbe m_probe;
    bool m_isProbed = false;
    QString m_asked; ///< The address that is being looked at.
    QLineEdit *m_address;
    MarkedText *m_found;
    TextLabel *m_fingerprint;
    QLineEdit *m_userName;
    PasswordEdit *m_password;
    bool m_asksForCode = false;
    QLineEdit *m_code;
    QWidget *m_codeField; ///< With its label.
};

} // namespace fieldfare::ui
