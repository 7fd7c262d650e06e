// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Chinese catalogue is complete: every string of the source is in it, finished, and keeps its placeholders.
#include "core/base/error_words.h"
#include "core/model/catalog.h"
#include "translations/translators.h"

#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace fieldfare;

namespace {

struct Message {
    QString translation;
    bool finished = true;
};
using Catalogue = QMap<QPair<QString, QString>, Message>;

Catalogue readCatalogue(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Catalogue catalogue;
    QXmlStreamReader xml(&file);
    QString context;
    QString source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            Message message;
            message.finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            message.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            catalogue.insert({context, source}, message);
        }
    }
    return catalogue;
}

/// %1, %2, %n as a sorted list.
QStringList placeholders(const QString &text)
{
    QStringList found;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text.at(i) == QLatin1Char('%') && (text.at(i + 1).isDigit() || text.at(i + 1) == QLatin1Char('n')))
            found.append(text.mid(i, 2));
    }
    found.sort();
    return found;
}

} // namespace

class TestTranslations final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStringOfTheSourceIsTranslated()
    {
        const QString root = QStringLiteral(FIELDFARE_SOURCE_DIR);
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess lupdate;
        lupdate.setWorkingDirectory(root);
        lupdate.start(QStringLiteral(FIELDFARE_LUPDATE),
                      QStringLiteral("-silent -locations none -I . core sync ui app -extensions cpp,h -source-language en -target-language zh_CN -ts").split(QLatin1Char(' '))
                          << fresh);
        QVERIFY(lupdate.waitForFinished());
        QCOMPARE(lupdate.exitCode(), 0);
        const Catalogue wanted = readCatalogue(fresh);
        const Catalogue kept = readCatalogue(root + QStringLiteral("/translations/fieldfare_zh_CN.ts"));
        QVERIFY2(wanted.size() > 300, "lupdate found too little");
        QStringList problems;
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            const Message message = kept.value(it.key(), {QString(), false});
            const QString name = it.key().first + QLatin1String(": ") + it.key().second;
            if (!message.finished || message.translation.isEmpty())
                problems.append(QLatin1String("not translated: ") + name);
            else if (placeholders(message.translation) != placeholders(it.key().second))
                problems.append(QLatin1String("other placeholders: ") + name);
        }
        QVERIFY2(problems.isEmpty(), qUtf8Printable(problems.join(QLatin1Char('\n'))));
    }

    void everyErrorCodeHasWordsInBothLanguages()
    {
        for (const QLocale::Language language : {QLocale::English, QLocale::Chinese}) {
            Translators translators;
            translators.install(QLocale(language));
            QStringList sentences;
            for (const base::ErrorCode code : base::allErrorCodes()) {
                const QString words = base::errorWords({code, {}, {}}).joined();
                QVERIFY2(!words.isEmpty(), qUtf8Printable(base::errorCodeName(code)));
                QVERIFY2(!words.contains(base::errorCodeName(code)), qUtf8Printable(words));
                const bool isChinese = words.at(0).script() == QChar::Script_Han || words.contains(QChar(0x3002));
                QCOMPARE(isChinese, language == QLocale::Chinese);
                QVERIFY2(!sentences.contains(words), qUtf8Printable(words));
                sentences.append(words);
            }
        }
    }

    void catalogLabelsAndPluralsFollowTheLanguage()
    {
        Translators translators;
        translators.install(QLocale(QLocale::Chinese));
        QCOMPARE(QCoreApplication::translate("Catalog", "(language)"), QStringLiteral("zh_CN"));
        QCOMPARE(model::Catalog::standard()->entity(QStringLiteral("customer"))->label(), QString::fromUtf8("客户"));
        translators.install(QLocale(QLocale::English));
        QCOMPARE(QCoreApplication::translate("fieldfare::ui::DashboardPage", "%n deal(s)", nullptr, 1), QStringLiteral("1 deal"));
        QCOMPARE(QCoreApplication::translate("fieldfare::ui::DashboardPage", "%n deal(s)", nullptr, 36), QStringLiteral("36 deals"));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
