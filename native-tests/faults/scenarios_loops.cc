/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/run.h"
#include "support/temporary_file.h"

#include <aws/common/string.h>
#include <aws/io/host_resolver.h>
#include <aws/io/pipe.h>
#include <aws/io/stream.h>

#include <atomic>
#include <memory>
#include <thread>

const std::vector<Scenario> kScenarios = {
    {"group", PlayGroup},
    {"pipe", PlayPipe},
    {"tcp", PlayTcp},
    {"unix", PlayUnix},
    {"datagrams", PlayDatagrams},
    {"resolver", PlayResolver},
    {"file_stream", PlayFileStream},
    {"channels", PlayChannels},
    {"unix_channels", PlayUnixChannels},
    {"tls", PlayTls},
    {"tls_keys", PlayTlsKeys},
    {"tls_token", PlayTlsToken},
    {"files", PlayFiles},
    {"system", PlaySystem},
    {"loggers", PlayLoggers},
};

namespace {

struct CountedTask {
    FaultRun *run = nullptr;
    int *runs = nullptr;
    bool may_be_cancelled = false;
    struct aws_task task = {};

    void Init(FaultRun &owner, int *counter) {
        run = &owner;
        runs = counter;
        aws_task_init(&task, OnRun, this, "faults");
    }

    static void OnRun(struct aws_task *, void *argument, enum aws_task_status status) {
        auto *self = static_cast<CountedTask *>(argument);
        self->run->Check(self->may_be_cancelled || status == AWS_TASK_STATUS_RUN_READY, "a task runs in time");
        self->run->state.Change([&] { ++*self->runs; });
    }
};

uint64_t InMilliseconds(struct aws_event_loop *loop, uint64_t ms) {
    uint64_t now = 0;
    aws_event_loop_current_clock_time(loop, &now);
    return now + ms * 1000000;
}

} // namespace

/* Tasks from other threads, timers, and one that is still due when the group ends. */
void PlayGroup(FaultRun &run) {
    constexpr int kThreads = 3, kTasks = 20;
    int runs = 0, timer_runs = 0, late_runs = 0;
    CountedTask tasks[kThreads][kTasks];
    CountedTask timers[5], late;
    {
        FaultGroup group(run, 3);
        if (group.get() == nullptr) {
            return;
        }
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                for (CountedTask &task : tasks[i]) {
                    task.Init(run, &runs);
                    aws_event_loop_schedule_task_now(group.loop((size_t)i), &task.task);
                }
            });
        }
        for (size_t i = 0; i < 5; ++i) {
            timers[i].Init(run, &timer_runs);
            aws_event_loop_schedule_task_future(group.loop(i % 3), &timers[i].task, InMilliseconds(group.loop(0), i));
        }
        late.Init(run, &late_runs);
        late.may_be_cancelled = true;
        aws_event_loop_schedule_task_future(group.loop(0), &late.task, InMilliseconds(group.loop(0), 3600000));
        for (std::thread &thread : threads) {
            thread.join();
        }
        run.Await([&] { return runs == kThreads * kTasks && timer_runs == 5; }, "tasks");
    }
    run.Check(runs == kThreads * kTasks && timer_runs == 5 && late_runs == 1, "each task runs once");
    run.Complete();
}

namespace {

/* A pipe between two loops. */
class PipeRun {
  public:
    explicit PipeRun(FaultRun &run, FaultGroup &group) : run_(run), group_(group), data_(run.bytes, '\0') {
        for (size_t i = 0; i < data_.size(); ++i) {
            data_[i] = PatternByte(i);
        }
    }

    void Play() {
        struct aws_event_loop *reader = group_.loop(0);
        struct aws_event_loop *writer = group_.loop(1);
        if (!run_.Succeeds(aws_pipe_init(&read_end_, reader, &write_end_, writer, run_.allocator))) {
            return;
        }
        OnLoop(run_, reader, [this] {
            if (!run_.Succeeds(aws_pipe_subscribe_to_readable_events(&read_end_, OnReadable, this))) {
                run_.state.Change([&] { is_over_ = true; });
            }
        });
        OnLoop(run_, writer, [this] { WriteAll(); });
        run_.Await([this] { return is_over_; }, "all data, or an error");
        OnLoop(run_, writer, [this] {
            run_.Check(aws_pipe_clean_up_write_end(&write_end_) == AWS_OP_SUCCESS, "a write end can be cleaned up");
        });
        run_.Check(completed_ == accepted_, "each write completes once, at the latest with its end");
        OnLoop(run_, reader, [this] {
            run_.Check(aws_pipe_clean_up_read_end(&read_end_) == AWS_OP_SUCCESS, "a read end can be cleaned up");
        });
        if (received_ == data_.size()) {
            run_.Complete();
        }
    }

  private:
    void WriteAll() {
        constexpr size_t kPiece = 20000;
        for (size_t i = 0; i < data_.size(); i += kPiece) {
            size_t length = std::min(kPiece, data_.size() - i);
            accepted_++;
            struct aws_byte_cursor piece = aws_byte_cursor_from_array(data_.data() + i, length);
            if (!run_.Succeeds(aws_pipe_write(&write_end_, piece, OnWritten, this))) {
                accepted_--;
                run_.state.Change([&] { is_over_ = true; });
            }
        }
    }

    static void OnWritten(struct aws_pipe_write_end *, int error, struct aws_byte_cursor, void *argument) {
        auto *self = static_cast<PipeRun *>(argument);
        self->completed_++;
        self->run_.Report(error);
        if (error != 0) {
            /* What was written behind it follows nevertheless. */
            self->has_gap_ = true;
            self->run_.state.Change([&] { self->is_over_ = true; });
        }
    }

    static void OnReadable(struct aws_pipe_read_end *end, int error, void *argument) {
        auto *self = static_cast<PipeRun *>(argument);
        uint8_t room[4096];
        while (error == 0) {
            struct aws_byte_buf buffer = aws_byte_buf_from_empty_array(room, sizeof(room));
            if (aws_pipe_read(end, &buffer, nullptr) != AWS_OP_SUCCESS) {
                error = aws_last_error();
                break;
            }
            for (size_t i = 0; i < buffer.len && !self->has_gap_; ++i) {
                self->run_.Check((char)room[i] == PatternByte(self->received_ + i), "data is as it was sent");
            }
            self->received_ += buffer.len;
            if (buffer.len == 0) {
                break;
            }
        }
        bool failed = error != 0 && error != AWS_IO_READ_WOULD_BLOCK;
        if (failed && !self->is_over_) {
            self->run_.Report(error);
        }
        if (failed || self->received_ == self->data_.size()) {
            self->run_.state.Change([&] { self->is_over_ = true; });
        }
    }

    FaultRun &run_;
    FaultGroup &group_;
    std::string data_;
    struct aws_pipe_read_end read_end_ = {};
    struct aws_pipe_write_end write_end_ = {};
    size_t received_ = 0;
    int accepted_ = 0, completed_ = 0;
    bool is_over_ = false;
    std::atomic<bool> has_gap_{false};
};

} // namespace

void PlayPipe(FaultRun &run) {
    FaultGroup group(run, 2);
    if (group.get() != nullptr) {
        PipeRun(run, group).Play();
    }
}

namespace {

struct Answers {
    FaultRun &run;
    int count = 0;
    int good = 0;

    static void OnResolved(
        struct aws_host_resolver *,
        const struct aws_string *,
        int error,
        const struct aws_array_list *addresses,
        void *argument) {
        auto *self = static_cast<Answers *>(argument);
        self->run.Report(error);
        self->run.Check((error == 0) == (addresses != nullptr), "an answer is addresses or an error");
        self->run.state.Change([&] {
            self->count++;
            self->good += error == 0;
        });
    }
};

} // namespace

/* Two questions for one name, one for another, a purge, and the end. */
void PlayResolver(FaultRun &run) {
    FaultGroup group(run, 1);
    if (group.get() == nullptr) {
        return;
    }
    int ends = 0, purges = 0, asked = 0;
    struct Ending {
        FaultRun &run;
        int &count;
        static void On(void *argument) {
            auto *self = static_cast<Ending *>(argument);
            self->run.state.Change([&] { self->count++; });
        }
    } ending{run, ends}, purge{run, purges};
    struct aws_shutdown_callback_options shutdown = {};
    shutdown.shutdown_callback_fn = Ending::On;
    shutdown.shutdown_callback_user_data = &ending;
    struct aws_host_resolver_default_options options = {};
    options.el_group = group.get();
    options.max_entries = 8;
    options.shutdown_options = &shutdown;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(run.allocator, &options);
    if (!run.Succeeds(resolver)) {
        return;
    }
    Answers answers{run};
    struct aws_host_resolution_config config = aws_host_resolver_init_default_resolution_config();
    for (const char *name : {"127.0.0.1", "127.0.0.1", "127.0.0.2"}) {
        struct aws_string *host = aws_string_new_from_c_str(run.allocator, name);
        asked += run.Succeeds(aws_host_resolver_resolve_host(resolver, host, Answers::OnResolved, &config, &answers));
        aws_string_destroy(host);
    }
    run.Await([&] { return answers.count == asked; }, "answers");
    bool is_purging = run.Succeeds(aws_host_resolver_purge_cache_with_callback(resolver, Ending::On, &purge));
    if (is_purging) {
        run.Await([&] { return purges == 1; }, "the purge");
    }
    aws_host_resolver_release(resolver);
    run.Await([&] { return ends == 1; }, "the resolver's end");
    run.Check(answers.count == asked, "each question is answered once");
    if (answers.good == 3 && is_purging) {
        run.Complete();
    }
}

void PlayFileStream(FaultRun &run) {
    std::string data(run.bytes, '\0');
    for (size_t i = 0; i < data.size(); ++i) {
        data[i] = PatternByte(i);
    }
    TemporaryDirectory directory;
    directory.Write("file", data);

    struct aws_input_stream *stream = aws_input_stream_new_from_file(run.allocator, directory.Path("file").c_str());
    if (run.Succeeds(stream)) {
        struct aws_byte_buf all;
        aws_byte_buf_init(&all, run.allocator, data.size());
        int64_t length = 0;
        bool is_good = run.Succeeds(aws_input_stream_get_length(stream, &length));
        run.Check(!is_good || length == (int64_t)data.size(), "a length that is reported is right");
        is_good = run.Succeeds(aws_input_stream_seek(stream, 100, AWS_SSB_BEGIN)) && is_good;
        is_good = run.Succeeds(aws_input_stream_seek(stream, 0, AWS_SSB_BEGIN)) && is_good;
        struct aws_stream_status status = {};
        while (is_good && !status.is_end_of_stream && all.len < all.capacity) {
            is_good = run.Succeeds(aws_input_stream_read(stream, &all)) &&
                      run.Succeeds(aws_input_stream_get_status(stream, &status));
        }
        if (is_good) {
            run.Check(std::string((char *)all.buffer, all.len) == data, "data is as it was written");
            run.Complete();
        }
        aws_byte_buf_clean_up(&all);
        aws_input_stream_release(stream);
    }
}
