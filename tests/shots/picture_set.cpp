// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/picture_set.h"

#include "core/store/joining.h"
#include "core/store/query/list_reader.h"
#include "tests/testlib/attach_plan.h"
#include "tests/shots/shown_text.h"
#include "ui/pages/records/records_page.h"
#include "ui/pages/review/conflict_pane.h"
#include "ui/pages/review/review_page.h"
#include "ui/pages/settings/backups_section.h"
#include "ui/pages/settings/bring_back_panel.h"
#include "ui/pages/settings/data_quality_section.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/welcome/connect_page.h"
#include "ui/pages/welcome/plan_view.h"
#include "ui/pages/welcome/unlock_page.h"
#include "ui/pages/welcome/update_page.h"
#include "ui/pages/welcome/welcome_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/standard_modules.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/side_bar.h"
#include "ui/widgets/controls/toast.h"
#include "ui/widgets/form/entity_form.h"
#include "ui/widgets/form/form_row.h"
#include "ui/widgets/list/entity_list.h"
#include "ui/widgets/record/record_panel.h"
#include "ui/widgets/theme/metrics.h"

#include <QImage>
#include <QPushButton>
#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QThreadPool>

namespace fieldfare::shots {

using model::Value;

namespace {

constexpr QSize kWindow(1440, 900);
constexpr QSize kSmallWindow(760, 520);
constexpr QSize kFirstStart(860, 640);
constexpr QSize kUnlock(480, 400);

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QLocale localeOf(const Look &look)
{
    return look.chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedStates);
}

/// Every word with Latin letters that stands in the records: what a Chinese page may show besides its own words.
base::Result<QSet<QString>> latinWordsOfRecords(store::Store &store)
{
    QSet<QString> words;
    for (const model::Entity &entity : store.catalog()->entities()) {
        store::ListReader reader(store.connection(), store.catalog(), {});
        store::ListQuery all;
        all.entity = entity.id();
        FIELDFARE_ASSIGN(const std::vector<store::RowView> rows, reader.firstRows(all, 1'000));
        for (const store::RowView &row : rows) {
            for (const model::Field &field : entity.fields()) {
                const Value &value = row.record.value(field);
                // Keys of choices are words of the program, whatever record they stand in.
                if (field.valueType() != model::FieldType::Choice && value.text() != nullptr)
                    words += latinWords(*value.text());
            }
            for (const QString &tag : row.record.tags)
                words += latinWords(tag);
        }
    }
    return words;
}

class ShownJoining final : public store::Joining {
public:
    void probe(const QString &address) override { Q_EMIT probed({address, s("Sonron"), s("TLS 1.3"), s("5F3A 91C4 07BE 22D8"), true}); }
    void begin(const store::JoinRequest &) override {}
    void cancel() override {}
    void setPaused(bool) override {}
};

/// The address, as far as a person has come who now types name and password.
void typeServer(const QWidget &page)
{
    for (QLineEdit *field : page.findChildren<QLineEdit *>()) {
        if (!field->placeholderText().isEmpty()) {
            field->setText(s("crm.sonron.example"));
            Q_EMIT field->editingFinished();
        }
    }
}

class ShownAttaching final : public domain::Attaching {
public:
    void open() override { Q_EMIT standingChanged({}); }
    void probe(const QString &address) override { Q_EMIT probed({address, {}, s("TLS 1.3"), s("5F3A 91C4 07BE 22D8 5F3A 91C4 07BE 22D8"), false}); }
    void begin(const QString &, const std::shared_ptr<const base::Secret> &, const QString &) override {}
    void resume() override {}
    void attach(domain::DuplicatePolicy) override {}
    void stop() override {}
};

constexpr qint64 kHourMs = 3'600'000;
constexpr QLatin1StringView kBackupFolder("/media/anna/Backups");

/// A full one and what changed since, one of them tried out, and one whose base was lost.
store::BackupList shownBackups(qint64 nowMs)
{
    using Standing = store::ListedBackup::Standing;
    struct Shown {
        qint64 hoursAgo;
        bool isFull;
        qint64 bytes;
        Standing standing;
        qint64 triedHoursAgo; // -1: never
        bool isSound;
    };
    store::BackupList list;
    list.isThere = true;
    list.ofOthers = 2;
    for (const Shown &shown : {Shown{5, false, 2'400'000, Standing::Whole, -1, false}, Shown{29, false, 1'100'000, Standing::Whole, 28, true},
                               Shown{53, true, 412'000'000, Standing::Whole, 30, false}, Shown{900, false, 3'700'000, Standing::BaseMissing, -1, false}}) {
        store::ListedBackup listed;
        listed.backup.folder = QStringLiteral("%1/fieldfare-0080b3a1c2d4-%2").arg(kBackupFolder).arg(shown.hoursAgo);
        listed.backup.manifest.kind = shown.isFull ? storage::BackupManifest::Kind::Full : storage::BackupManifest::Kind::Increment;
        listed.backup.manifest.at = nowMs - shown.hoursAgo * kHourMs;
        listed.backup.bytes = shown.bytes;
        listed.standing = shown.standing;
        if (shown.triedHoursAgo >= 0)
            listed.tried = storage::DrillNote{{}, {}, nowMs - shown.triedHoursAgo * kHourMs, shown.isSound};
        list.backups.append(listed);
    }
    return list;
}

} // namespace

void ShownStatus::show(store::LinkState::Link link, qint64 nowMs)
{
    m_state.link = link;
    m_state.server = s("crm.sonron.example");
    const bool offline = link == store::LinkState::Link::Offline;
    m_state.lastSyncedAt = nowMs - (offline ? 3 * 86'400'000LL : 120'000);
    m_state.offlineSince = offline ? m_state.lastSyncedAt : 0;
    Q_EMIT changed();
}

PictureSet::PictureSet(const Look &look, const QFont &font, Take take)
    : m_look(look), m_font(font), m_take(std::move(take)), m_theme(qApp)
{
    QLocale::setDefault(localeOf(look));
    m_translators.install(localeOf(look));
    QApplication::setFont(ui::stepped(font, look.textStep));
    m_theme.setMode(look.mode);
    m_theme.apply();
}

PictureSet::~PictureSet()
{
    m_window.reset();
    m_translators.remove();
    QApplication::setFont(m_font);
}

bool PictureSet::openProfile()
{
    m_profile = std::make_unique<testlib::OpenProfile>(localeOf(m_look));
    return m_profile->open([this](store::Store &store, testlib::FixedClock &clock) -> base::Result<void> {
        FIELDFARE_ASSIGN(m_company, fillShownCompany(store, clock, m_look.chinese));
        FIELDFARE_ASSIGN(m_words, latinWordsOfRecords(store));
        FIELDFARE_TRY(store.setSetting(s("backup.schedule"), store::BackupSchedule{store::BackupSchedule::Every::Week, kBackupFolder, 18 * 60}.toJson()));
        FIELDFARE_TRY(store.setSetting(s("backup.last"), store::BackupOutcome{clock.wallMs() - 5 * kHourMs, {}, false, 2'400'000}.toJson()));
        m_words += latinWords(s("media anna Backups profile NEW-FOLDER backup restore")); // a folder, and a command
        m_words += latinWords(s("con Laptop West-07 anna Sonron ACME Acme Ltd Zoomit Roof home markita fieldfare before attach")); // what is typed into the palette, and the name of a device
        return {};
    });
}

void PictureSet::makeWindow()
{
    m_preferences = std::make_unique<ui::Preferences>(m_folder.filePath(s("preferences.ini")));
    m_preferences->setThemeMode(m_look.mode);
    m_preferences->setTextStep(m_look.textStep);
    m_preferences->setLanguage(m_look.chinese ? s("zh_CN") : s("en"));
    m_security.shown.locksWithSession = true;
    m_security.shown.hasKeychain = m_look.mode != ui::ThemeMode::HighContrast;
    m_security.shown.unlocksByKeychain = m_look.mode == ui::ThemeMode::Dark;
    const bool offline = m_look.mode != ui::ThemeMode::Light;
    m_status.show(offline ? store::LinkState::Link::Offline : store::LinkState::Link::Synced, m_profile->clock().wallMs());
    const ui::MainWindow::Parts parts{m_profile->database(), m_theme, m_profile->names(), m_profile->texts(), m_profile->clock(), m_status};
    m_backupRunner = std::make_unique<store::BackupRunner>(store::BackupOrigin{{m_folder.path()}, {}}, m_profile->clock());
    m_backups = std::make_unique<store::BackupKeeper>(m_profile->database(), *m_backupRunner, m_profile->clock());
    m_window = std::make_unique<ui::MainWindow>(
        parts, ui::standardModules(*m_profile->database().catalog(), *m_preferences, &m_security, m_backups.get()));
    m_window->resize(kWindow);
    m_window->show();
    m_window->activateWindow();
    m_profile->settle();
}

ui::RecordsPage &PictureSet::records() const
{
    return *qobject_cast<ui::RecordsPage *>(m_window->currentPage());
}

void PictureSet::take(const char *name)
{
    m_profile->settle();
    // A list view lays itself out when nothing else is to be done, which may be after the picture, and once more when its scroll
    // bar took room.
    for (int round = 0; round < 3; ++round) {
        for (QListView *view : m_window->findChildren<QListView *>()) {
            if (view->isVisible())
                view->doItemsLayout();
        }
        QCoreApplication::processEvents();
    }
    // What one layout asks of the next comes with further events: the picture is taken when two in a row are the same.
    constexpr int kMostLooks = 10;
    QImage before;
    for (int look = 0; look < kMostLooks; ++look) {
        const QImage now = m_window->grab().toImage();
        if (now == before)
            break;
        before = now;
        m_profile->settle();
        QCoreApplication::processEvents();
    }
    m_take(s(name), *m_window);
}

bool PictureSet::draw()
{
    if (!openProfile())
        return false;
    makeWindow();
    drawCustomers();
    drawEmpty();
    drawLists();
    drawPalette();
    drawPages();
    drawReview();
    drawSmall();
    m_window.reset();
    m_backups.reset();
    drawFirstStart();
    return true;
}

void PictureSet::drawCustomers()
{
    ui::RecordsPage &page = records();
    const model::Entity &customer = page.list().model().entity();
    ui::EditModel &model = page.record().model();
    m_window->openRecord({page.entity(), m_company.treequote});
    m_profile->settle();
    page.list().focusTable();
    take("customers");
    model.edit(*customer.field(s("source")), Value(s("referral")));
    page.record().form().row(s("source"))->editor().input()->setFocus();
    take("customers-edited");
    model.revert();
    model.edit(*customer.field(s("email")), Value(s("purchasing@treequote")));
    page.saveRecord();
    take("customers-problem");
    model.revert();
    page.record().form().showMore(true);
    page.list().focusTable();
    take("customers-all-fields");
    page.record().form().showMore(false);
    page.startNote();
    take("customers-note");
    page.closeRecord();
    m_window->openRecord({page.entity(), m_company.iselectrics});
    take("customers-clash");
    page.newRecord();
    take("customers-new");
    page.closeRecord();
    take("customers-list-only");
    page.list().moveCurrent(6); // one that no other picture shows, and for which nothing scrolls
    m_profile->settle();
    page.removeSelected();
    take("customers-undo");
    m_window->undoLast();
    m_profile->settle();
    m_window->findChild<ui::Toast *>()->hide();
}

void PictureSet::drawEmpty()
{
    ui::RecordsPage &page = records();
    page.closeRecord();
    page.showView(s("trash"));
    take("empty-trash");
    page.showFilter(*store::Filter::parse(s("stage = churned and level = a and region = west and owner = me")), page.title());
    take("empty-filtered");
    page.showView(s("all"));
    m_profile->settle();
}

void PictureSet::drawLists()
{
    for (const char *key : {"deal", "ticket", "contact"}) {
        m_window->openPage(s(key));
        m_profile->settle();
        if (records().viewCount(s("open")).isEmpty() == false)
            records().showView(s("open"));
        m_profile->settle();
        records().list().moveCurrent(2);
        take(QByteArray(key).append('s').constData());
    }
    m_window->openPage(s("customer"));
}

void PictureSet::drawPalette()
{
    ui::RecordsPage &page = records();
    m_window->openRecord({page.entity(), m_company.treequote});
    m_profile->settle();
    page.list().focusTable();
    m_window->commandPalette().popUp(page.entity(), s("con"));
    take("palette");
    m_window->commandPalette().popUp(page.entity(), s(">"));
    take("palette-commands");
    m_window->commandPalette().hide();
}

void PictureSet::drawPages()
{
    m_window->openPage(s("dashboard"));
    take("dashboard");
    m_window->openPage(s("sync"));
    take("sync");
    m_window->openPage(s("settings"));
    auto *settings = qobject_cast<ui::SettingsPage *>(m_window->currentPage());
    take("settings");
    for (const char *section : {"language", "sync", "security"}) {
        settings->showSection(s(section));
        take(QByteArray("settings-").append(section).constData());
    }
    drawBackups(*settings);
    drawDataKey(*settings);
    drawDataQuality(*settings);
}

/// While the data key is replaced, and left in the middle.
void PictureSet::drawDataKey(ui::SettingsPage &settings)
{
    settings.showSection(s("security"));
    const store::ProfileSecurity::State before = m_security.shown;
    m_security.shown.isReplacing = true;
    m_security.shown.pagesDone = 61'248;
    m_security.shown.pages = 214'300;
    Q_EMIT m_security.changed();
    take("settings-security-replacing");
    m_security.shown.isReplacing = false;
    m_security.shown.isReplacingBegun = true;
    Q_EMIT m_security.changed();
    take("settings-security-begun");
    m_security.shown = before;
    Q_EMIT m_security.changed();
}

/// Before a folder is chosen, while its disk is away, with backups, and with what would come back from one.
void PictureSet::drawBackups(ui::SettingsPage &settings)
{
    settings.showSection(s("backups"));
    auto *section = settings.findChild<ui::BackupsSection *>();
    take("settings-backups-first");
    m_backups->load();
    m_profile->settle();
    QThreadPool::globalInstance()->waitForDone(); // it looks at the folder, which is not on this computer
    take("settings-backups-away");
    section->showList(shownBackups(m_profile->clock().wallMs()));
    take("settings-backups");
    store::BringBackPlan plan;
    plan.at = m_profile->clock().wallMs() - 5 * kHourMs;
    plan.fromTrash = 3;
    plan.edited = 41;
    plan.gone = 1;
    plan.changes.changes.emplace_back();
    section->findChild<ui::BringBackPanel *>()->showPlan(plan);
    take("settings-backups-plan");
    m_window->resize(kSmallWindow);
    take("narrow-760-settings-backups");
    m_window->resize(kWindow);
}

/// Before a check, a profile that is sound, and one with something of each sort.
void PictureSet::drawDataQuality(ui::SettingsPage &settings)
{
    using store::CheckFinding;
    settings.showSection(s("quality"));
    take("settings-quality");
    auto *section = settings.findChild<ui::DataQualitySection *>();
    store::ProfileCheckReport report;
    report.rows = 412'306;
    section->showReport(report);
    take("settings-quality-sound");
    const model::CatalogPointer catalog = m_profile->database().catalog();
    const model::Entity &deal = *catalog->entity(s("deal"));
    report.isStandAlone = true;
    report.danglingReferences = 3;
    report.indexProblems = {s("row 7 missing")};
    report.damagedPages = {1204};
    report.findings.append({CheckFinding::Kind::Page, CheckFinding::Mend::NotHere, s("page 1204"), {}, 1204, 0, {}, {}});
    report.findings.append({CheckFinding::Kind::Index, CheckFinding::Mend::Reindex, s("ix_customer__name__sort"), {}, 0, 0, {}, {}});
    report.findings.append({CheckFinding::Kind::Search, CheckFinding::Mend::RebuildSearch, s("deal"), {}, 0, deal.id(), {}, {}});
    for (int i = 0; i < 3; ++i)
        report.findings.append({CheckFinding::Kind::Reference, CheckFinding::Mend::EmptyReference, s("deal.customer"), {}, 0, deal.id(), {}, deal.field(s("customer"))->key});
    section->showReport(report);
    take("settings-quality-findings");
}

void PictureSet::drawReview()
{
    m_window->openPage(s("review"));
    m_profile->settle();
    auto *review = qobject_cast<ui::ReviewPage *>(m_window->currentPage());
    take("review");
    review->showRecord({m_profile->database().catalog()->entity(s("customer"))->id(), m_company.iselectrics});
    take("review-text");
    review->showTab(ui::ReviewPage::Tab::NotAccepted);
    take("review-not-accepted");
    review->setData({});
    review->showTab(ui::ReviewPage::Tab::Conflicts);
    // The frame of the window says the same as the page.
    const auto counts = m_profile->onStore<store::StateCounts>([](store::Store &store) { return store.counts(); });
    auto *status = m_window->findChild<ui::StatusLine *>();
    auto *side = m_window->findChild<ui::SideBar *>();
    store::StateCounts decided = *counts;
    decided.toReview = 0;
    decided.notAccepted = 0;
    status->setCounts(decided);
    side->setModuleMark(s("review"), ui::StateMark::None);
    side->setNotificationDot(false);
    m_take(s("review-empty"), *m_window);
    status->setCounts(*counts);
    side->setModuleMark(s("review"), ui::StateMark::NotAccepted);
    side->setNotificationDot(true);
}

void PictureSet::drawSmall()
{
    m_window->openPage(s("customer"));
    m_window->openRecord({records().entity(), m_company.treequote});
    m_window->resize(1000, 700);
    take("narrow-1000");
    m_window->resize(kSmallWindow);
    take("narrow-760-record");
    records().closeRecord();
    take("narrow-760-list");
    for (const char *key : {"dashboard", "review", "settings"}) {
        m_window->openPage(s(key));
        take(QByteArray("narrow-760-").append(key).constData());
        if (auto *review = qobject_cast<ui::ReviewPage *>(m_window->currentPage())) {
            review->showRecord({m_profile->database().catalog()->entity(s("customer"))->id(), m_company.iselectrics});
            take("narrow-760-review-record");
        }
    }
}

void PictureSet::drawConnect()
{
    ShownAttaching attaching;
    ui::ConnectPage page(attaching, m_profile->database().catalog());
    page.resize(kFirstStart);
    page.show();
    attaching.open();
    typeServer(page);
    const auto takePage = [this, &page](const char *name) {
        m_profile->settle();
        m_take(s(name), page);
    };
    takePage("connect");
    Q_EMIT attaching.failed({base::ErrorCode::SignInFailed, {}, {}});
    takePage("connect-refused");
    Q_EMIT attaching.failed({base::ErrorCode::SecondFactorNeeded, {}, {}});
    takePage("connect-code");
    Q_EMIT attaching.progressed({domain::AttachProgress::Step::Downloading, 61'248, 100'000});
    takePage("connect-download");
    Q_EMIT attaching.standingChanged({true, s("crm.sonron.example"), s("anna")});
    Q_EMIT attaching.failed({base::ErrorCode::Cancelled, {}, {}});
    takePage("connect-stopped");
    Q_EMIT attaching.prepared(testlib::attachPlan(*m_profile->database().catalog()));
    takePage("connect-plan");
    page.findChild<ui::SegmentedButton *>()->segment(int(ui::PlanView::List::Duplicates))->click();
    takePage("connect-duplicates");
    Q_EMIT attaching.attached(s("/home/markita/fieldfare/before-attach.db"));
    takePage("connect-done");
}

void PictureSet::drawFirstStart()
{
    const auto takeOf = [this](const QString &name, QWidget &page) {
        m_profile->settle();
        m_take(name, page);
    };
    ShownJoining joining;
    ui::WelcomePage welcome(joining);
    welcome.resize(kFirstStart);
    welcome.show();
    typeServer(welcome);
    takeOf(s("welcome"), welcome);
    welcome.chooseAlone(m_look.chinese ? testlib::shownName(s("Markita Hansen"), true) : s("Markita Hansen"));
    takeOf(s("welcome-alone"), welcome);
    welcome.goOn();
    takeOf(s("welcome-passphrase"), welcome);
    welcome.chooseServer(); // who works alone downloads nothing
    Q_EMIT joining.downloadChanged({{{m_profile->database().catalog()->entity(s("customer"))->pluralLabel(), 612'480, 1'000'000,
                                      store::DownloadPart::Standing::Running},
                                     {m_profile->database().catalog()->entity(s("deal"))->pluralLabel(), 0, 214'300, store::DownloadPart::Standing::Next}},
                                    61, 31'200, 20, false});
    takeOf(s("welcome-download"), welcome);
    drawConnect();
    ui::UpdatePage update;
    update.resize(kUnlock);
    update.show();
    update.setPercent(42);
    takeOf(s("update"), update);
    update.setFailed({base::ErrorCode::Cancelled, {}, {}});
    takeOf(s("update-stopped"), update);
    update.setFailed({base::ErrorCode::DiskFull, {}, {s("/home/markita/fieldfare"), s("1412")}});
    takeOf(s("update-no-room"), update);
    const storage::TryLimit limit(m_folder.filePath(s("key")), m_profile->clock());
    const auto fail = [&limit](ui::UnlockPage &page) {
        limit.noteFailure();
        page.setFailed({base::ErrorCode::WrongPassphrase, {}, {}});
    };
    ui::UnlockPage unlock(testlib::shownName(s("Markita Hansen"), m_look.chinese), s("crm.sonron.example · Laptop West-07"), limit);
    unlock.resize(kUnlock);
    unlock.show();
    takeOf(s("unlock"), unlock);
    fail(unlock);
    takeOf(s("unlock-wrong"), unlock);
    for (int i = 0; i < 4; ++i)
        fail(unlock);
    takeOf(s("unlock-wait"), unlock);
    limit.noteSuccess();
    ui::UnlockPage forgotten(testlib::shownName(s("Markita Hansen"), m_look.chinese), s("crm.sonron.example · Laptop West-07"), limit);
    forgotten.setRecovery(s("fieldfare-cli --profile \"/Fieldfare\" recover request 1.request"));
    forgotten.resize(kUnlock);
    forgotten.show();
    forgotten.findChild<QPushButton *>(s("forgot"))->click();
    takeOf(s("unlock-forgotten"), forgotten);
    ui::UnlockPage locked(testlib::shownName(s("Markita Hansen"), m_look.chinese), s("crm.sonron.example · Laptop West-07"), limit);
    locked.setNote(QCoreApplication::translate("fieldfare::app::Desktop", "What was typed and not saved is kept in the encrypted file."));
    locked.resize(kUnlock);
    locked.show();
    takeOf(s("unlock-locked"), locked);
}

} // namespace fieldfare::shots
