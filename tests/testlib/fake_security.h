// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/profile_security.h"

namespace fieldfare::testlib {

/// Keeps what it is asked, and answers when it is told to.
class FakeSecurity final : public store::ProfileSecurity {
public:
    [[nodiscard]] State state() const override { return shown; }
    void setUnlockByKeychain(bool isOn, Done done) override
    {
        asked.append(isOn ? "keychain on" : "keychain off");
        answer = std::move(done);
    }
    void changePassphrase(Passphrase before, Passphrase after, Done done) override
    {
        asked.append(before->view().toByteArray() + " -> " + after->view().toByteArray());
        answer = std::move(done);
    }

    void replaceDataKey(Passphrase passphrase, Done done) override
    {
        asked.append("replace " + (passphrase ? passphrase->view().toByteArray() : QByteArray()));
        answer = std::move(done);
    }
    void stopReplacing() override { asked.append("stop"); }

    State shown;
    QByteArrayList asked;
    Done answer;
};

} // namespace fieldfare::testlib
