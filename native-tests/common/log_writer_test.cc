/* SPDX-License-Identifier: Apache-2.0 */
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/log_writer.h>
#include <aws/common/string.h>

#include <cstdio>

class LogWriterTest : public TracedTest {
  protected:
    int Write(struct aws_log_writer *writer, const char *text) {
        struct aws_string *line = aws_string_new_from_c_str(allocator_, text);
        int result = writer->vtable->write(writer, line);
        aws_string_destroy(line);
        return result;
    }
};

TEST_F(LogWriterTest, AppendsToAFileByName) {
    TemporaryFile file;
    for (const char *text : {"one\n", "two\n"}) {
        struct aws_log_writer writer;
        struct aws_log_writer_file_options options = {file.Path(), nullptr};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_file(&writer, allocator_, &options));
        EXPECT_EQ(AWS_OP_SUCCESS, Write(&writer, text));
        aws_log_writer_clean_up(&writer);
    }
    EXPECT_EQ((std::vector<std::string>{"one", "two"}), file.Lines());
}

TEST_F(LogWriterTest, WritesToAFileOfTheProgramAndLeavesItOpen) {
    TemporaryFile file;
    FILE *stream = fopen(file.Path(), "w");
    struct aws_log_writer writer;
    struct aws_log_writer_file_options options = {nullptr, stream};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_file(&writer, allocator_, &options));
    EXPECT_EQ(AWS_OP_SUCCESS, Write(&writer, "logged "));
    aws_log_writer_clean_up(&writer);
    fputs("and more", stream);
    fclose(stream);
    EXPECT_EQ("logged and more", file.Content());
}

TEST_F(LogWriterTest, WritesToTheStandardStreams) {
    struct aws_log_writer writer;
    testing::internal::CaptureStdout();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_stdout(&writer, allocator_));
    EXPECT_EQ(AWS_OP_SUCCESS, Write(&writer, "to stdout\n"));
    aws_log_writer_clean_up(&writer);
    EXPECT_EQ("to stdout\n", testing::internal::GetCapturedStdout());

    testing::internal::CaptureStderr();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_stderr(&writer, allocator_));
    EXPECT_EQ(AWS_OP_SUCCESS, Write(&writer, "to stderr\n"));
    aws_log_writer_clean_up(&writer);
    EXPECT_EQ("to stderr\n", testing::internal::GetCapturedStderr());
}

#if !defined(_WIN32)
TEST_F(LogWriterTest, AFullDeviceIsAnError) {
    FILE *stream = fopen("/dev/full", "w");
    setvbuf(stream, nullptr, _IONBF, 0);
    struct aws_log_writer writer;
    struct aws_log_writer_file_options options = {nullptr, stream};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_writer_init_file(&writer, allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_NO_SPACE, Write(&writer, "text"));
    aws_log_writer_clean_up(&writer);
    fclose(stream);
}
#endif

TEST_F(LogWriterTest, RefusesWhatItCannotUse) {
    struct aws_log_writer writer;
    struct aws_log_writer_file_options none = {nullptr, nullptr};
    struct aws_log_writer_file_options both = {"name", stderr};
    struct aws_log_writer_file_options bad = {"nowhere/to/be/found", nullptr};
    struct aws_log_writer_file_options empty = {"", nullptr};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_file(&writer, allocator_, &none));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_file(&writer, allocator_, &both));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_log_writer_init_file(&writer, allocator_, &bad));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_log_writer_init_file(&writer, allocator_, &empty));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_file(&writer, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_file(nullptr, allocator_, &bad));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_stdout(nullptr, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_writer_init_stderr(&writer, nullptr));
    aws_reset_error();
    aws_log_writer_clean_up(nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}
