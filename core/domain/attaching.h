// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/transfer_report.h"
#include "core/store/joining.h"

namespace fieldfare::domain {

/// What an attachment has come to so far.
struct AttachStanding {
    bool hasDownload = false; ///< The server's records, or a part of them, are here: no password is needed to go on.
    QString server;           ///< The host, when there is a download.
    QString userName;
    friend bool operator==(const AttachStanding &, const AttachStanding &) = default;
};

struct AttachProgress {
    enum class Step { SigningIn, Downloading, Comparing, Replacing };
    Step step = Step::SigningIn;
    qint64 done = 0;
    qint64 total = 0; ///< 0: not known.
    friend bool operator==(const AttachProgress &, const AttachProgress &) = default;
};

/// What attaching would do: nothing of it is done.
struct AttachPlan {
    QString server; ///< The host.
    QString userName;
    QString company;
    TransferReport report; ///< With both of what seems to be twice.
};

/// A profile that works alone becomes one of a server (core/changes/docs/joining.md), as a page sees it: ui knows this class
/// only, composition implements it. The profile is closed for everything else meanwhile. Until attached() it is as it was,
/// whatever fails or ends the program.
///
/// Used on the thread it lives on. The one that pages get lives on the UI thread, and nothing there waits. One request at a
/// time: the next is asked when one of its signals has come.
class Attaching : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// What an earlier run left. standingChanged() or failed() follows.
    virtual void open() = 0;
    /// Asks what stands at `address`; sends no secret. probed() or probeFailed() follows.
    virtual void probe(const QString &address) = 0;
    /// Forgets an earlier download, signs in at the server that was probed last, downloads and compares. prepared() or failed()
    /// follows. `code`: of the second factor, or a recovery code; empty until failed() says SecondFactorNeeded.
    virtual void begin(const QString &userName, const std::shared_ptr<const base::Secret> &password, const QString &code) = 0;
    /// The same from the download that is here.
    virtual void resume() = 0;
    /// After prepared(): the same records, with this policy. attached() or failed() follows.
    virtual void attach(DuplicatePolicy duplicates) = 0;
    /// Ends what runs: failed() with Cancelled follows, or what it had just come to. The download is kept.
    virtual void stop() = 0;

Q_SIGNALS:
    void standingChanged(const fieldfare::domain::AttachStanding &standing);
    void probed(const fieldfare::store::ServerProbe &probe);
    void probeFailed(const fieldfare::base::Error &error);
    void progressed(const fieldfare::domain::AttachProgress &progress);
    void prepared(const fieldfare::domain::AttachPlan &plan);
    /// The profile is the server's now; `former`: where it is kept as it was.
    void attached(const QString &former);
    /// The profile is as it was. Comes after standingChanged() when there is something to go on from.
    void failed(const fieldfare::base::Error &error);
};

} // namespace fieldfare::domain
