# The half of Python's reseau.asyncio that is in C, beside the library: where Python's headers are. One module for
# CPython 3.9 and newer, by its stable ABI. Without it the package does the same in Python, and more slowly.
option(RESEAU_BUILD_PYTHON "Build the module in C of the Python package" ${PROJECT_IS_TOP_LEVEL})
if(RESEAU_BUILD_PYTHON AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_CROSSCOMPILING
   AND NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
    # Those of any version will do; the interpreter is not asked, which may be one of several.
    find_path(RESEAU_PYTHON_INCLUDE Python.h
              PATH_SUFFIXES python3.14 python3.13 python3.12 python3.11 python3.10 python3.9)

    # They may be another machine's, or have no stable ABI: the library is built all the same.
    if(RESEAU_PYTHON_INCLUDE)
        include(CheckCSourceCompiles)
        set(CMAKE_REQUIRED_INCLUDES "${RESEAU_PYTHON_INCLUDE}")
        check_c_source_compiles("#define Py_LIMITED_API 0x03090000
#include <Python.h>
int main(void) { return sizeof(PyType_Slot) == 0; }" RESEAU_HAS_PYTHON_HEADERS)
        unset(CMAKE_REQUIRED_INCLUDES)
    endif()
    if(RESEAU_PYTHON_INCLUDE AND RESEAU_HAS_PYTHON_HEADERS)
        file(GLOB native_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bindings/python/native/*.c")
        add_library(reseau_python MODULE ${native_sources})
        target_include_directories(reseau_python SYSTEM PRIVATE "${RESEAU_PYTHON_INCLUDE}")
        target_link_libraries(reseau_python PRIVATE ${CMAKE_DL_LIBS})
        target_compile_options(reseau_python PRIVATE -O2 -g -Wall -Wextra)
        # The wheel of a release has no names of folders of the machine that made it.
        target_link_options(reseau_python PRIVATE $<$<NOT:$<CONFIG:Debug>>:-s>)
        set_target_properties(reseau_python PROPERTIES
            PREFIX "" OUTPUT_NAME _native SUFFIX ".abi3.so" C_STANDARD 11 C_EXTENSIONS ON C_VISIBILITY_PRESET hidden
            LIBRARY_OUTPUT_DIRECTORY "${RESEAU_LIBRARY_DIR}")
        # Whoever builds the library has it beside that.
        add_dependencies(reseau_library reseau_python)
    else()
        message(STATUS "Python's headers are not there (libpython3-dev): reseau.asyncio has no module in C")
    endif()
endif()
