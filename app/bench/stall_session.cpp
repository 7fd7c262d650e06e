// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/stall_session.h"

#include "app/bench/arriving_edits.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stall_script.h"
#include "app/bench/process_memory.h"
#include "app/bench/stopwatch.h"
#include "app/desktop/desktop_profile.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "ui/model/display_text.h"
#include "ui/model/name_book.h"
#include "ui/pages/records/records_page.h"
#include "ui/widgets/list/entity_list.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QLocale>
#include <QTimer>

#include <cstdio>

namespace fieldfare::bench {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

const QString kColleague = QStringLiteral("colleague");
const QString kDesk = QStringLiteral("desk");
constexpr double kFrameMs = 16;
constexpr int kEditsARound = 300;
constexpr int kOpenings = 5;
constexpr std::int64_t kSmallCompany = 1000;
constexpr int kLongestMs = 300'000;

/// Runs the event loop until `isDone`, at most kLongestMs.
bool waitUntil(const std::function<bool()> &isDone)
{
    QElapsedTimer waited;
    waited.start();
    QTimer tick; // nothing else may happen any more
    tick.start(50);
    while (!isDone()) {
        if (waited.elapsed() > kLongestMs)
            return false;
        // Not the one with a time: it does not wait, and the loop would take a processor from the threads that read.
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
    }
    return true;
}

/// Derives the key; nothing of the file is read.
Result<store::Profile> unlockProfile(const QString &folder, const base::Secret &passphrase)
{
    QObject context;
    app::DesktopProfile::Unlocked unlocked;
    const app::JoinedThread unlocking = app::DesktopProfile::unlock(folder, std::make_shared<const base::Secret>(passphrase.clone()), false, &context,
                                [&unlocked](const app::DesktopProfile::Unlocked &answer) { unlocked = answer; });
    if (!waitUntil([&unlocked] { return unlocked != nullptr; }))
        return Error{ErrorCode::TimedOut, QStringLiteral("the profile was not unlocked")};
    if (!unlocked->ok())
        return unlocked->error();
    return std::move(*unlocked).value();
}

/// An open profile with the window that a person sees, on the list of customers.
class Desk {
public:
    static Result<std::unique_ptr<Desk>> open(const QString &folder, const base::Secret &passphrase)
    {
        std::unique_ptr<Desk> desk(new Desk);
        FIELDFARE_ASSIGN(store::Profile unlocked, unlockProfile(folder, passphrase));
        const Stopwatch watch;
        desk->m_profile = std::make_unique<app::DesktopProfile>(std::move(unlocked), desk->m_clock, desk->m_random);
        bool isOpen = false;
        QObject context;
        QObject::connect(desk->m_profile.get(), &app::DesktopProfile::opened, &context, [&isOpen] { isOpen = true; });
        desk->m_profile->open();
        if (!waitUntil([&isOpen] { return isOpen; }))
            return Error{ErrorCode::TimedOut, QStringLiteral("the profile was not opened")};
        desk->showWindow();
        const ui::RecordListModel &customers = qobject_cast<ui::RecordsPage *>(desk->m_window->currentPage())->list().model();
        if (!waitUntil([&customers] { return customers.hasFirstPage(); }))
            return Error{ErrorCode::TimedOut, QStringLiteral("no list was shown")};
        QCoreApplication::processEvents(); // painted
        desk->m_firstListMs = watch.seconds() * 1000;
        return desk;
    }

    [[nodiscard]] app::DesktopProfile &profile() { return *m_profile; }
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }
    /// From the derived key to the painted first page.
    [[nodiscard]] double firstListMs() const { return m_firstListMs; }

private:
    Desk() = default;
    void showWindow()
    {
        const QLocale locale(QLocale::English, QLocale::UnitedStates);
        m_theme = std::make_unique<ui::Theme>(qobject_cast<QApplication *>(QCoreApplication::instance()));
        m_theme->apply();
        m_names = std::make_unique<ui::NameBook>(m_profile->database(), locale);
        m_texts = std::make_unique<ui::DisplayText>(*m_names, m_clock, locale);
        const ui::MainWindow::Parts parts{m_profile->database(), *m_theme, *m_names, *m_texts, m_clock, m_profile->sync()};
        m_window = std::make_unique<ui::MainWindow>(parts, ui::recordModules(*m_profile->database().catalog()));
        m_window->resize(1440, 900);
        m_window->show();
        m_window->openPage(QStringLiteral("customer"));
    }

    base::SystemClock m_clock;
    base::SystemRandom m_random;
    std::unique_ptr<app::DesktopProfile> m_profile;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::NameBook> m_names;
    std::unique_ptr<ui::DisplayText> m_texts;
    std::unique_ptr<ui::MainWindow> m_window;
    double m_firstListMs = 0;
};

Result<void> makeCompany(CompanyProcesses &company, std::int64_t rows)
{
    FIELDFARE_TRY(company.enrol(kColleague));
    FIELDFARE_TRY(company.run(kColleague, {QStringLiteral("generate"), QStringLiteral("--customers"), QString::number(rows), QStringLiteral("--seed"), QStringLiteral("11")}));
    FIELDFARE_TRY(company.run(kColleague, {QStringLiteral("sync")}));
    FIELDFARE_TRY(company.enrol(kDesk));
    return {};
}

/// Which keys took longer than a frame, on standard error.
void tellSlowAnswers(const PaintedAnswers &answers)
{
    for (const PaintedAnswers::Answer &answer : answers.answers()) {
        if (answer.paintedMs > kFrameMs)
            std::fprintf(stderr, "\"%s\": filled after %.1f ms, painted after %.1f ms; %s\n", qPrintable(answer.typed), answer.filledMs, answer.paintedMs, qPrintable(answer.footnote));
    }
}

/// Plays the script and tells the longest blocks.
Result<QList<Line>> play(Desk &desk, std::int64_t rows)
{
    StallScript script(desk.window());
    bool isDone = false;
    QObject::connect(&script, &StallScript::finished, &desk.window(), [&isDone] { isDone = true; });
    script.start();
    if (!waitUntil([&isDone] { return isDone; }))
        return Error{ErrorCode::TimedOut, QStringLiteral("the script did not end")};
    if (qEnvironmentVariableIsSet("FIELDFARE_STALL_STACKS"))
        tellSlowAnswers(script.answers());
    QList<Line> lines;
    Line worst{QStringLiteral("stall"), 0, QStringLiteral("ms"), kFrameMs, rows};
    Line worstOwn{QStringLiteral("stall/without waiting for a processor"), 0, QStringLiteral("ms"), kFrameMs, rows};
    for (const StallScript::Part &part : script.parts()) {
        const QString name = QString::fromLatin1(part.name);
        lines.append({QStringLiteral("stall/") + name, part.longestOwnMs, QStringLiteral("ms"), kFrameMs, rows});
        if (qstrcmp(part.name, StallScript::kOpening) == 0)
            continue; // not while one scrolls, searches and syncs
        worst.value = std::max(worst.value, part.longestMs);
        worstOwn.value = std::max(worstOwn.value, part.longestOwnMs);
    }
    std::vector<double> answers = script.answers().tookMs();
    if (answers.size() < size_t(script.answers().keys()) / 2)
        return Error{ErrorCode::Internal, QStringLiteral("%1 keys were answered by %2 lists").arg(script.answers().keys()).arg(answers.size())};
    lines.append({QStringLiteral("search-typeahead/key press to painted rows, median"), median(answers), QStringLiteral("ms"), kFrameMs, rows});
    lines.append({QStringLiteral("search-typeahead/key press to painted rows"), percentile(answers, 0.99), QStringLiteral("ms p99"), kFrameMs, rows});
    lines.prepend(worstOwn);
    lines.prepend(worst);
    return lines;
}

Result<std::unique_ptr<SampleProfile>> closedProfile(std::int64_t customers)
{
    FIELDFARE_ASSIGN(auto profile, SampleProfile::createIn({}));
    if (customers > 0)
        FIELDFARE_TRY(profile->insertCompany(customers, {}));
    FIELDFARE_TRY(profile->finish());
    profile->close();
    return profile;
}

/// The median of some openings.
Result<double> openingMs(const QString &folder)
{
    std::vector<double> took;
    for (int i = 0; i < kOpenings; ++i) {
        FIELDFARE_ASSIGN(const auto desk, Desk::open(folder, SampleProfile::passphrase()));
        took.push_back(desk->firstListMs());
    }
    return median(took);
}

/// After everything else, as what closed windows leave in a process is not its memory in use.
Result<QList<Line>> measureStarts(const QString &folder, std::int64_t rows)
{
    FIELDFARE_ASSIGN(const auto empty, closedProfile(0));
    FIELDFARE_ASSIGN(const auto small, closedProfile(kSmallCompany));
    FIELDFARE_ASSIGN(const double emptyMs, openingMs(empty->folder()));
    FIELDFARE_ASSIGN(const double smallMs, openingMs(small->folder()));
    FIELDFARE_ASSIGN(const double largeMs, openingMs(folder));
    return QList<Line>{{QStringLiteral("start/desktop, key to painted list"), largeMs, QStringLiteral("ms"), emptyMs, rows},
                       {QStringLiteral("start/desktop, beside %1 customers").arg(kSmallCompany), largeMs, QStringLiteral("ms"), smallMs, rows}};
}

Line arrived(int edits, std::int64_t rows)
{
    return {QStringLiteral("stall/rows that arrived meanwhile"), double(edits), QStringLiteral("rows"), std::nullopt, rows};
}

} // namespace

Result<QList<Line>> measureStalls(const Options &options)
{
    FIELDFARE_ASSIGN(const auto company, CompanyProcesses::start());
    FIELDFARE_TRY(makeCompany(*company, options.rows));
    FIELDFARE_ASSIGN(const QList<QByteArray> numbers, company->customerNumbers(kColleague, kEditsARound));
    FIELDFARE_ASSIGN(const auto desk, Desk::open(company->path(kDesk), base::Secret::fromBytes(CompanyProcesses::passphrase())));
    desk->profile().startSync();
    int edits = 0;
    QObject::connect(&desk->profile().sync(), &store::SyncStatus::finished, &desk->window(), [&edits](int, int pulled) { edits += pulled; });
    Colleague colleague(*company, kColleague, numbers);
    colleague.start();
    FIELDFARE_ASSIGN(QList<Line> lines, play(*desk, options.rows));
    colleague.stop();
    lines.append(arrived(edits, options.rows));
    return lines;
}

Result<QList<Line>> measureDesk(const QString &folder)
{
    FIELDFARE_ASSIGN(auto desk, Desk::open(folder, SampleProfile::passphrase()));
    const std::int64_t opened = processBytes(QCoreApplication::applicationPid(), "VmRSS");
    BackgroundImport import(desk->profile().database());
    import.start();
    const auto rows = qint64(0);
    FIELDFARE_ASSIGN(QList<Line> lines, play(*desk, rows));
    import.stop();
    constexpr double kMegabyte = 1e6;
    constexpr double kMostMegabytes = 250;
    lines.append(arrived(import.edited(), rows));
    lines.append({QStringLiteral("memory/desktop, opened"), double(opened) / kMegabyte, QStringLiteral("MB"), kMostMegabytes, rows});
    lines.append({QStringLiteral("memory/desktop, after the session"), double(processBytes(QCoreApplication::applicationPid(), "VmRSS")) / kMegabyte, QStringLiteral("MB"), kMostMegabytes, rows});
    lines.append({QStringLiteral("memory/desktop, peak"), double(processBytes(QCoreApplication::applicationPid(), "VmHWM")) / kMegabyte, QStringLiteral("MB"), kMostMegabytes, rows});
    desk.reset();
    FIELDFARE_ASSIGN(const QList<Line> starts, measureStarts(folder, rows));
    return lines + starts;
}

} // namespace fieldfare::bench
