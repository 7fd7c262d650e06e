// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store/store.h"

#include <QTemporaryDir>

#include <memory>

namespace fieldfare::bench {

/// Customers that are the same in every run: Chinese and Latin names, phones, e-mails, a region, an owner.
[[nodiscard]] changes::LocalChange sampleCustomer(const model::Entity &customer, std::int64_t index);

/// An encrypted stand-alone profile in a temporary folder, without the cost of deriving a key.
class SampleProfile {
public:
    static base::Result<std::unique_ptr<SampleProfile>> create();

    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("bench.db")); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] const std::shared_ptr<const storage::DataKey> &key() const { return m_key; }
    /// Another encrypted file beside the profile's.
    [[nodiscard]] QString otherPath(const QString &name) const { return m_folder.filePath(name); }
    base::Result<void> reopen();
    /// Customers first to first + count - 1, as one import.
    base::Result<void> insertCustomers(std::int64_t first, std::int64_t count);
    /// Folds all that waits into the search index.
    base::Result<void> foldSearch();

private:
    SampleProfile() = default;
    QTemporaryDir m_folder;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::shared_ptr<const storage::DataKey> m_key;
    std::unique_ptr<store::Store> m_store;
};

} // namespace fieldfare::bench
