// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLabel>

#include <algorithm>

/// What a person finds on a page by its words.
namespace fieldfare::ui_test {

/// The button with that text under `page`; of several one that is seen. Ends the test where there is none.
inline QAbstractButton *buttonNamed(const QWidget *page, const char *text)
{
    QAbstractButton *hidden = nullptr;
    for (QAbstractButton *found : page->findChildren<QAbstractButton *>()) {
        if (found->text() != QString::fromUtf8(text))
            continue;
        if (found->isVisible())
            return found;
        hidden = found;
    }
    if (hidden == nullptr)
        qFatal("no button %s", text);
    return hidden;
}

/// Whether a label that is seen under `page` has these words in it.
inline bool showsWords(const QWidget *page, const char *words)
{
    const auto labels = page->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) {
        return label->isVisible() && label->text().contains(QString::fromUtf8(words));
    });
}

} // namespace fieldfare::ui_test
