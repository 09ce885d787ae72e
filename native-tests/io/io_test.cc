/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/io.h> and <aws/io/logging.h>: start and end of the library, names of errors and log subjects. */
#include <aws/common/logging.h>
#include <aws/io/io.h>
#include <aws/io/logging.h>

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "support/traced_test.h"

using IoLibrary = TracedTest;

TEST_F(IoLibrary, io_library_init) {
    aws_io_library_init(allocator_);
    aws_io_fatal_assert_library_initialized();
    aws_io_library_clean_up();
}

TEST_F(IoLibrary, io_library_init_cleanup_init_cleanup) {
    for (int i = 0; i < 2; ++i) {
        aws_io_library_init(allocator_);
        EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(AWS_IO_SOCKET_CLOSED));
        aws_io_library_clean_up();
        EXPECT_STRNE("AWS_IO_SOCKET_CLOSED", aws_error_name(AWS_IO_SOCKET_CLOSED));
    }
}

/* Programs are compiled with the numbers, so that no code may ever move. */
TEST_F(IoLibrary, io_library_error_order) {
    EXPECT_EQ(1024, AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT);
    EXPECT_EQ(1067, AWS_IO_TLS_NEGOTIATION_TIMEOUT);
    EXPECT_EQ(1194, AWS_IO_TLS_HOST_NAME_MISMATCH);
}

TEST_F(IoLibrary, clean_up_without_init_does_nothing) {
    aws_io_library_clean_up();
}

/* Two libraries in one program that both start it must not end it for one another. */
TEST_F(IoLibrary, stays_up_until_the_last_user_leaves) {
    aws_io_library_init(allocator_);
    aws_io_library_init(allocator_);
    aws_io_library_clean_up();
    aws_io_fatal_assert_library_initialized();
    EXPECT_STREQ("AWS_IO_SOCKET_CLOSED", aws_error_name(AWS_IO_SOCKET_CLOSED));
    aws_io_library_clean_up();
}

TEST_F(IoLibrary, use_without_init_ends_the_process) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(aws_io_fatal_assert_library_initialized(), "aws_io_library_init");
}

using IoNames = TracedIoTest;

TEST_F(IoNames, every_error_code_has_a_name_and_a_text_of_its_own) {
    std::set<std::string> names;
    std::set<std::string> texts;
    for (int code = AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT; code <= AWS_IO_DNS_QUERY_AGAIN; ++code) {
        SCOPED_TRACE(code);
        EXPECT_STREQ("aws-c-io", aws_error_lib_name(code));
        std::string name = aws_error_name(code);
        std::string text = aws_error_str(code);
        EXPECT_NE(std::string::npos, name.find("AWS_")) << name;
        EXPECT_TRUE(names.insert(name).second) << name << " twice";
        EXPECT_TRUE(texts.insert(text).second) << text << " twice";
        EXPECT_EQ("aws-c-io: " + name + ", " + text, aws_error_debug_str(code));
    }
}

/* Against the list of facts, so that none is forgotten and none is misspelt. */
TEST_F(IoNames, every_name_is_that_of_aws_c_io) {
    std::ifstream facts(RESEAU_TEST_NAMES);
    std::string line;
    int seen = 0;
    while (std::getline(facts, line)) {
        std::istringstream words(line);
        std::string kind, library, name;
        int number = 0;
        if (line[0] == '#' || !(words >> kind >> number >> library >> name)) {
            continue;
        }
        seen++;
        if (kind == "subject") {
            EXPECT_EQ(name, aws_log_subject_name((aws_log_subject_t)number)) << line;
            continue;
        }
        EXPECT_EQ(name, aws_error_name(number)) << line;
        EXPECT_EQ(library, aws_error_lib_name(number)) << line;
    }
    EXPECT_LT(250, seen);
}

TEST_F(IoNames, names_of_error_codes_are_those_of_the_constants) {
    EXPECT_STREQ(
        "AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT", aws_error_name(AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT));
    EXPECT_STREQ("AWS_IO_BROKEN_PIPE", aws_error_name(AWS_IO_BROKEN_PIPE));
    EXPECT_STREQ("AWS_IO_SOCKET_ADDRESS_IN_USE", aws_error_name(AWS_IO_SOCKET_ADDRESS_IN_USE));
    EXPECT_STREQ("AWS_ERROR_PKCS11_CKR_CANCEL", aws_error_name(AWS_ERROR_PKCS11_CKR_CANCEL));
    EXPECT_STREQ("AWS_ERROR_PKCS11_CKR_FUNCTION_REJECTED", aws_error_name(AWS_ERROR_PKCS11_CKR_FUNCTION_REJECTED));
    EXPECT_STREQ("AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH", aws_error_name(AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH));
    EXPECT_STREQ("AWS_IO_DNS_QUERY_AGAIN", aws_error_name(AWS_IO_DNS_QUERY_AGAIN));
}

TEST_F(IoNames, log_subjects) {
    EXPECT_STREQ("aws-c-io", aws_log_subject_name(AWS_LS_IO_GENERAL));
    EXPECT_STREQ("event-loop", aws_log_subject_name(AWS_LS_IO_EVENT_LOOP));
    EXPECT_STREQ("channel-bootstrap", aws_log_subject_name(AWS_LS_IO_CHANNEL_BOOTSTRAP));
    EXPECT_STREQ("exp-backoff-strategy", aws_log_subject_name(AWS_LS_IO_EXPONENTIAL_BACKOFF_RETRY_STRATEGY));
    EXPECT_STREQ("pem", aws_log_subject_name(AWS_LS_IO_PEM));
}

TEST_F(IoNames, retryable_errors) {
    const std::set<int> retryable = {
        AWS_IO_SOCKET_CLOSED,
        AWS_IO_SOCKET_CONNECT_ABORTED,
        AWS_IO_SOCKET_CONNECTION_REFUSED,
        AWS_IO_SOCKET_NETWORK_DOWN,
        AWS_IO_SOCKET_TIMEOUT,
        AWS_IO_DNS_QUERY_AGAIN,
        AWS_IO_DNS_NO_ADDRESS_FOR_HOST,
        AWS_IO_TLS_NEGOTIATION_TIMEOUT,
    };
    for (int code = 0; code <= AWS_IO_DNS_QUERY_AGAIN; ++code) {
        EXPECT_EQ(retryable.count(code) == 1, aws_io_error_code_is_retryable(code)) << aws_error_name(code);
    }
}
