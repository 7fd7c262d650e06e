// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/date_editor.h"

#include "ui/widgets/theme/icon.h"

#include <QAction>
#include <QCalendarWidget>
#include <QDateTime>
#include <QFrame>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace fieldfare::ui {

using model::Value;

namespace {

const QDate kEpoch(1970, 1, 1);
constexpr int kWorkdayBegins = 9; // the hour that a bare date means in a field with a time

QDate withThisYear(const QDate &date, const QDate &today, bool hasYear)
{
    return hasYear || !date.isValid() ? date : QDate(today.year(), date.month(), date.day());
}

} // namespace

DateEditor::DateEditor(const model::Field &field, const EditorContext &context, QWidget *parent)
    : FieldEditor(field, context, parent), m_line(new QLineEdit(this))
{
    setInput(m_line);
    m_line->installEventFilter(this);
    auto *calendar = m_line->addAction(icon(QStringLiteral("calendar")), QLineEdit::TrailingPosition);
    calendar->setText(tr("Calendar"));
    calendar->setToolTip(tr("Calendar (Alt+Down)"));
    calendar->setVisible(false);
    connect(calendar, &QAction::triggered, this, &DateEditor::showCalendar);
    connect(m_line, &QLineEdit::textEdited, this, &DateEditor::parse);
}

QWidget *DateEditor::input() const
{
    return m_line;
}

QDate DateEditor::date() const
{
    if (m_value.integer() == nullptr)
        return {};
    return hasTime() ? context().texts.dateOf(*m_value.integer()) : kEpoch.addDays(*m_value.integer());
}

Value DateEditor::valueOf(const QDate &date, const QTime &time) const
{
    if (!hasTime())
        return Value(std::int64_t(kEpoch.daysTo(date)));
    return Value(std::int64_t(QDateTime(date, time, context().texts.zone()).toMSecsSinceEpoch()));
}

void DateEditor::setValue(const Value &value, const QString &)
{
    if (value == m_value && m_line->isModified())
        return;
    m_value = value;
    showValue();
}

void DateEditor::showValue()
{
    QString text;
    if (m_value.integer() != nullptr && m_line->hasFocus()) {
        // While editing the whole date, so that what is left alone keeps its year.
        text = context().texts.isChinese() ? date().toString(QStringLiteral("yyyy-MM-dd"))
                                           : context().texts.locale().toString(date(), QStringLiteral("d MMM yyyy"));
        if (hasTime())
            text += QLatin1Char(' ') + context().texts.time(*m_value.integer());
    } else {
        text = context().texts.value(field(), m_value);
    }
    if (text != m_line->text())
        m_line->setText(text);
}

std::optional<QDate> DateEditor::parseDate(const QString &text, const QDate &today, const QLocale &locale)
{
    const QString word = text.trimmed();
    if (word.compare(tr("today"), Qt::CaseInsensitive) == 0 || word == QStringLiteral("today"))
        return today;
    if (word.compare(tr("tomorrow"), Qt::CaseInsensitive) == 0)
        return today.addDays(1);
    static const QRegularExpression days(QStringLiteral("^([+-]\\d{1,4})$"));
    if (const auto match = days.match(word); match.hasMatch())
        return today.addDays(match.captured(1).toLongLong());
    if (const QDate iso = QDate::fromString(word, Qt::ISODate); iso.isValid())
        return iso;
    struct Form {
        const char *format;
        bool hasYear;
    };
    static constexpr Form forms[] = {{"d MMM yyyy", true}, {"d MMMM yyyy", true}, {"d MMM", false},      {"ddd d MMM", false},
                                     {"d.M.yyyy", true},   {"d.M.", false},       {"yyyy年M月d日", true}, {"M月d日", false},
                                     {"yyyy/M/d", true},   {"yyyy-M-d", true}};
    for (const Form &form : forms) {
        QString format = QString::fromUtf8(form.format);
        QString given = word;
        if (!form.hasYear) { // weekday and 29 February need the year to be read with
            format += QStringLiteral(" yyyy");
            given += QLatin1Char(' ') + QString::number(today.year());
        }
        for (const QLocale &by : {locale, QLocale::c()}) {
            if (const QDate date = by.toDate(given, format); date.isValid())
                return withThisYear(date, today, form.hasYear);
        }
    }
    if (const QDate local = locale.toDate(word, QLocale::ShortFormat); local.isValid() && word.size() >= 6) {
        // Two digits of a year mean this century here.
        return local.year() < 1970 && !word.contains(QString::number(local.year())) ? local.addYears(100) : local;
    }
    return std::nullopt;
}

void DateEditor::parse(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty()) {
        m_value = {};
        Q_EMIT edited({});
        return;
    }
    QString datePart = text;
    QTime time(kWorkdayBegins, 0);
    if (hasTime()) {
        static const QRegularExpression clock(QStringLiteral("\\s+(\\d{1,2}):(\\d{2})$"));
        if (const auto match = clock.match(text); match.hasMatch()) {
            time = QTime(match.captured(1).toInt(), match.captured(2).toInt());
            datePart = text.left(match.capturedStart());
        }
    }
    const auto date = parseDate(datePart, context().texts.today(), context().texts.locale());
    if (!date || !time.isValid()) {
        Q_EMIT unreadable();
        return;
    }
    m_value = valueOf(*date, time);
    Q_EMIT edited(m_value);
}

void DateEditor::showCalendar()
{
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(popup);
    column->setContentsMargins(1, 1, 1, 1);
    auto *calendar = new QCalendarWidget;
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar->setLocale(context().texts.locale());
    calendar->setFirstDayOfWeek(Qt::Monday);
    calendar->setSelectedDate(date().isValid() ? date() : context().texts.today());
    column->addWidget(calendar);
    connect(calendar, &QCalendarWidget::activated, this, [this, popup](const QDate &chosen) {
        QTime time(kWorkdayBegins, 0);
        if (hasTime() && m_value.integer() != nullptr)
            time = QDateTime::fromMSecsSinceEpoch(*m_value.integer(), context().texts.zone()).time();
        m_value = valueOf(chosen, time);
        popup->close();
        showValue();
        Q_EMIT edited(m_value);
    });
    connect(calendar, &QCalendarWidget::clicked, calendar, &QCalendarWidget::activated);
    popup->move(mapToGlobal(QPoint(0, height() + 2)));
    popup->show();
    calendar->setFocus();
}

bool DateEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_line)
        return FieldEditor::eventFilter(watched, event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        const bool in = event->type() == QEvent::FocusIn;
        for (QAction *action : m_line->actions())
            action->setVisible(in);
        if (!in)
            m_line->setModified(false);
        const bool readable = context().texts.value(field(), m_value).isEmpty() == m_line->text().trimmed().isEmpty();
        if (in || readable)
            QMetaObject::invokeMethod(this, [this] { if (!m_line->isModified()) showValue(); }, Qt::QueuedConnection);
    } else if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down && key->modifiers().testFlag(Qt::AltModifier)) {
            showCalendar();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace fieldfare::ui
