// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/review/review_text.h"

#include <QWidget>

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace fieldfare::ui {

class Banner;
class TextLabel;
class ZoneHeader;

/// A change that was not accepted: the reason in words, the author's values, which can be corrected and sent again, or
/// given up.
class TrayPane final : public QWidget {
    Q_OBJECT
public:
    explicit TrayPane(QWidget *parent = nullptr);

    void setItem(const TrayItem &item, const ReviewText &text, const QString &currency);

Q_SIGNALS:
    /// Only values that were changed; a field that cannot be typed here (a reference) goes as it was.
    void retryRequested(qint64 id, const std::vector<changes::FieldValue> &corrected);
    void discardRequested(qint64 id);
    void openRequested(const model::Reference &record);

private:
    void retry();

    struct Line {
        model::Field field;
        QString before;
        QLineEdit *edit;
        TextLabel *problem;
    };
    TrayItem m_item;
    QString m_currency;
    ZoneHeader *m_header;
    Banner *m_reason;
    QFormLayout *m_form;
    QWidget *m_foot;
    QList<Line> m_lines;
};

} // namespace fieldfare::ui
