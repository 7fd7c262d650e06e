// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desktop_fixture.h"

#include "app/composition/profile_session.h"
#include "core/storage/passphrase.h"
#include "ui/widgets/controls/password_edit.h"

#include <QDir>
#include <QLabel>

namespace fieldfare::testlib {

bool DesktopFixture::prepare()
{
    store::Profile::Options cheap;
    cheap.key.logN = 14;
    const auto made = store::Profile::create(m_folder.filePath(QStringLiteral("begun")), storage::passphraseBytes(QString::fromLatin1(kPassphrase)), cheap);
    if (!made.ok())
        return false;
    base::SystemClock clock;
    base::SystemRandom random;
    const auto opened = made->openStore(clock, random, app::commitRules());
    store::ProfileInfo info;
    info.userName = QStringLiteral("anna");
    return opened.ok() && store::startStandAlone(**opened, info, QStringLiteral("Anna Larsen")).ok();
}

bool DesktopFixture::freshProfile(const char *name)
{
    m_profile = m_folder.filePath(QString::fromLatin1(name));
    m_keychain = {};
    const QDir begun(m_folder.filePath(QStringLiteral("begun")));
    const QStringList files = begun.entryList({QStringLiteral("fieldfare.*")}, QDir::Files);
    return QDir().mkpath(m_profile) && std::all_of(files.begin(), files.end(), [&](const QString &file) {
        return QFile::copy(begun.filePath(file), m_profile + QLatin1Char('/') + file);
    });
}

void DesktopFixture::noProfile(const char *name)
{
    m_profile = m_folder.filePath(QString::fromLatin1(name));
    m_keychain = {};
}

bool DesktopFixture::start(bool isAsked)
{
    m_theme = std::make_unique<ui::Theme>(qApp);
    m_preferences = std::make_unique<ui::Preferences>(m_folder.filePath(QStringLiteral("fieldfare.ini")));
    m_preferences->setLanguage(QStringLiteral("en"));
    m_desktop = std::make_unique<app::Desktop>(m_profile, *m_theme, *m_preferences, m_translators, std::make_unique<FakeKeychain>(m_keychain));
    if (!isAsked)
        qputenv("FIELDFARE_PASSPHRASE", kPassphrase);
    return m_desktop->start() && (isAsked || waitForWindow());
}

void DesktopFixture::stop()
{
    m_desktop.reset();
    m_preferences.reset();
    m_theme.reset();
}

bool DesktopFixture::says(const char *words)
{
    const auto *page = shown<ui::UnlockPage>();
    const QList<QLabel *> labels = page != nullptr ? page->findChildren<QLabel *>() : QList<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) { return label->isVisible() && label->text().contains(QLatin1StringView(words)); });
}

void DesktopFixture::answer(const char *passphrase)
{
    auto *field = shown<ui::UnlockPage>()->findChild<ui::PasswordEdit *>();
    field->setText(QString::fromLatin1(passphrase));
    QTest::keyClick(field, Qt::Key_Return);
}

} // namespace fieldfare::testlib
