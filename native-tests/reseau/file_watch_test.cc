/* SPDX-License-Identifier: Apache-2.0 */
/* Watching files and folders: reseau_file_watch(). */
#include "support/synchronisation.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace {

/*
 * A watch and what it has reported: "created a", "renamed a b". Its loop runs only when the test looks, so that what
 * happens between two looks is reported together, however loaded the machine is.
 */
class Watch {
  public:
    explicit Watch(const std::string &path) {
        struct reseau_file_options options = reseau_file_options_default();
        options.state = this;
        options.loop = loop_ = reseau_loop_new();
        options.gather_ms = 1;
        options.on_close = [](reseau_id, int error, void *state) {
            auto *self = static_cast<Watch *>(state);
            ++self->closed_;
            self->error_ = error;
        };
        id_ = reseau_file_watch(path.c_str(), &options, OnChange, this);
        EXPECT_GT(id_, 0) << reseau_error_name(id_);
    }

    ~Watch() {
        EXPECT_EQ(0, reseau_close(loop_));
        EXPECT_EQ(0, reseau_wait_closed(id_, RESEAU_FOREVER));
        EXPECT_EQ(1, closed_);
    }

    /* Waits for exactly these; what comes after them would be in the next ones. */
    void Expect(const std::vector<std::string> &changes) {
        while (changes_.size() < changes.size()) {
            ASSERT_EQ(0, reseau_loop_run(loop_, 10));
        }
        EXPECT_EQ(changes, changes_);
        changes_.clear();
    }

    int AwaitClosed() {
        while (closed_ == 0) {
            EXPECT_EQ(0, reseau_loop_run(loop_, 10));
        }
        return error_;
    }

  private:
    static void OnChange(reseau_id id, const struct reseau_file_change *change, void *state) {
        auto *self = static_cast<Watch *>(state);
        EXPECT_EQ(self->id_, id);
        EXPECT_EQ(self->loop_, reseau_loop_current());
        static const char *const kinds[] = {"?", "created", "changed", "removed", "renamed", "rescan"};
        std::string text = kinds[change->kind];
        text += change->is_folder ? " folder" : "";
        text += change->old_name ? std::string(" ") + change->old_name : "";
        text += change->name ? std::string(" ") + change->name : "";
        self->changes_.push_back(text);
    }

    reseau_id id_ = 0;
    reseau_id loop_ = 0;
    std::vector<std::string> changes_;
    int closed_ = 0;
    int error_ = 0;
};

} // namespace

TEST(ReseauFileWatch, ReportsWhatHappensInAFolder) {
    TemporaryDirectory directory;
    directory.Write("old", "x");
    Watch watch(directory.Path());
    directory.Write("new", "content");
    watch.Expect({"created new"});
    directory.Write("old", "more");
    watch.Expect({"changed old"});
    ASSERT_EQ(0, rename(directory.Path("old").c_str(), directory.Path("other").c_str()));
    watch.Expect({"renamed old other"});
    ASSERT_EQ(0, unlink(directory.Path("other").c_str()));
    watch.Expect({"removed other"});
    ASSERT_TRUE(std::filesystem::create_directory(directory.Path("folder")));
    watch.Expect({"created folder folder"});
    ASSERT_EQ(0, chmod(directory.Path("new").c_str(), 0400));
    watch.Expect({"changed new"});
    ASSERT_EQ(0, chmod(directory.Path("new").c_str(), 0600));
}

TEST(ReseauFileWatch, WhatLeavesNoTraceTakesNoPlace) {
    TemporaryDirectory directory;
    directory.Write("old", "x");
    Watch watch(directory.Path());
    ASSERT_EQ(0, rename(directory.Path("old").c_str(), directory.Path("first").c_str()));
#if defined(_WIN32)
    // The system keeps 64 KB.
    const int count = 100;
#else
    const int count = 2500;
#endif
    for (int i = 0; i < count; ++i) {
        std::string name = "short-lived-" + std::to_string(i);
        directory.Write(name, "");
        ASSERT_EQ(0, unlink(directory.Path(name).c_str()));
    }
    directory.Write("last", "y");
    watch.Expect({"renamed old first", "created last"});
}

TEST(ReseauFileWatch, ReportsOfEachNameTheOutcome) {
    TemporaryDirectory directory, elsewhere;
    directory.Write("kept", "1");
    directory.Write("moved", "1");
    directory.Write("remade", "1");
    Watch watch(directory.Path());
    for (int i = 0; i < 100; ++i) {
        directory.Write("kept", std::to_string(i));
    }
    directory.Write("short", "lived");
    unlink(directory.Path("short").c_str());
    directory.Write("temporary", "whole");
    rename(directory.Path("temporary").c_str(), directory.Path("final").c_str());
    rename(directory.Path("moved").c_str(), directory.Path("between").c_str());
    rename(directory.Path("between").c_str(), directory.Path("at last").c_str());
    unlink(directory.Path("remade").c_str());
    directory.Write("remade", "2");
    directory.Write("gone", "1");
    rename(directory.Path("gone").c_str(), elsewhere.Path("gone").c_str());
    elsewhere.Write("come", "1");
    rename(elsewhere.Path("come").c_str(), directory.Path("come").c_str());
    watch.Expect({"changed kept", "created final", "renamed moved at last", "changed remade", "created come"});
}

TEST(ReseauFileWatch, OfAFileThatIsReplacedOrNotThereYet) {
    TemporaryDirectory directory;
    Watch watch(directory.Path("file"));
    directory.Write("another", "x");
    directory.Write("file", "1");
    watch.Expect({"created file"});
    directory.Write("file", "2");
    watch.Expect({"changed file"});
    ASSERT_EQ(1, reseau_file_store(directory.Path("file").c_str(), "3", 1, nullptr));
    watch.Expect({"created file"});
    ASSERT_EQ(0, rename(directory.Path("file").c_str(), directory.Path("away").c_str()));
    watch.Expect({"removed file"});
}

TEST(ReseauFileWatch, EndsWhenTheFolderIsRemoved) {
    TemporaryDirectory directory;
    ASSERT_TRUE(std::filesystem::create_directory(directory.Path("folder")));
    Watch removed(directory.Path("folder"));
    ASSERT_EQ(0, rmdir(directory.Path("folder").c_str()));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, removed.AwaitClosed());
    removed.Expect({"removed folder"});
}

TEST(ReseauFileWatch, EndsWhenTheFolderIsRemovedRightBehindWhatIsInIt) {
    TemporaryDirectory directory;
    ASSERT_TRUE(std::filesystem::create_directory(directory.Path("folder")));
    std::ofstream(directory.Path("folder/a")) << "a";
    Watch removed(directory.Path("folder"));
    std::filesystem::remove(directory.Path("folder/a"));
    ASSERT_EQ(0, rmdir(directory.Path("folder").c_str()));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, removed.AwaitClosed());
    removed.Expect({"removed a", "removed folder"});
}

#if !defined(_WIN32)
TEST(ReseauFileWatch, EndsWhenTheFolderIsMoved) {
    TemporaryDirectory directory;
    ASSERT_TRUE(std::filesystem::create_directory(directory.Path("second")));
    Watch moved(directory.Path("second"));
    ASSERT_EQ(0, rename(directory.Path("second").c_str(), directory.Path("third").c_str()));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, moved.AwaitClosed());
    moved.Expect({"removed folder"});
}
#endif

/* Each on a loop that runs only when everything has happened. */
static void ExpectRescan(const std::function<void(const TemporaryDirectory &)> &change) {
    TemporaryDirectory directory;
    struct reseau_file_options options = reseau_file_options_default();
    options.loop = reseau_loop_new();
    options.gather_ms = 1;
    std::vector<int> kinds;
    reseau_id watch = reseau_file_watch(
        directory.Path().c_str(),
        &options,
        [](reseau_id, const struct reseau_file_change *change, void *state) {
            EXPECT_EQ(nullptr, change->name);
            static_cast<std::vector<int> *>(state)->push_back(change->kind);
        },
        &kinds);
    ASSERT_GT(watch, 0);
    EXPECT_EQ(0, reseau_loop_run(options.loop, 0));
    change(directory);
    while (kinds.empty()) {
        EXPECT_EQ(0, reseau_loop_run(options.loop, 10));
    }
    EXPECT_EQ(std::vector<int>{RESEAU_FILE_RESCAN}, kinds);
    EXPECT_EQ(0, reseau_close(options.loop));
}

#if !defined(_WIN32)
TEST(ReseauFileWatch, ReportsThatTheSystemHasLostChanges) {
    int limit = 0;
    std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> limit;
    if (limit == 0 || limit > 100000) {
        GTEST_SKIP() << "the system's queue is too long: " << limit;
    }
    ExpectRescan([&](const TemporaryDirectory &directory) {
        std::string path = directory.Path("file");
        for (int i = 0; i <= limit / 2; ++i) {
            close(open(path.c_str(), O_CREAT | O_WRONLY, 0600));
            unlink(path.c_str());
        }
    });
}

#endif

TEST(ReseauFileWatch, ReportsTooManyChangesAsOne) {
    ExpectRescan([](const TemporaryDirectory &directory) {
        for (int i = 0; i < 1100; ++i) {
            close(open(directory.Path(std::to_string(i)).c_str(), O_CREAT | O_WRONLY, 0600));
        }
    });
}

TEST(ReseauFileWatch, WhatCannotBeWatched) {
    auto nothing = [](reseau_id, const struct reseau_file_change *, void *) {};
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_watch("/no/such/folder", nullptr, nothing, nullptr));
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_watch("/no/such/folder/", nullptr, nothing, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_watch("", nullptr, nothing, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_watch(nullptr, nullptr, nothing, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_file_watch("/", nullptr, nullptr, nullptr));
}

TEST(ReseauFileWatch, ACallbackMayCloseIt) {
    TemporaryDirectory directory;
    Signal closed;
    struct reseau_file_options options = reseau_file_options_default();
    options.state = &closed;
    options.on_close = [](reseau_id, int error, void *state) {
        EXPECT_EQ(0, error);
        static_cast<Signal *>(state)->Raise();
    };
    reseau_id watch = reseau_file_watch(
        directory.Path().c_str(),
        &options,
        [](reseau_id id, const struct reseau_file_change *, void *) { EXPECT_EQ(0, reseau_close(id)); },
        nullptr);
    ASSERT_GT(watch, 0);
    directory.Write("a", "1");
    directory.Write("b", "1");
    EXPECT_TRUE(closed.Wait());
    EXPECT_EQ(0, reseau_wait_closed(watch, RESEAU_FOREVER));
}

TEST(ReseauFileWatch, EndsWithItsLoop) {
    TemporaryDirectory directory;
    struct reseau_file_options options = reseau_file_options_default();
    static int error;
    error = 0;
    options.loop = reseau_loop_new();
    options.on_close = [](reseau_id, int why, void *) { error = why; };
    reseau_id watch = reseau_file_watch(
        directory.Path().c_str(), &options, [](reseau_id, const struct reseau_file_change *, void *) {}, nullptr);
    ASSERT_GT(watch, 0);
    EXPECT_EQ(0, reseau_loop_run(options.loop, 0));
    EXPECT_EQ(0, reseau_close(options.loop));
    EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, error);
    EXPECT_EQ(0, reseau_wait_closed(watch, 0));
}
