// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/database_thread.h"
#include "tests/testlib/sample_company.h"
#include "ui/model/display_text.h"
#include "ui/model/name_book.h"

#include <QTemporaryDir>

#include <memory>

namespace fieldfare::testlib {

/// A profile in a temporary folder, open on database threads, with what ui models and pages need. Plain file: what is
/// encrypted is tested elsewhere. Needs a QCoreApplication.
class OpenProfile {
public:
    /// `fill` puts records into the store before it is opened; null leaves it empty but seeded.
    using Fill = std::function<base::Result<void>(store::Store &, FixedClock &)>;
    explicit OpenProfile(const QLocale &locale = QLocale(QLocale::English, QLocale::UnitedStates));

    /// False, with a warning, when something fails.
    bool open(const Fill &fill, model::CatalogPointer catalog = model::Catalog::standard());
    /// What is done to the closed file between the filling and the opening; its path is given. Before open().
    void setBeforeOpening(std::function<void(const QString &)> work) { m_beforeOpening = std::move(work); }
    /// With the sample company.
    bool openSample(const SampleOptions &options = {});

    /// Returns when everything that was asked of the database until now, and what followed from it, was answered.
    void settle();

    [[nodiscard]] store::DatabaseThread &database() { return *m_database; }
    [[nodiscard]] ui::NameBook &names() { return *m_names; }
    [[nodiscard]] const ui::DisplayText &texts() const { return *m_texts; }
    [[nodiscard]] FixedClock &clock() { return m_clock; }
    [[nodiscard]] const SampleCompany &company() const { return m_company; }
    /// Runs on the store's thread and waits.
    template <typename T>
    base::Result<T> onStore(std::function<base::Result<T>(store::Store &)> work)
    {
        std::optional<base::Result<T>> result;
        QObject context;
        m_database->write<T>(std::move(work), &context, [&result](base::Result<T> answer) { result = std::move(answer); });
        waitFor([&result] { return result.has_value(); });
        if (!result)
            return base::Result<T>(base::ErrorCode::TimedOut, QStringLiteral("the store did not answer"));
        return *result;
    }

private:
    static bool waitFor(const std::function<bool()> &isDone);

    QTemporaryDir m_folder;
    std::function<void(const QString &)> m_beforeOpening;
    QLocale m_locale;
    FixedClock m_clock;
    SeededRandom m_random;
    SampleCompany m_company;
    std::unique_ptr<store::DatabaseThread> m_database;
    std::unique_ptr<ui::NameBook> m_names;
    std::unique_ptr<ui::DisplayText> m_texts;
};

} // namespace fieldfare::testlib
