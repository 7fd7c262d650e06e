// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/protocol/messages.h"
#include "tests/testlib/simulation/ram_replica_storage.h"
#include "tests/testlib/simulation/ram_server_storage.h"

#include <map>
#include <set>

namespace fieldfare::simulation {

/// What must hold, judged by facts that the product does not see: every value written in a schedule is unique, so that a
/// value names its edit, and the oracle notes what each author saw when the edit was made.
class Oracle {
public:
    /// An own operation was logged; \a before is the device as its author saw it.
    void noteOperation(const changes::StoredOperation &stored, const DeviceDisk &before);
    /// The operation was lost with a disk that its owner replaced by a backup, before the server had it.
    void noteDiscarded(const QByteArray &hash);
    /// The server keeps the operation for review: from now on it needs its author's disk no more.
    void noteHandedIn(const QByteArray &hash) { m_handedIn.insert(hash); }
    /// A push was committed: \a before is the server before it.
    void noteCommit(const protocol::PushRequest &request, const ServerDisk &before, const ServerDisk &after);
    void fail(const QString &what);
    /// Whether the user sees the row, by the server's tables alone.
    [[nodiscard]] bool sees(const ServerDisk &server, const base::Id &user, const RowKey &row) const;

    /// After everything was delivered.
    void judge(const ServerDisk &server, const std::vector<const DeviceDisk *> &devices);

    [[nodiscard]] const QString &violation() const { return m_violation; }
    [[nodiscard]] int operations() const { return int(m_records.size()); }
    [[nodiscard]] const std::map<QByteArray, changes::Outcome> &outcomes() const { return m_outcomes; }
    /// The author's tray may be gone with a replaced disk.
    void noteTrayLost() { m_trayLost = true; }

private:
    struct Record {
        changes::Operation operation;
        std::vector<changes::FieldValue> shown;
        std::map<model::FieldKey, model::Value> underneath; ///< What the server had said of fields with own edits that waited.
        std::set<base::Id> children; ///< Of a row that is trashed: those that its author knew of.
        bool wasThere = false; ///< On the author's device, as a row that the server had told of.
        bool isDiscarded = false;
    };
    [[nodiscard]] bool hasSeen(const model::FieldKey &field, model::Value shown, const model::Value &value) const;
    void followSeen();
    void judgeServer(const ServerDisk &server);
    void judgeLog(const ServerDisk &server);
    void judgeQuarantine(const ServerDisk &server);
    void judgeDevice(const ServerDisk &server, const DeviceDisk &device, int index);
    void judgeOperation(const QByteArray &hash, const Record &record, const ServerDisk &server, const std::vector<const DeviceDisk *> &devices);
    void judgeValue(const Record &record, const model::FieldKey &field, const model::Value &value, const ServerDisk &server);
    void judgeProposal(const changes::Operation &operation, const ServerDisk &server);
    void judgeConflicts(const ServerDisk &server);
    void noteSight(const protocol::PushRequest &request, const ServerDisk &before, const ServerDisk &after);
    void noteGroups(const protocol::PushRequest &request, const ServerDisk &after);
    void noteTrash(const ServerDisk &after, changes::Version version, const changes::ReplicatedRow &before);
    void noteRestore(const ServerDisk &after, changes::Version version);
    void noteHiddenChildren(const ServerDisk &after, const RowKey &parent, const Record &trash);
    void judgeTrash(const ServerDisk &server);
    [[nodiscard]] bool isInConflictLog(const RowKey &row, const model::FieldKey &field, const QString &text, const ServerDisk &server) const;

    std::map<QByteArray, Record> m_records;
    std::map<QByteArray, changes::Outcome> m_outcomes;
    std::set<QByteArray> m_handedIn;
    std::set<QByteArray> m_taken; ///< Edits that were denied because their row was out of sight.
    std::set<std::pair<RowKey, QString>> m_seenBefore; ///< Values that an effective later edit of the row was based on.
    std::set<RowKey> m_childrenOfTrash; ///< Created under a parent that lay in the trash: somebody must be asked.
    std::set<std::pair<RowKey, RowKey>> m_hiddenUnseen; ///< Parent and child that the author of the trash did not know.
    bool m_trayLost = false;
    QString m_violation;
};

} // namespace fieldfare::simulation
