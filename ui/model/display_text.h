// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "core/model/field.h"
#include "core/model/record.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>
#include <QTimeZone>

namespace fieldfare::ui {

class NameBook;

/// A text in a place of one line: breaks become blanks, character for character. What is stored keeps them.
[[nodiscard]] QString oneLine(QString text);

/// Values as a person reads them: dates, times, amounts and numbers by the locale, choices and references by their names.
/// Empty values are empty texts, never "0" or "n/a". Cheap to copy; refers to the name book and the clock. UI thread.
class DisplayText {
    Q_DECLARE_TR_FUNCTIONS(DisplayText)

public:
    DisplayText(const NameBook &names, const base::Clock &clock, const QLocale &locale = QLocale(),
                const QTimeZone &zone = QTimeZone::systemTimeZone());

    /// The whole value, as in a form or a list.
    [[nodiscard]] QString value(const model::Field &field, const model::Value &value) const;

    /// The choice list whose keys the field holds: its own, or that of the field it looks up ("state" of a deal is the kind of
    /// its stage). Empty for others.
    [[nodiscard]] static QString choiceListOf(const model::Catalog &catalog, const model::Entity &entity, const model::Field &field);

    /// "Tue 1 Dec", "Today", with the year where it is not this one.
    [[nodiscard]] QString shortDate(const QDate &date) const;
    /// "Tuesday 24 November 2026", for headings.
    [[nodiscard]] QString longDate(const QDate &date) const;
    /// "Today 16:00", "Tue 1 Dec 09:30".
    [[nodiscard]] QString shortInstant(qint64 msUtc) const;
    [[nodiscard]] QString time(qint64 msUtc) const;
    /// Until an instant: "0 h 41", "1 d 2 h", "−1 h 12" when it is over.
    [[nodiscard]] QString timeLeft(qint64 msUtc) const;
    /// How long ago: "2 min", "1 h", "12 d".
    [[nodiscard]] QString ago(qint64 msUtc) const;
    /// "Synced just now", "Synced 2 min ago".
    [[nodiscard]] QString synced(qint64 msUtc) const;
    /// "$26,768" without, "$26,768.00" with minor units.
    [[nodiscard]] QString money(const model::Money &money, bool minorUnits = true) const;
    /// "1 h 30 min".
    [[nodiscard]] QString duration(qint64 seconds) const;
    [[nodiscard]] QString number(qint64 value) const;
    /// "1.0 M" from a million on, otherwise all digits: for counts in narrow places.
    [[nodiscard]] QString count(qint64 value) const;

    [[nodiscard]] const QLocale &locale() const { return m_locale; }
    [[nodiscard]] bool isChinese() const { return m_locale.language() == QLocale::Chinese; }
    [[nodiscard]] QDate today() const;
    [[nodiscard]] const base::Clock &clock() const { return m_clock; }
    [[nodiscard]] qint64 nowMs() const { return m_clock.wallMs(); }
    [[nodiscard]] QDate dateOf(qint64 msUtc) const;
    [[nodiscard]] QTimeZone zone() const { return m_zone; }
    [[nodiscard]] const NameBook &names() const { return m_names; }

private:
    const NameBook &m_names;
    const base::Clock &m_clock;
    QLocale m_locale;
    QTimeZone m_zone;
};

} // namespace fieldfare::ui
