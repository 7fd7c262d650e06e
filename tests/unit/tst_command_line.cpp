// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/sync_output.h"
#include "app/composition/command_wire.h"
#include "core/base/error_words.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

using namespace fieldfare;
using app::CommandLine;
using app::UsageText;

class TestCommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optionsMayStandAnywhere()
    {
        for (const char *line : {"--profile p list customer --where a=1 --json --limit 5", "--json list --limit=5 customer --where=a=1 --profile p",
                                 "list --json customer --profile=p --where a=1 --limit 5"}) {
            const auto parsed = app::parseCommandLine(words(line));
            const CommandLine *command = std::get_if<CommandLine>(&parsed);
            QVERIFY2(command != nullptr, line);
            QCOMPARE(QByteArray(command->command->name), QByteArray("list"));
            QCOMPARE(command->profile, QStringLiteral("p"));
            QVERIFY(command->json);
            QCOMPARE(command->arguments.words, QStringList{QStringLiteral("customer")});
            QCOMPARE(command->arguments.value("where"), QStringLiteral("a=1"));
            QCOMPARE(command->arguments.value("limit"), QStringLiteral("5"));
        }
    }

    void repeatedOptionsAreAllKept()
    {
        const auto parsed = app::parseCommandLine(words("--profile p import customer f.csv --map a=b --map c=d"));
        QCOMPARE(std::get<CommandLine>(parsed).arguments.values("map"), (QStringList{QStringLiteral("a=b"), QStringLiteral("c=d")}));
    }

    void twoDashesEndTheOptions()
    {
        const auto parsed = app::parseCommandLine(words("--profile p search -- --json"));
        QVERIFY(!std::get<CommandLine>(parsed).json);
        QCOMPARE(std::get<CommandLine>(parsed).arguments.words, QStringList{QStringLiteral("--json")});
    }

    void aValueMayBeginWithADash()
    {
        const auto parsed = app::parseCommandLine(words("--profile p create customer name=-x phone=--1"));
        QCOMPARE(std::get<CommandLine>(parsed).arguments.words.size(), 3);
    }

    void wrongLinesGiveUsage_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("nothing") << QString() << 2;
        QTest::newRow("no profile") << QStringLiteral("list customer") << 2;
        QTest::newRow("unknown command") << QStringLiteral("--profile p fly") << 2;
        QTest::newRow("unknown option") << QStringLiteral("--profile p count customer --limit 3") << 2;
        QTest::newRow("value missing") << QStringLiteral("--profile p list customer --where") << 2;
        QTest::newRow("too many words") << QStringLiteral("--profile p get customer a b") << 2;
        QTest::newRow("help") << QStringLiteral("--help") << 0;
        QTest::newRow("help of one") << QStringLiteral("list --help") << 0;
        QTest::newRow("version") << QStringLiteral("--version") << 0;
    }

    void wrongLinesGiveUsage()
    {
        QFETCH(const QString, line);
        QFETCH(const int, exitCode);
        const auto parsed = app::parseCommandLine(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        const UsageText *usage = std::get_if<UsageText>(&parsed);
        QVERIFY(usage != nullptr);
        QCOMPARE(usage->exitCode, exitCode);
        QVERIFY(!usage->text.isEmpty());
    }

    void everyCommandThatWorksOnTheStoreCanRun()
    {
        for (const app::CommandSpec &spec : app::commands())
            QCOMPARE(spec.run != nullptr, spec.kind == app::CommandKind::Store);
    }

    void framesComeBackFromPieces()
    {
        using namespace app;
        const QByteArray all = command_wire::frame(CommandRequest{{QStringLiteral("list"), QStringLiteral("\u540d")}, QStringLiteral("/tmp")})
            + command_wire::frame(CommandAnswer{CommandAnswer::Kind::Output, QByteArray(700'000, 'x'), 0})
            + command_wire::frame(CommandAnswer{CommandAnswer::Kind::Exit, {}, 2});
        QByteArray buffer;
        QList<QByteArray> bodies;
        bool isBroken = false;
        for (qsizetype at = 0; at < all.size(); at += 1000) {
            buffer += all.mid(at, 1000);
            while (const auto body = command_wire::takeFrame(buffer, isBroken))
                bodies.append(*body);
        }
        QVERIFY(!isBroken);
        QCOMPARE(bodies.size(), 4); // the output in two
        const auto request = command_wire::readRequest(bodies.at(0));
        QVERIFY(request);
        QCOMPARE(request->words.at(1), QStringLiteral("\u540d"));
        QCOMPARE(command_wire::readAnswer(bodies.at(1))->bytes.size() + command_wire::readAnswer(bodies.at(2))->bytes.size(), 700'000);
        QCOMPARE(command_wire::readAnswer(bodies.at(3))->exitCode, 2);
    }

    void aFrameThatIsTooLargeIsRefused()
    {
        QByteArray buffer("\x7f\xff\xff\xff abc");
        bool isBroken = false;
        QVERIFY(!app::command_wire::takeFrame(buffer, isBroken));
        QVERIFY(isBroken);
        QVERIFY(!app::command_wire::readRequest("rubbish"));
        QVERIFY(!app::command_wire::readAnswer("rubbish"));
    }

    void everyErrorHasWords()
    {
        QSet<QString> sentences;
        for (const base::ErrorCode code : base::allErrorCodes()) {
            const base::ErrorWords words = base::errorWords({code, QString(), {QStringLiteral("1"), QStringLiteral("2")}});
            QVERIFY2(!words.happened.isEmpty() && !words.advice.isEmpty(), qPrintable(base::errorCodeName(code)));
            QVERIFY2(!sentences.contains(words.happened), qPrintable(base::errorCodeName(code))); // a row of its own
            sentences.insert(words.happened);
            const QString bare = base::errorText({code, QString(), {}});
            static const QRegularExpression emptyPlace(QStringLiteral("%|[(:,\"]\\s*[.),\"]"));
            QVERIFY2(!bare.contains(emptyPlace), qPrintable(bare));
        }
    }

    /// Nothing waits for a sync where there is no profile yet, nor at a server.
    void wordsFitTheOccasion()
    {
        using base::Occasion;
        for (const base::ErrorCode code : base::allErrorCodes()) {
            const base::Error error{code, QString(), {QStringLiteral("1"), QStringLiteral("2")}};
            for (const Occasion occasion : {Occasion::Enrolling, Occasion::Downloading, Occasion::Administering}) {
                const QString words = base::errorText(error, occasion);
                QVERIFY2(!words.contains(QLatin1String("edits")), qPrintable(words));
                QVERIFY2(occasion == Occasion::Administering || !words.contains(QLatin1String("Go on working")), qPrintable(words));
            }
        }
        const base::Error unreachable{base::ErrorCode::NetworkUnreachable, QString(), {}};
        QVERIFY(base::errorText(unreachable).contains(QLatin1String("Your edits are kept")));
        QVERIFY(base::errorText(unreachable, Occasion::Enrolling).contains(QLatin1String("Nothing was changed.")));
        QVERIFY(base::errorText(unreachable, Occasion::Downloading).contains(QLatin1String("what was downloaded is kept")));
    }

    /// A disk of backups that is full loses no record, and a damaged backup is no damaged profile.
    void wordsAboutBackupsAreNotAboutTheProfile()
    {
        using base::Occasion;
        const base::Error full{base::ErrorCode::DiskFull, QString(), {}};
        QVERIFY(base::errorText(full).contains(QLatin1String("was not saved")));
        for (const Occasion occasion : {Occasion::BackingUp, Occasion::UsingBackup}) {
            QVERIFY(!base::errorText(full, occasion).contains(QLatin1String("was not saved")));
            const base::Error busy{base::ErrorCode::ProfileInUse, QString(), {}};
            QVERIFY(!base::errorText(busy, occasion).contains(QLatin1String("another program")));
        }
        QVERIFY(base::errorText(full, Occasion::BackingUp).contains(QLatin1String("the backups made before are safe")));
        const auto damaged = [](const QStringList &page) { return base::errorWords({base::ErrorCode::FileDamaged, QString(), page}, Occasion::UsingBackup).happened; };
        QCOMPARE(damaged({QStringLiteral("7")}), QStringLiteral("The backup is damaged at page 7."));
        QCOMPARE(damaged({}), QStringLiteral("The backup is damaged."));
    }

    /// A statement and a number of SQLite's are for --json and reports.
    void peopleReadNoSql()
    {
        const base::Error damaged{base::ErrorCode::FileDamaged, QStringLiteral("SELECT 1 FROM customer: disk I/O error (SQLite 8202), page 10 is not authentic"), {QStringLiteral("10")}};
        QVERIFY(base::errorText(damaged).startsWith(QLatin1String("The data file is damaged at page 10. ")));
        QVERIFY(!base::errorText(damaged).contains(QLatin1String("SELECT")));
        QVERIFY(base::errorJson(damaged).value(QStringLiteral("message")).toString().contains(QLatin1String("SQLite 8202")));
        const base::Error unforeseen{base::ErrorCode::Internal, QStringLiteral("SELECT 1 FRM: syntax error (SQLite 1)"), {}};
        QVERIFY(base::errorText(unforeseen).contains(QLatin1String("syntax error")));
    }

    /// Sums are compared only where both sides stand at the same change, and no verdict is ahead of it.
    void sumsAreComparedAtOneMoment()
    {
        store::ProfileCheckReport report;
        report.cursor = report.latest = 7;
        protocol::ChecksumReply reply{7, 0, report.acknowledged.bytes()};
        QCOMPARE(app::compared(report, reply).state, QStringLiteral("equal"));
        reply.sum[0] = char(reply.sum[0] + 1);
        QCOMPARE(app::compared(report, reply).state, QStringLiteral("different"));
        QVERIFY(!app::compared(report, reply).isAcceptable);
        report.latest = 8; // a push was answered since the last pull
        QCOMPARE(app::compared(report, reply).state, QStringLiteral("newer"));
        QVERIFY(app::compared(report, reply).isAcceptable);
        report.latest = 7;
        reply.counter = 8;
        QCOMPARE(app::compared(report, reply).state, QStringLiteral("newer"));
    }

    void adviceSpeaksOfWhatWasGiven()
    {
        QVERIFY(base::errorText({base::ErrorCode::NotFound, QString(), {QStringLiteral("Acme")}}).contains(QLatin1String("Check the name")));
        QVERIFY(!base::errorText({base::ErrorCode::NotFound, QStringLiteral("no such change"), {}}).contains(QLatin1String("Check the name")));
    }

    void whatTheSentenceSaysIsNotSaidTwice()
    {
        const auto text = [](base::ErrorCode code, const QString &detail, const QStringList &arguments) { return base::errorText({code, detail, arguments}); };
        QVERIFY(!text(base::ErrorCode::UnknownEntity, QStringLiteral("no entity x"), {QStringLiteral("x")}).contains(QLatin1String("no entity")));
        QVERIFY(!text(base::ErrorCode::BadValue, QStringLiteral("a: cannot be read"), {QStringLiteral("a"), QStringLiteral("b")}).contains(u'('));
        QVERIFY(text(base::ErrorCode::BadValue, QStringLiteral("no date"), {QStringLiteral("b")}).contains(QLatin1String("(no date)")));
        QVERIFY(text(base::ErrorCode::UnknownField, QStringLiteral("no field b in a"), {QStringLiteral("a"), QStringLiteral("b")}).startsWith(QLatin1String("a has no field called \"b\". Nothing")));
        QVERIFY(text(base::ErrorCode::UnknownEntity, QStringLiteral("no entity 7"), {}).contains(QLatin1String("no entity 7")));
    }

    void errorsAreObjectsForPrograms()
    {
        Written written;
        const base::Error error{base::ErrorCode::UnknownChoice, QStringLiteral("one of a, b"), {QStringLiteral("level"), QStringLiteral("z")}};
        QCOMPARE(app::reportError(written, error, {.json = true}), 1);
        const QJsonObject object = QJsonDocument::fromJson(written.errors).object();
        QCOMPARE(object.value(QStringLiteral("code")).toString(), QStringLiteral("UnknownChoice"));
        QCOMPARE(object.value(QStringLiteral("message")).toString(), QStringLiteral("level has no choice \"z\". (one of a, b)"));
        QCOMPARE(object.value(QStringLiteral("subject")).toString(), QStringLiteral("level z"));
        QVERIFY(!object.value(QStringLiteral("advice")).toString().isEmpty());
        QVERIFY(!object.value(QStringLiteral("kept")).toString().isEmpty());
        QVERIFY(written.output.isEmpty());
    }

    void wrongLinesAreObjectsForPrograms()
    {
        Written written;
        const auto parsed = app::parseCommandLine(words("--profile p --json count customer --limit 3"));
        QCOMPARE(app::reportUsage(written, std::get<UsageText>(parsed)), 2);
        const QJsonObject object = QJsonDocument::fromJson(written.errors).object();
        QCOMPARE(object.value(QStringLiteral("code")).toString(), QStringLiteral("InvalidArgument"));
        QCOMPARE(object.value(QStringLiteral("message")).toString(), QStringLiteral("count has no option --limit"));
        QVERIFY(object.value(QStringLiteral("advice")).toString().contains(QLatin1String("--help")));
        // A word behind the end of the options is no option.
        QVERIFY(!std::get<UsageText>(app::parseCommandLine(words("--profile p get customer -- --json a"))).json);
    }

    void everyCommandHasHelp()
    {
        for (const app::CommandSpec &spec : app::commands()) {
            Written written;
            const auto parsed = app::parseCommandLine({QString::fromLatin1(spec.name), QStringLiteral("--help")});
            QCOMPARE(app::reportUsage(written, std::get<UsageText>(parsed)), 0);
            QVERIFY(written.output.contains(spec.help));
            QVERIFY(written.errors.isEmpty());
        }
    }

private:
    class Written final : public app::CommandOutput {
    public:
        void out(const QByteArray &bytes) override { output += bytes; }
        void err(const QByteArray &bytes) override { errors += bytes; }
        QByteArray output;
        QByteArray errors;
    };

    static QStringList words(const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
