// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>

namespace fieldfare::testing {

/// What a program said.
struct Said {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
    QList<QJsonObject> lines; ///< Of standard output, as JSON; an empty object for a line that is none.

    [[nodiscard]] QJsonObject json() const { return lines.isEmpty() ? QJsonObject() : lines.first(); }
    /// The object of the error with --json: the last line of standard error.
    [[nodiscard]] QJsonObject error() const;
    [[nodiscard]] QString text(const char *name) const { return json().value(QString::fromLatin1(name)).toString(); }
    [[nodiscard]] qint64 number(const char *name) const { return json().value(QString::fromLatin1(name)).toInteger(-1); }
};

/// Runs fieldfare-cli on one profile, in a folder of its own.
class CliRunner {
public:
    static constexpr const char *kPassphrase = "orchid-lantern-42-gravel";

    /// `profile`: name of the profile's folder within `folder`, which the caller keeps.
    CliRunner(const QString &folder, const QString &profile);

    void setEnvironment(const QString &name, const QString &value);
    /// Runs the program as the last words of another command, such as a shell that sets limits first.
    void setPrefix(const QStringList &prefix) { m_prefix = prefix; }
    /// With --profile and --json; waits up to two minutes.
    [[nodiscard]] Said run(const QStringList &words) const;
    /// Without --json.
    [[nodiscard]] Said runPlain(const QStringList &words) const;
    /// Started, not waited for; killed when it goes out of scope.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &words) const;

    [[nodiscard]] QString profile() const { return m_profile; }
    /// Writes a file into the folder; its path.
    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder + QLatin1Char('/') + name; }

    /// A program of FIELDFARE_BIN.
    [[nodiscard]] static QString program(const QString &name);
    [[nodiscard]] static Said finished(QProcess &process);

private:
    QString m_folder;
    QString m_profile;
    QProcessEnvironment m_environment;
    QStringList m_prefix;
};

} // namespace fieldfare::testing
