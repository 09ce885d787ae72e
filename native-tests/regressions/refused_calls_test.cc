/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sandboxes with a list of known calls answer newer ones with EPERM, for which the C library has no substitute: statx,
 * in containers of 2018. No file could be found then. (accept4 is in io/socket_accept_test.cc.)
 */
#include "support/fault.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/file.h>
#include <aws/common/string.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static Fault s_statx;

extern "C" int statx(int directory, const char *path, int flags, unsigned mask, struct statx *status) {
    static auto *real = (int (*)(int, const char *, int, unsigned, struct statx *))dlsym(RTLD_NEXT, "statx");
    return s_statx.ShouldFail() ? -1 : real(directory, path, flags, mask, status);
}

namespace {

class RefusedStatx : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        directory_.Write("file", "seven b");
        ASSERT_EQ(0, symlink("file", directory_.Path("link").c_str()));
        s_statx.Clear();
        s_statx.Fail(EPERM, 1000000);
    }

    void TearDown() override {
        EXPECT_GT(s_statx.Calls(), 0);
        s_statx.Clear();
        TracedTest::TearDown();
    }

    TemporaryDirectory directory_;
};

bool OnEntry(const struct aws_directory_entry *entry, void *user_data) {
    auto *types = static_cast<std::vector<int> *>(user_data);
    types->push_back(entry->file_type);
    if ((entry->file_type & AWS_FILE_TYPE_FILE) != 0 && (entry->file_type & AWS_FILE_TYPE_SYM_LINK) == 0) {
        EXPECT_EQ(7, entry->file_size);
    }
    return true;
}

} // namespace

TEST_F(RefusedStatx, sizes_and_kinds_of_files_are_known) {
    FILE *file = fopen(directory_.Path("file").c_str(), "r");
    int64_t length = 0;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_file_get_length(file, &length));
    EXPECT_EQ(7, length);
    fclose(file);

    struct aws_string *path = aws_string_new_from_c_str(allocator_, directory_.Path().c_str());
    struct aws_string *link = aws_string_new_from_c_str(allocator_, directory_.Path("link").c_str());
    EXPECT_TRUE(aws_directory_exists(path));
    EXPECT_FALSE(aws_directory_exists(link));
    EXPECT_TRUE(aws_path_exists(link));
    std::vector<int> types;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, path, false, OnEntry, &types));
    std::sort(types.begin(), types.end());
    EXPECT_EQ((std::vector<int>{AWS_FILE_TYPE_FILE, AWS_FILE_TYPE_SYM_LINK}), types);
    aws_string_destroy(link);
    aws_string_destroy(path);
}

TEST_F(RefusedStatx, a_missing_file_is_still_missing) {
    struct aws_string *path = aws_string_new_from_c_str(allocator_, directory_.Path("none").c_str());
    EXPECT_FALSE(aws_path_exists(path));
    EXPECT_FALSE(aws_directory_exists(path));
    aws_string_destroy(path);
}
