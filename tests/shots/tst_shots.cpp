// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every page of the program in each look, into FIELDFARE_SHOTS (or beside the build). Each picture must have something on it,
// cut no word, show no English of the program where it speaks Chinese, and be the same to the byte in another process.
#include "tests/shots/picture_set.h"
#include "tests/shots/shown_text.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTest>

#include <cstdio>

using namespace fieldfare;

namespace {

constexpr char kDrawOption[] = "--draw";
constexpr int kOtherProcessMs = 400'000;
constexpr int kFewestColours = 12;
constexpr double kMostOfOne = 0.985; ///< share of the commonest colour

QFont fixedFont()
{
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC")});
    font.setPixelSize(13);
    return font;
}

QString fileOf(const QString &picture, const shots::Look &look)
{
    return QStringLiteral("%1-%2.png").arg(picture, QString::fromLatin1(look.name));
}

/// Empty when there is something to see.
QString emptiness(const QImage &image)
{
    QHash<QRgb, int> colours;
    int seen = 0;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2, ++seen)
            ++colours[image.pixel(x, y)];
    }
    const int most = *std::max_element(colours.cbegin(), colours.cend());
    if (colours.size() < kFewestColours)
        return QStringLiteral("only %1 colours").arg(colours.size());
    return double(most) > kMostOfOne * seen ? QStringLiteral("nearly all of one colour") : QString();
}

/// The other process: draws everything into `folder` and checks nothing.
int drawOnly(const QString &folder)
{
    bool good = true;
    for (const shots::Look &look : shots::kLooks) {
        shots::PictureSet pictures(look, fixedFont(), [&](const QString &name, QWidget &page) {
            good = page.grab().save(folder + QLatin1Char('/') + fileOf(name, look)) && good;
        });
        good = pictures.draw() && good;
    }
    return good ? 0 : 1;
}

} // namespace

class TestShots final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theChecksSeeWhatIsWrong();
    void everyPicture_data();
    void everyPicture();
    void anotherProcessDrawsTheSame();
    void cleanupTestCase();

private:
    QString m_target;
    QTemporaryDir m_other;
    QProcess m_process;
    QStringList m_files;
};

void TestShots::initTestCase()
{
    m_target = qEnvironmentVariable("FIELDFARE_SHOTS", QCoreApplication::applicationDirPath() + QStringLiteral("/../shots"));
    QVERIFY(QDir().mkpath(m_target));
    QVERIFY(m_other.isValid());
    // At the same time: on another core, and with another order of events.
    m_process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(kDrawOption), m_other.path()});
    QVERIFY(m_process.waitForStarted());
}

void TestShots::theChecksSeeWhatIsWrong()
{
    const QSet<QString> sources = shots::translatedSources(QStringLiteral(FIELDFARE_SOURCE_DIR "/translations/fieldfare_zh_CN.ts"));
    QVERIFY(sources.size() > 500);
    QWidget page;
    page.resize(300, 200);
    auto *label = new QLabel(QStringLiteral("Save the record"), &page);
    label->setGeometry(0, 0, 40, 20);
    auto *button = new QPushButton(QString::fromUtf8("保存记录"), &page);
    button->setGeometry(0, 40, 20, 24);
    button->setToolTip(QStringLiteral("Customer"));
    page.show();
    // "Customer" is a word of the records here, and still the program's own word when it stands alone.
    const QStringList english = shots::untranslated(shots::shownTexts(page), sources, {QStringLiteral("Customer")});
    QCOMPARE(english.size(), 2);
    QCOMPARE(shots::cutTexts(page).size(), 2);
    label->setText(QStringLiteral("Treequote"));
    label->resize(label->sizeHint());
    button->resize(button->sizeHint());
    button->setToolTip({});
    QCOMPARE(shots::untranslated(shots::shownTexts(page), sources, {QStringLiteral("Treequote")}), QStringList());
    QCOMPARE(shots::cutTexts(page), QStringList());
    QImage blank(100, 100, QImage::Format_RGB32);
    blank.fill(Qt::white);
    QVERIFY(!emptiness(blank).isEmpty());
}

void TestShots::everyPicture_data()
{
    QTest::addColumn<int>("look");
    for (int i = 0; i < int(std::size(shots::kLooks)); ++i)
        QTest::newRow(shots::kLooks[i].name) << i;
}

void TestShots::everyPicture()
{
    QFETCH(int, look);
    const shots::Look &chosen = shots::kLooks[look];
    const QSet<QString> sources = shots::translatedSources(QStringLiteral(FIELDFARE_SOURCE_DIR "/translations/fieldfare_zh_CN.ts"));
    QStringList problems;
    const shots::PictureSet *set = nullptr;
    shots::PictureSet pictures(chosen, fixedFont(), [&](const QString &name, QWidget &page) {
        const QString file = fileOf(name, chosen);
        m_files.append(file);
        const QImage image = page.grab().toImage();
        if (!image.save(m_target + QLatin1Char('/') + file))
            problems.append(file + QStringLiteral(": cannot be written"));
        if (const QString why = emptiness(image); !why.isEmpty())
            problems.append(file + QStringLiteral(": ") + why);
        for (const QString &cut : shots::cutTexts(page))
            problems.append(file + QStringLiteral(": cut: ") + cut);
        if (chosen.chinese) {
            for (const QString &english : shots::untranslated(shots::shownTexts(page), sources, set->dataWords()))
                problems.append(file + QStringLiteral(": English: ") + english);
        }
    });
    set = &pictures;
    QVERIFY(pictures.draw());
    for (const QString &problem : std::as_const(problems))
        qWarning("%s", qUtf8Printable(problem)); // a failure's message would be cut
    QCOMPARE(problems.size(), 0);
}

void TestShots::anotherProcessDrawsTheSame()
{
    QVERIFY(m_process.state() == QProcess::NotRunning || m_process.waitForFinished(kOtherProcessMs));
    QVERIFY2(m_process.exitCode() == 0, m_process.readAllStandardError().constData());
    QVERIFY(m_files.size() > 200);
    QStringList differ;
    for (const QString &file : std::as_const(m_files)) {
        QFile first(m_target + QLatin1Char('/') + file);
        QFile second(m_other.filePath(file));
        QVERIFY2(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly), qUtf8Printable(file));
        if (first.readAll() != second.readAll())
            differ.append(file);
    }
    QVERIFY2(differ.isEmpty(), qUtf8Printable(differ.join(QLatin1Char('\n'))));
}

void TestShots::cleanupTestCase()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("TZ", "UTC");
    qputenv("QT_SCALE_FACTOR", "1");
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Fieldfare"));
    QApplication::setFont(fixedFont());
    QApplication::setCursorFlashTime(0);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1StringView(kDrawOption))
        return drawOnly(arguments.at(2));
    TestShots test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_shots.moc"
