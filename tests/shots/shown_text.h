// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSet>
#include <QString>

class QWidget;

/// What a person reads on a page, taken from the widgets and models that paint it, and the rules it must keep.
namespace fieldfare::shots {

struct ShownText {
    QString text;  ///< Without markup.
    QString where; ///< Class and name of the widget, for messages.
};

/// Labels, buttons, fields, tabs, headers, the rows of lists that are on screen, tool tips and accessible names of all visible
/// widgets.
[[nodiscard]] QList<ShownText> shownTexts(const QWidget &page);

/// Runs of at least three Latin letters.
[[nodiscard]] QSet<QString> latinWords(const QString &text);

/// The Chinese catalogue of the program as a set of English sources whose translation differs.
[[nodiscard]] QSet<QString> translatedSources(const QString &tsFile);

/// Texts that a Chinese page must not show: a source of the catalogue, or a Latin word that is neither in `data` (words of the
/// records) nor a name that stays as it is (keys, brands, formats).
[[nodiscard]] QStringList untranslated(const QList<ShownText> &texts, const QSet<QString> &sources, const QSet<QString> &data);

/// Texts with less room than they need and no way to read them whole: labels and buttons that neither fit nor end in an
/// ellipsis with a tool tip, column headers, numbers in lists, tabs, and the chosen entry of a combo box.
[[nodiscard]] QStringList cutTexts(const QWidget &page);

} // namespace fieldfare::shots
