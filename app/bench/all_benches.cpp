// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/bench.h"

namespace fieldfare::bench {

const QList<Bench> &allBenches()
{
    static const QList<Bench> benches{
        {"bulk-insert", "customers through the store, against bare inserts", bulkInsert},
        {"import", "a CSV file through the importer and the command line, against bare inserts", importFile},
        {"local-edit", "durable one-field edits, against bare updates", localEdit},
        {"vfs-overhead", "CPU of the encrypted file against plain SQLite", vfsOverhead},
        {"search-fold", "new rows into the search index, and how long a piece holds the database", searchFold},
        {"search-typeahead", "p99 of the slowest class of queries", searchTypeahead},
        {"list-window", "first page of the worst sort, and what else a list waits for", listWindow},
        {"index-advisor", "statements of lists and search that read more than they show", indexAdvisor},
        {"start", "open to first page, against an empty profile", start},
        {"restore", "a full backup, an increment of 1,000 edits, and a profile made of both", restore},
        {"wire", "bytes of a record in a first download", wire},
        {"disk", "bytes of a record in the file", disk},
        {"first-download", "records into an empty device over TLS; with push, pull-1000 and memory", syncProcesses},
        {"stall", "longest block of the UI thread while it scrolls, searches and syncs", stall},
    };
    return benches;
}

} // namespace fieldfare::bench
