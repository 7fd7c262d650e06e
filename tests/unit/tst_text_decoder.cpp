// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_decoder.h"

#include <QBuffer>
#include <QTest>

#include <unicode/ucnv.h>

using namespace fieldfare;
using namespace fieldfare::exchange;

namespace {

QByteArray encoded(const QString &text, const char *encoding)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding, &status);
    QByteArray bytes(text.size() * 4 + 16, '\0');
    const int32_t length = ucnv_fromUChars(converter, bytes.data(), static_cast<int32_t>(bytes.size()),
                                           reinterpret_cast<const char16_t *>(text.constData()),
                                           static_cast<int32_t>(text.size()), &status);
    ucnv_close(converter);
    bytes.truncate(length);
    return bytes;
}

QString decoded(const QByteArray &bytes, const QByteArray &encoding, qsizetype step, DecodingReport *report = nullptr)
{
    auto decoder = TextDecoder::create(encoding);
    if (!decoder.ok())
        return {};
    QString text;
    for (qsizetype i = 0; i < bytes.size(); i += step)
        decoder->decode(QByteArrayView(bytes).sliced(i, std::min(step, bytes.size() - i)), false, text);
    decoder->decode({}, true, text);
    if (report)
        *report = decoder->report();
    return text;
}

} // namespace

class TestTextDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsEncodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("encoding");
        const QString chinese =
            QStringLiteral("客户名称,联系人,电话\n北京华信科技有限公司,张三,13800138000\n上海明德贸易公司,李四,\n");
        const QString german = QStringLiteral("Firma,Straße\nMüller & Söhne,Königsallee 5\nBäckerei Groß,Größe\n");
        const QString russian = QStringLiteral("Название,Город\nООО Ромашка,Москва\nЗАО Северный ветер,Новосибирск\n");
        const QString japanese = QStringLiteral("会社名,担当者\n株式会社さくら,たなか\nひかり電機のサービス,すずき\n");
        const QString korean =
            QStringLiteral("회사명,담당자\n주식회사 하나로,김철수\n서울무역 상사,이영희 안녕하세요\n");
        QTest::newRow("empty") << QByteArray() << QByteArray("UTF-8");
        QTest::newRow("ascii") << QByteArray("a,b\n") << QByteArray("UTF-8");
        QTest::newRow("utf-8") << chinese.toUtf8() << QByteArray("UTF-8");
        QTest::newRow("utf-8 with mark") << QByteArray("\xEF\xBB\xBF") + "a,b" << QByteArray("UTF-8");
        QTest::newRow("utf-8 with one bad byte") << chinese.toUtf8() + "\xFF" << QByteArray("UTF-8");
        QTest::newRow("utf-16le with mark") << encoded(QChar(0xFEFF) + chinese, "UTF-16LE") << QByteArray("UTF-16LE");
        QTest::newRow("utf-16be with mark") << encoded(QChar(0xFEFF) + chinese, "UTF-16BE") << QByteArray("UTF-16BE");
        QTest::newRow("utf-32le with mark") << encoded(QChar(0xFEFF) + chinese, "UTF-32LE") << QByteArray("UTF-32LE");
        QTest::newRow("utf-16le without mark") << encoded(chinese, "UTF-16LE") << QByteArray("UTF-16LE");
        QTest::newRow("utf-16be without mark") << encoded(german, "UTF-16BE") << QByteArray("UTF-16BE");
        QTest::newRow("gb18030") << encoded(chinese, "GB18030") << QByteArray("GB18030");
        QTest::newRow("gb18030, one name")
            << encoded(QStringLiteral("name\n张三\n"), "GB18030") << QByteArray("GB18030");
        QTest::newRow("windows-1252") << encoded(german, "windows-1252") << QByteArray("windows-1252");
        QTest::newRow("windows-1252, one name")
            << encoded(QStringLiteral("name\nMüller\n"), "windows-1252") << QByteArray("windows-1252");
        QTest::newRow("windows-1251") << encoded(russian, "windows-1251") << QByteArray("windows-1251");
        QTest::newRow("shift_jis") << encoded(japanese, "Shift_JIS") << QByteArray("Shift_JIS");
        QTest::newRow("euc-kr") << encoded(korean, "EUC-KR") << QByteArray("EUC-KR");
    }

    void findsEncodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, encoding);
        const auto found = detectEncoding(bytes);
        QVERIFY(found.ok());
        QCOMPARE(found->name, encoding);
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        const auto again = detectEncoding(buffer);
        QVERIFY(again.ok());
        QCOMPARE(again->name, encoding);
        QCOMPARE(buffer.pos(), 0);
    }

    void looksBeyondAnAsciiBeginning()
    {
        const QByteArray bytes = QByteArray("id,name\n1,Bo\n").repeated(20'000) +
                                 encoded(QStringLiteral("2,北京华信科技有限公司\n3,上海明德贸易公司\n"), "GB18030");
        const auto found = detectEncoding(bytes);
        QVERIFY(found.ok());
        QCOMPARE(found->name, QByteArray("GB18030"));
    }

    void refusesWhatIsNotText()
    {
        for (const QByteArray &bytes :
             {QByteArray("PK\x03\x04rest"), QByteArray("%PDF-1.7"), QByteArray(100, '\x02')}) {
            const auto found = detectEncoding(bytes);
            QVERIFY(!found.ok());
            QCOMPARE(found.error().code, base::ErrorCode::EncodingUnknown);
        }
        QVERIFY(!TextDecoder::create("no such encoding").ok());
        QVERIFY(!TextDecoder::create("").ok());
    }

    void blocksMayCutCharacters_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        for (const char *name : {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030"})
            QTest::newRow(name) << QByteArray(name);
    }

    void blocksMayCutCharacters()
    {
        QFETCH(QByteArray, encoding);
        const QString text = QStringLiteral("a,é,张三,😀\r\nend");
        const QByteArray bytes = encoded(QChar(0xFEFF) + text, encoding.constData());
        for (const qsizetype step : {1, 2, 3, 5, 100})
            QCOMPARE(decoded(bytes, encoding, step), text);
    }

    void countsWhatIsMalformed()
    {
        const QByteArray bytes = "a\r\nb\r\nc\xFF"
                                 "d\n\xC3";
        for (const qsizetype step : {1, 2, 4, 100}) {
            DecodingReport report;
            QCOMPARE(decoded(bytes, "UTF-8", step, &report), QStringLiteral("a\r\nb\r\nc\uFFFDd\n\uFFFD"));
            QCOMPARE(report.malformedSequences, 2);
            QCOMPARE(report.malformedBytes, 2);
            QCOMPARE(report.firstMalformedLine, 3);
            QCOMPARE(report.strippedNuls, 0);
        }
    }

    void nulsAreLeftOut()
    {
        DecodingReport report;
        QCOMPARE(decoded(QByteArray("a\0\0b", 4), "UTF-8", 2, &report), QStringLiteral("ab"));
        QCOMPARE(report.strippedNuls, 2);
    }
};

QTEST_GUILESS_MAIN(TestTextDecoder)
#include "tst_text_decoder.moc"
