// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace fieldfare::ui {

/// What the next window of a profile begins with: place and page, and after a lock what was typed and not saved. Drafts hold values
/// as they are: it is kept in the settings of the encrypted profile, under kSetting, or in memory, and nowhere else.
struct WindowState {
    static constexpr QLatin1StringView kSetting{"window"};
    static constexpr QLatin1StringView kNewRecord{"new"};

    QByteArray geometry;
    QString module;                   ///< Key of the page.
    QString record;                   ///< Id of the one that was open, or kNewRecord; empty: none.
    QMap<QString, QByteArray> drafts; ///< RecordPanel::drafts() by the key of its page.

    [[nodiscard]] QByteArray toBytes() const;
    /// What cannot be read is left out.
    [[nodiscard]] static WindowState fromBytes(const QByteArray &bytes);

    friend bool operator==(const WindowState &, const WindowState &) = default;
};

} // namespace fieldfare::ui
