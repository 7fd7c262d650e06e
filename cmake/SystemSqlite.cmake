# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The encrypted file works by a VFS that we register in libsqlite3. Qt's SQLite driver must therefore use that very library
# and not a copy inside its plug-in. Debian, vcpkg and Homebrew build Qt so; Qt's own installer does not.
# The answer is kept in FIELDFARE_SQLITE_CHECK_RESULT; delete it from the cache to ask again.

if(CMAKE_CROSSCOMPILING)
    message(STATUS "Cross-compiling: whether Qt's SQLite driver uses the system's SQLite is not checked")
elseif(NOT FIELDFARE_SQLITE_CHECK_RESULT STREQUAL "0")
    try_run(FIELDFARE_SQLITE_CHECK_RESULT FIELDFARE_SQLITE_CHECK_COMPILES
        "${CMAKE_BINARY_DIR}/checks/system_sqlite"
        SOURCES "${CMAKE_CURRENT_LIST_DIR}/checks/system_sqlite.cpp"
        LINK_LIBRARIES Qt6::Core Qt6::Sql SQLite::SQLite3
        CXX_STANDARD 20
        CXX_STANDARD_REQUIRED ON
        COMPILE_OUTPUT_VARIABLE sqlite_check_compile_output
        RUN_OUTPUT_VARIABLE sqlite_check_output)
    if(NOT FIELDFARE_SQLITE_CHECK_COMPILES)
        unset(FIELDFARE_SQLITE_CHECK_RESULT CACHE)
        message(FATAL_ERROR "The check of Qt's SQLite driver does not compile:\n${sqlite_check_compile_output}")
    elseif(FIELDFARE_SQLITE_CHECK_RESULT EQUAL 1)
        unset(FIELDFARE_SQLITE_CHECK_RESULT CACHE)
        message(FATAL_ERROR
            "Qt's SQLite driver carries its own copy of SQLite (${sqlite_check_output}), so the encrypted file cannot work. "
            "Use a Qt that is built on the system's SQLite: Debian's, vcpkg's (feature sql-sqlite) or Homebrew's.")
    elseif(FIELDFARE_SQLITE_CHECK_RESULT EQUAL 2)
        unset(FIELDFARE_SQLITE_CHECK_RESULT CACHE)
        message(FATAL_ERROR "Qt has no SQLite driver. On Debian it is the package libqt6sql6-sqlite.")
    elseif(NOT FIELDFARE_SQLITE_CHECK_RESULT EQUAL 0)
        unset(FIELDFARE_SQLITE_CHECK_RESULT CACHE)
        message(FATAL_ERROR "The check of Qt's SQLite driver did not run:\n${sqlite_check_output}")
    else()
        message(STATUS "Qt's SQLite driver uses the system's SQLite ${SQLite3_VERSION}")
    endif()
endif()
