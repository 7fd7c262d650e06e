// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QEventLoop>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace fieldfare::app {

/// Runs the event loop until an asynchronous call has called back: for the command line, which has nothing else to do. `start` gets
/// the callback. When `isStopped` says so, it gives up with Cancelled; a late callback then goes nowhere.
template <typename T>
base::Result<T> waitFor(const std::function<void(std::function<void(base::Result<T>)>)> &start, const std::function<bool()> &isStopped = {})
{
    struct Waiting {
        QEventLoop loop;
        std::optional<base::Result<T>> answer;
    };
    const auto waiting = std::make_shared<Waiting>();
    start([weak = std::weak_ptr<Waiting>(waiting)](base::Result<T> result) {
        if (const auto present = weak.lock()) {
            present->answer.emplace(std::move(result));
            present->loop.quit();
        }
    });
    QTimer timer;
    if (isStopped) {
        QObject::connect(&timer, &QTimer::timeout, &waiting->loop, [&] {
            if (isStopped())
                waiting->loop.quit();
        });
        timer.start(100);
    }
    if (!waiting->answer)
        waiting->loop.exec();
    if (!waiting->answer)
        return base::Error{base::ErrorCode::Cancelled, QString()};
    return std::move(*waiting->answer);
}

} // namespace fieldfare::app
