// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// For systems whose signals nobody has connected yet.
#include "app/desktop/session_watch.h"

namespace fieldfare::app {

SessionWatch::SessionWatch(QObject *parent) : QObject(parent) {}
bool SessionWatch::isAvailable() const
{
    return false;
}

} // namespace fieldfare::app
