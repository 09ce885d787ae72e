/* SPDX-License-Identifier: Apache-2.0 */
/* The part of <aws/common/file.h> that reads a file into a buffer. */
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/file.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

class ByteBufFile : public TracedTest {
  protected:
    void Write(const std::string &contents) {
        FILE *file = fopen(path_.c_str(), "wb");
        fwrite(contents.data(), 1, contents.size(), file);
        fclose(file);
    }

    std::string Read() {
        struct aws_byte_buf buf;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&buf, allocator_, path_.c_str()));
        return TextOf(buf);
    }

    std::string Read(size_t hint) {
        struct aws_byte_buf buf;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file_with_size_hint(&buf, allocator_, path_.c_str(), hint));
        return TextOf(buf);
    }

    static std::string TextOf(struct aws_byte_buf &buf) {
        EXPECT_LT(buf.len, buf.capacity);
        EXPECT_EQ(0, buf.buffer[buf.len]) << "a NUL stands behind the contents";
        std::string text(reinterpret_cast<char *>(buf.buffer), buf.len);
        aws_byte_buf_clean_up(&buf);
        return text;
    }

    TemporaryDirectory directory_;
    std::string path_ = directory_.Path("file");
};

TEST_F(ByteBufFile, HoldsTheWholeFile) {
    for (size_t size : {0u, 1u, 31u, 32u, 33u, 4095u, 4096u, 4097u, 300000u}) {
        std::string contents;
        for (size_t i = 0; i < size; i++) {
            contents.push_back((char)(i * 7));
        }
        Write(contents);
        EXPECT_EQ(contents, Read());
        for (size_t hint : {(size_t)0, (size_t)1, size, size + 1, size * 2 + 10}) {
            EXPECT_EQ(contents, Read(hint)) << hint;
        }
    }
}

#if !defined(_WIN32)
TEST_F(ByteBufFile, HoldsFilesThatDoNotReportTheirSize) {
    struct aws_byte_buf buf;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&buf, allocator_, "/proc/self/status"));
    EXPECT_NE(std::string::npos, TextOf(buf).find("Pid:"));
}
#endif

#if defined(_WIN32)
static const int kErrorOfADirectory = AWS_ERROR_NO_PERMISSION;
#else
static const int kErrorOfADirectory = AWS_ERROR_FILE_INVALID_PATH;
#endif

TEST_F(ByteBufFile, FailureLeavesNothing) {
    struct aws_byte_buf buf;
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_byte_buf_init_from_file(&buf, allocator_, "/nowhere/to/be/found"));
    EXPECT_EQ(nullptr, buf.buffer);
    EXPECT_EQ(nullptr, buf.allocator);
    EXPECT_RAISES(kErrorOfADirectory, aws_byte_buf_init_from_file(&buf, allocator_, directory_.Path().c_str()));
    EXPECT_EQ(nullptr, buf.buffer);
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_byte_buf_init_from_file(&buf, allocator_, ""));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_byte_buf_init_from_file(&buf, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init_from_file(nullptr, allocator_, path_.c_str()));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init_from_file_with_size_hint(&buf, nullptr, path_.c_str(), 10));
}

} // namespace
