// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of the main window: one row each. The palette, the menus and the shortcuts all come from here.
#include "ui/model/own_rights.h"
#include "ui/pages/records/records_page.h"
#include "ui/shell/command_table.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/list/entity_list.h"

#include <QApplication>

namespace fieldfare::ui {

void MainWindow::addCommands()
{
    const QString file = tr("&File");
    const QString edit = tr("&Edit");
    const QString view = tr("&View");
    const QString record = tr("&Record");
    const auto onRecords = [this](auto run) {
        return [this, run] {
            if (RecordsPage *records = currentRecords())
                run(*records);
        };
    };
    m_commands->add({QStringLiteral("record.new"), tr("New record here"), QStringLiteral("plus"), QKeySequence::New, file},
                    onRecords([](RecordsPage &records) { records.newRecord(); }));
    for (const Module &module : std::as_const(m_modules)) {
        if (module.entity == 0)
            continue;
        const model::Entity *entity = m_context.database.catalog()->entity(module.entity);
        QAction *const add = m_commands->add({QStringLiteral("new.") + module.key,
                                              tr("New %1").arg(m_context.texts.isChinese() ? entity->label() : entity->label().toLower()), module.iconName, {}, file},
                                             [this, id = module.entity] { newRecord(id, {}); });
        const auto follow = [this, add, id = module.entity] { add->setEnabled(m_rights->mayCreate(id)); };
        connect(m_rights, &OwnRights::changed, this, follow);
        follow();
    }
    m_commands->add({QStringLiteral("sync.now"), tr("Sync now"), QStringLiteral("sync"), QKeySequence(Qt::Key_F5), file}, [this] { m_context.sync.syncNow(); });
    if (!m_isSample) {
        m_commands->add({QStringLiteral("window.lock"), tr("Lock now"), QStringLiteral("lock"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), file},
                        [this] { Q_EMIT outsidePageRequested(QStringLiteral("unlock")); });
    }
    m_commands->add({QStringLiteral("window.quit"), tr("Quit"), QStringLiteral("close"), QKeySequence(Qt::CTRL | Qt::Key_Q), file}, [this] { close(); });

    m_commands->add({QStringLiteral("edit.undo"), tr("Undo the last change"), QStringLiteral("undo"), QKeySequence::Undo, edit}, [this] { undoLast(); });
    m_commands->add({QStringLiteral("search"), tr("Search or run a command"), QStringLiteral("search"), QKeySequence(Qt::CTRL | Qt::Key_K), edit, false, false},
                    [this] { showPalette(); });
    m_commands->add({QStringLiteral("list.filter"), tr("Filter the list"), QStringLiteral("filter"), QKeySequence::Find, edit},
                    onRecords([](RecordsPage &records) { records.focusFilter(); }));

    m_commands->add({QStringLiteral("record.save"), tr("Save the record"), QStringLiteral("check"), QKeySequence::Save, record},
                    onRecords([](RecordsPage &records) { records.saveRecord(); }));
    m_commands->add({QStringLiteral("record.note"), tr("Write a note or log a call"), QStringLiteral("phone"), QKeySequence(Qt::CTRL | Qt::Key_L), record},
                    onRecords([](RecordsPage &records) { records.startNote(); }));
    m_commands->add({QStringLiteral("record.previous"), tr("Previous record"), QStringLiteral("chevron-up"), QKeySequence(Qt::ALT | Qt::Key_Up), record},
                    onRecords([](RecordsPage &records) { records.stepRecord(-1); }));
    m_commands->add({QStringLiteral("record.next"), tr("Next record"), QStringLiteral("chevron-down"), QKeySequence(Qt::ALT | Qt::Key_Down), record},
                    onRecords([](RecordsPage &records) { records.stepRecord(1); }));
    m_commands->add({QStringLiteral("record.copy"), tr("Copy the number"), QStringLiteral("copy"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), record},
                    onRecords([](RecordsPage &records) { records.copyNumber(); }));
    // Del itself belongs to the list: in a field it deletes a letter.
    m_commands->add({QStringLiteral("record.trash"), tr("Move to trash"), QStringLiteral("trash"), QKeySequence(Qt::CTRL | Qt::Key_Delete), record, true},
                    onRecords([](RecordsPage &records) { records.removeSelected(); }));

    int digit = 0;
    for (const Module &module : std::as_const(m_modules)) {
        const QKeySequence keys = ++digit <= 9 ? QKeySequence(QKeyCombination(Qt::ControlModifier, static_cast<Qt::Key>(Qt::Key_0 + digit))) : QKeySequence();
        m_commands->add({QStringLiteral("go.") + module.key, tr("Go to %1").arg(module.title), module.iconName, keys, view},
                        [this, key = module.key] { openPage(key); });
        for (const PageSection &section : module.sections) {
            m_commands->add({QStringLiteral("go.%1.%2").arg(module.key, section.key), tr("%1: %2", "a page and its section").arg(module.title, section.title), section.iconName},
                            [this, place = module.key + QLatin1Char('/') + section.key] { openPage(place); });
        }
    }
    m_commands->add({QStringLiteral("list.refresh"), tr("Read the list again"), QStringLiteral("sync"), QKeySequence(Qt::SHIFT | Qt::Key_F5), view},
                    onRecords([](RecordsPage &records) { records.list().model().refresh(); }));
    m_commands->add({QStringLiteral("help.keys"), tr("Keys"), QStringLiteral("info"), QKeySequence::HelpContents, tr("&Help")}, [this] { showKeys(); });
    m_commands->add({QStringLiteral("theme.light"), tr("Light theme"), QStringLiteral("sun"), {}, view}, [this] { m_context.theme.setMode(ThemeMode::Light); });
    m_commands->add({QStringLiteral("theme.dark"), tr("Dark theme"), QStringLiteral("sun"), {}, view}, [this] { m_context.theme.setMode(ThemeMode::Dark); });
    m_commands->add({QStringLiteral("theme.system"), tr("Theme like the system"), QStringLiteral("auto"), {}, view},
                    [this] { m_context.theme.setMode(ThemeMode::System); });
}

} // namespace fieldfare::ui
