// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/value.h"
#include "core/store/thread/database_thread.h"

#include <QHash>
#include <QLocale>
#include <QSet>

namespace fieldfare::ui {

/// A choice value as a person sees it.
struct ChoiceEntry {
    QString key;
    QString label;
    bool retired = false; ///< Shown where it is set, not offered any more.
    friend bool operator==(const ChoiceEntry &, const ChoiceEntry &) = default;
};

/// What keys and ids are called, kept for the UI thread: labels of choice values in the language of the program, titles of
/// referenced records and users. Starts with the built-in choice values and reads those of the profile when it is opened.
/// A title that is not known yet is asked for in the background; changed() tells when it is there. UI thread; `database`
/// must outlive it.
class NameBook : public QObject {
    Q_OBJECT
public:
    explicit NameBook(store::DatabaseThread &database, const QLocale &locale = QLocale(), QObject *parent = nullptr);

    /// The label in the language of the program; the key itself when nobody named it.
    [[nodiscard]] QString choiceLabel(const QString &list, const QString &key) const;
    /// In their order, the retired ones too.
    [[nodiscard]] const QList<ChoiceEntry> &choices(const QString &list) const;

    /// The title of a record; empty while it is read, or when the record is not here.
    [[nodiscard]] QString title(const model::Reference &reference) const;
    /// What a reference is called where a reader has its title already: the name in the language of the program where the
    /// record has one (stages, pipelines), else `known`, else title().
    [[nodiscard]] QString shown(const model::Value &reference, const QString &known) const;
    /// The profile has a server: what is changed here waits to be sent. Without one nothing ever waits.
    [[nodiscard]] bool hasServer() const { return !m_database.profileInfo().serverUrl.isEmpty(); }

    /// What somebody just read: saves asking for it.
    void remember(const model::Reference &reference, const QString &title);

    /// The user of this profile; null before it is opened.
    [[nodiscard]] base::Id ownUser() const { return m_ownUser; }
    /// The same as a field holds it; null id before the profile is opened.
    [[nodiscard]] model::Reference ownReference() const { return userReference(m_ownUser); }
    /// What a user is called; empty while it is read, and for nobody.
    [[nodiscard]] QString userName(const base::Id &user) const { return title(userReference(user)); }

Q_SIGNALS:
    void changed();

private:
    struct Choices {
        QHash<QString, QList<ChoiceEntry>> lists;
        QHash<base::Id, QString> localNames; ///< Of records with a name in the language of the program.
    };
    [[nodiscard]] model::Reference userReference(const base::Id &user) const;
    void readChoices();
    void readTitles();
    void onRowsChanged(model::EntityId entity, const QList<base::Id> &ids);

    store::DatabaseThread &m_database;
    QLocale m_locale;
    Choices m_choices;
    base::Id m_ownUser;
    mutable QHash<model::EntityId, QHash<base::Id, QString>> m_titles;
    mutable QHash<model::EntityId, QSet<base::Id>> m_wanted;
    mutable bool m_asking = false;
};

} // namespace fieldfare::ui
