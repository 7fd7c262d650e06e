// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store/profile.h"
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
    /// One that is kept in a folder. KeyFileMissing when none was finished there.
    static base::Result<std::unique_ptr<SampleProfile>> openIn(const QString &folder);
    /// An empty folder's name: a temporary one.
    static base::Result<std::unique_ptr<SampleProfile>> createIn(const QString &folder);
    /// Writes the key file, under passphrase(): from now on openIn() finds it, and so do the programs.
    base::Result<void> finish();
    [[nodiscard]] static base::Secret passphrase();

    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] QString path() const { return store::ProfilePaths{folder()}.database(); }
    [[nodiscard]] QString folder() const { return m_kept.isEmpty() ? m_folder.path() : m_kept; }
    [[nodiscard]] const std::shared_ptr<const storage::DataKey> &key() const { return m_key; }
    /// Another encrypted file beside the profile's.
    [[nodiscard]] QString otherPath(const QString &name) const { return folder() + QLatin1Char('/') + name; }
    base::Result<void> reopen();
    void close() { m_store.reset(); }
    /// Customers first to first + count - 1, as one import.
    base::Result<void> insertCustomers(std::int64_t first, std::int64_t count);
    /// A whole company (see SampleCompany), in the search index.
    base::Result<void> insertCompany(std::int64_t customers, const QStringList &names);
    /// Folds all that waits into the search index.
    base::Result<void> foldSearch();

private:
    SampleProfile() = default;
    QTemporaryDir m_folder;
    QString m_kept; ///< Stands for the temporary folder.
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::shared_ptr<const storage::DataKey> m_key;
    std::unique_ptr<store::Store> m_store;
};

} // namespace fieldfare::bench
