// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Only so that the meta object of the interface has one home.
#include "core/domain/attaching.h"
