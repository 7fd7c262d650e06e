// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/stall_session.h"

#include "app/bench/company_processes.h"
#include "app/bench/stall_script.h"
#include "app/composition/enrolment.h"
#include "app/desktop/desktop_profile.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "ui/model/display_text.h"
#include "ui/model/name_book.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QLocale>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

const QString kColleague = QStringLiteral("colleague");
const QString kDesk = QStringLiteral("desk");
constexpr double kFrameMs = 16;
constexpr int kEditsARound = 300;
constexpr int kLongestMs = 300'000;

/// Edits customers and pushes, again and again, in other processes.
class Colleague final : public QObject {
public:
    Colleague(CompanyProcesses &company, QList<QByteArray> numbers) : m_company(company), m_numbers(std::move(numbers)) {}
    ~Colleague() override { stop(); }

    void start() { import(); }
    void stop()
    {
        m_isStopping = true;
        if (m_process != nullptr) {
            m_process->terminate();
            if (!m_process->waitForFinished(30'000))
                m_process->kill();
            m_process->waitForFinished();
        }
    }

private:
    void import()
    {
        QFile edits(m_company.path(QStringLiteral("round.csv")));
        if (!edits.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return;
        edits.write("number,next_step\n");
        for (const QByteArray &number : std::as_const(m_numbers))
            edits.write(number + ",Round " + QByteArray::number(m_rounds) + '\n');
        edits.close();
        run({QStringLiteral("import"), QStringLiteral("customer"), edits.fileName(), QStringLiteral("--key"), QStringLiteral("number")}, [this] { push(); });
    }
    void push()
    {
        run({QStringLiteral("sync")}, [this] {
            ++m_rounds;
            import();
        });
    }
    void run(const QStringList &words, std::function<void()> then)
    {
        if (m_isStopping)
            return;
        m_process = m_company.begin(kColleague, words);
        connect(m_process.get(), &QProcess::finished, this, [this, then = std::move(then)] {
            if (!m_isStopping)
                QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
        });
    }

    CompanyProcesses &m_company;
    QList<QByteArray> m_numbers;
    std::unique_ptr<QProcess> m_process;
    bool m_isStopping = false;
    int m_rounds = 0;
};

/// Runs the event loop until `isDone`, at most kLongestMs.
bool waitUntil(const std::function<bool()> &isDone)
{
    QElapsedTimer waited;
    waited.start();
    while (!isDone()) {
        if (waited.elapsed() > kLongestMs)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
    }
    return true;
}

Result<std::unique_ptr<app::DesktopProfile>> openDesk(CompanyProcesses &company, const base::Clock &clock, base::RandomSource &random)
{
    QObject context;
    app::DesktopProfile::Unlocked unlocked;
    app::DesktopProfile::unlock(company.path(kDesk), std::make_shared<const base::Secret>(base::Secret::fromBytes(CompanyProcesses::passphrase())), false,
                                &context, [&unlocked](const app::DesktopProfile::Unlocked &answer) { unlocked = answer; });
    if (!waitUntil([&unlocked] { return unlocked != nullptr; }))
        return Error{ErrorCode::TimedOut, QStringLiteral("the profile was not unlocked")};
    if (!unlocked->ok())
        return unlocked->error();
    auto profile = std::make_unique<app::DesktopProfile>(std::move(*unlocked).value(), clock, random);
    bool isOpen = false;
    QObject::connect(profile.get(), &app::DesktopProfile::opened, &context, [&isOpen] { isOpen = true; });
    profile->open();
    if (!waitUntil([&isOpen] { return isOpen; }))
        return Error{ErrorCode::TimedOut, QStringLiteral("the profile was not opened")};
    return profile;
}

Result<void> makeCompany(CompanyProcesses &company, std::int64_t rows)
{
    FIELDFARE_TRY(company.enrol(kColleague));
    FIELDFARE_TRY(company.run(kColleague, {QStringLiteral("generate"), QStringLiteral("--customers"), QString::number(rows), QStringLiteral("--seed"), QStringLiteral("11")}));
    FIELDFARE_TRY(company.run(kColleague, {QStringLiteral("sync")}));
    FIELDFARE_TRY(company.enrol(kDesk));
    return {};
}

} // namespace

Result<QList<Line>> measureStalls(const Options &options)
{
    FIELDFARE_ASSIGN(const auto company, CompanyProcesses::start());
    FIELDFARE_TRY(makeCompany(*company, options.rows));
    FIELDFARE_ASSIGN(const QList<QByteArray> numbers, company->customerNumbers(kColleague, kEditsARound));
    const base::SystemClock clock;
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const auto profile, openDesk(*company, clock, random));
    const QLocale locale(QLocale::English, QLocale::UnitedStates);
    ui::Theme theme(qobject_cast<QApplication *>(QCoreApplication::instance()));
    theme.apply();
    ui::NameBook names(profile->database(), locale);
    const ui::DisplayText texts(names, clock, locale);
    const ui::MainWindow::Parts parts{profile->database(), theme, names, texts, clock, profile->sync()};
    ui::MainWindow window(parts, ui::recordModules(*profile->database().catalog()));
    window.resize(1440, 900);
    window.show();
    profile->startSync();
    int arrived = 0;
    QObject::connect(&profile->sync(), &store::SyncStatus::finished, &window, [&arrived](int, int pulled) { arrived += pulled; });
    Colleague colleague(*company, numbers);
    colleague.start();
    StallScript script(window);
    bool isDone = false;
    QObject::connect(&script, &StallScript::finished, &window, [&isDone] { isDone = true; });
    script.start();
    if (!waitUntil([&isDone] { return isDone; }))
        return Error{ErrorCode::TimedOut, QStringLiteral("the script did not end")};
    colleague.stop();
    QList<Line> lines;
    Line worst{QStringLiteral("stall"), 0, QStringLiteral("ms"), kFrameMs, options.rows};
    Line worstOwn{QStringLiteral("stall/without waiting for a processor"), 0, QStringLiteral("ms"), kFrameMs, options.rows};
    for (const StallScript::Part &part : script.parts()) {
        const QString name = QString::fromLatin1(part.name);
        lines.append({QStringLiteral("stall/") + name, part.longestOwnMs, QStringLiteral("ms"), kFrameMs, options.rows});
        if (qstrcmp(part.name, StallScript::kOpening) == 0)
            continue; // not while one scrolls, searches and syncs
        worst.value = std::max(worst.value, part.longestMs);
        worstOwn.value = std::max(worstOwn.value, part.longestOwnMs);
    }
    lines.append({QStringLiteral("stall/rows that arrived meanwhile"), double(arrived), QStringLiteral("rows"), std::nullopt, options.rows});
    lines.prepend(worstOwn);
    lines.prepend(worst);
    return lines;
}

} // namespace fieldfare::bench
