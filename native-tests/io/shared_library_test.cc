/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/io/shared_library.h> */
#include <aws/io/shared_library.h>

#include <gtest/gtest.h>

#include <dlfcn.h>

#include "support/traced_test.h"

class SharedLibrary : public TracedIoTest {
  protected:
    /* Where the library under test has been loaded from. */
    static const char *OwnPath() {
        Dl_info info = {};
        EXPECT_NE(0, dladdr((void *)&aws_shared_library_init, &info));
        return info.dli_fname;
    }

    struct aws_shared_library library_ = {};
};

TEST_F(SharedLibrary, shared_library_open_failure) {
    library_.library_handle = this;
    EXPECT_RAISES(AWS_IO_SHARED_LIBRARY_LOAD_FAILURE, aws_shared_library_init(&library_, "not-a-real-library.blah"));
    EXPECT_EQ(nullptr, library_.library_handle);
    aws_shared_library_clean_up(&library_);
}

TEST_F(SharedLibrary, shared_library_open_success) {
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library_, OwnPath()));
    EXPECT_NE(nullptr, library_.library_handle);
    aws_shared_library_clean_up(&library_);
    EXPECT_EQ(nullptr, library_.library_handle);
    aws_shared_library_clean_up(&library_);
}

TEST_F(SharedLibrary, shared_library_find_function_success) {
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library_, OwnPath()));
    aws_generic_function found = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_find_function(&library_, "aws_shared_library_find_function", &found));
    auto find = reinterpret_cast<int (*)(struct aws_shared_library *, const char *, aws_generic_function *)>(found);
    aws_generic_function again = nullptr;
    EXPECT_EQ(AWS_OP_SUCCESS, find(&library_, "aws_shared_library_find_function", &again));
    EXPECT_EQ(found, again);
    aws_shared_library_clean_up(&library_);
}

TEST_F(SharedLibrary, shared_library_find_function_failure) {
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library_, OwnPath()));
    auto found = reinterpret_cast<aws_generic_function>(this);
    EXPECT_RAISES(
        AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE,
        aws_shared_library_find_function(&library_, "not_a_real_function", &found));
    EXPECT_EQ(nullptr, found);
    aws_shared_library_clean_up(&library_);
}

TEST_F(SharedLibrary, no_path_stands_for_the_program) {
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library_, nullptr));
    aws_generic_function found = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_find_function(&library_, "aws_raise_error_private", &found))
        << "a library that the program is linked with";
    EXPECT_NE(nullptr, found);
    aws_shared_library_clean_up(&library_);
}

TEST_F(SharedLibrary, bad_arguments_change_nothing) {
    aws_generic_function found = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_shared_library_init(nullptr, OwnPath()));
    EXPECT_RAISES(
        AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE, aws_shared_library_find_function(nullptr, "malloc", &found));
    EXPECT_RAISES(
        AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE, aws_shared_library_find_function(&library_, "malloc", &found));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_shared_library_find_function(&library_, "malloc", nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_shared_library_find_function(&library_, nullptr, &found));
    EXPECT_EQ(nullptr, found);
    aws_shared_library_clean_up(&library_);
    aws_shared_library_clean_up(nullptr);
}
