/* SPDX-License-Identifier: Apache-2.0 */
/* <reseau/file.h> on Windows. */
#include "support/synchronisation.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <string>

namespace {

std::string Content(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Done {
    Signal called;
    int64_t result = 0;

    static void Call(reseau_id, int64_t result, void *state) {
        static_cast<Done *>(state)->result = result;
        static_cast<Done *>(state)->called.Raise();
    }
};

} // namespace

TEST(ReseauDisk, FilesAreMadeWrittenReadAndCut) {
    TemporaryDirectory directory;
    const std::string path = directory.Path("\xc3\xa4 file");
    const int make = RESEAU_FILE_READ | RESEAU_FILE_WRITE | RESEAU_FILE_CREATE;
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_open(path.c_str(), RESEAU_FILE_READ, nullptr));
    reseau_id file = reseau_file_open(path.c_str(), make | RESEAU_FILE_EXCLUSIVE, nullptr);
    ASSERT_GT(file, 0) << reseau_error_text(file);
    EXPECT_EQ(RESEAU_ERROR_EXISTS, reseau_file_open(path.c_str(), make | RESEAU_FILE_EXCLUSIVE, nullptr));
    EXPECT_EQ(11, reseau_file_write(file, "hello world", 11, 0));
    EXPECT_EQ(3, reseau_file_write(file, "end", 3, 20));
    char read[64];
    EXPECT_EQ(23, reseau_file_read(file, read, sizeof(read), 0));
    EXPECT_EQ(std::string("hello world") + std::string(9, '\0') + "end", std::string(read, 23));
    EXPECT_EQ(0, reseau_file_read(file, read, sizeof(read), 23));
    EXPECT_EQ(0, reseau_file_truncate(file, 5));
    EXPECT_EQ(0, reseau_file_sync(file));
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    EXPECT_EQ(0, reseau_file_info(file, &info));
    EXPECT_EQ(5u, info.length);
    EXPECT_EQ(RESEAU_FILE_KIND_REGULAR, info.kind);
    EXPECT_NE(0u, info.node);
    EXPECT_EQ(0, reseau_file_truncate(file, 8));
    EXPECT_EQ(8, reseau_file_read(file, read, sizeof(read), 0));
    EXPECT_EQ(std::string("hello\0\0\0", 8), std::string(read, 8));
    EXPECT_EQ(0, reseau_close(file));
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
}

TEST(ReseauDisk, WhatDoesNotBlockReportsItsEnd) {
    TemporaryDirectory directory;
    const std::string path = directory.Path("file");
    reseau_id file = reseau_file_open(path.c_str(), RESEAU_FILE_READ | RESEAU_FILE_WRITE | RESEAU_FILE_CREATE, nullptr);
    ASSERT_GT(file, 0);
    std::string data(3'000'000, 'd'), read(3'000'000, '\0');
    Done written, came, synced;
    ASSERT_EQ(0, reseau_file_write_start(file, data.data(), data.size(), 0, Done::Call, &written));
    ASSERT_TRUE(written.called.Wait());
    EXPECT_EQ((int64_t)data.size(), written.result);
    ASSERT_EQ(0, reseau_file_read_start(file, &read[0], read.size(), 0, Done::Call, &came));
    ASSERT_TRUE(came.called.Wait());
    EXPECT_EQ((int64_t)read.size(), came.result);
    EXPECT_TRUE(data == read);
    ASSERT_EQ(0, reseau_file_sync_start(file, Done::Call, &synced));
    ASSERT_TRUE(synced.called.Wait());
    EXPECT_EQ(0, synced.result);
    EXPECT_EQ(0, reseau_close(file));
    EXPECT_EQ(0, reseau_wait_closed(file, RESEAU_FOREVER));
}

TEST(ReseauDisk, WholeFilesAreLoadedAndReplaced) {
    TemporaryDirectory directory;
    const std::string path = directory.Path("file");
    void *data = nullptr;
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_load(path.c_str(), &data, SIZE_MAX));
    EXPECT_EQ(5, reseau_file_store(path.c_str(), "first", 5, nullptr));
    EXPECT_EQ("first", Content(path));

    /* Not while somebody has the old one open, which then stays as it is. */
    std::string text(100'000, 't');
    reseau_id old = reseau_file_open(path.c_str(), RESEAU_FILE_READ, nullptr);
    ASSERT_GT(old, 0);
    EXPECT_EQ(RESEAU_ERROR_ACCESS_DENIED, reseau_file_store(path.c_str(), text.data(), text.size(), nullptr));
    EXPECT_EQ("first", Content(path));
    EXPECT_EQ(0, reseau_close(old));
    EXPECT_EQ(0, reseau_wait_closed(old, RESEAU_FOREVER));
    EXPECT_EQ((int64_t)text.size(), reseau_file_store(path.c_str(), text.data(), text.size(), nullptr));
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_file_load(path.c_str(), &data, text.size() - 1));
    ASSERT_EQ((int64_t)text.size(), reseau_file_load(path.c_str(), &data, text.size()));
    EXPECT_EQ(text, static_cast<char *>(data));
    reseau_free(data);

    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(directory.Path())) {
        (void)entry;
        ++count;
    }
    EXPECT_EQ(1, count) << "nothing is left beside it";
}

TEST(ReseauDisk, WhatIsNoFile) {
    TemporaryDirectory directory;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_open(directory.Path().c_str(), RESEAU_FILE_READ, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_store(directory.Path().c_str(), "x", 1, nullptr));
    struct reseau_file_info info = {};
    info.size = sizeof(info);
    ASSERT_EQ(0, reseau_file_info_of(directory.Path().c_str(), &info));
    EXPECT_EQ(RESEAU_FILE_KIND_FOLDER, info.kind);
    directory.Write("file", "x");
    reseau_id file = reseau_file_open(directory.Path("file").c_str(), RESEAU_FILE_READ, nullptr);
    ASSERT_GT(file, 0);
    EXPECT_GT(0, reseau_file_write(file, "y", 1, 0));
    EXPECT_GT(0, reseau_file_truncate(file, 0));
    EXPECT_EQ(0, reseau_file_sync(file));
    EXPECT_EQ(0, reseau_close(file));
    EXPECT_EQ("x", Content(directory.Path("file")));
}
