// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

class QLocale;

namespace fieldfare {

/// Puts the program, and what Qt says by itself, into the language of a locale: Chinese (simplified) or English. Make one in
/// main() after the application and keep it; what is translated already stays as it is.
class Translators {
public:
    void install(const QLocale &locale);
    void remove();

private:
    QTranslator m_program;
    QTranslator m_qt;
};

} // namespace fieldfare
