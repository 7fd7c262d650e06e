// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QObject>

#include <functional>

namespace fieldfare::app {

/// Work on a store that may live on another thread.
class StoreAccess {
public:
    using Work = std::function<base::Result<void>(store::Store &)>;
    using Done = std::function<void(base::Result<void>)>;

    virtual ~StoreAccess() = default;
    /// `done` is called once, later, on the caller's thread, unless the access was destroyed before.
    virtual void run(Work work, Done done) = 0;
};

/// The store is on this thread: work is done at once.
class DirectStoreAccess final : public QObject, public StoreAccess {
public:
    explicit DirectStoreAccess(store::Store &store) : m_store(store) {}

    void run(Work work, Done done) override
    {
        QMetaObject::invokeMethod(this, [done = std::move(done), result = work(m_store)] { done(result); }, Qt::QueuedConnection);
    }

private:
    store::Store &m_store;
};

} // namespace fieldfare::app
