// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

/// What the store's tests share: a clock and random source of their own, an encrypted file in a temporary folder, and short
/// ways to say what changes.
namespace fieldfare::store_test {

class TestClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return m_ms; }
    [[nodiscard]] std::int64_t bootMs() const override { return m_ms - 1'700'000'000'000; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
    void advance(std::int64_t ms) { m_ms += ms; }

private:
    std::int64_t m_ms = 1'790'000'000'000;
};

/// The same bytes in each run.
class TestRandom final : public base::RandomSource {
public:
    explicit TestRandom(std::uint64_t seed = 1) : m_state(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::uint64_t m_state;
};

/// An encrypted profile that can be closed and opened again.
class TestProfile {
public:
    explicit TestProfile(model::CatalogPointer catalog = model::Catalog::standard());
    ~TestProfile();

    /// Opens (again). False when that fails; the error is kept then.
    bool open();
    bool openWith(model::CatalogPointer catalog);
    void close() { m_store.reset(); }
    [[nodiscard]] store::Store &store() { return *m_store; }
    [[nodiscard]] const base::Error &error() const { return m_error; }
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("fieldfare.db")); }
    [[nodiscard]] std::shared_ptr<const storage::DataKey> key() const { return m_key; }
    /// Gives the profile a device and a user of its own.
    void identify(const QString &serverUrl = {});

    TestClock clock;
    TestRandom random;

private:
    QTemporaryDir m_folder;
    std::shared_ptr<const storage::DataKey> m_key;
    model::CatalogPointer m_catalog;
    std::unique_ptr<store::Store> m_store;
    base::Error m_error;
};

struct NamedValue {
    const char *field;
    model::Value value;
};

[[nodiscard]] inline model::Value text(const char *words)
{
    return model::Value(QString::fromUtf8(words));
}
[[nodiscard]] inline model::Value number(std::int64_t n)
{
    return model::Value(n);
}
[[nodiscard]] model::Value reference(const model::Catalog &catalog, const char *entity, const base::Id &id);

[[nodiscard]] changes::LocalChange create(const model::Catalog &catalog, const char *entity, const std::vector<NamedValue> &values,
                                          const base::Id &id = {});
[[nodiscard]] changes::LocalChange set(const model::Catalog &catalog, const char *entity, const base::Id &id,
                                       const std::vector<NamedValue> &values);
[[nodiscard]] changes::LocalChange mark(const model::Catalog &catalog, const char *entity, const base::Id &id,
                                        changes::OperationKind kind);
[[nodiscard]] store::ChangeSet setOf(std::vector<changes::LocalChange> changes, const char *label = "Test");

/// Commits one change; the report. Ends the program on an error, with its text.
store::CommitReport commit(store::Store &store, changes::LocalChange change);
store::CommitReport commit(store::Store &store, std::vector<changes::LocalChange> changes);
/// The value of a field; ends the program when the row is not here.
model::Value valueOf(store::Store &store, const char *entity, const base::Id &id, const char *field);

} // namespace fieldfare::store_test
