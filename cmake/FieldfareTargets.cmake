# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# One function per kind of target, so that warnings, definitions and header checks are the same everywhere.

function(fieldfare_apply_rules target)
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}")
    target_compile_definitions(${target} PRIVATE
        QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
        $<$<PLATFORM_ID:Windows>:NOMINMAX>)
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 /utf-8 $<$<BOOL:${FIELDFARE_WARNINGS_AS_ERRORS}>:/WX>)
    else()
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
            -Wnon-virtual-dtor -Woverloaded-virtual $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-maybe-uninitialized> $<$<BOOL:${FIELDFARE_WARNINGS_AS_ERRORS}>:-Werror>)
    endif()
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON)
endfunction()

# fieldfare_library(core_base HEADERS a.h SOURCES a.cpp QT Core LINKS Fieldfare::x OpenSSL::Crypto)
# Makes the static library and the alias Fieldfare::<name>. Headers stand in a header set, so that
# VERIFY_INTERFACE_HEADER_SETS compiles each of them alone.
function(fieldfare_library name)
    cmake_parse_arguments(ARG "" "" "HEADERS;SOURCES;QT;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(fieldfare_${name} STATIC)
    add_library(Fieldfare::${name} ALIAS fieldfare_${name})
    target_sources(fieldfare_${name}
        PRIVATE ${ARG_SOURCES}
        PUBLIC FILE_SET headers TYPE HEADERS BASE_DIRS "${CMAKE_SOURCE_DIR}" FILES ${ARG_HEADERS})
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(fieldfare_${name} PUBLIC ${ARG_QT} ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
    set_target_properties(fieldfare_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    set(pch <QString> <QByteArray> <QList> <QHash> <QObject> <memory> <vector> <functional> <optional>)
    if("Qt6::Widgets" IN_LIST ARG_QT)
        list(APPEND pch <QWidget> <QBoxLayout> <QLabel> <QPainter> <QAbstractItemView>)
    endif()
    target_precompile_headers(fieldfare_${name} PRIVATE ${pch})
    fieldfare_apply_rules(fieldfare_${name})
endfunction()

function(fieldfare_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;QT;LINKS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${name} PRIVATE ${ARG_QT} ${ARG_LINKS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
    target_compile_definitions(${name} PRIVATE FIELDFARE_VERSION="${PROJECT_VERSION}")
    fieldfare_apply_rules(${name})
endfunction()

# fieldfare_test(tst_csv LABEL unit LINKS Fieldfare::core_exchange): one Qt Test program from <name>.cpp, under ctest's label.
# SOURCES replaces or adds to the default source; TIMEOUT is in seconds (60).
function(fieldfare_test name)
    cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;QT;LINKS" ${ARGN})
    if(NOT ARG_SOURCES)
        set(ARG_SOURCES ${name}.cpp)
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 60)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${name} PRIVATE Qt6::Test ${ARG_QT} ${ARG_LINKS})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    fieldfare_apply_rules(${name})
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;FIELDFARE_BIN=${CMAKE_BINARY_DIR}/bin;FIELDFARE_TEST_DATA=${CMAKE_SOURCE_DIR}/tests/data")
endfunction()

# fieldfare_long_test(tst_crash [functions]): the same program once more for `ctest --preset long`, whose environment asks for many
# rounds; the other presets do not see it.
function(fieldfare_long_test name)
    add_test(NAME long_${name} COMMAND ${name} ${ARGN} CONFIGURATIONS long)
    set_tests_properties(long_${name} PROPERTIES LABELS long TIMEOUT 7200
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;FIELDFARE_BIN=${CMAKE_BINARY_DIR}/bin;FIELDFARE_TEST_DATA=${CMAKE_SOURCE_DIR}/tests/data;QTEST_FUNCTION_TIMEOUT=7200000") # Qt's own limit is 5 minutes a function
endfunction()
