// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/gallery/samples.h"

#include "ui/widgets/theme/state_mark.h"

using namespace fieldfare::ui;

namespace fieldfare::gallery {

namespace {

QStandardItem *cell(const QString &text, bool right = false)
{
    auto *item = new QStandardItem(text);
    item->setTextAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return item;
}

struct Customer {
    const char16_t *number;
    const char16_t *name;
    const char16_t *note;
    Lifecycle stage;
    const char16_t *owner;
    const char16_t *due;
    const char16_t *amount;
    StateMark mark;
    Tone tone;
};

QString str(const char16_t *text)
{
    return QString::fromUtf16(text);
}

} // namespace

QStandardItemModel *makeCustomers(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    model->setHorizontalHeaderLabels({QString(), QStringLiteral("Number"), QStringLiteral("Name"), QStringLiteral("Stage"),
                                      QStringLiteral("Owner"), QStringLiteral("Due"), QStringLiteral("Open, $")});
    model->setHeaderData(6, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    const Customer rows[] = {
        {u"C-20012", u"Acme Corporation", u"", Lifecycle::Customer, u"James Ascencio", u"Tue 1 Dec", u"12,060",
         StateMark::None, Tone::Normal},
        {u"C-20222", u"Golddex", u"hover", Lifecycle::Customer, u"Vicki Laflamme", u"Today", u"5,482", StateMark::None,
         Tone::Normal},
        {u"C-20418", u"Rundofase", u"selected", Lifecycle::Customer, u"Markita Hansen", u"Mon 23 Nov", u"31,589",
         StateMark::Waiting, Tone::Late},
        {u"C-20061", u"Iselectrics", u"selected, list idle", Lifecycle::Customer, u"Rosalina Dieter", u"Thu 26 Nov",
         u"55", StateMark::Conflict, Tone::Normal},
        {u"C-20290", u"Zoomit Inc", u"", Lifecycle::Lead, u"Markita Hansen", u"Today 17:30", u"1,096", StateMark::None,
         Tone::Normal},
    };
    for (const Customer &row : rows) {
        auto *mark = cell({});
        mark->setData(int(row.mark), StateMarkRole);
        auto *number = cell(str(row.number));
        number->setData(int(Tone::Muted), ToneRole);
        auto *name = cell(str(row.name));
        name->setData(str(row.note), SecondaryTextRole);
        auto *stage = cell(lifecycleText(row.stage));
        stage->setData(int(row.stage), LifecycleRole);
        auto *due = cell(str(row.due));
        due->setData(int(row.tone), ToneRole);
        model->appendRow({mark, number, name, stage, cell(str(row.owner)), due, cell(str(row.amount), true)});
    }
    return model;
}

QStandardItemModel *makeTimeline(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    const auto heading = [model](const QString &text) {
        auto *item = new QStandardItem(text);
        item->setData(int(TimelineKind::DayHeading), TimelineKindRole);
        model->appendRow(item);
    };
    const auto entry = [model](const QString &symbol, const QString &title, const QString &time, const QString &body,
                               StateMark mark) {
        auto *item = new QStandardItem(title);
        item->setData(symbol, IconNameRole);
        item->setData(time, TimelineTimeRole);
        item->setData(body, TimelineBodyRole);
        item->setData(int(mark), StateMarkRole);
        model->appendRow(item);
    };
    heading(QStringLiteral("Today"));
    entry(QStringLiteral("phone"), QStringLiteral("Call with Ida Mortensen"), QStringLiteral("14:20"),
          QStringLiteral("Wants delivery split over two sites. Price agreed if installation is included. Outcome: "
                         "positive. She will call back once the board has met and the budget is confirmed."),
          StateMark::Waiting);
    entry(QStringLiteral("edit"), QStringLiteral("3 fields changed by you"), QStringLiteral("14:05"),
          QStringLiteral("Level B → A, Needs, Next step"), StateMark::Waiting);
    heading(QStringLiteral("Friday 20 November"));
    entry(QStringLiteral("deals"), QStringLiteral("GTK 500 to Proposal"), QStringLiteral("16:41"),
          QStringLiteral("Markita Hansen · $26,768 · 60 %"), StateMark::None);
    entry(QStringLiteral("mail"), QStringLiteral("Quote Q-1188 sent"), QStringLiteral("11:02"),
          QStringLiteral("To Ida Mortensen. “Here is the quote for…”"), StateMark::None);
    return model;
}

void ForcedRows::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option(given);
    option.state.setFlag(QStyle::State_MouseOver, index.row() == 1);
    option.state.setFlag(QStyle::State_Selected, index.row() == 2 || index.row() == 3);
    if (index.row() == 3)
        option.widget = nullptr; // no view, no focus
    RowDelegate::paint(painter, option, index);
}

} // namespace fieldfare::gallery
