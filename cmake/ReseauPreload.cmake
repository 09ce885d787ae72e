# libreseau-preload.so, by which unmodified programs use sockets in user space (docs/preload.md). A sanitizer's runtime
# would have to be loaded before it.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
    file(GLOB preload_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/Preload/*.c")
    add_library(reseau_preload MODULE ${preload_sources})
    find_package(Threads REQUIRED)
    target_link_libraries(reseau_preload PRIVATE reseau::reseau Threads::Threads ${CMAKE_DL_LIBS})
    target_compile_definitions(reseau_preload PRIVATE _GNU_SOURCE)
    target_compile_options(reseau_preload PRIVATE -O2 -g -Wall -Wextra -U_FORTIFY_SOURCE)
    # It stands in for functions of the C library in all threads, and is never unloaded.
    # A call of its own functions is no call of those of the same name that the program may have.
    target_link_options(reseau_preload PRIVATE -Wl,-z,nodelete -Wl,-z,defs -Wl,-Bsymbolic-functions)
    set_target_properties(reseau_preload PROPERTIES
        OUTPUT_NAME reseau-preload C_STANDARD 11 C_EXTENSIONS ON C_VISIBILITY_PRESET hidden
        LIBRARY_OUTPUT_DIRECTORY "${RESEAU_LIBRARY_DIR}" BUILD_RPATH "\$ORIGIN" INSTALL_RPATH "\$ORIGIN"
        BUILD_RPATH_USE_ORIGIN ON)
    add_dependencies(reseau_preload reseau_library)
endif()
