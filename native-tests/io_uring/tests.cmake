# Test programs once more, on io_uring, each as one test (ctest -L io_uring): those of streams and channels that have
# passed hundreds of times there. -DRESEAU_TESTS_ON_IO_URING=ALL adds all others that have loops, for some minutes more;
# OFF leaves all out. Where the kernel or a sandbox refuses rings, they are skipped, and say so.
set(RESEAU_TESTS_ON_IO_URING ON CACHE STRING "Run test programs on io_uring, too: ON (some), ALL, OFF")
if(NOT RESEAU_TESTS_ON_IO_URING)
    return()
endif()

include(CheckIncludeFile)
check_include_file(linux/io_uring.h RESEAU_HAS_IO_URING_HEADER)
if(NOT RESEAU_HAS_IO_URING_HEADER OR CMAKE_CROSSCOMPILING)
    return()
endif()

add_executable(io_uring_is_there "${CMAKE_CURRENT_LIST_DIR}/is_there.c")
if(RESEAU_TESTS_ON_IO_URING STREQUAL "ALL")
    set(on_io_uring "^(io|reseau|regressions|stress|faults)_")
else()
    # Two others have failed now and then: data in front of a reset was lost when a write had failed before
    # (regressions_delivered_before_shutdown), and sending a file to a peer that is gone raised SIGPIPE (reseau_files).
    set(on_io_uring "^(io_socket_(accept|close|connect|read)|io_channel_bootstrap)_test$")
endif()

foreach(test_file IN LISTS test_files)
    file(RELATIVE_PATH test_name "${CMAKE_CURRENT_SOURCE_DIR}" "${test_file}")
    string(REPLACE "/" "_" test_name "${test_name}")
    string(REGEX REPLACE "\\.cc$" "" test_name "${test_name}")
    # Sockets on a ring leave sending and receiving to their loop: reseau_direct has nothing to say of them.
    if(test_name MATCHES "${on_io_uring}" AND NOT test_name MATCHES "^reseau_direct")
        add_test(NAME io_uring.${test_name}
            COMMAND "${CMAKE_CURRENT_LIST_DIR}/run.sh" $<TARGET_FILE:io_uring_is_there> $<TARGET_FILE:${test_name}>
                    --gtest_brief=1)
        set_tests_properties(io_uring.${test_name} PROPERTIES LABELS io_uring SKIP_RETURN_CODE 77 TIMEOUT 600)
    endif()
endforeach()
