// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/number_leases.h"

#include "sync/server/merge/row_source.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::uint64_t kMostLeased = 10'000;

} // namespace

Result<void> checkNumbers(const model::Catalog &catalog, const protocol::NumberLeaseRequest &request)
{
    for (const auto &[entity, count] : request.wanted) {
        const model::Entity *const known = catalog.entity(entity);
        if (known == nullptr || known->numberField() == nullptr || count == 0 || count > kMostLeased)
            return {ErrorCode::InvalidArgument, QStringLiteral("no numbers for entity %1").arg(entity)};
    }
    return {};
}

Result<protocol::NumberLeaseReply> leaseNumbers(WriteContext &context, const model::Catalog &catalog, const protocol::NumberLeaseRequest &request)
{
    FIELDFARE_ASSIGN(const auto device, context.storage.device(request.device));
    RowSource source(context.storage, catalog);
    FIELDFARE_ASSIGN(const rights::Rights rights, rights::readRights(catalog, source, device ? device->user : base::Id()));
    protocol::NumberLeaseReply reply;
    for (const auto &[entity, count] : request.wanted) {
        if (!rights.may(rights::Action::Create, entity))
            continue;
        FIELDFARE_ASSIGN(const std::uint64_t first, context.storage.leaseNumbers(entity, count));
        reply.leases.push_back({entity, first, count});
    }
    return reply;
}

} // namespace fieldfare::server
