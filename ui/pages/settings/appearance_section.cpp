// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/appearance_section.h"

#include "ui/pages/settings/theme_card.h"
#include "ui/widgets/controls/flow_layout.h"
#include "ui/widgets/controls/segmented_button.h"
#include "ui/widgets/controls/setting_row.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/state_mark.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QComboBox>
#include <QFontInfo>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>

namespace fieldfare::ui {

namespace {

constexpr int kRowHeights[] = {height::kRowCompact, height::kRowRegular, height::kRowRoomy};
constexpr int kTextSteps[] = {0, 1, 2, 4};
constexpr int kPreviewWidth = 640;
enum PreviewColumn { MarkColumn, NumberColumn, NameColumn, StageColumn, AmountColumn, PreviewColumns };

TextLabel *heading(const QString &text)
{
    return new TextLabel(text, Type::Heading);
}

} // namespace

AppearanceSection::AppearanceSection(const PageContext &context, Preferences &preferences, QWidget *parent)
    : QWidget(parent), m_context(context), m_preferences(preferences), m_themes(new QButtonGroup(this)), m_accents(new QButtonGroup(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading(tr("Theme")));
    column->addSpacing(space::k4);
    column->addWidget(makeThemes());
    column->addSpacing(space::k8);
    column->addWidget(new SettingRow(tr("Accent"), makeAccents(), tr("High contrast has one accent only.")));
    column->addWidget(makeHeights());
    column->addWidget(makeTextSize());
    column->addSpacing(space::k16);
    column->addWidget(heading(tr("Preview")));
    column->addSpacing(space::k6);
    column->addWidget(makePreview());
    connect(&m_context.theme, &Theme::changed, this, &AppearanceSection::follow);
    connect(&m_preferences, &Preferences::rowHeightChanged, this, &AppearanceSection::fitPreview);
    follow();
}

QWidget *AppearanceSection::makeThemes()
{
    auto *box = new QWidget;
    auto *row = new FlowLayout(box, space::k16, space::k8);
    row->setContentsMargins(0, 0, 0, 0);
    const std::pair<ThemeMode, QString> modes[] = {{ThemeMode::Light, tr("Light")}, {ThemeMode::Dark, tr("Dark")},
                                                   {ThemeMode::System, tr("Like the system")}, {ThemeMode::HighContrast, tr("High contrast")}};
    for (const auto &[mode, name] : modes) {
        auto *card = new ThemeCard(mode, name, m_preferences.accent());
        m_themes->addButton(card, int(mode));
        m_cards.append(card);
        row->addWidget(card);
    }
    connect(m_themes, &QButtonGroup::idToggled, this, [this](int mode, bool on) {
        if (!on)
            return;
        m_preferences.setThemeMode(ThemeMode(mode));
        m_context.theme.setMode(ThemeMode(mode));
    });
    return box;
}

QWidget *AppearanceSection::makeAccents()
{
    auto *box = new QWidget;
    auto *row = new FlowLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    const std::pair<Accent, QString> accents[] = {{Accent::Slate, tr("Slate")}, {Accent::Pine, tr("Pine")}, {Accent::Plum, tr("Plum")},
                                                  {Accent::Chestnut, tr("Chestnut")}, {Accent::Graphite, tr("Graphite")}};
    for (const auto &[accent, name] : accents) {
        auto *swatch = new AccentSwatch(accent, name);
        m_accents->addButton(swatch, int(accent));
        row->addWidget(swatch);
    }
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(m_accents, &QButtonGroup::idToggled, this, [this](int accent, bool on) {
        if (!on)
            return;
        m_preferences.setAccent(Accent(accent));
        m_context.theme.setAccent(Accent(accent));
    });
    return box;
}

QWidget *AppearanceSection::makeHeights()
{
    const QStringList names{tr("Compact"), tr("Regular"), tr("Roomy")};
    auto *heights = new SegmentedButton;
    heights->setTall(true);
    for (int i = 0; i < names.size(); ++i)
        heights->addSegment(QStringLiteral("%1 %2").arg(names.at(i)).arg(kRowHeights[i]));
    const auto *chosen = std::find(std::begin(kRowHeights), std::end(kRowHeights), m_preferences.rowHeight());
    heights->setCurrentIndex(chosen == std::end(kRowHeights) ? 0 : int(chosen - std::begin(kRowHeights)));
    connect(heights, &SegmentedButton::currentChanged, this, [this](int index) { m_preferences.setRowHeight(kRowHeights[index]); });
    return new SettingRow(tr("Row height"), heights, tr("In all lists; never less than the text needs."));
}

QWidget *AppearanceSection::makeTextSize()
{
    const QString names[] = {tr("As the system"), tr("A little larger"), tr("Larger"), tr("Much larger")};
    auto *size = new QComboBox;
    const int present = QFontInfo(typeFont(Type::Body)).pixelSize() - m_preferences.textStep();
    for (size_t i = 0; i < std::size(kTextSteps); ++i)
        size->addItem(tr("%1 (%2 px)").arg(names[i]).arg(present + kTextSteps[i]), kTextSteps[i]);
    size->setCurrentIndex(std::max(0, size->findData(m_preferences.textStep())));
    connect(size, &QComboBox::activated, this, [this, size] { m_preferences.setTextStep(size->currentData().toInt()); });
    auto *row = new SettingRow(tr("Text size"), size, tr("All sizes follow; rows grow with the text."));
    row->setLast(true);
    return row;
}

QWidget *AppearanceSection::makePreview()
{
    // Names of companies that are nobody's; the words around them are the catalog's.
    struct Row {
        const char *number;
        const char *name;
        Lifecycle stage;
        qint64 amount;
        StateMark mark;
    };
    constexpr Row kRows[] = {{"C-20113", "Warephase", Lifecycle::Customer, 26'768, StateMark::None},
                             {"C-20418", "Rundofase", Lifecycle::Customer, 31'589, StateMark::Waiting},
                             {"C-20305", "Treequote", Lifecycle::Customer, 32'250, StateMark::None},
                             {"C-20061", "Iselectrics", Lifecycle::Prospect, 55, StateMark::Conflict},
                             {"C-20290", "Zoomit", Lifecycle::Lead, 1'096, StateMark::None}};
    constexpr int kSelected = 2;
    auto *model = new QStandardItemModel(int(std::size(kRows)), PreviewColumns, this);
    model->setHorizontalHeaderLabels({QString(), tr("Number"), tr("Name"), tr("Stage"), tr("Open")});
    model->horizontalHeaderItem(AmountColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    for (int i = 0; i < int(std::size(kRows)); ++i) {
        const Row &row = kRows[i];
        model->setItem(i, MarkColumn, new QStandardItem);
        model->item(i, MarkColumn)->setData(int(row.mark), StateMarkRole);
        model->setItem(i, NumberColumn, new QStandardItem(QString::fromLatin1(row.number)));
        model->item(i, NumberColumn)->setData(int(Tone::Muted), ToneRole);
        model->setItem(i, NameColumn, new QStandardItem(QString::fromLatin1(row.name)));
        model->setItem(i, StageColumn, new QStandardItem(lifecycleText(row.stage)));
        model->item(i, StageColumn)->setData(int(row.stage), LifecycleRole);
        model->setItem(i, AmountColumn, new QStandardItem(m_context.texts.number(row.amount)));
        model->item(i, AmountColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    m_preview = new QTableView;
    RowDelegate::prepareView(m_preview, m_preferences.rowHeight());
    auto *delegate = new RowDelegate(m_preview);
    delegate->setNameColumn(NameColumn);
    m_preview->setItemDelegate(delegate);
    m_preview->setModel(model);
    m_preview->setFocusPolicy(Qt::NoFocus);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setMaximumWidth(kPreviewWidth);
    m_preview->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_preview->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_preview->setSelectionMode(QAbstractItemView::SingleSelection);
    m_preview->selectRow(kSelected);
    QHeaderView *header = m_preview->horizontalHeader();
    header->setSectionsClickable(false);
    header->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    fitPreview();
    return m_preview;
}

void AppearanceSection::fitPreview()
{
    const double scale = QFontInfo(typeFont(Type::Body)).pixelSize() / 13.0;
    constexpr int kWidths[] = {24, 80, 0, 100, 80};
    for (int i = 0; i < PreviewColumns; ++i) {
        if (i != NameColumn)
            m_preview->setColumnWidth(i, qRound(kWidths[i] * (i == MarkColumn ? 1.0 : scale)));
    }
    const int row = fitHeight(m_preferences.rowHeight(), typeFont(Type::Body));
    m_preview->verticalHeader()->setDefaultSectionSize(row);
    m_preview->setFixedHeight(m_preview->horizontalHeader()->height() + row * m_preview->model()->rowCount());
}

void AppearanceSection::follow()
{
    const QSignalBlocker quietThemes(m_themes);
    const QSignalBlocker quietAccents(m_accents);
    if (QAbstractButton *card = m_themes->button(int(m_context.theme.mode())))
        card->setChecked(true);
    if (QAbstractButton *swatch = m_accents->button(int(m_context.theme.accent())))
        swatch->setChecked(true);
    for (QAbstractButton *swatch : m_accents->buttons())
        swatch->setEnabled(m_context.theme.scheme() != Scheme::HighContrast);
    for (ThemeCard *card : std::as_const(m_cards))
        card->setAccent(m_context.theme.accent());
}

} // namespace fieldfare::ui
