# Installs the library, its headers, and what lets other builds find them: find_package(reseau), pkg-config, and the
# package names that programs written for aws-c-io ask for.
include(CMakePackageConfigHelpers)

set(reseau_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake")

if(WIN32)
    set(reseau_library_dir "${CMAKE_INSTALL_BINDIR}")
else()
    set(reseau_library_dir "${CMAKE_INSTALL_LIBDIR}")
endif()
install(FILES "${RESEAU_LIBRARY_FILE}" DESTINATION "${reseau_library_dir}" RENAME "${RESEAU_SONAME}"
        PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
if(WIN32)
    install(FILES "${RESEAU_IMPORT_LIBRARY}" DESTINATION "${CMAKE_INSTALL_LIBDIR}")
else()
    install(CODE "file(CREATE_LINK ${RESEAU_SONAME} \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libreseau.so\" SYMBOLIC)")
endif()
if(TARGET reseau_preload)
    install(TARGETS reseau_preload LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/reseau")

configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/reseauConfig.cmake.in" "${PROJECT_BINARY_DIR}/reseauConfig.cmake"
    INSTALL_DESTINATION "${reseau_cmake_dir}/reseau" PATH_VARS reseau_library_dir CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/reseauConfigVersion.cmake" COMPATIBILITY SameMajorVersion)
install(FILES "${PROJECT_BINARY_DIR}/reseauConfig.cmake" "${PROJECT_BINARY_DIR}/reseauConfigVersion.cmake"
        DESTINATION "${reseau_cmake_dir}/reseau")

# The versions whose interface the headers follow, so that a version asked for in find_package() is understood.
set(reseau_dropin_version_aws-c-io 0.27.7)
set(reseau_dropin_version_aws-c-common 0.14.1)
foreach(package aws-c-io aws-c-common)
    set(DROP_IN_PACKAGE ${package})
    configure_file("${PROJECT_SOURCE_DIR}/cmake/dropInConfig.cmake.in" "${PROJECT_BINARY_DIR}/${package}-config.cmake" @ONLY)
    write_basic_package_version_file(
        "${PROJECT_BINARY_DIR}/${package}-config-version.cmake"
        VERSION ${reseau_dropin_version_${package}} COMPATIBILITY AnyNewerVersion)
    install(FILES "${PROJECT_BINARY_DIR}/${package}-config.cmake" "${PROJECT_BINARY_DIR}/${package}-config-version.cmake"
            DESTINATION "${reseau_cmake_dir}/${package}")
endforeach()

set(reseau_cflags "")
if(WIN32)
    set(reseau_cflags " -DAWS_COMMON_USE_IMPORT_EXPORT -DAWS_IO_USE_IMPORT_EXPORT -DAWS_ENABLE_IO_COMPLETION_PORTS")
endif()
# From where it lies, so that the prefix may be moved.
file(RELATIVE_PATH reseau_prefix_of_pc "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
string(REGEX REPLACE "/$" "" reseau_prefix_of_pc "${reseau_prefix_of_pc}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/reseau.pc.in" "${PROJECT_BINARY_DIR}/reseau.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/reseau.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

include(ReseauPackage)
