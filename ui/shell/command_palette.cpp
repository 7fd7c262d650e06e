// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include "ui/shell/palette_delegate.h"
#include "ui/widgets/controls/badges.h"
#include "ui/widgets/controls/float_shadow.h"
#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/style_parts.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace fieldfare::ui {

namespace {

constexpr int kHeadHeight = 44;
constexpr int kFootHeight = 32;
constexpr int kRestMs = 150; ///< Longer than from one key to the next.

class SearchGlyph final : public QWidget {
public:
    SearchGlyph() { setFixedSize(icon_size::kChrome, icon_size::kChrome); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, rect(), QStringLiteral("search"), icon_size::kChrome, Tokens::of(this).text2);
    }
};

} // namespace

CommandPalette::CommandPalette(store::DatabaseThread &database, const DisplayText &texts, const CommandTable &commands, QWidget *window)
    : QFrame(window), m_database(database), m_model(new PaletteModel(database, texts, commands, this)), m_line(new QLineEdit),
      m_view(new QListView), m_scopeLabel(new TextLabel(QString(), Type::Small, Ink::Text)), m_footnote(new TextLabel(QString(), Type::Small, Ink::Text2)),
      m_foot(new QWidget)
{
    setAccessibleName(tr("Search or run a command"));
    new FloatShadow(this, radius::kDialog); // belongs to the window
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *head = new QWidget;
    head->setFixedHeight(kHeadHeight);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(15, 0, 15, 0);
    row->setSpacing(space::k8);
    row->addWidget(new SearchGlyph);
    m_line->setFrame(false);
    m_line->setFont(typeFont(Type::Heading));
    QFont plain = m_line->font();
    plain.setWeight(QFont::Normal);
    m_line->setFont(plain);
    m_line->setAccessibleName(tr("Search or run a command"));
    row->addWidget(m_line, 1);
    row->addWidget(m_scopeLabel);
    row->addWidget(new KeyCap(QKeySequence(Qt::Key_Tab).toString(QKeySequence::NativeText)));
    column->addWidget(head);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PaletteDelegate(m_view));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setAccessibleName(tr("Results"));
    column->addWidget(m_view, 1);
    m_foot->setFixedHeight(kFootHeight);
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(15, 0, 15, 0);
    foot->setSpacing(14);
    for (const QString &hint : {tr("<b>&gt;</b> commands"), tr("<b>#</b> numbers"), tr("<b>@</b> people")}) {
        auto *label = new TextLabel(hint, Type::Small, Ink::Text2);
        label->setTextFormat(Qt::RichText);
        foot->addWidget(label);
    }
    foot->addStretch(1);
    foot->addWidget(m_footnote);
    column->addWidget(m_foot);

    m_line->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_view, &QListView::clicked, this, &CommandPalette::choose);
    connect(m_model, &PaletteModel::filled, this, [this] {
        m_view->setCurrentIndex(m_model->index(m_model->nextRow(-1, 1)));
        m_footnote->setText(m_model->footnote());
        fitTo(isVisible() ? height() : 0); // a shorter one would have what lies below it painted at each key
        m_rest.start();
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &CommandPalette::fit);
    hide();
}

void CommandPalette::popUp(model::EntityId scope, const QString &text)
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_scope = scope;
    m_narrowed = false;
    m_line->setText(text);
    search();
    if (text.isEmpty())
        m_model->prepare(0);
    fit();
    show();
    raise();
    m_line->setFocus();
}

void CommandPalette::search()
{
    const model::Entity *entity = m_scope != 0 ? m_database.catalog()->entity(m_scope) : nullptr;
    m_scopeLabel->setText(m_narrowed && entity != nullptr ? entity->pluralLabel() : tr("everything"));
    m_model->setText(m_line->text(), m_narrowed ? m_scope : model::EntityId(0));
}

void CommandPalette::fit()
{
    m_rest.stop();
    fitTo(0);
}

void CommandPalette::fitTo(int least)
{
    const QWidget *window = parentWidget();
    int rows = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        rows += m_view->sizeHintForIndex(m_model->index(row)).height();
    m_view->setVisible(rows > 0); // it would squeeze the line that one types in
    const int wide = std::min(kWidth, window->width() - 2 * space::k24);
    const int tall = std::min(kHeadHeight + kFootHeight + rows + (rows > 0 ? 10 : 2), window->height() - kTop - 40);
    // Over list and record, not over the side bar, where there is room.
    const int x = std::max(space::k24, std::min((window->width() - wide) / 2, window->width() - wide - space::k24));
    setGeometry(x, std::min(kTop, window->height() / 8), wide, std::max({tall, least, kHeadHeight + kFootHeight}));
}

void CommandPalette::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const PaletteModel::Item item = m_model->item(index.row());
    if (item.kind == PaletteModel::Item::Kind::Heading)
        return;
    dismiss();
    if (item.kind == PaletteModel::Item::Kind::Record)
        Q_EMIT recordChosen(item.record);
    else
        Q_EMIT commandChosen(item.command);
}

void CommandPalette::dismiss()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

void CommandPalette::move(int step)
{
    const int row = m_model->nextRow(m_view->currentIndex().row(), step);
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_view->currentIndex());
            return true;
        case Qt::Key_Escape:
            dismiss();
            return true;
        case Qt::Key_Tab:
            m_narrowed = !m_narrowed && m_scope != 0;
            search();
            return true;
        default:
            break;
        }
    } else if (watched == m_line && event->type() == QEvent::FocusOut && isVisible()) {
        // A click elsewhere closes it; a click into its own list does not take the focus.
        hide();
    } else if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
        fit();
    }
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    parts::roundRect(&painter, rect(), radius::kDialog, t.base, t.border);
    painter.fillRect(QRect(1, kHeadHeight, width() - 2, 1), t.line);
    QPainterPath clip;
    clip.addRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius::kDialog - 1, radius::kDialog - 1);
    painter.setClipPath(clip);
    painter.fillRect(QRect(1, m_foot->y(), width() - 2, m_foot->height() + 1), t.window);
    painter.fillRect(QRect(1, m_foot->y(), width() - 2, 1), t.line);
}

} // namespace fieldfare::ui
