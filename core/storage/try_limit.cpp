// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/try_limit.h"

#include "core/base/logging.h"
#include "core/storage/key_file.h"
#include "core/storage/secret_file.h"

#include <QFile>

#include <algorithm>

namespace fieldfare::storage {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr int kMaxMinutes = 60;
constexpr int kMostFailures = 1'000'000;
constexpr qsizetype kMostBytes = 256;

int waitMinutes(int failures)
{
    const int waits = std::max(0, failures - TryLimit::kFreeTries);
    return waits >= 6 ? kMaxMinutes : std::min(kMaxMinutes, 1 << waits);
}

} // namespace

/// What cannot be read counts for nothing: it would lock a person out, and a guesser could as well remove the file.
TryLimit::Count TryLimit::read() const
{
    const auto bytes = QFile::exists(m_path) ? secret_file::read(m_path, kMostBytes) : base::Result<QByteArray>(QByteArray());
    const QList<QByteArray> words = bytes.ok() ? bytes->trimmed().split(' ') : QList<QByteArray>();
    if (words.size() != 5 || words[0] != "1")
        return {};
    bool areNumbers[3] = {};
    const Count count{words[1].toInt(&areNumbers[0]), words[2].toLongLong(&areNumbers[1]), words[3].toLongLong(&areNumbers[2]), QByteArray::fromHex(words[4])};
    const bool isSound = areNumbers[0] && areNumbers[1] && areNumbers[2] && count.failures > 0 && count.failures <= kMostFailures && count.wallMs >= 0 && count.bootMs >= 0;
    return isSound ? count : Count();
}

void TryLimit::noteFailure() const
{
    const int failures = std::min(kMostFailures, read().failures + 1);
    const QByteArray line = "1 " + QByteArray::number(failures) + ' ' + QByteArray::number(qint64(m_clock.wallMs())) + ' ' + QByteArray::number(qint64(m_clock.bootMs())) + ' '
        + m_clock.bootId().toHex() + '\n';
    if (const auto written = secret_file::writeDurably(m_path, line); !written.ok())
        qCWarning(lcStorage) << "a wrong passphrase could not be counted:" << written.error().detail;
}

void TryLimit::noteSuccess() const
{
    if (QFile::exists(m_path) && !QFile::remove(m_path))
        qCWarning(lcStorage) << "the count of wrong passphrases could not be removed";
}

int TryLimit::secondsToWait() const
{
    const Count count = read();
    if (count.failures < kFreeTries)
        return 0;
    const std::int64_t boot = m_clock.bootMs();
    const std::int64_t wait = waitMinutes(count.failures) * kMinuteMs;
    // The machine was started anew: as long ago as it runs, or longer by the wall clock.
    const std::int64_t passed = count.bootId == m_clock.bootId() ? boot - count.bootMs : std::max(boot, m_clock.wallMs() - count.wallMs);
    return int((wait - std::clamp<std::int64_t>(passed, 0, wait) + 999) / 1000);
}

bool TryLimit::isWrongGuess(const base::Error &error)
{
    return error.code == base::ErrorCode::WrongPassphrase || KeyFile::didCopyRefuse(error);
}

int TryLimit::triesLeft() const
{
    return secondsToWait() > 0 ? 0 : std::max(1, kFreeTries - read().failures);
}

int TryLimit::nextWaitMinutes() const
{
    return waitMinutes(std::max(kFreeTries, read().failures + 1));
}

base::Result<void> TryLimit::requireAllowed() const
{
    const int seconds = secondsToWait();
    if (seconds == 0)
        return {};
    return base::Error{base::ErrorCode::TooManyAttempts, QStringLiteral("wrong passphrases; the next try is possible in %1 s").arg(seconds), {QString::number(seconds)}};
}

} // namespace fieldfare::storage
