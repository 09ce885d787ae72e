/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

namespace {

/* A range that no library of the family uses. */
constexpr int FIRST = 30 * 1024;

const struct aws_error_info s_infos[] = {
    AWS_DEFINE_ERROR_INFO(30 * 1024, "the first", "test lib"),
    AWS_DEFINE_ERROR_INFO(30 * 1024 + 1, "the second", "test lib"),
};
const struct aws_error_info_list s_list = {s_infos, 2};

const struct aws_error_info s_other_infos[] = {AWS_DEFINE_ERROR_INFO(30 * 1024, "another", "other lib")};
const struct aws_error_info_list s_other_list = {s_other_infos, 1};

struct Raised {
    int error = 0;
    int count = 0;

    static void Handle(int error, void *context) {
        auto *raised = static_cast<Raised *>(context);
        raised->error = error;
        raised->count++;
    }
};

class Error : public TracedTest {
  protected:
    void TearDown() override {
        aws_set_global_error_handler_fn(nullptr, nullptr);
        aws_set_thread_local_error_handler_fn(nullptr, nullptr);
        TracedTest::TearDown();
    }
};

TEST_F(Error, LastErrorBelongsToTheThread) {
    EXPECT_EQ(0, aws_last_error());
    EXPECT_EQ(AWS_OP_ERR, aws_raise_error(AWS_ERROR_OOM));
    EXPECT_EQ(AWS_ERROR_OOM, aws_last_error());

    std::thread([] {
        EXPECT_EQ(0, aws_last_error());
        aws_raise_error(AWS_ERROR_NO_SPACE);
        EXPECT_EQ(AWS_ERROR_NO_SPACE, aws_last_error());
    }).join();

    EXPECT_EQ(AWS_ERROR_OOM, aws_last_error());
    aws_reset_error();
    EXPECT_EQ(0, aws_last_error());
}

TEST_F(Error, HandlersAreCalledForRaisedErrorsButNotForRestoredOnes) {
    Raised global;
    Raised local;
    EXPECT_EQ(nullptr, aws_set_global_error_handler_fn(Raised::Handle, &global));
    aws_raise_error(AWS_ERROR_OOM);
    EXPECT_EQ(1, global.count);
    EXPECT_EQ(AWS_ERROR_OOM, global.error);

    EXPECT_EQ(nullptr, aws_set_thread_local_error_handler_fn(Raised::Handle, &local));
    aws_raise_error(AWS_ERROR_UNKNOWN);
    EXPECT_EQ(1, global.count) << "the thread's own handler takes the place of the process's";
    EXPECT_EQ(1, local.count);
    EXPECT_EQ(AWS_ERROR_UNKNOWN, local.error);

    aws_restore_error(AWS_ERROR_NO_SPACE);
    EXPECT_EQ(AWS_ERROR_NO_SPACE, aws_last_error());
    EXPECT_EQ(1, local.count);

    std::thread([] { aws_raise_error(AWS_ERROR_CLOCK_FAILURE); }).join();
    EXPECT_EQ(2, global.count);
    EXPECT_EQ(1, local.count);

    EXPECT_EQ(Raised::Handle, aws_set_thread_local_error_handler_fn(nullptr, nullptr));
    EXPECT_EQ(Raised::Handle, aws_set_global_error_handler_fn(nullptr, nullptr));
    aws_raise_error(AWS_ERROR_OOM);
    EXPECT_EQ(2, global.count);
    EXPECT_EQ(1, local.count);
}

TEST_F(Error, ReturnsRegisteredNames) {
    aws_register_error_info(&s_list);
    EXPECT_STREQ("the second", aws_error_str(FIRST + 1));
    EXPECT_STREQ("30 * 1024 + 1", aws_error_name(FIRST + 1));
    EXPECT_STREQ("test lib", aws_error_lib_name(FIRST + 1));
    EXPECT_STREQ("test lib: 30 * 1024 + 1, the second", aws_error_debug_str(FIRST + 1));
    aws_unregister_error_info(&s_list);
    EXPECT_STREQ("Unknown Error Code", aws_error_str(FIRST + 1));
}

TEST_F(Error, ALaterListTakesTheRangeAndKeepsIt) {
    aws_register_error_info(&s_list);
    aws_register_error_info(&s_other_list);
    EXPECT_STREQ("another", aws_error_str(FIRST));
    EXPECT_STREQ("Unknown Error Code", aws_error_str(FIRST + 1));
    aws_unregister_error_info(&s_list);
    EXPECT_STREQ("another", aws_error_str(FIRST)) << "it is not the list that was unregistered";
    aws_unregister_error_info(&s_other_list);
    EXPECT_STREQ("Unknown Error Code", aws_error_str(FIRST));
}

TEST_F(Error, KnowsNothingOutsideTheRanges) {
    for (int code : {-1, INT32_MIN, INT32_MAX, 32 * 1024, 1022, 1023}) {
        EXPECT_STREQ("Unknown Error Code", aws_error_str(code)) << code;
        EXPECT_STREQ("Unknown Error Code", aws_error_name(code)) << code;
        EXPECT_STREQ("Unknown Error Code", aws_error_lib_name(code)) << code;
        EXPECT_STREQ("Unknown Error Code", aws_error_debug_str(code)) << code;
    }
}

TEST_F(Error, EveryCodeOfTheCommonLibraryHasANameAndADescription) {
    for (int code = AWS_ERROR_SUCCESS; code <= AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED; code++) {
        std::string name = aws_error_name(code);
        std::string description = aws_error_str(code);
        EXPECT_EQ(0u, name.rfind("AWS_ERROR_", 0)) << name;
        EXPECT_GT(description.size(), 5u) << name;
        EXPECT_STREQ("aws-c-common", aws_error_lib_name(code));
        EXPECT_EQ("aws-c-common: " + name + ", " + description, aws_error_debug_str(code));
    }
    EXPECT_STREQ("AWS_ERROR_INVALID_ARGUMENT", aws_error_name(AWS_ERROR_INVALID_ARGUMENT));
    EXPECT_STREQ("AWS_ERROR_INVALID_UTF8", aws_error_name(AWS_ERROR_INVALID_UTF8));
    EXPECT_STREQ("AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED", aws_error_name(AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED));
}

TEST_F(Error, TranslatesErrno) {
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_translate_and_raise_io_error(EINVAL));
    EXPECT_RAISES(AWS_ERROR_NO_PERMISSION, aws_translate_and_raise_io_error(EPERM));
    EXPECT_RAISES(AWS_ERROR_NO_PERMISSION, aws_translate_and_raise_io_error(EACCES));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_translate_and_raise_io_error(EISDIR));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_translate_and_raise_io_error(ENAMETOOLONG));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_translate_and_raise_io_error(ENOENT));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_translate_and_raise_io_error(ENOTDIR));
    EXPECT_RAISES(AWS_ERROR_MAX_FDS_EXCEEDED, aws_translate_and_raise_io_error(EMFILE));
    EXPECT_RAISES(AWS_ERROR_MAX_FDS_EXCEEDED, aws_translate_and_raise_io_error(ENFILE));
    EXPECT_RAISES(AWS_ERROR_OOM, aws_translate_and_raise_io_error(ENOMEM));
    EXPECT_RAISES(AWS_ERROR_NO_SPACE, aws_translate_and_raise_io_error(ENOSPC));
    EXPECT_RAISES(AWS_ERROR_DIRECTORY_NOT_EMPTY, aws_translate_and_raise_io_error(ENOTEMPTY));
    EXPECT_RAISES(AWS_ERROR_SYS_CALL_FAILURE, aws_translate_and_raise_io_error(EPROTO));
    EXPECT_RAISES(
        AWS_ERROR_FILE_READ_FAILURE, aws_translate_and_raise_io_error_or(EPROTO, AWS_ERROR_FILE_READ_FAILURE));
    EXPECT_RAISES(
        AWS_ERROR_FILE_READ_FAILURE, aws_translate_and_raise_io_error_or(EINVAL, AWS_ERROR_FILE_READ_FAILURE));
}

static std::string InLowerCase(std::string text) {
    for (char &c : text) {
        c = (char)tolower((unsigned char)c);
    }
    return text;
}

/* Programs look for the word. */
TEST_F(Error, TheTextForNoErrorSaysSuccess) {
    EXPECT_NE(std::string::npos, InLowerCase(aws_error_str(AWS_ERROR_SUCCESS)).find("success"));
    EXPECT_NE(std::string::npos, InLowerCase(aws_error_debug_str(AWS_ERROR_SUCCESS)).find("success"));
    EXPECT_STREQ("AWS_ERROR_SUCCESS", aws_error_name(AWS_ERROR_SUCCESS));
}

TEST(ErrorDeathTest, AnImpossibleListStopsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const struct aws_error_info_list empty = {s_infos, 0};
    const struct aws_error_info beyond[] = {AWS_DEFINE_ERROR_INFO(32 * 1024, "too far", "test lib")};
    const struct aws_error_info_list outside = {beyond, 1};
    EXPECT_DEATH(aws_register_error_info(nullptr), "Fatal error");
    EXPECT_DEATH(aws_register_error_info(&empty), "Fatal error");
    EXPECT_DEATH(aws_register_error_info(&outside), "Fatal error");
}

} // namespace
