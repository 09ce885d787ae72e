# Test programs once more, on io_uring, each as one test (ctest -L io_uring): those that touch a loop or a socket.
# -DRESEAU_TESTS_ON_IO_URING=ALL adds those that take long or have little to do with either, and the fault test, for
# two minutes more; OFF leaves all out. Where the kernel or a sandbox refuses rings, they are skipped, and say so.
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
set(on_io_uring "^(io|reseau|regressions|stress|faults)_")
if(RESEAU_TESTS_ON_IO_URING STREQUAL "ALL")
    set(not_on_io_uring "^$")
else()
    string(JOIN "|" not_on_io_uring
        # Neither loops nor sockets; or those of a simulation.
        "^io_(async_stream|c_string|crypto_library|io|no_retry|pem|shared_library|statistics|stream|tls_pem)_test"
        "^io_(exponential_backoff|standard)_retry" "^reseau_(c_string|file|file_.*|names|net|simulation.*)_test"
        # Long; what they do to loops and sockets others do, too.
        "^faults_" "^io_(host_resolver|host_resolver_edge|pkcs11|tls_handshake|tls_hostile|tls_key_operation)_test"
        "^io_tls_(names|pkcs11|trust_store)_test" "^reseau_(hooks|ids|libsock)_test" "_session_expiry_test")
endif()

foreach(test_file IN LISTS test_files)
    file(RELATIVE_PATH test_name "${CMAKE_CURRENT_SOURCE_DIR}" "${test_file}")
    string(REPLACE "/" "_" test_name "${test_name}")
    string(REGEX REPLACE "\\.cc$" "" test_name "${test_name}")
    # Sockets on a ring leave sending and receiving to their loop: reseau_direct has nothing to say of them.
    if(test_name MATCHES "${on_io_uring}" AND NOT test_name MATCHES "^reseau_direct|${not_on_io_uring}")
        add_test(NAME io_uring.${test_name}
            COMMAND "${CMAKE_CURRENT_LIST_DIR}/run.sh" $<TARGET_FILE:io_uring_is_there> $<TARGET_FILE:${test_name}>
                    --gtest_brief=1)
        set_tests_properties(io_uring.${test_name} PROPERTIES LABELS io_uring SKIP_RETURN_CODE 77 TIMEOUT 600)
    endif()
endforeach()
