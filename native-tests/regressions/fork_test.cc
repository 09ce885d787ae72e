/* SPDX-License-Identifier: Apache-2.0 */
#include "support/bootstraps.h"
#include "support/fork.h"
#include "support/loops.h"
#include "support/scripted_resolver.h"
#include "support/traced_test.h"

#include <aws/common/private/thread_shared.h>
#include <aws/common/string.h>
#include <aws/io/host_resolver.h>
#include <aws/io/logging.h>
#include <aws/io/private/event_loop_impl.h>

#include <csignal>

/* A process forks while loops, a listener, a connection, a resolver and a logger with a thread of its own are alive.
 * The child has copies of all of them, and none of their threads. */
class Fork : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        loops_ = std::make_unique<LoopGroup>(allocator_, 2);
        resolver_ = std::make_unique<ScriptedResolver>(allocator_, std::vector<std::string>{"127.0.0.1"});
        server_ = std::make_unique<Server>(allocator_, loops_->get(), AWS_SOCKET_IPV4);
        client_ = std::make_unique<Client>(allocator_, loops_->get(), resolver_->get());
        side_ = std::make_unique<Side>(allocator_);
        ASSERT_TRUE(server_->Listen());
        ASSERT_EQ(AWS_OP_SUCCESS, client_->Connect(*side_, *server_));
        ASSERT_TRUE(side_->AwaitSetUp());
        ASSERT_NE(nullptr, server_->AwaitSide());
    }

    void TearDown() override {
        /* Whatever the child did, the parent goes on. */
        for (size_t i = 0; i < 2; ++i) {
            RunOnLoop(loops_->loop(i), [] {});
        }
        aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side_->AwaitShutDown());
        EXPECT_TRUE(side_->AwaitHandlerDestroyed());
        side_.reset();
        client_.reset();
        server_.reset();
        resolver_.reset();
        loops_.reset();
        TracedIoTest::TearDown();
    }

    std::unique_ptr<LoopGroup> loops_;
    std::unique_ptr<ScriptedResolver> resolver_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Client> client_;
    std::unique_ptr<Side> side_;
};

/* In the child, where no assertion of the parent's would be reported. */
#define REQUIRE(condition)                                                                                             \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: in the child: not so: %s\n", __FILE__, __LINE__, #condition);                      \
            return 1;                                                                                                  \
        }                                                                                                              \
    } while (0)

TEST_F(Fork, a_child_that_uses_nothing_exits) {
    EXPECT_EQ(7, InChild([] { return 7; }));
    const pid_t child = fork();
    if (child == 0) {
        alarm(30);
        /* With everything that runs at exit; the standard streams are the parent's to flush. */
        fclose(stdout);
        exit(7);
    }
    int status = 0;
    ASSERT_EQ(child, waitpid(child, &status, 0));
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(7, WEXITSTATUS(status));
}

namespace {

struct TaskRecord {
    int runs = 0;
    enum aws_task_status status = AWS_TASK_STATUS_RUN_READY;
};

void OnTask(struct aws_task *, void *arg, enum aws_task_status status) {
    auto *record = static_cast<TaskRecord *>(arg);
    record->runs++;
    record->status = status;
}

void OnIo(struct aws_event_loop *, struct aws_io_handle *, int, void *) {
}

void OnResolved(struct aws_host_resolver *, const struct aws_string *, int, const struct aws_array_list *, void *) {
}

} // namespace

TEST_F(Fork, tasks_for_a_loop_of_the_parents_are_cancelled_at_once) {
    EXPECT_EQ(0, InChild([this] {
                  TaskRecord record;
                  struct aws_task task;
                  aws_task_init(&task, OnTask, &record, "task");
                  aws_event_loop_schedule_task_now(loops_->loop(), &task);
                  REQUIRE(record.runs == 1 && record.status == AWS_TASK_STATUS_CANCELED);
                  REQUIRE(aws_last_error() == AWS_ERROR_INVALID_STATE);
                  aws_event_loop_schedule_task_future(loops_->loop(), &task, 1);
                  aws_event_loop_schedule_task_now_serialized(loops_->loop(), &task);
                  REQUIRE(record.runs == 3 && record.status == AWS_TASK_STATUS_CANCELED);
                  return 0;
              }));
}

TEST_F(Fork, descriptors_of_the_parents_loops_are_left_alone) {
    EXPECT_EQ(0, InChild([this] {
                  int pair[2];
                  REQUIRE(pipe(pair) == 0);
                  struct aws_io_handle handle = {};
                  handle.data.fd = pair[0];
                  REQUIRE(
                      aws_event_loop_subscribe_to_io_events(
                          loops_->loop(), &handle, AWS_IO_EVENT_TYPE_READABLE, OnIo, nullptr) == AWS_OP_ERR);
                  REQUIRE(aws_last_error() == AWS_ERROR_INVALID_STATE);
                  REQUIRE(aws_event_loop_stop(loops_->loop()) == AWS_OP_ERR);
                  REQUIRE(aws_event_loop_run(loops_->loop()) == AWS_OP_ERR);
                  REQUIRE(!aws_event_loop_thread_is_callers_thread(loops_->loop()));
                  return 0;
              }));
}

TEST_F(Fork, everything_can_be_released_and_nothing_waits) {
    EXPECT_EQ(0, InChild([this] {
                  aws_channel_shutdown(side_->channel, AWS_ERROR_SUCCESS);
                  server_->Destroy();
                  client_.release();
                  server_->ReleaseBootstrap();
                  loops_->Release();
                  REQUIRE(aws_thread_join_all_managed() == AWS_OP_SUCCESS);
                  aws_io_library_clean_up();
                  return 0;
              }));
}

TEST_F(Fork, shutdown_callbacks_of_group_and_resolver_are_called) {
    static int s_ended;
    s_ended = 0;
    struct aws_shutdown_callback_options shutdown = {};
    shutdown.shutdown_callback_fn = [](void *) { s_ended++; };
    struct aws_event_loop_group_options options = {};
    options.loop_count = 1;
    options.shutdown_options = &shutdown;
    struct aws_event_loop_group *group = aws_event_loop_group_new(allocator_, &options);
    struct aws_host_resolver_default_options resolver_options = {};
    resolver_options.max_entries = 4;
    resolver_options.el_group = loops_->get();
    resolver_options.shutdown_options = &shutdown;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator_, &resolver_options);
    struct aws_string *name = aws_string_new_from_c_str(allocator_, "localhost");
    EXPECT_EQ(0, InChild([&] {
                  REQUIRE(aws_host_resolver_resolve_host(resolver, name, OnResolved, nullptr, nullptr) == AWS_OP_ERR);
                  REQUIRE(aws_last_error() == AWS_ERROR_INVALID_STATE);
                  REQUIRE(aws_host_resolver_purge_cache(resolver) == AWS_OP_ERR);
                  aws_host_resolver_release(resolver);
                  REQUIRE(s_ended == 1);
                  aws_event_loop_group_release(group);
                  REQUIRE(s_ended == 2);
                  return 0;
              }));
    aws_string_destroy(name);
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(group);
}

TEST_F(Fork, a_child_may_start_the_library_again) {
    EXPECT_EQ(0, InChild([] {
                  LoopGroup loops(aws_default_allocator());
                  REQUIRE(loops.get() != nullptr);
                  int runs = 0;
                  RunOnLoop(loops.loop(), [&] { runs++; });
                  REQUIRE(runs == 1);
                  REQUIRE(aws_thread_get_managed_thread_count() == 1);
                  ScriptedResolver resolver(aws_default_allocator(), {"127.0.0.1"});
                  Server server(aws_default_allocator(), loops.get(), AWS_SOCKET_IPV4);
                  REQUIRE(server.Listen());
                  {
                      Client client(aws_default_allocator(), loops.get(), resolver.get());
                      Side side(aws_default_allocator());
                      REQUIRE(client.Connect(side, server) == AWS_OP_SUCCESS);
                      REQUIRE(side.AwaitSetUp());
                      aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
                      REQUIRE(side.AwaitShutDown());
                  }
                  server.Destroy();
                  REQUIRE(server.AwaitDestroyed());
                  server.ReleaseBootstrap();
                  loops.Release();
                  REQUIRE(aws_thread_join_all_managed() == AWS_OP_SUCCESS);
                  return ::testing::Test::HasFailure() ? 1 : 0;
              }));
}

TEST_F(Fork, a_logger_with_a_thread_still_writes_in_the_child_and_can_be_cleaned_up) {
    FILE *file = tmpfile();
    struct aws_logger logger = {};
    struct aws_logger_standard_options options = {};
    options.level = AWS_LL_INFO;
    options.file = file;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger, allocator_, &options));
    aws_logger_set(&logger);
    EXPECT_EQ(0, InChild([&] {
                  AWS_LOGF_INFO(AWS_LS_IO_GENERAL, "from the %s", "child");
                  fflush(file);
                  aws_logger_set(nullptr);
                  aws_logger_clean_up(&logger);
                  return 0;
              }));
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);
    rewind(file);
    char line[512] = "";
    EXPECT_NE(nullptr, fgets(line, sizeof(line), file));
    EXPECT_NE(nullptr, strstr(line, "from the child")) << line;
    fclose(file);
}
