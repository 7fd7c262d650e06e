// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/secret_store.h"

#include <QPointer>
#include <QMap>
#include <QObject>

#include <functional>
#include <optional>

namespace fieldfare::testlib {

/// A keychain as tests need it: there or not, willing or not. Answers through the event loop, as the real one.
class FakeKeychain final : public app::SecretStore {
public:
    /// Outlives the store, which programs own.
    struct State {
        bool isAvailable = true;
        bool isSilent = false;                    ///< It asks the person, who is away.
        std::function<void()> held = {};          ///< What it says when the person comes.
        std::optional<base::ErrorCode> fails = {}; ///< What it says to everything.
        QMap<QString, QByteArray> kept = {};
        int reads = 0;
        std::function<void()> removing = {}; ///< Called when it is asked to forget something.
    };
    explicit FakeKeychain(State &state) : m_state(state) {}

    [[nodiscard]] bool isAvailable() const override { return m_state.isAvailable; }
    void read(const QString &name, QObject *context, Found done) override
    {
        ++m_state.reads;
        later(context, [this, name, done = std::move(done)] {
            if (m_state.fails)
                return done(base::Error{*m_state.fails, {}, {}});
            if (!m_state.kept.contains(name))
                return done(base::Error{base::ErrorCode::NotFound, {}, {}});
            done(std::make_shared<const base::Secret>(base::Secret::fromBytes(m_state.kept.value(name))));
        });
    }
    void write(const QString &name, const base::Secret &secret, QObject *context, Done done) override
    {
        later(context, [this, name, bytes = secret.view().toByteArray(), done = std::move(done)] {
            if (m_state.fails)
                return done(base::Error{*m_state.fails, {}, {}});
            m_state.kept.insert(name, bytes);
            done({});
        });
    }
    void remove(const QString &name, QObject *context, Done done) override
    {
        if (m_state.removing)
            m_state.removing();
        later(context, [this, name, done = std::move(done)] {
            if (m_state.fails)
                return done(base::Error{*m_state.fails, {}, {}});
            m_state.kept.remove(name);
            done({});
        });
    }

private:
    void later(QObject *context, const std::function<void()> &answer) const
    {
        if (!m_state.isSilent)
            QMetaObject::invokeMethod(context, answer, Qt::QueuedConnection);
        else
            m_state.held = [context = QPointer<QObject>(context), answer] {
                if (context)
                    answer();
            };
    }

    State &m_state;
};

} // namespace fieldfare::testlib
