// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/shown_text.h"

#include "ui/model/record_list_model.h"
#include "ui/widgets/controls/side_bar_row.h"
#include "ui/widgets/theme/metrics.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRegularExpression>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTableView>
#include <QTextDocumentFragment>
#include <QXmlStreamReader>

namespace fieldfare::shots {

namespace {

constexpr int kCellPadding = 12; ///< of a list's cell, both sides
constexpr int kSortArrow = 18;
constexpr int kTimeBar = 46;

QString plain(const QString &text)
{
    return Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
}

QString nameOf(const QWidget &widget)
{
    return QString::fromLatin1(widget.metaObject()->className()) + QLatin1Char(' ') + widget.accessibleName();
}

class Collector {
public:
    void add(const QWidget &widget, const QString &text)
    {
        const QString words = plain(text).simplified();
        if (!words.isEmpty())
            m_texts.append({words, nameOf(widget)});
    }

    void addWidget(const QWidget &widget)
    {
        add(widget, widget.toolTip());
        add(widget, widget.accessibleName());
        add(widget, widget.accessibleDescription());
        if (const auto *label = qobject_cast<const QLabel *>(&widget))
            add(widget, label->text());
        else if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
            add(widget, button->text());
        else if (const auto *line = qobject_cast<const QLineEdit *>(&widget))
            addLine(*line);
        else if (const auto *text = qobject_cast<const QPlainTextEdit *>(&widget))
            add(widget, text->toPlainText().isEmpty() ? text->placeholderText() : text->toPlainText());
        else if (const auto *combo = qobject_cast<const QComboBox *>(&widget))
            add(widget, combo->currentText());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(&widget))
            addTabs(*tabs);
        else if (const auto *header = qobject_cast<const QHeaderView *>(&widget))
            addHeader(*header);
        else if (const auto *view = qobject_cast<const QAbstractItemView *>(&widget))
            addRows(*view);
    }

    QList<ShownText> take() { return std::move(m_texts); }

private:
    void addLine(const QLineEdit &line)
    {
        if (line.text().isEmpty())
            add(line, line.placeholderText());
        else if (line.echoMode() == QLineEdit::Normal)
            add(line, line.text());
    }

    void addTabs(const QTabBar &tabs)
    {
        for (int i = 0; i < tabs.count(); ++i) {
            if (tabs.isTabVisible(i))
                add(tabs, tabs.tabText(i));
        }
    }

    void addHeader(const QHeaderView &header)
    {
        for (int i = 0; i < header.count() && header.model() != nullptr; ++i) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)}) {
                if (!header.isSectionHidden(i))
                    add(header, header.model()->headerData(i, header.orientation(), role).toString());
            }
        }
    }

    void addRows(const QAbstractItemView &view)
    {
        const QAbstractItemModel *model = view.model();
        for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                const QModelIndex index = model->index(row, column);
                if (!view.viewport()->rect().intersects(view.visualRect(index)))
                    continue;
                add(view, index.data().toString());
                add(view, index.data(Qt::AccessibleTextRole).toString());
                add(view, index.data(Qt::ToolTipRole).toString());
            }
        }
    }

    QList<ShownText> m_texts;
};

bool fits(const QLabel &label)
{
    if (label.wordWrap())
        return label.height() >= label.heightForWidth(label.width());
    if (label.width() >= label.sizeHint().width())
        return true;
    // An elided label says the rest in its tool tip; one with rich text cannot.
    return label.minimumSizeHint().width() < label.sizeHint().width() && label.toolTip() == label.text();
}

QStringList cutHeaders(const QTableView &table)
{
    QStringList cut;
    const QHeaderView &header = *table.horizontalHeader();
    for (int column = 0; header.isVisible() && column < header.count(); ++column) {
        const QString text = table.model()->headerData(column, Qt::Horizontal).toString().trimmed();
        if (header.isSectionHidden(column) || text.isEmpty() || table.model()->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString() == text)
            continue;
        const bool sorted = header.isSortIndicatorShown() && header.sortIndicatorSection() == column;
        const QFont font = ui::typeFont(ui::Type::Small, sorted);
        if (QFontMetrics(font).horizontalAdvance(text) + kCellPadding + (sorted ? kSortArrow : 0) > header.sectionSize(column))
            cut.append(QStringLiteral("header: ") + text);
    }
    return cut;
}

/// A number without its end is another number.
QStringList cutNumbers(const QTableView &table)
{
    QStringList cut;
    const QAbstractItemModel &model = *table.model();
    const bool records = qobject_cast<const ui::RecordListModel *>(&model) != nullptr;
    for (int row = std::max(0, table.rowAt(0)); row < model.rowCount(); ++row) {
        if (table.rowViewportPosition(row) > table.viewport()->height())
            break;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            const QString text = index.data().toString();
            const bool right = (index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
            const bool timed = records && index.data(ui::RecordListModel::TimeUsedRole).isValid(); // words beside a bar
            const int room = table.columnWidth(column) - kCellPadding - (timed ? kTimeBar : 0);
            if ((right || timed) && !table.isColumnHidden(column) && QFontMetrics(ui::typeFont(ui::Type::Body)).horizontalAdvance(text) > room)
                cut.append(QStringLiteral("number: ") + text);
        }
    }
    return cut;
}

bool comboFits(const QComboBox &combo)
{
    QStyleOptionComboBox option;
    option.initFrom(&combo);
    option.editable = combo.isEditable();
    const QRect field = combo.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &combo);
    return combo.fontMetrics().horizontalAdvance(combo.currentText()) <= field.width() || combo.toolTip() == combo.currentText();
}

} // namespace

QList<ShownText> shownTexts(const QWidget &page)
{
    Collector collector;
    collector.addWidget(page);
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        if (widget->isVisibleTo(&page))
            collector.addWidget(*widget);
    }
    return collector.take();
}

QSet<QString> latinWords(const QString &text)
{
    static const QRegularExpression word(QStringLiteral("[A-Za-z]{3,}"));
    QSet<QString> words;
    for (auto it = word.globalMatch(text); it.hasNext();)
        words.insert(it.next().captured());
    return words;
}

QSet<QString> translatedSources(const QString &tsFile)
{
    QSet<QString> sources;
    QFile file(tsFile);
    if (!file.open(QIODevice::ReadOnly))
        return sources;
    QXmlStreamReader xml(&file);
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("source"))
            source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation") && xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed() != source)
            sources.insert(plain(source).simplified());
    }
    return sources;
}

QStringList untranslated(const QList<ShownText> &texts, const QSet<QString> &sources, const QSet<QString> &data)
{
    static const QSet<QString> stays{
        QStringLiteral("Fieldfare"), QStringLiteral("English"), QStringLiteral("Ctrl"),  QStringLiteral("Alt"),    QStringLiteral("Shift"), QStringLiteral("Enter"),
        QStringLiteral("Return"),    QStringLiteral("Tab"),     QStringLiteral("Esc"),   QStringLiteral("Del"),    QStringLiteral("Delete"), QStringLiteral("TLS"),
        QStringLiteral("AES"),       QStringLiteral("crm"),     QStringLiteral("sonron"), QStringLiteral("example"), QStringLiteral("com"), QStringLiteral("USD"), QStringLiteral("Down"),
        QStringLiteral("fieldfare"), QStringLiteral("cli"), QStringLiteral("salvage"), QStringLiteral("recover"), QStringLiteral("request"), QStringLiteral("profile")};
    static const QRegularExpression count(QStringLiteral("[ ,]*[0-9][0-9,.]*$"));
    QStringList found;
    for (const ShownText &shown : texts) {
        QString bare = shown.text;
        bare.remove(count);
        bool english = sources.contains(shown.text) || (sources.contains(bare) && !latinWords(bare).isEmpty());
        for (const QString &word : latinWords(shown.text))
            english = english || (!stays.contains(word) && !data.contains(word));
        const QString line = QStringLiteral("%1 (%2)").arg(shown.text, shown.where);
        if (english && !found.contains(line))
            found.append(line);
    }
    return found;
}

QStringList cutTexts(const QWidget &page)
{
    QStringList cut;
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&page))
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget); label != nullptr && !label->text().isEmpty() && !fits(*label))
            cut.append(QStringLiteral("label: ") + plain(label->text()));
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (const auto *row = qobject_cast<const ui::SideBarRow *>(widget)) {
            if (!row->isWhole() && row->toolTip().isEmpty())
                cut.append(QStringLiteral("side bar: ") + row->text());
        } else if (button != nullptr && !button->text().isEmpty() && button->width() < button->sizeHint().width()) {
            cut.append(QStringLiteral("button: ") + button->text());
        }
        if (const auto *table = qobject_cast<const QTableView *>(widget); table != nullptr && table->model() != nullptr)
            cut += cutHeaders(*table) + cutNumbers(*table);
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget); tabs != nullptr && tabs->width() < tabs->sizeHint().width())
            cut.append(QStringLiteral("tabs: ") + nameOf(*tabs));
        if (const auto *combo = qobject_cast<const QComboBox *>(widget); combo != nullptr && !comboFits(*combo))
            cut.append(QStringLiteral("combo: ") + combo->currentText());
    }
    cut.removeDuplicates();
    return cut;
}

} // namespace fieldfare::shots
