// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/termination.h"

#include "core/base/platform.h"

#include <QAbstractEventDispatcher>

#include <atomic>

namespace fieldfare::base {

namespace {

// A signal may come at any instruction: its handler only notes it and wakes the loop.
std::atomic<bool> terminationRequested{false};
std::atomic<QAbstractEventDispatcher *> dispatcherToWake{nullptr};

void onTermination()
{
    terminationRequested = true;
    if (QAbstractEventDispatcher *const dispatcher = dispatcherToWake)
        dispatcher->wakeUp();
}

} // namespace

void whenTerminated(QObject *context, const std::function<void()> &call)
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, context, [call] {
        if (terminationRequested.exchange(false))
            call();
    });
    dispatcherToWake = dispatcher;
    platform::onTerminationRequest(onTermination);
}

void stopWaitingForTermination()
{
    dispatcherToWake = nullptr;
}

} // namespace fieldfare::base
