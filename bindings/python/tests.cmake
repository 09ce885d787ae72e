# SPDX-License-Identifier: Apache-2.0
# The tests of the Python package, on the library of this build and Debian's own Python if that is there.
find_program(RESEAU_PYTHON NAMES /usr/bin/python3 python3)
set(python_tests "${CMAKE_CURRENT_LIST_DIR}/tests")
add_test(NAME bindings.python
         COMMAND "${RESEAU_PYTHON}" -X dev "${python_tests}/run" --library "${RESEAU_LIBRARY_FILE}")
# Those above are in development mode, in which asyncio's loops are in debug mode. Neither has this, with and without the
# module in C.
add_test(NAME bindings.python_asyncio
         COMMAND "${RESEAU_PYTHON}" -W default "${python_tests}/run" --library "${RESEAU_LIBRARY_FILE}"
                 test_asyncio test_asyncio_native)
add_test(NAME bindings.python_pure
         COMMAND "${RESEAU_PYTHON}" -W default "${python_tests}/run" --library "${RESEAU_LIBRARY_FILE}"
                 test_asyncio test_asyncio_native)
set_tests_properties(bindings.python_pure PROPERTIES TIMEOUT 1200 ENVIRONMENT "RESEAU_ASYNCIO=pure")
add_test(NAME bindings.python_types COMMAND "${RESEAU_PYTHON}" "${python_tests}/run" --types)
add_test(NAME bindings.python_cpython
         COMMAND "${RESEAU_PYTHON}" "${python_tests}/cpython" --quick --library "${RESEAU_LIBRARY_FILE}")
# Both languages reach all of the C surface, but for what is left out on purpose.
add_test(NAME bindings.surface COMMAND "${RESEAU_PYTHON}" "${CMAKE_CURRENT_LIST_DIR}/../surface")
set_tests_properties(bindings.python bindings.python_types bindings.python_cpython PROPERTIES TIMEOUT 1200 COST 40)
if(TARGET reseau_python)
    set_tests_properties(bindings.python bindings.python_asyncio bindings.python_cpython PROPERTIES
                         ENVIRONMENT "RESEAU_ASYNCIO=native")
endif()
