# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything the product is built with. DESIGN section 11 lists the packages; installer/packages.txt names them for Debian
# and vcpkg.json for Windows. The branches for Windows and macOS are written but were never tried there.

option(FIELDFARE_BUILD_TESTS "Build the tests" ON)
option(FIELDFARE_WARNINGS_AS_ERRORS "Treat compiler warnings as errors" OFF)
option(FIELDFARE_FUZZ "Build the fuzzers (needs clang)" OFF)
set(FIELDFARE_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(APPLE) # not tried there
    # Homebrew keeps these apart from the system's own old copies.
    foreach(formula sqlite icu4c openssl@3)
        foreach(cellar /opt/homebrew/opt /usr/local/opt)
            if(EXISTS "${cellar}/${formula}")
                list(PREPEND CMAKE_PREFIX_PATH "${cellar}/${formula}")
            endif()
        endforeach()
    endforeach()
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Sql Network WebSockets Charts Svg PrintSupport Xml Test LinguistTools)
if(UNIX AND NOT APPLE)
    find_package(Qt6 6.4 REQUIRED COMPONENTS DBus)
endif()
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(SQLite3 3.40 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(PostgreSQL 13 REQUIRED) # libpq, the client library
find_package(ICU 70 REQUIRED COMPONENTS uc i18n)
find_package(Qt6Keychain REQUIRED)

include(SystemSqlite)

# zstd, zxcvbn and libqrencode ship no CMake package everywhere.
find_path(ZSTD_INCLUDE_DIR zstd.h REQUIRED)
find_library(ZSTD_LIBRARY NAMES zstd zstd_static REQUIRED)
add_library(fieldfare_zstd INTERFACE)
target_include_directories(fieldfare_zstd SYSTEM INTERFACE "${ZSTD_INCLUDE_DIR}")
target_link_libraries(fieldfare_zstd INTERFACE "${ZSTD_LIBRARY}")

find_path(ZXCVBN_INCLUDE_DIR zxcvbn.h REQUIRED)
find_library(ZXCVBN_LIBRARY NAMES zxcvbn REQUIRED)
add_library(fieldfare_zxcvbn INTERFACE)
target_include_directories(fieldfare_zxcvbn SYSTEM INTERFACE "${ZXCVBN_INCLUDE_DIR}")
target_link_libraries(fieldfare_zxcvbn INTERFACE "${ZXCVBN_LIBRARY}")

find_path(QRENCODE_INCLUDE_DIR qrencode.h REQUIRED)
find_library(QRENCODE_LIBRARY NAMES qrencode REQUIRED)
add_library(fieldfare_qrencode INTERFACE)
target_include_directories(fieldfare_qrencode SYSTEM INTERFACE "${QRENCODE_INCLUDE_DIR}")
target_link_libraries(fieldfare_qrencode INTERFACE "${QRENCODE_LIBRARY}")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" "${CCACHE_PROGRAM}")
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND UNIX AND NOT APPLE)
    add_link_options(-fuse-ld=mold)
endif()

if(FIELDFARE_SANITIZE)
    add_compile_options("-fsanitize=${FIELDFARE_SANITIZE}" -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options("-fsanitize=${FIELDFARE_SANITIZE}")
endif()

# The libraries count their branches for the fuzzers; the callbacks come from the sanitizer's run time.
if(FIELDFARE_FUZZ)
    if(NOT FIELDFARE_SANITIZE)
        message(FATAL_ERROR "FIELDFARE_FUZZ needs FIELDFARE_SANITIZE, for example address,undefined")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
