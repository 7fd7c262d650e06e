// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/program.h"
#include "core/base/platform.h"
#include "core/base/secret.h"
#include "translations/translators.h"

#include <QCoreApplication>
#include <QLocale>

#include <cstdio>

namespace {

class StandardOutput final : public fieldfare::app::CommandOutput {
public:
    void out(const QByteArray &bytes) override
    {
        std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
        std::fflush(stdout);
    }
    void err(const QByteArray &bytes) override
    {
        std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
        std::fflush(stderr);
    }
};

} // namespace

int main(int argc, char *argv[])
{
    fieldfare::base::platform::restrictNewFilesToOwner();
    fieldfare::base::platform::surviveFileSizeLimits();
    fieldfare::base::Secret::initializeHeap();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("fieldfare-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FIELDFARE_VERSION));
    fieldfare::Translators translators; // of what went wrong; names of commands and fields are the same everywhere
    translators.install(QLocale());
    StandardOutput output;
    return fieldfare::app::Program(output).run(QCoreApplication::arguments().mid(1));
}
