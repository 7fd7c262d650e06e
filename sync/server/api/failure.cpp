// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/failure.h"

#include "sync/protocol/codec.h"
#include "sync/protocol/endpoints.h"

namespace fieldfare::server {

using base::ErrorCode;

int httpStatusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::SignInFailed:
    case ErrorCode::SecondFactorNeeded:
    case ErrorCode::SecondFactorWrong:
        return 401;
    case ErrorCode::AccountDisabled:
    case ErrorCode::DeviceRevoked:
    case ErrorCode::NotPermitted:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::ClientTooOld:
        return 426;
    case ErrorCode::TooManyAttempts:
        return 429;
    case ErrorCode::InvalidArgument:
    case ErrorCode::ProtocolViolation:
    case ErrorCode::BadValue:
    case ErrorCode::UnknownEntity:
    case ErrorCode::Unsupported:
        return 400;
    case ErrorCode::ServerBusy:
        return 503;
    case ErrorCode::DiskFull:
        return 507;
    default:
        return 500;
    }
}

HttpResponse failureResponse(const base::Error &error)
{
    HttpResponse response;
    response.status = httpStatusOf(error.code);
    protocol::FailureReply failure;
    const bool isOwnFault = response.status >= 500 && error.code != ErrorCode::ServerBusy;
    const bool keepsCode = !isOwnFault || error.code == ErrorCode::DiskFull;
    failure.code = base::errorCodeName(keepsCode ? error.code : ErrorCode::ServerFailed);
    if (!isOwnFault)
        failure.detail = error.detail;
    if (error.code == ErrorCode::TooManyAttempts)
        failure.retryAfterMs = std::max<qint64>(1, error.arguments.value(0).toLongLong());
    else if (response.status == 503 || response.status == 507)
        failure.retryAfterMs = response.status == 507 ? 60'000 : 2'000;
    if (failure.retryAfterMs > 0)
        response.headers.emplaceBack("Retry-After", QByteArray::number((failure.retryAfterMs + 999) / 1000));
    if (response.status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer");
    response.headers.emplaceBack("Content-Type", protocol::kContentType);
    response.body = protocol::encode(failure);
    return response;
}

} // namespace fieldfare::server
