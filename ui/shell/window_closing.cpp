// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed and not saved, when the main window is to close.
#include "ui/pages/records/records_page.h"
#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>

namespace fieldfare::ui {

namespace {

constexpr int kTitleWidth = 320;

} // namespace

bool MainWindow::mayClose(const std::function<void()> &onceSaved)
{
    QList<const RecordsPage *> unsaved;
    for (const Page *made : std::as_const(m_pages)) {
        if (const auto *records = qobject_cast<const RecordsPage *>(made); records != nullptr && records->hasDrafts())
            unsaved.append(records);
    }
    if (unsaved.isEmpty() && m_keptDrafts.isEmpty())
        return true;
    const QString title = unsaved.size() == 1 && m_keptDrafts.isEmpty() ? unsaved.front()->draftTitle() : QString();
    QMessageBox box(QMessageBox::NoIcon, tr("Not saved"), {}, QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setTextFormat(Qt::PlainText); // a title is what somebody typed
    const QString shown = box.fontMetrics().elidedText(title, Qt::ElideMiddle, kTitleWidth);
    box.setText(title.isEmpty() ? tr("Some records have changes that are not saved.") : tr("“%1” has changes that are not saved.").arg(shown));
    if (shown != title)
        box.setToolTip(title);
    box.setInformativeText(tr("Kept for later, they wait in the encrypted file and stand in their fields when Fieldfare is opened again. Discarding them cannot be undone."));
    const QPushButton *const keep = box.addButton(tr("Keep for later"), QMessageBox::AcceptRole);
    if (onceSaved)
        box.setDefaultButton(box.addButton(QMessageBox::Save));
    else
        box.setDefaultButton(QMessageBox::Cancel);
    box.setEscapeButton(QMessageBox::Cancel);
    const int answer = box.exec();
    m_keepsDrafts = box.clickedButton() == keep;
    if (answer == QMessageBox::Save)
        saveDrafts(onceSaved);
    return m_keepsDrafts || answer == QMessageBox::Discard;
}

void MainWindow::saveDrafts(const std::function<void()> &done)
{
    for (const QString &key : m_keptDrafts.keys())
        page(key); // takes its own
    for (Page *made : std::as_const(m_pages)) {
        auto *records = qobject_cast<RecordsPage *>(made);
        if (records == nullptr || !records->hasDrafts())
            continue;
        showPage(records);
        records->saveDrafts([this, done] { saveDrafts(done); });
        return;
    }
    done();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!mayClose([this] { close(); })) {
        event->ignore();
        return;
    }
    saveState();
    m_isClosed = true;
    event->accept();
}

} // namespace fieldfare::ui
