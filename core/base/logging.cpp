// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

Q_LOGGING_CATEGORY(lcStorage, "fieldfare.storage", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "fieldfare.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSync, "fieldfare.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(lcServer, "fieldfare.server", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "fieldfare.ui", QtInfoMsg)
