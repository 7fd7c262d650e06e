// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dashboard/dashboard_page.h"

#include "core/model/value_text.h"
#include "ui/pages/dashboard/rank_bars.h"
#include "ui/pages/dashboard/stacked_bars.h"
#include "ui/widgets/charts/bar_chart.h"
#include "ui/widgets/charts/funnel_widget.h"
#include "ui/widgets/controls/link_button.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/controls/zone_header.h"
#include "ui/widgets/theme/metrics.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>

#include <cmath>

namespace fieldfare::ui {

using store::Filter;
using store::FilterOperator;

namespace {

constexpr int kAgainMs = 2000;
constexpr int kOneColumnBelow = 852; ///< a window of 900 px less the narrow side bar
constexpr int kPanelHeight = 300;    ///< in one column, where the page scrolls
constexpr int kFiguresARow = 3;      ///< there

Filter is(const char *field, const QString &value, FilterOperator op = FilterOperator::Equal)
{
    // Dates and now are words, not texts.
    const bool isTime = QByteArrayView(field).endsWith("_at");
    return isTime ? comparedWithWord(QString::fromLatin1(field), op, value) : Filter::comparison(QString::fromLatin1(field), op, value);
}

Filter openTicketFilter()
{
    return is("status", QStringLiteral("solved"), FilterOperator::NotEqual) && is("status", QStringLiteral("closed"), FilterOperator::NotEqual);
}

QWidget *panel(const QString &title, const QString &note, QWidget *content)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(space::k16, space::k12, space::k16, space::k12);
    auto *head = new QHBoxLayout;
    auto *words = new TextLabel(title);
    words->setStrong(true);
    head->addWidget(words);
    head->addWidget(new TextLabel(note, Type::Small, Ink::Text2), 1);
    column->addLayout(head);
    column->addWidget(content, 1);
    return box;
}

/// A hairline between panels.
class Rule final : public QWidget {
public:
    explicit Rule(Qt::Orientation orientation)
    {
        if (orientation == Qt::Horizontal)
            setFixedHeight(1);
        else
            setFixedWidth(1);
    }

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), Tokens::of(this).line); }
};

} // namespace

DashboardPage::DashboardPage(const PageContext &context, QWidget *parent) : Page(parent), m_context(context), m_read(context.database)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_header = new ZoneHeader(tr("Sales and service"));
    m_header->addTrailing(new TextLabel(tr("Click a figure to see its rows"), Type::Small, Ink::Text2));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeFigures());
    column->addWidget(new Rule(Qt::Horizontal));
    column->addWidget(makePanels(), 1);
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, &DashboardPage::read);
    connect(&m_context.database, &store::DatabaseThread::rowsChanged, this, [this] {
        if (isVisible() && !m_again.isActive())
            m_again.start();
    });
    connect(&m_context.database, &store::DatabaseThread::opened, this, &DashboardPage::read);
}

DashboardPage::Figure DashboardPage::addFigure(const QString &label)
{
    Figure figure;
    figure.button = new QPushButton;
    figure.button->setFlat(true);
    figure.button->setAccessibleName(label);
    auto *column = new QVBoxLayout(figure.button);
    column->setContentsMargins(space::k12, space::k6, space::k12, space::k6);
    column->setSpacing(0);
    column->addWidget(new TextLabel(label, Type::Small, Ink::Text2));
    auto *line = new QHBoxLayout;
    line->setSpacing(space::k8);
    figure.value = new TextLabel(QStringLiteral("…"), Type::KeyFigure);
    figure.note = new TextLabel(QString(), Type::Small, Ink::Text2);
    figure.note->setElided(true);
    line->addWidget(figure.value);
    line->addWidget(figure.note, 1, Qt::AlignBottom);
    column->addLayout(line);
    for (QWidget *child : figure.button->findChildren<QWidget *>())
        child->setAttribute(Qt::WA_TransparentForMouseEvents);
    figure.button->setMinimumHeight(62);
    return figure;
}

QWidget *DashboardPage::makeFigures()
{
    auto *bar = new QWidget;
    m_figures = new QGridLayout(bar);
    m_figures->setContentsMargins(space::k4, space::k4, space::k4, space::k4);
    m_figures->setSpacing(0);
    m_won = addFigure(tr("Won this year"));
    m_open = addFigure(tr("Open, weighted"));
    m_decided = addFigure(tr("Won of decided"));
    m_tickets = addFigure(tr("Open tickets"));
    m_overdue = addFigure(tr("Overdue tickets"));
    const auto thisYear = [this] { return is("closed_at", QDate(m_data.today.year(), 1, 1).toString(Qt::ISODate), FilterOperator::GreaterOrEqual); };
    connect(m_won.button, &QPushButton::clicked, this, [this, thisYear] { openDeals(is("state", QStringLiteral("won")) && thisYear(), tr("Won this year")); });
    connect(m_open.button, &QPushButton::clicked, this, [this] { openDeals(is("state", QStringLiteral("open")), tr("Open deals")); });
    connect(m_decided.button, &QPushButton::clicked, this, [this, thisYear] { openDeals(thisYear(), tr("Decided this year")); });
    connect(m_tickets.button, &QPushButton::clicked, this, [this] { openTickets(QString(), -1); });
    connect(m_overdue.button, &QPushButton::clicked, this, [this] {
        const model::Entity *entity = m_context.database.catalog()->entity(QStringLiteral("ticket"));
        m_context.actions.openList(entity->id(), openTicketFilter() && is("due_at", QStringLiteral("now"), FilterOperator::Less), tr("Overdue tickets"));
    });
    return bar;
}

QWidget *DashboardPage::makePanels()
{
    m_months = new BarChart(tr("Won per month"));
    m_months->setNumberText([this](double value) { return shortMoney(value); });
    m_funnel = new FunnelWidget(tr("Funnel"));
    m_ages = new StackedBars(tr("Open tickets by status and age"));
    m_people = new RankBars(tr("Won this year by owner"));
    m_panelBox = new QWidget;
    m_panelBox->setBackgroundRole(QPalette::Base);
    m_panelBox->setAutoFillBackground(true);
    m_grid = new QGridLayout(m_panelBox);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(0);
    m_panels = {panel(tr("Won per month"), tr("this month is not over: hatched"), m_months),
                panel(tr("Funnel"), tr("deals that got at least so far; lost ones left out"), m_funnel),
                panel(tr("Open tickets"), tr("by status and age"), m_ages),
                panel(tr("Won this year by owner"), tr("amount and deals"), m_people)};
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_panelBox);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    connect(m_people, &RankBars::clicked, this, [this](const QString &key) {
        const QString name = m_context.names.userName(base::Id::fromString(key).value_or(base::Id()));
        openDeals(is("owner", key) && is("state", QStringLiteral("won"))
                      && is("closed_at", QDate(m_data.today.year(), 1, 1).toString(Qt::ISODate), FilterOperator::GreaterOrEqual),
                  tr("Won by %1").arg(name));
    });
    connect(&m_context.names, &NameBook::changed, this, &DashboardPage::showPeople);
    connect(m_months, &BarChart::clicked, this, [this](int, int index) { openMonth(index + 1); });
    connect(m_ages, &StackedBars::clicked, this, &DashboardPage::openTickets);
    connect(m_funnel, &FunnelWidget::clicked, this, [this](const QString &key) {
        for (const DashboardStage &stage : m_data.stages) {
            if (stage.id.toString() == key)
                openDeals(is("stage", key), m_context.texts.isChinese() && !stage.nameChinese.isEmpty() ? stage.nameChinese : stage.name);
        }
    });
    arrange();
    return scroll;
}

/// Two columns of two where there is room; one below the other in a small window.
void DashboardPage::arrange()
{
    const bool one = width() < kOneColumnBelow;
    if (m_oneColumn == one)
        return;
    m_oneColumn = one;
    qDeleteAll(m_rules);
    m_rules.clear();
    const auto rule = [this](Qt::Orientation orientation, int row, int column, int rows, int columns) {
        auto *line = new Rule(orientation);
        m_grid->addWidget(line, row, column, rows, columns);
        m_rules.append(line);
    };
    for (int i = 0; i < int(m_panels.size()); ++i) {
        m_grid->removeWidget(m_panels.at(i));
        m_panels.at(i)->setMinimumHeight(one ? kPanelHeight : 0);
        m_grid->addWidget(m_panels.at(i), one ? 2 * i : 2 * (i / 2), one ? 0 : 2 * (i % 2));
        if (one && i > 0)
            rule(Qt::Horizontal, 2 * i - 1, 0, 1, 1);
    }
    if (!one) {
        rule(Qt::Vertical, 0, 1, 3, 1);
        rule(Qt::Horizontal, 1, 0, 1, 1);
        rule(Qt::Horizontal, 1, 2, 1, 1);
    }
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(2, one ? 0 : 1);
    m_grid->setRowStretch(0, one ? 0 : 6);
    m_grid->setRowStretch(2, one ? 0 : 5);
    int place = 0;
    for (const Figure *figure : {&m_won, &m_open, &m_decided, &m_tickets, &m_overdue}) {
        m_figures->removeWidget(figure->button);
        m_figures->addWidget(figure->button, one ? place / kFiguresARow : 0, one ? place % kFiguresARow : place);
        ++place;
    }
    for (int column = 0; column < place; ++column)
        m_figures->setColumnStretch(column, !one || column < kFiguresARow ? 1 : 0);
}

void DashboardPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    arrange();
}

void DashboardPage::activated()
{
    read();
    m_won.button->setFocus();
}

void DashboardPage::read()
{
    m_read.read<DashboardData>([](store::ReadContext &context) { return readDashboard(context); }, this, [this](base::Result<DashboardData> result) {
        if (result.ok())
            setData(*result);
        else if (result.error().code != base::ErrorCode::Cancelled)
            m_context.actions.showError(result.error());
    });
}

QString DashboardPage::shortMoney(double minor) const
{
    const double units = minor / std::pow(10.0, model::currencyDigits(m_data.currency));
    const QLocale &locale = m_context.texts.locale();
    if (m_context.texts.isChinese()) {
        const bool isWhole = units >= 1e6 || std::lround(units / 1e3) % 10 == 0;
        return units >= 1e4 ? tr("%1 M").arg(locale.toString(units / 1e4, 'f', isWhole ? 0 : 1)) : locale.toString(units, 'f', 0);
    }
    if (units >= 1e6)
        return tr("%1 M").arg(locale.toString(units / 1e6, 'f', 2));
    return units >= 1e3 ? tr("%1 k").arg(locale.toString(units / 1e3, 'f', 0)) : locale.toString(units, 'f', 0);
}

void DashboardPage::setData(const DashboardData &figures)
{
    m_data = figures;
    m_header->setNote(tr("counted on this computer, as of %1").arg(m_context.texts.time(figures.asOf)));
    showFigures();
    const QLocale &locale = m_context.texts.locale();
    BarChartData months;
    const int last = figures.today.month();
    months.main.name = QString::number(figures.today.year());
    ChartSeries before{QString::number(figures.today.year() - 1), {}};
    for (int month = 1; month <= last; ++month) {
        months.categories.append(locale.standaloneMonthName(month, QLocale::ShortFormat));
        months.main.values.append(double(figures.wonByMonth[size_t(month - 1)]));
        before.values.append(double(figures.wonByMonthBefore[size_t(month - 1)]));
    }
    months.previous = before;
    months.openCategory = figures.today.day() < figures.today.daysInMonth() ? last - 1 : -1;
    m_months->setData(months);
    QList<FunnelStage> stages;
    qint64 previous = -1;
    qsizetype weakest = -1;
    double weakestShare = 1;
    for (const DashboardStage &stage : figures.stages) {
        if (stage.kind == QLatin1String("lost"))
            continue;
        FunnelStage shown;
        shown.key = stage.id.toString();
        shown.name = m_context.texts.isChinese() && !stage.nameChinese.isEmpty() ? stage.nameChinese : stage.name;
        shown.count = stage.reached;
        if (previous > 0) {
            const double share = double(stage.reached) / double(previous);
            shown.share = tr("%1 %").arg(std::lround(share * 100));
            if (share < weakestShare && stage.kind != QLatin1String("won")) { // winning is no loss
                weakestShare = share;
                weakest = stages.size();
            }
        }
        shown.note = tr("%1 now").arg(m_context.texts.number(stage.deals));
        previous = stage.reached;
        stages.append(shown);
    }
    if (weakest >= 0)
        stages[weakest].weak = true;
    m_funnel->setStages(stages);
    QList<StackedRow> rows;
    for (const DashboardTickets &row : figures.tickets)
        rows.append({row.status, m_context.names.choiceLabel(QStringLiteral("ticket_status"), row.status), row.byAge});
    showPeople();
    m_ages->setRows(rows, {tr("to 1 day"), tr("to 3"), tr("to 7"), tr("over 7 days")});
}

void DashboardPage::showPeople()
{
    QList<RankRow> rows;
    for (const DashboardPerson &person : m_data.people)
        rows.append({person.user.toString(), m_context.names.userName(person.user), shortMoney(double(person.won)),
                     tr("%n deal(s)", nullptr, int(person.deals)), double(person.won), person.user == m_context.names.ownUser()});
    m_people->setRows(rows);
}

void DashboardPage::showFigures()
{
    const DashboardData &shown = m_data;
    const auto number = [this](qint64 value) { return m_context.texts.number(value); };
    m_won.value->setText(shortMoney(double(shown.wonThisYear)));
    m_won.note->clear();
    if (shown.wonSameDaysBefore > 0) {
        const long change = std::lround((double(shown.wonThisYear) / double(shown.wonSameDaysBefore) - 1) * 100);
        const QString sign = change < 0 ? QStringLiteral("−") : change > 0 ? QStringLiteral("+") : QString();
        m_won.note->setInk(change < 0 ? Ink::Error : change > 0 ? Ink::Ok : Ink::Text2);
        m_won.note->setText(tr("%1 % on last year").arg(sign + QString::number(std::labs(change))));
    }
    m_open.value->setText(shortMoney(double(shown.openWeighted)));
    QString note = tr("%n deal(s)", nullptr, int(shown.openDeals));
    if (shown.otherCurrencies > 0)
        note += tr(", other currencies not added");
    m_open.note->setText(note);
    const qint64 decided = shown.wonDeals + shown.lostDeals;
    m_decided.value->setText(decided == 0 ? QStringLiteral("–") : tr("%1 %").arg(std::lround(double(shown.wonDeals) * 100 / double(decided))));
    m_decided.note->setText(tr("%1 of %2").arg(number(shown.wonDeals), number(decided)));
    qint64 tickets = 0;
    for (const DashboardTickets &row : shown.tickets)
        tickets += row.total();
    m_tickets.value->setText(number(tickets));
    m_overdue.value->setText(number(shown.overdueTickets));
    m_overdue.value->setInk(shown.overdueTickets > 0 ? Ink::Error : Ink::Text);
    for (const Figure *figure : {&m_won, &m_open, &m_decided, &m_tickets, &m_overdue})
        figure->button->setAccessibleDescription(figure->value->text() + QLatin1Char(' ') + figure->note->text());
}

void DashboardPage::openDeals(const Filter &filter, const QString &title)
{
    m_context.actions.openList(m_context.database.catalog()->entity(QStringLiteral("deal"))->id(), filter, title);
}

void DashboardPage::openMonth(int month)
{
    const QDate first(m_data.today.year(), month, 1);
    openDeals(is("state", QStringLiteral("won")) && is("closed_at", first.toString(Qt::ISODate), FilterOperator::GreaterOrEqual)
                  && is("closed_at", first.addMonths(1).toString(Qt::ISODate), FilterOperator::Less),
              tr("Won in %1").arg(m_context.texts.locale().standaloneMonthName(month)));
}

void DashboardPage::openTickets(const QString &status, int part)
{
    Filter filter = status.isEmpty() ? openTicketFilter() : is("status", status);
    // The ages that the parts stand for, in days: 0 to 1, 2 to 3, 4 to 7, more.
    constexpr int kYoungest[] = {0, 2, 4, 8};
    constexpr int kOldest[] = {1, 3, 7, -1};
    if (part >= 0) {
        if (part > 0)
            filter = filter && is("created_at", m_data.today.addDays(1 - kYoungest[part]).toString(Qt::ISODate), FilterOperator::Less);
        if (kOldest[part] >= 0)
            filter = filter && is("created_at", m_data.today.addDays(-kOldest[part]).toString(Qt::ISODate), FilterOperator::GreaterOrEqual);
    }
    const QString title = status.isEmpty() ? tr("Open tickets") : m_context.names.choiceLabel(QStringLiteral("ticket_status"), status);
    m_context.actions.openList(m_context.database.catalog()->entity(QStringLiteral("ticket"))->id(), filter, title);
}

} // namespace fieldfare::ui
