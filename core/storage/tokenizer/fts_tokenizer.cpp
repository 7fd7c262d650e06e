// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/fts_tokenizer.h"

#include "core/storage/tokenizer/letter_table.h"
#include "core/storage/tokenizer/token_splitter.h"

#include <sqlite3.h>

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;

namespace {

/// The tokenizer has no state and no options: FTS5 only needs a pointer that is not null.
char g_onlyInstance;

int create(void *, const char **, int count, Fts5Tokenizer **out)
{
    if (count != 0)
        return SQLITE_ERROR;
    *out = reinterpret_cast<Fts5Tokenizer *>(&g_onlyInstance);
    return SQLITE_OK;
}

void destroy(Fts5Tokenizer *) {}

using FtsSink = int (*)(void *, int, const char *, int, int, int);

struct Bridge {
    void *context;
    FtsSink sink;
};

int pass(void *context, const char *token, int length, int start, int end)
{
    const auto *bridge = static_cast<const Bridge *>(context);
    return bridge->sink(bridge->context, 0, token, length, start, end);
}

int tokenizeText(Fts5Tokenizer *, void *context, int flags, const char *text, int length, FtsSink sink)
{
    if (text == nullptr || length <= 0)
        return SQLITE_OK;
    Bridge bridge{context, sink};
    const TokenMode mode = (flags & FTS5_TOKENIZE_QUERY) != 0 ? TokenMode::Query : TokenMode::Document;
    return splitTokens({text, static_cast<std::size_t>(length)}, mode, pass, &bridge);
}

/// The way to FTS5's interface that its documentation gives (section 7): a pointer bound to SELECT fts5(?1).
fts5_api *apiOf(sqlite3 *connection)
{
    fts5_api *api = nullptr;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, static_cast<void *>(&api), "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

} // namespace

Result<void> registerTokenizer(sqlite3 *connection)
{
    fts5_api *const api = apiOf(connection);
    if (api == nullptr || api->iVersion < 2)
        return {ErrorCode::Unsupported, QStringLiteral("this SQLite has no FTS5")};
    (void)LetterTable::instance(); // built here rather than in the first search
    fts5_tokenizer methods{create, destroy, tokenizeText};
    if (api->xCreateTokenizer(api, kTokenizerName, nullptr, &methods, nullptr) != SQLITE_OK)
        return {ErrorCode::Internal, QStringLiteral("FTS5 refused the tokenizer")};
    return {};
}

} // namespace fieldfare::storage
