// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/qt_messages.h"

#include <atomic>

namespace fieldfare::app {

namespace {

std::atomic<server::RequestLog *> s_log{nullptr}; // a handler of messages is a plain function

const char *levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    default:
        return "error";
    }
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (server::RequestLog *const log = s_log.load()) {
        log->write(levelOf(type), QStringLiteral("message"),
                   {{QStringLiteral("category"), QString::fromUtf8(context.category)}, {QStringLiteral("detail"), text}});
    }
}

} // namespace

QtMessages::QtMessages(server::RequestLog &log)
{
    s_log = &log;
    qInstallMessageHandler(write);
}

QtMessages::~QtMessages()
{
    qInstallMessageHandler(nullptr);
    s_log = nullptr;
}

} // namespace fieldfare::app
