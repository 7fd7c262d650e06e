// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/step_layout.h"

#include "ui/widgets/controls/brand_mark.h"
#include "ui/widgets/theme/state_mark.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStyleOptionButton>

namespace fieldfare::ui {

namespace {

constexpr int kSideWidth = 208;
constexpr int kBrand = 32;
constexpr int kDoneMark = 16;
/// As in the window. QKeySequence::Quit is empty on desktops that Qt does not know, and on Windows.
constexpr QKeyCombination kQuitKeys(Qt::CTRL, Qt::Key_Q);

/// A step behind its ring; the ring of one that is done has become a tick.
class StepMark final : public QRadioButton {
public:
    using QRadioButton::QRadioButton;

    void setDone(bool isDone)
    {
        m_isDone = isDone;
        setAccessibleDescription(isDone ? QCoreApplication::translate("StepSide", "done") : QString());
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        if (!m_isDone) {
            QRadioButton::paintEvent(event);
            return;
        }
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        const Tokens &tokens = Tokens::of(this);
        paintStateMark(&painter, style()->subElementRect(QStyle::SE_RadioButtonIndicator, &option, this), StateMark::Synced, tokens, kDoneMark);
        painter.setPen(tokens.text);
        painter.drawText(style()->subElementRect(QStyle::SE_RadioButtonContents, &option, this), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
    }

private:
    bool m_isDone = false;
};

} // namespace

QWidget *withLabel(const QString &text, QWidget *field)
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::k4);
    auto *label = new TextLabel(text, Type::Small, Ink::Text2);
    label->setBuddy(field);
    field->setAccessibleName(text);
    column->addWidget(label);
    column->addWidget(field);
    return box;
}

TextLabel *wrapped(const QString &text, Type type, Ink ink)
{
    auto *label = new TextLabel(text, type, ink);
    label->setWordWrap(true);
    return label;
}

QVBoxLayout *stepColumn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    column->setSpacing(space::k8);
    return column;
}

void addButtonRow(QVBoxLayout *column, std::initializer_list<QPushButton *> buttons)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::k8); // whatever the column has
    row->addStretch(1);
    for (QPushButton *button : buttons)
        row->addWidget(button);
    column->addLayout(row);
}

StepProgress addProgress(QVBoxLayout *column, const QString &title, const QString &accessibleName)
{
    const StepProgress progress{new TextLabel(title, Type::RecordTitle), new TextLabel(QString(), Type::RecordTitle), new QProgressBar};
    auto *head = new QHBoxLayout;
    head->addWidget(progress.title, 1);
    head->addWidget(progress.percent);
    column->addLayout(head);
    progress.bar->setTextVisible(false);
    progress.bar->setRange(0, 100);
    progress.bar->setAccessibleName(accessibleName);
    column->addWidget(progress.bar);
    return progress;
}

void StepProgress::show(int value, bool isKnown) const
{
    bar->setValue(isKnown ? value : 0);
    percent->setText(isKnown ? QCoreApplication::translate("StepProgress", "%1 %").arg(value) : QString());
}

void pressByEnter(const QWidget &page)
{
    for (QPushButton *button : page.findChildren<QPushButton *>())
        button->setAutoDefault(true);
}

void closeByQuitKey(QWidget &page)
{
    auto *quit = new QAction(&page);
    quit->setShortcut(kQuitKeys);
    QObject::connect(quit, &QAction::triggered, &page, &QWidget::close);
    page.addAction(quit);
}

StepSide::StepSide(const QStringList &steps, const QString &line, QWidget *parent)
    : QWidget(parent), m_column(new QVBoxLayout(this)), m_where(new TextLabel(QString(), Type::Small, Ink::Text2)), m_count(int(steps.size()))
{
    m_column->setContentsMargins(space::k16, space::k24, space::k16, space::k16);
    m_column->addWidget(new BrandMark(kBrand));
    m_column->addSpacing(space::k4);
    m_column->addWidget(new TextLabel(QStringLiteral("Fieldfare"), Type::RecordTitle));
    m_column->addWidget(wrapped(line, Type::Small, Ink::Text2));
    m_column->addSpacing(space::k16);
    m_column->addWidget(m_where);
    int widest = 0; // with large text the steps need more than the picture's 208
    for (const QString &text : steps) {
        auto *mark = new StepMark(text);
        mark->setAutoExclusive(false);
        mark->setAttribute(Qt::WA_TransparentForMouseEvents);
        mark->setFocusPolicy(Qt::NoFocus);
        mark->setFont(typeFont(Type::Body, true));
        widest = std::max(widest, mark->sizeHint().width());
        m_marks.append(mark);
        m_column->addWidget(mark);
    }
    m_column->addStretch(1);
    setFixedWidth(std::max(kSideWidth, widest + 2 * space::k16));
    showSteps();
}

void StepSide::setFoot(QWidget *foot)
{
    m_column->addWidget(foot);
}

void StepSide::setStep(int step)
{
    m_step = step;
    showSteps();
}

void StepSide::setStepCount(int count)
{
    m_count = count;
    showSteps();
}

void StepSide::showSteps()
{
    m_where->setText(tr("Step %1 of %2").arg(m_step + 1).arg(m_count));
    m_where->setVisible(m_count > 1);
    for (int i = 0; i < m_marks.size(); ++i) {
        m_marks[i]->setChecked(i == m_step);
        m_marks[i]->setFont(typeFont(Type::Body, i == m_step));
        m_marks[i]->setVisible(i < m_count);
        static_cast<StepMark *>(m_marks[i])->setDone(i < m_step);
    }
}

void StepSide::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.window);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens.line);
}

} // namespace fieldfare::ui
