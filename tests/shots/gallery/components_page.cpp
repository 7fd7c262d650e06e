// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/gallery/components_page.h"

#include "tests/shots/gallery/forced.h"
#include "tests/shots/gallery/samples.h"

#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/chips.h"
#include "ui/widgets/controls/section_header.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/style_parts.h"

#include <QBoxLayout>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QMenu>
#include <QProgressBar>
#include <QRadioButton>
#include <QTableView>

using namespace fieldfare::ui;

namespace fieldfare::gallery {

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// Something painted by a function: swatches, the brand, icons.
class Canvas final : public QWidget {
public:
    Canvas(QSize size, std::function<void(QPainter *, const Tokens &)> draw) : m_draw(std::move(draw)) { setFixedSize(size); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_draw(&painter, Tokens::of(this));
    }

private:
    std::function<void(QPainter *, const Tokens &)> m_draw;
};

QWidget *captioned(QWidget *widget, const char *caption)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kRingMargin, kRingMargin, kRingMargin, 0);
    column->setSpacing(space::k4);
    column->addWidget(widget, 0, Qt::AlignHCenter);
    auto *words = new TextLabel(s(caption), Type::Caption, Ink::Text2);
    column->addWidget(words, 0, Qt::AlignHCenter);
    return box;
}

ForcedButton *button(const char *text, QStyle::State on = {}, ButtonKind kind = ButtonKind::Normal)
{
    auto *made = new ForcedButton(s(text));
    made->force(on);
    setButtonKind(made, kind);
    return made;
}

QLayout *buttons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->setContentsMargins(-kRingMargin, -kRingMargin, 0, 0);
    const auto hover = QStyle::State_MouseOver;
    row->addWidget(captioned(button("Save", {}, ButtonKind::Primary), "primary"));
    row->addWidget(captioned(button("Save", hover, ButtonKind::Primary), "hover"));
    row->addWidget(captioned(button("Revert"), "normal"));
    row->addWidget(captioned(button("Revert", hover), "hover"));
    row->addWidget(captioned(button("Revert", QStyle::State_Sunken), "pressed"));
    row->addWidget(captioned(button("Revert", QStyle::State_HasFocus), "focus"));
    auto *off = button("Revert");
    off->setEnabled(false);
    row->addWidget(captioned(off, "disabled"));
    auto *flat = button("Filter");
    flat->setFlat(true);
    flat->setIcon(icon(s("filter")));
    row->addWidget(captioned(flat, "flat"));
    auto *more = button("");
    more->setIcon(icon(s("more")));
    row->addWidget(captioned(more, "icon"));
    row->addWidget(captioned(button("Erase", {}, ButtonKind::Danger), "danger"));
    row->addStretch(1);
    return row;
}

QLayout *fields()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k12);
    grid->setVerticalSpacing(space::k6);
    auto *plain = new QLineEdit(s("Treequote"));
    auto *placeholder = new QLineEdit;
    placeholder->setPlaceholderText(s("Placeholder"));
    auto *focused = new ForcedEdit(s("Focused"));
    focused->force(QStyle::State_HasFocus);
    auto *off = new QLineEdit(s("Disabled"));
    off->setEnabled(false);
    auto *wrong = new QLineEdit(s("0118-22-41"));
    setFieldState(wrong, FieldState::Error);
    auto *combo = new QComboBox;
    combo->addItem(s("Trade fair"));
    auto *date = new QDateEdit(QDate(2026, 11, 24));
    date->setCalendarPopup(true);
    date->setDisplayFormat(s("d MMM yyyy"));
    auto *amount = new QDoubleSpinBox;
    amount->setMaximum(1e6);
    amount->setGroupSeparatorShown(true);
    amount->setValue(26768);
    const QList<QWidget *> all{plain, placeholder, focused, off, wrong, combo, date, amount};
    for (int i = 0; i < all.size(); ++i) {
        all[i]->setMinimumWidth(0);
        all[i]->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        grid->addWidget(all[i], i / 4, i % 4);
        grid->setColumnStretch(i % 4, 1);
    }
    grid->addWidget(new MarkLabel(StateMark::NotAccepted, s("Not a US number"), true), 2, 0);
    return grid;
}

QLayout *choices()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::k12);
    auto *offBox = new QCheckBox(s("Off"));
    auto *onBox = new QCheckBox(s("On"));
    onBox->setChecked(true);
    auto *focusBox = new ForcedCheckBox(s("Focus"));
    focusBox->setChecked(true);
    focusBox->force(QStyle::State_HasFocus);
    auto *offRadio = new QRadioButton(s("Off"));
    auto *onRadio = new QRadioButton(s("On"));
    onRadio->setChecked(true);
    for (QWidget *widget : std::initializer_list<QWidget *>{offBox, onBox, focusBox, offRadio, onRadio})
        row->addWidget(widget);
    row->addWidget(new SegmentedButton({s("Board"), s("List"), s("Forecast")}));
    row->addStretch(1);
    return row;
}

QLayout *formStates()
{
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(space::k2);
    grid->setHorizontalSpacing(space::k8);
    const auto label = [](const char *text) { return new TextLabel(s(text), Type::Small, Ink::Text2); };
    auto *level = new QHBoxLayout;
    level->setContentsMargins(8, 0, 0, 0);
    level->setSpacing(space::k6);
    level->addWidget(new TextLabel(s("A")));
    level->addWidget(new MarkLabel(StateMark::Waiting, s("waiting to be sent")));
    level->addStretch(1);
    auto *owner = new QHBoxLayout;
    owner->setSpacing(space::k6);
    owner->addWidget(new Initials(s("Elease Gluck"), false, 18));
    owner->addWidget(new TextLabel(s("Elease Gluck")));
    owner->addWidget(new MarkLabel(StateMark::Conflict, s("review"), true));
    owner->addStretch(1);
    auto *source = new ForcedCombo;
    source->addItem(s("Trade fair"));
    source->force(QStyle::State_HasFocus);
    setSmall(source);
    auto *bar = new Canvas({10, 24}, [](QPainter *painter, const Tokens &t) {
        painter->fillRect(QRect(0, 3, 3, 18), t.pending);
    });
    auto *discount = new QHBoxLayout;
    discount->setSpacing(space::k6);
    discount->addWidget(new TextLabel(s("8 %"), Type::Body, Ink::Disabled));
    discount->addWidget(new Canvas({14, 18}, [](QPainter *painter, const Tokens &t) {
        paintIcon(painter, QRect(0, 0, 14, 18), s("lock"), icon_size::kRow, t.disabled);
    }));
    discount->addWidget(label("waits for approval"));
    discount->addStretch(1);
    grid->addWidget(label("Level"), 0, 1);
    grid->addLayout(level, 0, 2);
    auto *ownerLabel = label("Owner");
    ownerLabel->setContentsMargins(24, 0, 0, 0);
    grid->addWidget(ownerLabel, 0, 3);
    grid->addLayout(owner, 0, 4);
    grid->addWidget(bar, 1, 0);
    grid->addWidget(label("Source"), 1, 1);
    grid->addWidget(source, 1, 2);
    auto *discountLabel = label("Discount");
    discountLabel->setContentsMargins(24, 0, 0, 0);
    grid->addWidget(discountLabel, 1, 3);
    grid->addLayout(discount, 1, 4);
    grid->setHorizontalSpacing(0);
    grid->setColumnMinimumWidth(0, 10);
    grid->setColumnMinimumWidth(1, 96);
    grid->setColumnMinimumWidth(3, 128);
    grid->setColumnStretch(2, 1);
    grid->setColumnStretch(4, 1);
    grid->setRowMinimumHeight(0, height::kFormRow);
    auto *outer = new QVBoxLayout;
    outer->addLayout(grid);
    return outer;
}

QLayout *marks()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(space::k12);
    auto *first = new QHBoxLayout;
    first->setSpacing(9);
    first->addWidget(new FilterChip(s("Status"), s("is"), s("Active")));
    first->addWidget(new TagChip(s("telecom")));
    first->addWidget(new TagChip(s("high value"), true));
    for (const Lifecycle stage : {Lifecycle::Lead, Lifecycle::Prospect, Lifecycle::Customer, Lifecycle::Churned})
        first->addWidget(new MarkLabel(stage));
    first->addStretch(1);
    auto *second = new QHBoxLayout;
    second->setSpacing(space::k12);
    const std::pair<StateMark, const char *> all[] = {
        {StateMark::Synced, "synced"},     {StateMark::Waiting, "waiting"}, {StateMark::Conflict, "to review"},
        {StateMark::NotAccepted, "not accepted"}, {StateMark::Offline, "offline"}, {StateMark::NotSaved, "not saved"}};
    for (const auto &[mark, words] : all)
        second->addWidget(new MarkLabel(mark, s(words)));
    second->addWidget(new KeyCap(s("Ctrl+K")));
    second->addWidget(new Initials(s("Markita Hansen"), true));
    second->addWidget(new Initials(s("Carl Lin")));
    second->addStretch(1);
    column->addLayout(first);
    column->addLayout(second);
    return column;
}

QWidget *table()
{
    auto *view = new QTableView;
    view->setModel(makeCustomers(view));
    RowDelegate::prepareView(view, height::kRowCompact);
    auto *delegate = new ForcedRows(view);
    delegate->setNameColumn(2);
    view->setItemDelegate(delegate);
    view->setFrameShape(QFrame::StyledPanel);
    view->setSortingEnabled(false);
    view->horizontalHeader()->setSortIndicatorShown(true);
    view->horizontalHeader()->setSortIndicator(2, Qt::AscendingOrder);
    const int widths[] = {24, 66, 197, 96, 128, 110};
    for (int i = 0; i < 6; ++i)
        view->setColumnWidth(i, widths[i]);
    view->setColumnWidth(6, 57);
    view->setFixedHeight(26 + 5 * 24 + 2);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->openPersistentEditor(view->model()->index(4, 2));
    view->setProperty("focusMe", true);
    return view;
}

QWidget *menu()
{
    auto *made = new QMenu;
    made->setWindowFlags(Qt::Widget);
    made->addAction(icon(s("window")), s("Open in new window\tCtrl+Enter"));
    made->addAction(icon(s("phone")), s("Log call\tCtrl+L"));
    made->addAction(icon(s("person")), s("Assign…\tA"));
    made->addSeparator();
    made->addAction(icon(s("copy")), s("Merge\tselect two"))->setEnabled(false);
    QAction *trash = made->addAction(icon(s("trash")), s("Move to trash\tDel"));
    setDangerous(trash);
    made->setActiveAction(made->actions().first());
    return made;
}

QLayout *timeLeft()
{
    auto *row = new QHBoxLayout;
    const auto part = [row](const char *words, double used, Tone tone, Ink ink) {
        auto *label = new TextLabel(s(words), Type::Body, ink);
        label->setStrong(tone != Tone::Normal);
        row->addWidget(label);
        auto *bar = new TimeBar;
        bar->setTime(used, tone);
        bar->setFixedWidth(56);
        row->addWidget(bar);
        row->addSpacing(space::k6);
    };
    part("−0 h 25", 1.0, Tone::Late, Ink::Error);
    part("0 h 41", 0.79, Tone::DueSoon, Ink::Pending);
    part("2 h 10", 0.39, Tone::Normal, Ink::Text);
    row->addStretch(1);
    return row;
}

QLayout *rightOfMenu()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(space::k8);
    column->addWidget(new SectionHeader(s("Tabs")));
    auto *tabs = new ForcedTabs;
    for (const char *text : {"Overview", "Deals\t2", "Tickets\t1", "Files\t4"})
        tabs->addTab(s(text));
    tabs->focusTab(3);
    tabs->setExpanding(false);
    auto *tabRow = new QHBoxLayout;
    tabRow->addWidget(tabs);
    column->addLayout(tabRow);
    column->addWidget(new SectionHeader(s("Progress and time left")));
    auto *bar = new QProgressBar;
    bar->setRange(0, 100);
    bar->setValue(61);
    column->addWidget(bar);
    column->addLayout(timeLeft());
    column->addWidget(new SectionHeader(s("Tool tip, chart series")));
    auto *tips = new QHBoxLayout;
    tips->setSpacing(space::k12);
    tips->addWidget(new Canvas({206, 24}, [](QPainter *painter, const Tokens &t) {
        parts::roundRect(painter, QRect(0, 0, 206, 24), radius::kField, t.toolTip);
        painter->setFont(typeFont(Type::Small));
        painter->setPen(t.onToolTip);
        painter->drawText(QRect(9, 0, 200, 24), Qt::AlignVCenter, s("Merge: select two customers first"));
    }));
    tips->addWidget(new Canvas({150, 22}, [](QPainter *painter, const Tokens &t) {
        for (std::size_t i = 0; i < t.series.size(); ++i)
            painter->fillRect(QRect(int(i) * 25, 0, 22, 22), t.series[i]);
    }));
    tips->addStretch(1);
    column->addLayout(tips);
    column->addStretch(1);
    return column;
}

QWidget *icons()
{
    return new Canvas({680, 52}, [](QPainter *painter, const Tokens &t) {
        const QStringList names = s("today customers pool deals tickets orders campaigns dashboard knowledge review company "
                                    "person phone mail visit chat note calendar clock bell star tag search filter sort "
                                    "group columns settings sync offline cloud lock shield key undo trash copy link "
                                    "attachment download window print keyboard help")
                                      .split(QLatin1Char(' '));
        for (int i = 0; i < names.size(); ++i)
            paintIcon(painter, QRect((i % 22) * 31, (i / 22) * 29, 20, 20), names[i], 20, t.text2);
    });
}

} // namespace

QWidget *makeComponentsPage(const QString &title)
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    page->setFixedSize(720, 900);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(20, 12, 20, 8);
    column->setSpacing(7);
    auto *head = new QHBoxLayout;
    head->addWidget(new TextLabel(title, Type::Heading));
    head->addStretch(1);
    head->addWidget(new Canvas({20, 20}, [](QPainter *painter, const Tokens &t) {
        paintIcon(painter, QRect(0, 0, 20, 20), s("brand"), 20, t.brand);
    }));
    column->addLayout(head);
    const auto section = [column](const char *name, QLayout *content) {
        column->addWidget(new SectionHeader(s(name)));
        column->addLayout(content);
    };
    section("Buttons", buttons());
    section("Fields", fields());
    column->addLayout(choices());
    section("Form field states", formStates());
    section("Filters, tags, marks", marks());
    column->addWidget(new SectionHeader(s("Table, compact 24 px")));
    column->addWidget(table());
    auto *pair = new QHBoxLayout;
    pair->setSpacing(20);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::k8);
    left->addWidget(new SectionHeader(s("Menu")));
    left->addWidget(menu());
    left->addStretch(1);
    pair->addLayout(left);
    pair->addLayout(rightOfMenu(), 1);
    column->addLayout(pair);
    column->addWidget(new SectionHeader(s("Icons, 24 grid, stroke 1.75")));
    column->addWidget(icons());
    column->addStretch(1);
    return page;
}

} // namespace fieldfare::gallery
