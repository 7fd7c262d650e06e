// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QTimeZone>

namespace fieldfare::store {

/// When a profile is backed up by itself, and where to. Kept in the profile (a setting), so it goes with it.
struct BackupSchedule {
    enum class Every : std::uint8_t { Off, Day, Week };

    Every every = Every::Off;
    QString folder;
    int minute = 12 * 60; ///< Of the day, in the zone of the computer.

    [[nodiscard]] bool isOn() const { return every != Every::Off && !folder.isEmpty(); }
    /// Whether a day's, or a week's, time has passed since the last one (ms UTC; 0: there was none). One that was missed while the
    /// program was not open is due at once.
    [[nodiscard]] bool isDue(qint64 nowMs, qint64 lastMs, const QTimeZone &zone) const;

    /// When that is, ms UTC; 0: it is due already for never having been made. Only while isOn().
    [[nodiscard]] qint64 dueAt(qint64 lastMs, const QTimeZone &zone) const;

    [[nodiscard]] QByteArray toJson() const;
    /// Off where it cannot be read.
    [[nodiscard]] static BackupSchedule fromJson(const QByteArray &bytes);
    friend bool operator==(const BackupSchedule &, const BackupSchedule &) = default;
};

} // namespace fieldfare::store
