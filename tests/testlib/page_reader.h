// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace fieldfare::testlib {

/// What a person finds on a page by its words: only what is visible.
class PageReader {
public:
    explicit PageReader(const QWidget &page) : m_page(page) {}

    /// Null when there is none.
    [[nodiscard]] QLineEdit *edit(const char *name) const
    {
        return find<QLineEdit>([name](const QLineEdit &found) { return found.accessibleName() == QString::fromUtf8(name); });
    }
    [[nodiscard]] QAbstractButton *button(const char *text) const
    {
        return find<QAbstractButton>([text](const QAbstractButton &found) { return found.text() == QString::fromUtf8(text); });
    }
    [[nodiscard]] bool says(const char *part) const
    {
        return find<QLabel>([part](const QLabel &found) { return found.text().contains(QString::fromUtf8(part)); }) != nullptr;
    }

private:
    template <typename Widget, typename Fits>
    Widget *find(const Fits &fits) const
    {
        const QList<Widget *> all = m_page.findChildren<Widget *>();
        const auto found = std::find_if(all.begin(), all.end(), [&fits](const Widget *widget) { return widget->isVisible() && fits(*widget); });
        return found == all.end() ? nullptr : *found;
    }

    const QWidget &m_page;
};

} // namespace fieldfare::testlib
