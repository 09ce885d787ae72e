# An overlay port. It builds the clone that it lies in, or, in the package of ./dev package, the source beside it. Like
# every build of the library it needs the .NET SDK, which vcpkg does not have. It installs headers of aws-c-io's names,
# so that it cannot be installed together with that port.
if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/source.tar.gz")
    vcpkg_extract_source_archive(SOURCE_PATH ARCHIVE "${CMAKE_CURRENT_LIST_DIR}/source.tar.gz")
else()
    get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)
endif()

find_program(DOTNET_EXECUTABLE dotnet)
if(NOT DOTNET_EXECUTABLE)
    message(FATAL_ERROR "The .NET SDK 10 is needed to build ${PORT}: install it and put dotnet on PATH.")
endif()

# The library is the same whatever is debugged.
set(VCPKG_BUILD_TYPE release)
vcpkg_check_linkage(ONLY_DYNAMIC_LIBRARY)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DRESEAU_BUILD_TESTS=OFF
        -DRESEAU_BUILD_EXAMPLES=OFF
        "-DDOTNET_EXECUTABLE=${DOTNET_EXECUTABLE}")
vcpkg_cmake_install()

foreach(package aws-c-common aws-c-io)
    vcpkg_cmake_config_fixup(PACKAGE_NAME ${package} CONFIG_PATH lib/cmake/${package} DO_NOT_DELETE_PARENT_CONFIG_PATH)
endforeach()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/reseau)
vcpkg_fixup_pkgconfig()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/doc")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
