/* SPDX-License-Identifier: Apache-2.0 */
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/file.h>
#include <aws/common/string.h>
#include <aws/common/system_info.h>
#include <aws/common/thread.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#if !defined(_WIN32)
#    include <fcntl.h>
#    include <sys/resource.h>
#    include <sys/stat.h>
#endif

/* What the open of a directory as a file fails with. */
#if defined(_WIN32)
static const int kErrorOfADirectory = AWS_ERROR_NO_PERMISSION;
#else
static const int kErrorOfADirectory = AWS_ERROR_FILE_INVALID_PATH;
#endif

class FileTest : public TracedTest {
  protected:
    void TearDown() override {
        for (struct aws_string *string : strings_) {
            aws_string_destroy(string);
        }
        strings_.clear();
        TracedTest::TearDown();
    }

    /* A path inside the test's own directory; lives as long as the test. */
    struct aws_string *Path(const std::string &name = "") {
        return Raw(directory_.Path(name));
    }

    struct aws_string *Raw(const std::string &text) {
        strings_.push_back(aws_string_new_from_array(allocator_, (const uint8_t *)text.data(), text.size()));
        return strings_.back();
    }

    TemporaryDirectory directory_;
    std::vector<struct aws_string *> strings_;
};

TEST_F(FileTest, OpensAndDeletesFiles) {
    FILE *file = aws_fopen(aws_string_c_str(Path("a")), "w");
    ASSERT_NE(nullptr, file);
    fputs("text", file);
    fclose(file);
    file = aws_fopen_safe(Path("a"), Raw("rb"));
    ASSERT_NE(nullptr, file);
    int64_t length = -1;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_file_get_length(file, &length));
    EXPECT_EQ(4, length);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_fseek(file, -2, SEEK_END));
    EXPECT_EQ('x', fgetc(file));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_fseek(file, 1, SEEK_SET));
    EXPECT_EQ('e', fgetc(file));
    EXPECT_RAISES(AWS_ERROR_STREAM_UNSEEKABLE, aws_fseek(file, -1, SEEK_SET));
    fclose(file);
    EXPECT_TRUE(aws_path_exists(Path("a")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_file_delete(Path("a")));
    EXPECT_FALSE(aws_path_exists(Path("a")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_file_delete(Path("a"))) << "gone is gone";
}

TEST_F(FileTest, NamesMayHaveAnyLetters) {
    FILE *file = aws_fopen_safe(Path("\xC3\xA9t\xC3\xA9-\xE6\xBC\xA2"), Raw("w"));
    ASSERT_NE(nullptr, file);
    fclose(file);
    EXPECT_TRUE(aws_path_exists(Path("\xC3\xA9t\xC3\xA9-\xE6\xBC\xA2")));
}

TEST_F(FileTest, AFileThatCannotBeOpenedIsAnError) {
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_fopen(nullptr, "r"));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_fopen("", "r"));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_fopen("file", nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_fopen("file", ""));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_fopen_safe(nullptr, Raw("r")));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_fopen_safe(Path("missing"), Raw("r")));
    EXPECT_NULL_RAISES(kErrorOfADirectory, aws_fopen_safe(Path(), Raw("w")));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_fopen_safe(Path(std::string(5000, 'n')), Raw("w")));
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_OPEN_FAILURE, aws_fopen_safe(Path("a"), Raw("?")));
#if !defined(_WIN32)
    /* Windows says no more than that there is no such path. */
    directory_.Write("file", "");
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_file_delete(Path("file/below")));
#endif
}

#if !defined(_WIN32)
TEST_F(FileTest, APipeHasNoPosition) {
    int ends[2];
    ASSERT_EQ(0, pipe(ends));
    FILE *file = fdopen(ends[0], "r");
    EXPECT_RAISES(AWS_ERROR_STREAM_UNSEEKABLE, aws_fseek(file, 1, SEEK_SET));
    fclose(file);
    close(ends[1]);
}
#endif

TEST_F(FileTest, CreatesAndDeletesDirectories) {
    EXPECT_FALSE(aws_directory_exists(Path("d")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_create(Path("d")));
    EXPECT_TRUE(aws_directory_exists(Path("d")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_create(Path("d"))) << "it may be there";
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_directory_create(Path("x/y")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(Path("d"), false));
    EXPECT_FALSE(aws_directory_exists(Path("d")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(Path("d"), false));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(Path("d"), true));
}

#if !defined(_WIN32)
TEST_F(FileTest, ALinkOrAFileIsNoDirectory) {
    directory_.Write("file", "");
    ASSERT_EQ(0, symlink(directory_.Path().c_str(), directory_.Path("link").c_str()));
    EXPECT_FALSE(aws_directory_exists(Path("file")));
    EXPECT_FALSE(aws_directory_exists(Path("link")));
    EXPECT_FALSE(aws_directory_exists(nullptr));
}
#endif

#if !defined(_WIN32)
TEST_F(FileTest, DeletesWhatIsInsideOnlyIfAsked) {
    std::filesystem::create_directories(directory_.Path("d/e/f"));
    std::filesystem::create_directories(directory_.Path("kept"));
    directory_.Write("kept/file", "stays");
    directory_.Write("d/file", "1");
    directory_.Write("d/e/file", "2");
    ASSERT_EQ(0, symlink(directory_.Path("kept").c_str(), directory_.Path("d/link").c_str()));
    ASSERT_EQ(0, symlink("nowhere", directory_.Path("d/e/broken").c_str()));
    ASSERT_EQ(0, mkfifo(directory_.Path("d/fifo").c_str(), 0600));
    EXPECT_RAISES(AWS_ERROR_DIRECTORY_NOT_EMPTY, aws_directory_delete(Path("d"), false));
    EXPECT_TRUE(aws_path_exists(Path("d/e/file")));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(Path("d"), true));
    EXPECT_FALSE(aws_path_exists(Path("d")));
    EXPECT_TRUE(aws_path_exists(Path("kept/file"))) << "links are not followed";
}
#endif

TEST_F(FileTest, Moves) {
    std::filesystem::create_directories(directory_.Path("from"));
    directory_.Write("from/file", "moved");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_or_file_move(Path("from"), Path("to")));
    EXPECT_TRUE(aws_path_exists(Path("to/file")));
    EXPECT_FALSE(aws_path_exists(Path("from")));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_directory_or_file_move(Path("missing"), Path("x")));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_directory_or_file_move(Path("missing"), nullptr));
}

struct Visit {
    std::string relative_path;
    std::string path;
    int type;
    int64_t size;
};

struct Visitor {
    static bool OnEntry(const struct aws_directory_entry *entry, void *argument) {
        Visitor *self = (Visitor *)argument;
        self->visits.push_back(
            {std::string((const char *)entry->relative_path.ptr, entry->relative_path.len),
             std::string((const char *)entry->path.ptr, entry->path.len),
             entry->file_type,
             entry->file_size});
        return --self->left != 0;
    }

    std::vector<Visit> visits;
    int left = -1;

    /* Separators are the platform's; tests write '/'. */
    const Visit *Find(const std::string &path) const {
        for (const Visit &visit : visits) {
            if (std::filesystem::path(visit.relative_path).generic_string() ==
                std::filesystem::path(path).generic_string()) {
                return &visit;
            }
        }
        return nullptr;
    }
};

class TraversalTest : public FileTest {
  protected:
    void SetUp() override {
        FileTest::SetUp();
        std::filesystem::create_directories(directory_.Path("top/sub/deep"));
        directory_.Write("top/file", "12345");
        directory_.Write("top/sub/file", "");
        directory_.Write("top/sub/deep/file", "1");
        if (kHasLinks) {
            std::filesystem::create_directory_symlink("sub", directory_.Path("top/link"));
            std::filesystem::create_symlink("nowhere", directory_.Path("top/broken"));
        }
    }

    /* On Windows a program may make links only with a privilege. */
#if defined(_WIN32)
    static constexpr bool kHasLinks = false;
#else
    static constexpr bool kHasLinks = true;
#endif
    static constexpr size_t kLinks = kHasLinks ? 2 : 0;
};

TEST_F(TraversalTest, VisitsADirectory) {
    for (const char *end : {"top", "top/"}) {
        Visitor visitor;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, Path(end), false, Visitor::OnEntry, &visitor));
        ASSERT_EQ(2 + kLinks, visitor.visits.size());
        const Visit *file = visitor.Find(directory_.Path("top/file"));
        ASSERT_NE(nullptr, file);
        EXPECT_EQ(AWS_FILE_TYPE_FILE, file->type);
        EXPECT_EQ(5, file->size);
        EXPECT_EQ(std::filesystem::canonical(directory_.Path("top/file")).string(), file->path);
        const Visit *sub = visitor.Find(directory_.Path("top/sub"));
        ASSERT_NE(nullptr, sub);
        EXPECT_EQ(AWS_FILE_TYPE_DIRECTORY, sub->type);
        if (!kHasLinks) {
            continue;
        }
        const Visit *link = visitor.Find(directory_.Path("top/link"));
        ASSERT_NE(nullptr, link);
        EXPECT_EQ(AWS_FILE_TYPE_SYM_LINK, link->type);
        EXPECT_EQ(sub->path, link->path) << "the path is where the link leads";
        const Visit *broken = visitor.Find(directory_.Path("top/broken"));
        ASSERT_NE(nullptr, broken);
        EXPECT_EQ("", broken->path);
    }
}

TEST_F(TraversalTest, VisitsWhatIsInsideBeforeTheDirectory) {
    Visitor visitor;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, Path("top"), true, Visitor::OnEntry, &visitor));
    ASSERT_EQ(5 + kLinks, visitor.visits.size());
    auto position = [&](const char *name) { return visitor.Find(directory_.Path(name)) - visitor.visits.data(); };
    EXPECT_LT(position("top/sub/deep/file"), position("top/sub/deep"));
    EXPECT_LT(position("top/sub/deep"), position("top/sub"));
    EXPECT_LT(position("top/sub/file"), position("top/sub"));
}

TEST_F(TraversalTest, PathsMayBeRelative) {
    std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(directory_.Path());
    Visitor visitor;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, Raw("./top/sub"), true, Visitor::OnEntry, &visitor));
    std::filesystem::current_path(before);
    EXPECT_NE(nullptr, visitor.Find("./top/sub/deep/file"));
}

#if !defined(_WIN32)
TEST_F(TraversalTest, ALinkToADirectoryAboveIsNoLoop) {
    ASSERT_EQ(0, symlink("..", directory_.Path("top/sub/up").c_str()));
    ASSERT_EQ(0, symlink("self", directory_.Path("top/sub/self").c_str()));
    Visitor visitor;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_directory_traverse(allocator_, Path("top"), true, Visitor::OnEntry, &visitor));
    EXPECT_EQ(9u, visitor.visits.size());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_directory_delete(Path("top"), true));
    EXPECT_TRUE(std::filesystem::exists(directory_.Path()));
}
#endif

/* Whoever makes a tree deep does not decide about the stack of the thread that walks through it. */
TEST_F(TraversalTest, TheSmallestStackIsEnoughForADeepTree) {
    std::string path = "top";
    for (int level = 0; level < 600; ++level) {
        path += "/d";
    }
    std::filesystem::create_directories(directory_.Path(path));
    struct Work {
        struct aws_allocator *allocator;
        struct aws_string *top;
        Visitor visitor;
        int traversed;
        int deleted;
    } work = {allocator_, Path("top"), {}, AWS_OP_ERR, AWS_OP_ERR};
    auto run = [](void *argument) {
        auto *work = static_cast<Work *>(argument);
        work->traversed = aws_directory_traverse(work->allocator, work->top, true, Visitor::OnEntry, &work->visitor);
        work->deleted = aws_directory_delete(work->top, true);
    };
    struct aws_thread_options options = *aws_default_thread_options();
    options.stack_size = 256 * 1024;
    struct aws_thread thread;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, run, &work, &options));
    aws_thread_join(&thread);
    aws_thread_clean_up(&thread);
    EXPECT_EQ(AWS_OP_SUCCESS, work.traversed);
    EXPECT_EQ(605u + kLinks, work.visitor.visits.size());
    EXPECT_EQ(AWS_OP_SUCCESS, work.deleted);
    EXPECT_FALSE(std::filesystem::exists(directory_.Path("top")));
}

#if !defined(_WIN32)
TEST_F(TraversalTest, ATreeDeeperThanThereAreDescriptorsIsAnError) {
    std::string path = "top";
    for (int level = 0; level < 100; ++level) {
        path += "/d";
    }
    std::filesystem::create_directories(directory_.Path(path));
    struct rlimit before;
    ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &before));
    struct rlimit few = {64, before.rlim_max};
    ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &few));
    Visitor visitor;
    EXPECT_RAISES(
        AWS_ERROR_MAX_FDS_EXCEEDED, aws_directory_traverse(allocator_, Path("top"), true, Visitor::OnEntry, &visitor));
    ASSERT_EQ(0, setrlimit(RLIMIT_NOFILE, &before));
    int descriptor = open("/dev/null", O_RDONLY);
    EXPECT_LT(descriptor, 64) << "what was opened has been closed";
    close(descriptor);
}
#endif

TEST_F(TraversalTest, StopsWhenTheCallbackSaysSo) {
    for (int visits = 1; visits <= (int)(5 + kLinks); ++visits) {
        Visitor visitor;
        visitor.left = visits;
        EXPECT_RAISES(
            AWS_ERROR_OPERATION_INTERUPTED,
            aws_directory_traverse(allocator_, Path("top"), true, Visitor::OnEntry, &visitor));
        EXPECT_EQ((size_t)visits, visitor.visits.size());
    }
}

TEST_F(TraversalTest, NeedsADirectory) {
    Visitor visitor;
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH,
        aws_directory_traverse(allocator_, Path("top/file"), true, Visitor::OnEntry, &visitor));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH,
        aws_directory_traverse(allocator_, Path("missing"), true, Visitor::OnEntry, &visitor));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH, aws_directory_traverse(allocator_, Raw(""), true, Visitor::OnEntry, &visitor));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_directory_traverse(allocator_, nullptr, true, Visitor::OnEntry, &visitor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_directory_traverse(allocator_, Path(), true, nullptr, &visitor));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_directory_traverse(nullptr, Path(), true, Visitor::OnEntry, &visitor));
    EXPECT_TRUE(visitor.visits.empty());
}

TEST_F(TraversalTest, AnIteratorMovesForwardAndBack) {
    struct aws_directory_iterator *iterator = aws_directory_entry_iterator_new(allocator_, Path("top"));
    ASSERT_NE(nullptr, iterator);
    EXPECT_RAISES(AWS_ERROR_LIST_EMPTY, aws_directory_entry_iterator_previous(iterator));
    std::vector<std::string> forward, back;
    auto name = [&] {
        const struct aws_directory_entry *entry = aws_directory_entry_iterator_get_value(iterator);
        return std::string((const char *)entry->relative_path.ptr, entry->relative_path.len);
    };
    do {
        forward.push_back(name());
    } while (aws_directory_entry_iterator_next(iterator) == AWS_OP_SUCCESS);
    EXPECT_EQ(AWS_ERROR_LIST_EMPTY, aws_last_error());
    do {
        back.push_back(name());
    } while (aws_directory_entry_iterator_previous(iterator) == AWS_OP_SUCCESS);
    EXPECT_EQ(2 + kLinks, forward.size());
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(forward, back);
    aws_directory_entry_iterator_destroy(iterator);
}

TEST_F(TraversalTest, AnIteratorOverNothing) {
    std::filesystem::create_directories(directory_.Path("empty"));
    struct aws_directory_iterator *iterator = aws_directory_entry_iterator_new(allocator_, Path("empty"));
    ASSERT_NE(nullptr, iterator);
    EXPECT_EQ(nullptr, aws_directory_entry_iterator_get_value(iterator));
    EXPECT_RAISES(AWS_ERROR_LIST_EMPTY, aws_directory_entry_iterator_next(iterator));
    EXPECT_RAISES(AWS_ERROR_LIST_EMPTY, aws_directory_entry_iterator_previous(iterator));
    aws_directory_entry_iterator_destroy(iterator);
    EXPECT_NULL_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_directory_entry_iterator_new(allocator_, Path("missing")));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_directory_entry_iterator_new(allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_directory_entry_iterator_next(nullptr));
    EXPECT_EQ(nullptr, aws_directory_entry_iterator_get_value(nullptr));
    aws_directory_entry_iterator_destroy(nullptr);
}

TEST_F(FileTest, NormalizesSeparators) {
    EXPECT_EQ(AWS_PATH_DELIM, aws_get_platform_directory_separator());
    EXPECT_TRUE(aws_is_any_directory_separator('/'));
    EXPECT_TRUE(aws_is_any_directory_separator('\\'));
    EXPECT_FALSE(aws_is_any_directory_separator(':'));
    char text[] = "a\\b/c\\\\d";
    struct aws_byte_buf path = aws_byte_buf_from_array(text, strlen(text));
    aws_normalize_directory_separator(&path);
#if defined(_WIN32)
    EXPECT_STREQ("a\\b\\c\\\\d", text);
#else
    EXPECT_STREQ("a/b/c//d", text);
#endif
    aws_reset_error();
    aws_normalize_directory_separator(nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}

TEST_F(FileTest, FindsTheHomeDirectory) {
    const char *home = getenv("HOME");
    std::string before = home != nullptr ? home : "";
    setenv("HOME", "/a/home", 1);
    struct aws_string *found = aws_get_home_directory(allocator_);
    EXPECT_STREQ("/a/home", aws_string_c_str(found));
    aws_string_destroy(found);
#if defined(_WIN32)
    unsetenv("HOME");
    setenv("USERPROFILE", "C:\\of\\the\\user", 1);
    found = aws_get_home_directory(allocator_);
    ASSERT_NE(nullptr, found);
    EXPECT_STREQ("C:\\of\\the\\user", aws_string_c_str(found));
    aws_string_destroy(found);
    unsetenv("USERPROFILE");
    setenv("HOMEDRIVE", "D:", 1);
    setenv("HOMEPATH", "\\home", 1);
    found = aws_get_home_directory(allocator_);
    ASSERT_NE(nullptr, found);
    EXPECT_STREQ("D:\\home", aws_string_c_str(found));
    aws_string_destroy(found);
    unsetenv("HOMEPATH");
    EXPECT_NULL_RAISES(AWS_ERROR_GET_HOME_DIRECTORY_FAILED, aws_get_home_directory(allocator_));
#else
    setenv("HOME", "", 1);
    found = aws_get_home_directory(allocator_);
    ASSERT_NE(nullptr, found);
    EXPECT_EQ(0u, found->len);
    aws_string_destroy(found);
    unsetenv("HOME");
    found = aws_get_home_directory(allocator_);
    ASSERT_NE(nullptr, found);
    EXPECT_EQ('/', aws_string_c_str(found)[0]) << "from the user database";
    aws_string_destroy(found);
#endif
    if (home != nullptr) {
        setenv("HOME", before.c_str(), 1);
    }
}

class TransferTest : public FileTest {
  protected:
    void SetUp() override {
        FileTest::SetUp();
        page_ = aws_system_info_page_size();
        for (size_t i = 0; i < 4 * page_ + 100; ++i) {
            content_ += (char)('a' + i % 23);
        }
        directory_.Write("file", content_);
        memory_ = (uint8_t *)pages_new(8 * page_);
        buffer_ = aws_byte_buf_from_empty_array(memory_, 8 * page_);
    }

    void TearDown() override {
        pages_drop(memory_, 8 * page_);
        FileTest::TearDown();
    }

    std::string Read() const {
        return std::string((const char *)buffer_.buffer, buffer_.len);
    }

    size_t page_ = 0;
    std::string content_;
    uint8_t *memory_ = nullptr;
    struct aws_byte_buf buffer_;
};

TEST_F(TransferTest, ReadsFromAPosition) {
    size_t actual = 99;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 10, 5, &buffer_, &actual));
    EXPECT_EQ(5u, actual);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 0, 3, &buffer_, &actual));
    EXPECT_EQ(content_.substr(10, 5) + content_.substr(0, 3), Read()) << "it appends";
    buffer_.len = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 7, SIZE_MAX, &buffer_, &actual));
    EXPECT_EQ(content_.substr(7), Read());
    EXPECT_EQ(content_.size() - 7, actual);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), content_.size() + 5, 1, &buffer_, &actual));
    EXPECT_EQ(0u, actual) << "behind the end";
}

TEST_F(TransferTest, ReadsNoMoreThanFits) {
    size_t actual = 99;
    buffer_.capacity = 6;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 0, 100, &buffer_, &actual));
    EXPECT_EQ(6u, actual);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 0, 100, &buffer_, &actual));
    EXPECT_EQ(0u, actual);
}

#if !defined(_WIN32)
TEST_F(TransferTest, ReadsWhatTheKernelMakesUp) {
    size_t actual = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Raw("/proc/self/status"), 0, page_, &buffer_, &actual));
    EXPECT_EQ(0u, Read().find("Name:"));
    EXPECT_EQ('\n', Read().back());
}
#endif

TEST_F(TransferTest, ReportsWhatCannotBeRead) {
    size_t actual = 99;
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH, aws_file_path_read_from_offset(Path("missing"), 0, 1, &buffer_, &actual));
    EXPECT_RAISES(kErrorOfADirectory, aws_file_path_read_from_offset(Path(), 0, 1, &buffer_, &actual));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_file_path_read_from_offset(nullptr, 0, 1, &buffer_, &actual));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_file_path_read_from_offset(Path("file"), 0, 1, nullptr, &actual));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_file_path_read_from_offset(Path("file"), 0, 1, &buffer_, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_file_path_read_from_offset(Path("file"), UINT64_MAX, 1, &buffer_, &actual));
    EXPECT_EQ(0u, buffer_.len);
    EXPECT_EQ(99u, actual);
}

#if !defined(_WIN32)
TEST_F(TransferTest, ReadsPastTheCache) {
    ASSERT_TRUE(aws_file_direct_io_is_supported());
    size_t actual = 0;
    ASSERT_EQ(
        AWS_OP_SUCCESS, aws_file_path_read_from_offset_direct_io(Path("file"), page_, 2 * page_, &buffer_, &actual));
    EXPECT_EQ(content_.substr(page_, 2 * page_), Read());
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_file_path_read_from_offset_direct_io(Path("file"), 3 * page_, 2 * page_, &buffer_, &actual));
    EXPECT_EQ(content_.substr(page_), Read()) << "to the end, which is not in pages";
    EXPECT_EQ(page_ + 100, actual);
}
#endif

#if !defined(_WIN32)
TEST_F(TransferTest, ReadsPastTheCacheInPieces) {
    size_t actual = 0;
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_file_path_read_from_offset_direct_io_with_chunk_size(Path("file"), 0, 8 * page_, page_, &buffer_, &actual));
    EXPECT_EQ(content_, Read());
    EXPECT_EQ(content_.size(), actual);
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_file_path_read_from_offset_direct_io_with_chunk_size(Path("file"), 0, 1, 0, &buffer_, &actual));
}
#endif

#if !defined(_WIN32)
TEST_F(TransferTest, WritesPastTheCache) {
    memset(memory_, 'W', 2 * page_);
    struct aws_byte_cursor data = aws_byte_cursor_from_array(memory_, 2 * page_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_write_to_offset_direct_io(Path("file"), page_, data));
    size_t actual = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_file_path_read_from_offset(Path("file"), 0, SIZE_MAX, &buffer_, &actual));
    std::string expected = content_;
    expected.replace(page_, 2 * page_, std::string(2 * page_, 'W'));
    EXPECT_EQ(expected, Read());
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_file_path_write_to_offset_direct_io(Path("missing"), 0, data));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_file_path_write_to_offset_direct_io(Path("missing"), 0, {0, nullptr}));
}
#endif

#if !defined(_WIN32)
TEST_F(TransferTest, DirectTransfersNeedWholePages) {
    size_t actual = 99;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_file_path_read_from_offset_direct_io(Path("file"), 1, page_, &buffer_, &actual));
    buffer_.len = 1;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_file_path_read_from_offset_direct_io(Path("file"), 0, page_, &buffer_, &actual));
    for (size_t part = 0; part < 3; ++part) {
        struct aws_byte_cursor data =
            aws_byte_cursor_from_array(memory_ + (part == 0 ? 1 : 0), page_ + (part == 1 ? 1 : 0));
        EXPECT_RAISES(
            AWS_ERROR_INVALID_ARGUMENT, aws_file_path_write_to_offset_direct_io(Path("file"), part == 2 ? 1 : 0, data));
    }
    EXPECT_EQ(99u, actual);
}
#endif

TEST_F(FileTest, FillsABufferFromAFile) {
    directory_.Write("file", std::string("with\0zero", 9));
    struct aws_byte_buf buffer;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&buffer, allocator_, directory_.Path("file").c_str()));
    EXPECT_EQ(std::string("with\0zero", 9), std::string((char *)buffer.buffer, buffer.len));
    EXPECT_EQ(0, buffer.buffer[buffer.len]) << "a terminator stands behind it";
    aws_byte_buf_clean_up(&buffer);
    directory_.Write("empty", "");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&buffer, allocator_, directory_.Path("empty").c_str()));
    EXPECT_EQ(0u, buffer.len);
    EXPECT_EQ(0, buffer.buffer[0]);
    aws_byte_buf_clean_up(&buffer);
}

TEST_F(FileTest, AWrongSizeDoesNotMatter) {
    struct aws_byte_buf buffer;
#if !defined(_WIN32)
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_from_file(&buffer, allocator_, "/proc/self/status"));
    EXPECT_GT(buffer.len, 100u) << "the system says that its size is 0";
    aws_byte_buf_clean_up(&buffer);
#endif
    std::string content(10000, 'c');
    directory_.Write("file", content);
    for (size_t hint : {(size_t)0, (size_t)1, (size_t)9999, (size_t)10000, (size_t)10001, (size_t)20000}) {
        ASSERT_EQ(
            AWS_OP_SUCCESS,
            aws_byte_buf_init_from_file_with_size_hint(&buffer, allocator_, directory_.Path("file").c_str(), hint));
        EXPECT_EQ(content, std::string((char *)buffer.buffer, buffer.len));
        EXPECT_EQ(0, buffer.buffer[buffer.len]);
        aws_byte_buf_clean_up(&buffer);
    }
}

TEST_F(FileTest, ABufferThatCannotBeFilledIsZeroed) {
    struct aws_byte_buf buffer;
    memset(&buffer, 0xAB, sizeof(buffer));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH,
        aws_byte_buf_init_from_file(&buffer, allocator_, directory_.Path("missing").c_str()));
    EXPECT_EQ(nullptr, buffer.buffer);
    EXPECT_EQ(0u, buffer.len + buffer.capacity);
    EXPECT_RAISES(kErrorOfADirectory, aws_byte_buf_init_from_file(&buffer, allocator_, directory_.Path().c_str()));
    EXPECT_EQ(nullptr, buffer.buffer);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_init_from_file(nullptr, allocator_, "x"));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_byte_buf_init_from_file(&buffer, allocator_, nullptr));
}
