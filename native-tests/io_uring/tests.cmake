# Test programs once more, on io_uring, each as one test: with -DRESEAU_TEST_IO_URING=ON, ctest -L io_uring. Not among
# the others until they have been repeated often enough (ADR 50).
option(RESEAU_TEST_IO_URING "Run test programs on io_uring, too" OFF)
if(NOT RESEAU_TEST_IO_URING)
    return()
endif()

include(CheckIncludeFile)
check_include_file(linux/io_uring.h RESEAU_HAS_IO_URING_HEADER)
if(NOT RESEAU_HAS_IO_URING_HEADER OR CMAKE_CROSSCOMPILING)
    return()
endif()

add_executable(io_uring_is_there "${CMAKE_CURRENT_LIST_DIR}/is_there.c")
set(on_io_uring "^(io|reseau|regressions|stress|faults)_")

foreach(test_file IN LISTS test_files)
    file(RELATIVE_PATH test_name "${CMAKE_CURRENT_SOURCE_DIR}" "${test_file}")
    string(REPLACE "/" "_" test_name "${test_name}")
    string(REGEX REPLACE "\\.cc$" "" test_name "${test_name}")
    if(test_name MATCHES "${on_io_uring}")
        add_test(NAME io_uring.${test_name}
            COMMAND "${CMAKE_CURRENT_LIST_DIR}/run.sh" $<TARGET_FILE:io_uring_is_there> $<TARGET_FILE:${test_name}>
                    --gtest_brief=1)
        set_tests_properties(io_uring.${test_name} PROPERTIES LABELS io_uring SKIP_RETURN_CODE 77 TIMEOUT 600)
    endif()
endforeach()
