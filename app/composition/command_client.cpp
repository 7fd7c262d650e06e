// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/command_client.h"

#include "core/base/local_socket_path.h"
#include "core/store/profile.h"

#include <QLocalSocket>

namespace fieldfare::app {

std::optional<int> runElsewhere(const QString &profileFolder, const CommandRequest &request,
                                const std::function<void(const CommandAnswer &)> &onAnswer)
{
    QLocalSocket socket;
    const base::LocalSocketPath path(store::ProfilePaths{profileFolder}.socket());
    socket.connectToServer(path.path());
    if (!socket.waitForConnected(1000))
        return std::nullopt;
    socket.write(command_wire::frame(request));
    QByteArray buffer;
    bool isTaken = false;
    for (;;) {
        // No time limit: an import may run for minutes without a word.
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(-1) && socket.bytesAvailable() == 0)
            break;
        buffer += socket.readAll();
        bool isBroken = false;
        while (const auto body = command_wire::takeFrame(buffer, isBroken)) {
            const auto answer = command_wire::readAnswer(*body);
            if (!answer)
                return kWentAway;
            if (answer->kind == CommandAnswer::Kind::Exit)
                return answer->exitCode;
            if (answer->kind == CommandAnswer::Kind::Taken)
                isTaken = true;
            else
                onAnswer(*answer);
        }
        if (isBroken)
            return kWentAway;
    }
    if (!isTaken)
        return std::nullopt; // it ended before it read the command
    return kWentAway;
}

} // namespace fieldfare::app
