// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <map>
#include <memory>

namespace fieldfare::bench {

/// Bulk insert, cold random reads, whole scan and small durable transactions on one file, by the C interface alone.
class RawWorkloads {
public:
    RawWorkloads(QString path, std::shared_ptr<const storage::DataKey> key, std::int64_t rows);
    /// CPU seconds (user and system) of each workload.
    base::Result<std::map<QString, double>> run();

private:
    base::Result<std::unique_ptr<storage::Connection>> open(int cacheKiB);

    QString m_path;
    std::shared_ptr<const storage::DataKey> m_key;
    std::int64_t m_rows;
};

} // namespace fieldfare::bench
