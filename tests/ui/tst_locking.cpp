// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What makes the desktop lock itself: nobody touches it, or the person's session is locked.
#include "app/desktop/idle_watch.h"
#include "app/desktop/session_watch.h"
#include "tests/testlib/sample_company.h"

#ifdef FIELDFARE_WITH_DBUS
#include "tests/testlib/message_bus.h"
#endif

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace fieldfare;

class TestLocking final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsOnceWhenNobodyTouchesIt();
    void everyTouchBeginsAnew_data();
    void everyTouchBeginsAnew();
    void theKeyThatComesTooLateIsSwallowed();
    void aShortcutThatComesTooLateIsSwallowed();
    void aWindowUnderTheMouseIsNoTouch();
    void neverMeansNever();
#ifdef FIELDFARE_WITH_DBUS
    void aScreenSaverLocks_data();
    void aScreenSaverLocks();
    void theSessionsOwnLockLocks();
    void sleepLocks();
    void promisesOnlyWhatSomebodyCanTell();

private:
    testlib::MessageBus m_bus;
#endif
};

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

/// Counts the keys that reach it.
class Typed final : public QWidget {
public:
    int keys = 0;

protected:
    void keyPressEvent(QKeyEvent *) override { ++keys; }
};

} // namespace

void TestLocking::initTestCase()
{
#ifdef FIELDFARE_WITH_DBUS
    QVERIFY2(m_bus.start(), "dbus-daemon (package dbus-daemon) is needed");
#endif
}

void TestLocking::tellsOnceWhenNobodyTouchesIt()
{
    testlib::FixedClock clock;
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(15);
    clock.advance(15 * kMinuteMs - 1);
    watch.look();
    QCOMPARE(idled.size(), 0);
    clock.advance(1);
    watch.look();
    QCOMPARE(idled.size(), 1);
    clock.advance(60 * kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 1); // who has locked is not told again
    watch.restart();
    clock.advance(15 * kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 2);
}

void TestLocking::everyTouchBeginsAnew_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("key") << 0;
    QTest::newRow("button") << 1;
    QTest::newRow("wheel") << 2;
    QTest::newRow("move") << 3;
    QTest::newRow("input method") << 4;
}

void TestLocking::everyTouchBeginsAnew()
{
    QFETCH(const int, kind);
    testlib::FixedClock clock;
    Typed window;
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(5);
    clock.advance(4 * kMinuteMs);
    const QPointF at(7 + kind, 9);
    QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier);
    QMouseEvent press(QEvent::MouseButtonPress, at, at, Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QWheelEvent wheel(at, at, {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QMouseEvent move(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QInputMethodEvent composed;
    QEvent *const events[] = {&key, &press, &wheel, &move, &composed};
    QCoreApplication::sendEvent(&window, events[kind]);
    clock.advance(4 * kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 0);
    clock.advance(kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 1);
}

void TestLocking::theKeyThatComesTooLateIsSwallowed()
{
    testlib::FixedClock clock;
    Typed window;
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(5);
    QTest::keyClick(&window, Qt::Key_A);
    QCOMPARE(window.keys, 1);
    clock.advance(9 * 60 * kMinuteMs); // the computer slept, and no timer ran
    QTest::keyClick(&window, Qt::Key_B);
    QCOMPARE(idled.size(), 1);
    QCOMPARE(window.keys, 1);
    QTest::keyClick(&window, Qt::Key_C); // what asks for the passphrase takes keys
    QCOMPARE(window.keys, 2);
}

/// A shortcut is looked for before the key is pressed, so that it never would be.
void TestLocking::aShortcutThatComesTooLateIsSwallowed()
{
    testlib::FixedClock clock;
    Typed window;
    QAction save(&window);
    save.setShortcut(Qt::Key_F5);
    window.addAction(&save);
    QSignalSpy saved(&save, &QAction::triggered);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(5);
    const auto press = [&window] { QTest::keyClick(window.windowHandle(), Qt::Key_F5); };
    press();
    QCOMPARE(saved.size(), 1);
    clock.advance(4 * kMinuteMs);
    press(); // a touch, though no key is pressed
    QCOMPARE(saved.size(), 2);
    clock.advance(4 * kMinuteMs);
    press();
    QCOMPARE(saved.size(), 3);
    QCOMPARE(idled.size(), 0);
    clock.advance(9 * 60 * kMinuteMs);
    press();
    QCOMPARE(saved.size(), 3);
    QCOMPARE(window.keys, 0);
    QCOMPARE(idled.size(), 1);
}

void TestLocking::aWindowUnderTheMouseIsNoTouch()
{
    testlib::FixedClock clock;
    Typed window;
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(5);
    const QPointF at(40, 50);
    QMouseEvent move(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &move);
    clock.advance(3 * kMinuteMs);
    QCoreApplication::sendEvent(&window, &move);
    clock.advance(2 * kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 1);
}

void TestLocking::neverMeansNever()
{
    testlib::FixedClock clock;
    app::IdleWatch watch(clock);
    QSignalSpy idled(&watch, &app::IdleWatch::idled);
    watch.setMinutes(5);
    watch.setMinutes(0);
    clock.advance(24 * 60 * kMinuteMs);
    watch.look();
    QCOMPARE(idled.size(), 0);
}

#ifdef FIELDFARE_WITH_DBUS
void TestLocking::aScreenSaverLocks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("path");
    QTest::newRow("KDE") << QStringLiteral("org.freedesktop.ScreenSaver") << QStringLiteral("/ScreenSaver");
    QTest::newRow("freedesktop") << QStringLiteral("org.freedesktop.ScreenSaver") << QStringLiteral("/org/freedesktop/ScreenSaver");
    QTest::newRow("GNOME") << QStringLiteral("org.gnome.ScreenSaver") << QStringLiteral("/org/gnome/ScreenSaver");
    QTest::newRow("Xfce") << QStringLiteral("org.xfce.ScreenSaver") << QStringLiteral("/org/xfce/ScreenSaver");
}

void TestLocking::aScreenSaverLocks()
{
    QFETCH(const QString, name);
    QFETCH(const QString, path);
    app::SessionWatch watch;
    QSignalSpy locked(&watch, &app::SessionWatch::locked);
    testlib::MessageBus::Service saver(m_bus, name);
    QVERIFY(watch.isAvailable());
    QVERIFY(saver.tell(path, name, QStringLiteral("ActiveChanged"), {false}));
    QVERIFY(saver.tell(path, QStringLiteral("org.example.Other"), QStringLiteral("ActiveChanged"), {true}));
    QVERIFY(saver.tell(path, name, QStringLiteral("ActiveChanged"), {true}));
    QTRY_COMPARE(locked.size(), 1); // signals keep their order: the two before did nothing
}

void TestLocking::theSessionsOwnLockLocks()
{
    testlib::MessageBus::Service login(m_bus, QStringLiteral("org.freedesktop.login1"));
    const QString own = QStringLiteral("/org/freedesktop/login1/session/_37");
    QVERIFY(login.answer(QStringLiteral("/org/freedesktop/login1"), QStringLiteral("GetSessionByPID"), QVariant::fromValue(QDBusObjectPath(own))));
    app::SessionWatch watch;
    QSignalSpy locked(&watch, &app::SessionWatch::locked);
    QTRY_COMPARE(login.asked(), quint32(QCoreApplication::applicationPid()));
    const QString session = QStringLiteral("org.freedesktop.login1.Session");
    // The answer is on its way back: told until it is heard.
    QTRY_VERIFY([&] {
        login.tell(own, session, QStringLiteral("Lock"), {});
        QCoreApplication::processEvents();
        return !locked.isEmpty();
    }());
    m_bus.settle();
    locked.clear();
    QVERIFY(login.tell(QStringLiteral("/org/freedesktop/login1/session/_38"), session, QStringLiteral("Lock"), {})); // somebody else's
    QVERIFY(login.tell(own, session, QStringLiteral("Unlock"), {}));
    m_bus.settle();
    QCOMPARE(locked.size(), 0);
}

void TestLocking::sleepLocks()
{
    testlib::MessageBus::Service login(m_bus, QStringLiteral("org.freedesktop.login1"));
    app::SessionWatch watch;
    QSignalSpy locked(&watch, &app::SessionWatch::locked);
    QVERIFY(watch.isAvailable());
    const QString manager = QStringLiteral("org.freedesktop.login1.Manager");
    QVERIFY(login.tell(QStringLiteral("/org/freedesktop/login1"), manager, QStringLiteral("PrepareForSleep"), {true}));
    QTRY_COMPARE(locked.size(), 1);
    QVERIFY(login.tell(QStringLiteral("/org/freedesktop/login1"), manager, QStringLiteral("PrepareForSleep"), {false})); // it woke up
    m_bus.settle();
    QCOMPARE(locked.size(), 1);
}

void TestLocking::promisesOnlyWhatSomebodyCanTell()
{
    const app::SessionWatch watch;
    QVERIFY(!watch.isAvailable()); // nobody is on this bus
    const testlib::MessageBus::Service saver(m_bus, QStringLiteral("org.gnome.ScreenSaver"));
    QVERIFY(watch.isAvailable());
}
#endif

QTEST_MAIN(TestLocking)
#include "tst_locking.moc"
