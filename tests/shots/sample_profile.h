// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/database_thread.h"
#include "ui/pages/review/review_data.h"

namespace fieldfare::shots {

/// Tuesday 24 November 2026, 14:32 UTC.
inline constexpr qint64 kNow = 1'795'530'720'000;

class FixedClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return kNow; }
    [[nodiscard]] std::int64_t bootMs() const override { return 1'000'000; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, '\1'); }
};

/// An encrypted profile in `folder`, not started yet.
std::unique_ptr<store::DatabaseThread> openSampleProfile(const QString &folder, const base::Clock &clock, base::RandomSource &random);
/// Customers, deals over two years and tickets, the same each time.
base::Result<bool> fillSampleProfile(store::Store &store);
/// Conflicts and a refused change as the server would have left them.
ui::ReviewData sampleReview(const model::Catalog &catalog);

} // namespace fieldfare::shots
