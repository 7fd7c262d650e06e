// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/secret.h"

#include <QObject>
#include <QString>

#include <memory>

namespace fieldfare::store {

/// What stands at an address, before anything secret is sent to it.
struct ServerProbe {
    QString address;      ///< As it will be used: "crm.sonron.example", with ":port" where it is not the usual one.
    QString company;      ///< As the server calls itself; may be empty.
    QString protocol;     ///< "TLS 1.3"
    QString fingerprint;  ///< SHA-256 of the certificate's public key, hex in groups of four.
    /// An authority that this computer trusts vouches for it. If not, the user compares the fingerprint with the one that
    /// the administrator gave; from then on it is pinned.
    bool isTrusted = false;
    friend bool operator==(const ServerProbe &, const ServerProbe &) = default;
};

/// How the user wants to work, and what makes the profile. Secrets are shared, never copied.
struct JoinRequest {
    enum class Kind { Server, Alone, Sample };
    Kind kind = Kind::Server;
    ServerProbe server = {};                               ///< Server: as probed and accepted.
    QString userName = {};                                 ///< Server: the sign-in name. Alone: the person's full name.
    std::shared_ptr<const base::Secret> password = {};     ///< Server, UTF-8.
    QString code = {};                                     ///< Server: of the second factor, or a recovery code; empty until it asks.
    std::shared_ptr<const base::Secret> passphrase = {};   ///< Of this computer, UTF-8 in NFC; empty for Sample.
};

/// One kind of records in the first download.
struct DownloadPart {
    enum class Standing { Next, Running, Done };
    QString name;   ///< In the person's language.
    qint64 done = 0;
    qint64 total = 0; ///< 0: not known.
    Standing standing = Standing::Next;
    friend bool operator==(const DownloadPart &, const DownloadPart &) = default;
};

struct DownloadProgress {
    QList<DownloadPart> parts;
    int percent = 0;
    int perSecond = 0;   ///< Records; 0: not known.
    int secondsLeft = 0; ///< 0: not known.
    bool paused = false;
    friend bool operator==(const DownloadProgress &, const DownloadProgress &) = default;
};

/// Making a profile, as the first-run pages see it: ui knows this class only, composition implements it over net, engine and
/// storage. Lives on the UI thread; nothing here waits. One request at a time; a new one replaces what still runs.
class Joining : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks what stands at `address`; sends no secret. probed() or probeFailed() follows.
    virtual void probe(const QString &address) = 0;
    /// Signs in where there is a server, then makes and opens the profile. ready() or failed() follows; after failed() nothing
    /// is left on disk. SignInFailed, SecondFactorNeeded, SecondFactorWrong, TooManyAttempts, WeakPassphrase, AlreadyExists and those of net and storage.
    virtual void begin(const JoinRequest &request) = 0;
    /// Stops what runs. What was downloaded is kept.
    virtual void cancel() = 0;
    virtual void setPaused(bool paused) = 0;

Q_SIGNALS:
    void probed(const fieldfare::store::ServerProbe &probe);
    void probeFailed(const fieldfare::base::Error &error);
    /// The profile is open: the user may work, while a download goes on.
    void ready();
    void downloadChanged(const fieldfare::store::DownloadProgress &progress);
    /// All is here. Comes at once after ready() without a server.
    void finished();
    /// After ready(): the download stopped and goes on by itself or with setPaused(false); before: begin() failed.
    void failed(const fieldfare::base::Error &error);
};

} // namespace fieldfare::store
