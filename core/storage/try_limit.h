// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QString>

namespace fieldfare::storage {

/// Slows guessing at a passphrase down: five tries, then a wait of one minute, then one try a wait that doubles up to an hour and
/// never more. Counted in KEYFILE.tries, so that it holds over programs and starts (core/storage/docs/key-file.md). A changed wall clock
/// shortens nothing while the machine runs, and set back it lengthens nothing; after a restart the wait goes on by whichever clock says more.
///
/// Who can write to the folder can remove the file, and guesses elsewhere with a copy of the key file: against that stands
/// scrypt. A folder that cannot be written slows nothing down. Any thread; two programs at once are kept apart by the profile's lock.
class TryLimit {
public:
    static constexpr int kFreeTries = 5;

    /// The clock outlives it.
    TryLimit(const QString &keyFile, const base::Clock &clock) : m_path(keyFile + QStringLiteral(".tries")), m_clock(clock) {}

    void noteFailure() const;
    void noteSuccess() const;
    /// Tries before the next wait; 0 while waiting.
    [[nodiscard]] int triesLeft() const;
    /// Seconds to wait now, rounded up; 0 when a try is allowed.
    [[nodiscard]] int secondsToWait() const;
    /// Minutes of the next wait.
    [[nodiscard]] int nextWaitMinutes() const;
    /// TooManyAttempts with the seconds while there is a wait.
    [[nodiscard]] base::Result<void> requireAllowed() const;

    /// Makes a try when one is allowed, and notes what came of it: WrongPassphrase is a failure, also where only the previous copy of the
    /// key file could be asked (KeyFile::unlock); success ends the count.
    template <typename Try>
    [[nodiscard]] auto attempt(const Try &make) const -> decltype(make())
    {
        if (const base::Result<void> allowed = requireAllowed(); !allowed.ok())
            return allowed.error();
        auto made = make();
        if (made.ok())
            noteSuccess();
        else if (isWrongGuess(made.error()))
            noteFailure();
        return made;
    }

private:
    struct Count {
        int failures = 0;
        std::int64_t wallMs = 0; ///< Of the last failure.
        std::int64_t bootMs = 0;
        QByteArray bootId;
    };
    [[nodiscard]] Count read() const;
    [[nodiscard]] static bool isWrongGuess(const base::Error &error);

    QString m_path;
    const base::Clock &m_clock;
};

} // namespace fieldfare::storage
