/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/run.h"
#include "support/aws_string.h"
#include "support/temporary_file.h"

#include <aws/common/byte_buf.h>
#include <aws/common/condition_variable.h>
#include <aws/common/device_random.h>
#include <aws/common/environment.h>
#include <aws/common/file.h>
#include <aws/common/logging.h>
#include <aws/common/mutex.h>
#include <aws/common/process.h>
#include <aws/common/rw_lock.h>
#include <aws/common/string.h>
#include <aws/common/system_info.h>
#include <aws/common/system_resource_util.h>
#include <aws/common/thread.h>
#include <aws/common/uuid.h>
#include <aws/io/shared_library.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>

namespace {

/* Steps of which each needs the ones before. */
class Steps {
  public:
    explicit Steps(FaultRun &run) : run_(run) {
    }

    /* Takes the step if all before succeeded. */
    template <class Step> bool Then(Step step) {
        are_good_ = are_good_ && run_.Succeeds(step());
        return are_good_;
    }

    bool are_good() const {
        return are_good_;
    }

  private:
    FaultRun &run_;
    bool are_good_ = true;
};

std::string Pattern(size_t size) {
    std::string text(size, '\0');
    for (size_t i = 0; i < size; ++i) {
        text[i] = PatternByte(i);
    }
    return text;
}

/* A file system in memory may not. */
bool CanTransferDirectly(const std::string &path) {
    int fd = open(path.c_str(), O_RDWR | O_DIRECT | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

void ReadWhole(FaultRun &run, Steps &steps, const std::string &path, const std::string &content) {
    struct aws_byte_buf all = {};
    steps.Then([&] { return aws_byte_buf_init_from_file(&all, run.allocator, path.c_str()); });
    bool is_right = std::string((char *)all.buffer, all.len) == content;
    run.Check(!steps.are_good() || is_right, "a file is read as it is");
    aws_byte_buf_clean_up(&all);
}

void ReadPart(FaultRun &run, Steps &steps, const std::string &path, const std::string &content) {
    struct aws_byte_buf part;
    aws_byte_buf_init(&part, run.allocator, content.size());
    AwsString name(run.allocator, path);
    size_t count = 0;
    steps.Then([&] { return aws_file_path_read_from_offset(name, 100, content.size(), &part, &count); });
    bool is_right = std::string((char *)part.buffer, part.len) == content.substr(100) && count == content.size() - 100;
    run.Check(steps.are_good() ? is_right : part.len == 0, "a part of a file is read whole, or not at all");
    aws_byte_buf_clean_up(&part);
}

/* Past the system's cache, if the file system of temporary files lets us. */
void TransferDirectly(FaultRun &run, Steps &steps, const std::string &path) {
    if (!steps.are_good() || !CanTransferDirectly(path)) {
        return;
    }
    const size_t page = aws_system_info_page_size();
    std::unique_ptr<uint8_t, void (*)(void *)> memory((uint8_t *)aligned_alloc(page, 2 * page), free);
    std::fill_n(memory.get(), 2 * page, 'W');
    AwsString name(run.allocator, path);
    struct aws_byte_cursor data = aws_byte_cursor_from_array(memory.get(), 2 * page);
    steps.Then([&] { return aws_file_path_write_to_offset_direct_io(name, 0, data); });
    struct aws_byte_buf back = aws_byte_buf_from_empty_array(memory.get(), 2 * page);
    size_t count = 0;
    steps.Then([&] { return aws_file_path_read_from_offset_direct_io(name, 0, 2 * page, &back, &count); });
    run.Check(!steps.are_good() || (count == 2 * page && memory.get()[page] == 'W'), "what is written is read");
}

bool CountEntry(const struct aws_directory_entry *, void *count) {
    ++*static_cast<int *>(count);
    return true;
}

} // namespace

/* Makes directories and files, reads, moves, lists and deletes them. */
void PlayFiles(FaultRun &run) {
    TemporaryDirectory directory;
    const std::string content = Pattern(run.bytes);
    directory.Write("file", content);
    AwsString tree(run.allocator, directory.Path("tree")), inside(run.allocator, directory.Path("tree/inside"));
    AwsString file(run.allocator, directory.Path("file")), moved(run.allocator, directory.Path("tree/inside/moved"));
    AwsString other(run.allocator, directory.Path("other"));
    directory.Write("other", "");

    Steps steps(run);
    steps.Then([&] { return aws_directory_create(tree); });
    steps.Then([&] { return aws_directory_create(inside); });
    ReadWhole(run, steps, directory.Path("file"), content);
    ReadPart(run, steps, directory.Path("file"), content);
    TransferDirectly(run, steps, directory.Path("file"));
    steps.Then([&] { return aws_directory_or_file_move(file, moved); });
    int entries = 0;
    steps.Then([&] { return aws_directory_traverse(run.allocator, tree, true, CountEntry, &entries); });
    run.Check(entries <= 2, "a directory is not listed for more than it has");
    aws_path_exists(moved);
    aws_directory_exists(tree);
    steps.Then([&] { return aws_file_delete(other); });
    steps.Then([&] { return aws_directory_delete(tree, true); });
    if (steps.are_good()) {
        run.Complete();
    }
}

namespace {

void TakeRandomNumbers(Steps &steps) {
    uint64_t number = 0;
    uint8_t room[32] = {};
    struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
    struct aws_uuid uuid;
    steps.Then([&] { return aws_device_random_u64(&number); });
    steps.Then([&] { return aws_device_random_buffer(&buffer); });
    steps.Then([&] { return aws_uuid_init(&uuid); });
}

void MakeLocks(Steps &steps) {
    struct aws_mutex mutex;
    if (steps.Then([&] { return aws_mutex_init(&mutex); })) {
        aws_mutex_clean_up(&mutex);
    }
    struct aws_condition_variable variable;
    if (steps.Then([&] { return aws_condition_variable_init(&variable); })) {
        aws_condition_variable_clean_up(&variable);
    }
    struct aws_rw_lock lock;
    if (steps.Then([&] { return aws_rw_lock_init(&lock); })) {
        aws_rw_lock_clean_up(&lock);
    }
}

/* One with a stack of its own size, on a processor of its own. */
void RunThread(FaultRun &run, Steps &steps) {
    struct aws_thread thread;
    aws_thread_init(&thread, run.allocator);
    struct aws_thread_options options = *aws_default_thread_options();
    options.stack_size = 1 << 20;
    options.cpu_id = 0;
    int runs = 0;
    auto body = [](void *count) { ++*static_cast<int *>(count); };
    if (steps.Then([&] { return aws_thread_launch(&thread, body, &runs, &options); })) {
        aws_thread_join(&thread);
    }
    run.Check(runs == (steps.are_good() ? 1 : 0), "a thread runs once, if it was made");
    aws_thread_clean_up(&thread);
}

void RunCommand(FaultRun &run, Steps &steps) {
    struct aws_run_command_options options = {"echo said"};
    struct aws_run_command_result result;
    aws_run_command_result_init(run.allocator, &result);
    steps.Then([&] { return aws_run_command(run.allocator, &options, &result); });
    bool is_right = result.std_out != nullptr && aws_string_eq_c_str(result.std_out, "said");
    run.Check(is_right == steps.are_good(), "a command's output is there, or an error");
    aws_run_command_result_cleanup(&result);
}

void ChangeEnvironment(FaultRun &run, Steps &steps) {
    AwsString name(run.allocator, "RESEAU_TEST_FAULTS"), value(run.allocator, "value");
    steps.Then([&] { return aws_set_environment_value(name, value); });
    steps.Then([&] { return aws_unset_environment_value(name); });
    unsetenv("RESEAU_TEST_FAULTS");
}

void FindHome(FaultRun &run, Steps &steps) {
    const char *home = getenv("HOME");
    std::string kept = home == nullptr ? "" : home;
    unsetenv("HOME");
    struct aws_string *found = nullptr;
    steps.Then([&] { return found = aws_get_home_directory(run.allocator); });
    aws_string_destroy(found);
    if (home != nullptr) {
        setenv("HOME", kept.c_str(), 1);
    }
}

void OpenLibrary(Steps &steps) {
    struct aws_shared_library library = {};
    steps.Then([&] { return aws_shared_library_init(&library, "libm.so.6"); });
    aws_shared_library_clean_up(&library);
}

/* What the system does not say is estimated, and what it refuses is reported. */
void AskSystem(FaultRun &run, Steps &steps) {
    run.Check(aws_system_info_processor_count() > 0, "there is a processor");
    run.Check(aws_get_cpu_group_count() > 0, "there is a group of processors");
    run.Check(aws_get_cpu_count_for_group(0) > 0, "there is a processor in it");
    struct aws_system_environment *environment = aws_system_environment_load(run.allocator);
    run.Check(environment != nullptr, "the system is described");
    aws_system_environment_release(environment);
    auto start = std::chrono::steady_clock::now();
    aws_thread_current_sleep(2000000);
    run.Check(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(2), "who sleeps sleeps its fill");
    struct aws_memory_usage_stats usage;
    steps.Then([&] { return aws_init_memory_usage_for_current_process(&usage); });
    size_t limit = aws_get_soft_limit_io_handles();
    if (limit != 0) {
        steps.Then([&] { return aws_set_soft_limit_io_handles(limit); });
    }
}

} // namespace

/* What a program asks of the system beside files and sockets. */
void PlaySystem(FaultRun &run) {
    Steps steps(run);
    TakeRandomNumbers(steps);
    MakeLocks(steps);
    RunThread(run, steps);
    RunCommand(run, steps);
    ChangeEnvironment(run, steps);
    FindHome(run, steps);
    OpenLibrary(steps);
    AskSystem(run, steps);
    if (steps.are_good()) {
        run.Complete();
    }
}

/* Two loggers on files, one of which has a thread. Lines may be lost when writing fails; nothing else is. */
void PlayLoggers(FaultRun &run) {
    TemporaryDirectory directory;
    Steps steps(run);
    for (bool has_thread : {false, true}) {
        std::string path = directory.Path(has_thread ? "thread" : "plain");
        struct aws_logger_standard_options options = {};
        options.level = AWS_LL_INFO;
        options.filename = path.c_str();
        struct aws_logger logger;
        if (!steps.Then([&] {
                return has_thread ? aws_logger_init_standard(&logger, run.allocator, &options)
                                  : aws_logger_init_noalloc(&logger, run.allocator, &options);
            })) {
            continue;
        }
        aws_logger_set(&logger);
        for (int i = 0; i < 20; ++i) {
            AWS_LOGF_INFO(AWS_LS_COMMON_GENERAL, "line %d", i);
        }
        aws_logger_set(nullptr);
        aws_logger_clean_up(&logger);
    }
    if (steps.are_good()) {
        run.Complete();
    }
}
