/* SPDX-License-Identifier: Apache-2.0 */
/* Paths as Windows has them: in UTF-16, with drives, and long ones only with a prefix. */
#include "support/portable.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/environment.h>
#include <aws/common/file.h>
#include <aws/common/string.h>

#include <io.h>
#include <string>

class WindowsFilesTest : public TracedTest {
  protected:
    static std::wstring Wide(const std::string &text) {
        std::wstring wide(text.size(), L'\0');
        int length = MultiByteToWideChar(CP_UTF8, 0, text.data(), (int)text.size(), &wide[0], (int)wide.size());
        wide.resize((size_t)length);
        return wide;
    }

    struct aws_string *New(const std::string &text) {
        return aws_string_new_from_array(allocator_, (const uint8_t *)text.data(), text.size());
    }

    TemporaryDirectory directory_;
};

TEST_F(WindowsFilesTest, ANameIsInUtf16) {
    const std::string path = directory_.Path("\xC3\xA9t\xC3\xA9-\xE6\xBC\xA2");
    FILE *file = aws_fopen(path.c_str(), "wb");
    ASSERT_NE(nullptr, file);
    fputs("text", file);
    fclose(file);
    EXPECT_NE(INVALID_FILE_ATTRIBUTES, GetFileAttributesW(Wide(path).c_str()));

    struct aws_string *directory = New(directory_.Path());
    std::string found;
    auto on_entry = [](const struct aws_directory_entry *entry, void *name) {
        static_cast<std::string *>(name)->assign((const char *)entry->relative_path.ptr, entry->relative_path.len);
        return true;
    };
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, directory, false, on_entry, &found));
    EXPECT_EQ(directory_.Path() + "\\\xC3\xA9t\xC3\xA9-\xE6\xBC\xA2", found);
    aws_string_destroy(directory);
    EXPECT_TRUE(DeleteFileW(Wide(path).c_str()));
}

TEST_F(WindowsFilesTest, APathMayBeLong) {
    std::string path = directory_.Path();
    for (int level = 0; level < 40; ++level) {
        path += "/directory-" + std::to_string(level);
        struct aws_string *text = New(path);
        ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_create(text)) << level;
        EXPECT_TRUE(aws_directory_exists(text));
        aws_string_destroy(text);
    }
    ASSERT_GT(path.size(), (size_t)MAX_PATH);
    FILE *file = aws_fopen((path + "/file").c_str(), "wb");
    ASSERT_NE(nullptr, file);
    fputs("long", file);
    fclose(file);
    struct aws_byte_buf content;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&content, allocator_, (path + "/file").c_str()));
    EXPECT_EQ(4u, content.len);
    aws_byte_buf_clean_up(&content);
    struct aws_string *top = New(directory_.Path("directory-0"));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(top, true));
    EXPECT_FALSE(aws_path_exists(top));
    aws_string_destroy(top);
}

TEST_F(WindowsFilesTest, AFileThatIsOpenIsNotInherited) {
    FILE *file = aws_fopen(directory_.Path("file").c_str(), "wb");
    ASSERT_NE(nullptr, file);
    DWORD flags = HANDLE_FLAG_INHERIT;
    EXPECT_TRUE(GetHandleInformation((HANDLE)_get_osfhandle(_fileno(file)), &flags));
    EXPECT_EQ(0u, flags & HANDLE_FLAG_INHERIT);
    fclose(file);
}

/* The C runtime would end the process. */
TEST_F(WindowsFilesTest, AModeThatIsNoneIsAnError) {
    for (const char *mode : {"?", "x", "r?"}) {
        SCOPED_TRACE(mode);
        EXPECT_NULL_RAISES(AWS_ERROR_FILE_OPEN_FAILURE, aws_fopen(directory_.Path("file").c_str(), mode));
    }
}

TEST_F(WindowsFilesTest, ADirectoryTakesThePlaceOfAnEmptyOne) {
    struct aws_string *from = New(directory_.Path("from")), *to = New(directory_.Path("to"));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_create(from));
    directory_.Write("from/file", "moved");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_create(to));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_or_file_move(from, to));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_create(from));
    EXPECT_NE(AWS_OP_SUCCESS, aws_directory_or_file_move(from, to)) << "it is not empty";
    EXPECT_TRUE(aws_directory_exists(from));
    aws_string_destroy(from);
    aws_string_destroy(to);
}

TEST_F(WindowsFilesTest, AVariableOfTheEnvironmentIsTheProgramsToo) {
    struct aws_string *name = New("RESEAU_TEST_\xC3\xA9"), *value = New("\xE6\xBC\xA2"), *found = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_set_environment_value(name, value));
    const wchar_t *wide = _wgetenv(Wide("RESEAU_TEST_\xC3\xA9").c_str());
    ASSERT_NE(nullptr, wide);
    EXPECT_EQ(Wide("\xE6\xBC\xA2"), wide);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_get_environment_value(allocator_, name, &found));
    EXPECT_TRUE(aws_string_eq(value, found));
    aws_string_destroy(found);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_unset_environment_value(name));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_get_environment_value(allocator_, name, &found));
    EXPECT_EQ(nullptr, found);
    aws_string_destroy(name);
    aws_string_destroy(value);
}
