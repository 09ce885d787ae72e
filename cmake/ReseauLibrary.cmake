# The shared library as the CMake target reseau::reseau, rebuilt when a source of it changes.
find_program(DOTNET_EXECUTABLE dotnet REQUIRED)

string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR}" reseau_processor)
if(reseau_processor MATCHES "aarch64|arm64")
    set(reseau_arch arm64)
else()
    set(reseau_arch x64)
endif()
if(APPLE)
    set(reseau_os osx)
elseif(WIN32)
    set(reseau_os win)
else()
    set(reseau_os linux)
endif()
set(RESEAU_RID "${reseau_os}-${reseau_arch}" CACHE STRING ".NET runtime identifier of the library")

set(RESEAU_LIBRARY_DIR "${PROJECT_BINARY_DIR}/lib")
if(WIN32)
    set(RESEAU_SONAME "reseau.dll")
    set(RESEAU_LIBRARY_FILE "${RESEAU_LIBRARY_DIR}/reseau.dll")
    set(RESEAU_IMPORT_LIBRARY "${RESEAU_LIBRARY_DIR}/reseau.lib")
    # Programs find the library beside them.
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${RESEAU_LIBRARY_DIR}")
else()
    # The version of the ABI, not of the library; also in src/Shim/Shim.targets.
    set(RESEAU_SONAME "libreseau.so.1")
    set(RESEAU_LIBRARY_FILE "${RESEAU_LIBRARY_DIR}/libreseau${CMAKE_SHARED_LIBRARY_SUFFIX}")
endif()

file(
    GLOB_RECURSE reseau_sources CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/src/*.cs" "${PROJECT_SOURCE_DIR}/src/*.csproj" "${PROJECT_SOURCE_DIR}/src/*.targets"
    "${PROJECT_SOURCE_DIR}/src/*.c" "${PROJECT_SOURCE_DIR}/src/*.txt" "${PROJECT_SOURCE_DIR}/include/*.h"
    "${PROJECT_SOURCE_DIR}/include/*.inl" "${PROJECT_SOURCE_DIR}/cmake/windows-cross/*.targets"
    "${PROJECT_SOURCE_DIR}/cmake/windows-cross/*.c" "${PROJECT_SOURCE_DIR}/cmake/windows-cross/*.def")
list(FILTER reseau_sources EXCLUDE REGEX "/(bin|obj)/|/src/Preload/")

add_custom_command(
    OUTPUT "${RESEAU_LIBRARY_FILE}" ${RESEAU_IMPORT_LIBRARY}
    COMMAND
        ${CMAKE_COMMAND} "-DDOTNET=${DOTNET_EXECUTABLE}" "-DPROJECT=${PROJECT_SOURCE_DIR}/src" "-DRID=${RESEAU_RID}"
        "-DFRAMEWORK=${RESEAU_FRAMEWORK}" "-DOUTPUT=${RESEAU_LIBRARY_DIR}" "-DSONAME=${RESEAU_SONAME}"
        "-DCC=${CMAKE_C_COMPILER}" -P "${PROJECT_SOURCE_DIR}/cmake/PublishReseau.cmake"
    DEPENDS ${reseau_sources} "${PROJECT_SOURCE_DIR}/cmake/PublishReseau.cmake" "${PROJECT_SOURCE_DIR}/VERSION"
    COMMENT "Compiling libreseau ahead of time"
    USES_TERMINAL VERBATIM)
add_custom_target(reseau_library ALL DEPENDS "${RESEAU_LIBRARY_FILE}")

add_library(reseau SHARED IMPORTED GLOBAL)
set_target_properties(reseau PROPERTIES IMPORTED_LOCATION "${RESEAU_LIBRARY_FILE}" IMPORTED_SONAME "${RESEAU_SONAME}")
if(WIN32)
    set_target_properties(reseau PROPERTIES IMPORTED_IMPLIB "${RESEAU_IMPORT_LIBRARY}")
    target_compile_definitions(reseau INTERFACE AWS_COMMON_USE_IMPORT_EXPORT AWS_IO_USE_IMPORT_EXPORT
                                                AWS_ENABLE_IO_COMPLETION_PORTS)
endif()
target_include_directories(reseau INTERFACE "${PROJECT_SOURCE_DIR}/include")
add_dependencies(reseau reseau_library)
add_library(reseau::reseau ALIAS reseau)
