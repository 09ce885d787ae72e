# Runs the overlay port without vcpkg: its functions as they are documented, but for the build, which is one that has been
# made. cmake -DBUILD=... -DCURRENT_PACKAGES_DIR=... -DPORTFILE=... -P vcpkg_stand_in.cmake
cmake_minimum_required(VERSION 3.25)
set(PORT reseau)

function(vcpkg_check_linkage policy)
    if(NOT policy STREQUAL "ONLY_DYNAMIC_LIBRARY")
        message(FATAL_ERROR "vcpkg_check_linkage(${policy})")
    endif()
endfunction()

function(vcpkg_cmake_configure)
    cmake_parse_arguments(arg "" "SOURCE_PATH" "OPTIONS" ${ARGV})
    if(NOT EXISTS "${arg_SOURCE_PATH}/include/reseau/reseau.h" OR arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "vcpkg_cmake_configure(${ARGV})")
    endif()
endfunction()

function(vcpkg_cmake_install)
    execute_process(
        COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${CURRENT_PACKAGES_DIR}"
        OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Files for CMake are to be in share/PACKAGE, two folders below the prefix.
function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(arg "DO_NOT_DELETE_PARENT_CONFIG_PATH" "PACKAGE_NAME;CONFIG_PATH" "" ${ARGV})
    if(NOT arg_PACKAGE_NAME)
        set(arg_PACKAGE_NAME ${PORT})
    endif()
    file(GLOB files "${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}/*.cmake")
    if(NOT files)
        message(FATAL_ERROR "${arg_CONFIG_PATH} has no file")
    endif()
    foreach(file IN LISTS files)
        file(READ "${file}" content)
        string(REGEX REPLACE "(PACKAGE_PREFIX_DIR \"\\\${CMAKE_CURRENT_LIST_DIR}/)(\\.\\./)+\"" "\\1../../\"" content "${content}")
        get_filename_component(name "${file}" NAME)
        file(WRITE "${CURRENT_PACKAGES_DIR}/share/${arg_PACKAGE_NAME}/${name}" "${content}")
    endforeach()
    file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}")
    if(NOT arg_DO_NOT_DELETE_PARENT_CONFIG_PATH)
        file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/lib/cmake")
    endif()
endfunction()

function(vcpkg_fixup_pkgconfig)
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(arg "" "" "FILE_LIST" ${ARGV})
    file(INSTALL ${arg_FILE_LIST} DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}" RENAME copyright)
endfunction()

function(vcpkg_extract_source_archive out)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "ARCHIVE" "")
    file(ARCHIVE_EXTRACT INPUT "${arg_ARCHIVE}" DESTINATION "${CURRENT_PACKAGES_DIR}.source")
    file(GLOB inner "${CURRENT_PACKAGES_DIR}.source/*") # one folder, which the documented function removes
    set(${out} "${inner}" PARENT_SCOPE)
endfunction()

include("${PORTFILE}")
