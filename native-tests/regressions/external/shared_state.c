/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: shared_state LIBRESEAU EXTERNAL. Both are in the process already, or come now, in an order that the caller
 * chose. Whoever raises, registers, logs, counts or asks, by whichever library's functions: there is one answer.
 */
#define _GNU_SOURCE
#include "external.h"

#include <aws/common/error.h>
#include <aws/common/logging.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/ring_buffer.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <dlfcn.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                    \
            s_failed = 1;                                                                                              \
        }                                                                                                              \
    } while (0)

/* The functions of one library, or, with a NULL library, those that this program is bound to. */
struct side {
    const char *name;
    void *library;
};

static int s_failed;
static struct side s_sides[3] = {{.name = "reseau"}, {.name = "external"}, {.name = "program"}};

static void *s_find(const struct side *side, const char *name) {
    void *symbol = dlsym(side->library != NULL ? side->library : RTLD_DEFAULT, name);
    if (symbol == NULL) {
        fprintf(stderr, "no %s in %s\n", name, side->name);
        exit(2);
    }
    return symbol;
}

#define CALL(side, function) ((__typeof__(&(function)))s_find(&s_sides[side], #function))

/* ---- Errors ---------------------------------------------------------------------------------------------------- */

static int s_raised;

static void s_on_error(int error, void *context) {
    s_raised = error + *(int *)context;
}

static void s_expect_error(int error) {
    for (int i = 0; i < 3; ++i) {
        CHECK(CALL(i, aws_last_error)() == error);
    }
    CHECK(CALL(1, external_last_error)() == error);
}

static void s_errors(void) {
    int one = 1;
    struct aws_ring_buffer ring;
    for (int i = 0; i < 3; ++i) {
        CALL(i, aws_raise_error_private)(AWS_ERROR_OOM + i);
        s_expect_error(AWS_ERROR_OOM + i);
        CALL(i, aws_restore_error)(AWS_ERROR_UNKNOWN + i);
        s_expect_error(AWS_ERROR_UNKNOWN + i);
        CALL(i, aws_reset_error)();
        s_expect_error(AWS_ERROR_SUCCESS);

        /* A handler that one side set gets errors from inside the others. */
        CHECK(CALL(i, aws_set_global_error_handler_fn)(s_on_error, &one) == NULL);
        CALL(1, external_raise)(AWS_ERROR_CLOCK_FAILURE);
        s_expect_error(AWS_ERROR_CLOCK_FAILURE);
        CHECK(s_raised == AWS_ERROR_CLOCK_FAILURE + 1);
        CHECK(CALL(0, aws_ring_buffer_init)(&ring, NULL, 0) != AWS_OP_SUCCESS);
        s_expect_error(AWS_ERROR_INVALID_ARGUMENT);
        CHECK(s_raised == AWS_ERROR_INVALID_ARGUMENT + 1);
        CHECK(CALL((i + 1) % 3, aws_set_global_error_handler_fn)(NULL, NULL) == s_on_error);

        CHECK(CALL(i, aws_set_thread_local_error_handler_fn)(s_on_error, &one) == NULL);
        CALL((i + 1) % 3, aws_raise_error_private)(AWS_ERROR_OOM);
        CHECK(s_raised == AWS_ERROR_OOM + 1);
        CHECK(CALL((i + 2) % 3, aws_set_thread_local_error_handler_fn)(NULL, NULL) == s_on_error);
    }
}

static void s_expect_name(int error, const char *name) {
    for (int i = 0; i < 3; ++i) {
        CHECK(strcmp(CALL(i, aws_error_name)(error), name) == 0);
    }
}

static void s_names(void) {
    static const struct aws_error_info info = {
        .error_code = 0x2000,
        .literal_name = "NAME",
        .error_str = "text",
        .lib_name = "library",
        .formatted_name = "all"};
    static const struct aws_error_info_list list = {.error_list = &info, .count = 1};
    static struct aws_log_subject_info subject = {.subject_id = 0x2000, .subject_name = "subject"};
    static struct aws_log_subject_info_list subjects = {.subject_list = &subject, .count = 1};
    for (int i = 0; i < 3; ++i) {
        CALL(i, aws_register_error_info)(&list);
        CALL(i, aws_register_log_subject_info_list)(&subjects);
        s_expect_name(0x2000, "NAME");
        for (int reader = 0; reader < 3; ++reader) {
            CHECK(strcmp(CALL(reader, aws_error_str)(0x2000), "text") == 0);
            CHECK(strcmp(CALL(reader, aws_error_lib_name)(0x2000), "library") == 0);
            CHECK(strcmp(CALL(reader, aws_error_debug_str)(0x2000), "all") == 0);
            CHECK(strcmp(CALL(reader, aws_log_subject_name)(0x2000), "subject") == 0);
        }
        CALL((i + 1) % 3, aws_unregister_error_info)(&list);
        CALL((i + 1) % 3, aws_unregister_log_subject_info_list)(&subjects);
        s_expect_name(0x2000, CALL(i, aws_error_name)(-1));
    }
}

/* ---- Logger ---------------------------------------------------------------------------------------------------- */

static int s_lines;

static int s_log(struct aws_logger *l, enum aws_log_level level, aws_log_subject_t subject, const char *format, ...) {
    (void)l;
    (void)level;
    (void)subject;
    (void)format;
    __atomic_add_fetch(&s_lines, 1, __ATOMIC_SEQ_CST);
    return AWS_OP_SUCCESS;
}

static enum aws_log_level s_level(struct aws_logger *logger, aws_log_subject_t subject) {
    (void)logger;
    (void)subject;
    return AWS_LL_TRACE;
}

static struct aws_logger_vtable s_logger_vtable = {.log = s_log, .get_log_level = s_level};
static struct aws_logger s_logger = {.vtable = &s_logger_vtable};

/* ---- Threads --------------------------------------------------------------------------------------------------- */

static sem_t s_semaphore;
static int s_exits;
static int s_order[3];

static void s_on_exit(void *arg) {
    s_order[s_exits++] = (int)(intptr_t)arg;
}

static void s_on_loop(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)arg;
    (void)status;
    CHECK(CALL(0, aws_thread_current_at_exit)(s_on_exit, (void *)0) == AWS_OP_SUCCESS);
    CHECK(CALL(1, external_at_exit)(s_on_exit, (void *)1) == AWS_OP_SUCCESS);
    CHECK(aws_thread_current_at_exit(s_on_exit, (void *)2) == AWS_OP_SUCCESS);
    CALL(1, external_raise)(AWS_ERROR_CLOCK_FAILURE);
    s_expect_error(AWS_ERROR_CLOCK_FAILURE);
    sem_post(&s_semaphore);
}

static void s_wait(void *arg) {
    sem_wait(arg);
}

static void s_expect_threads(size_t count) {
    for (int i = 0; i < 3; ++i) {
        CHECK(CALL(i, aws_thread_get_managed_thread_count)() == count);
    }
    CHECK(CALL(1, external_threads)() == count);
}

static void s_managed_threads(void) {
    for (int i = 0; i < 3; ++i) {
        struct aws_thread thread;
        struct aws_thread_options options = {.cpu_id = -1, .join_strategy = AWS_TJS_MANAGED, .stack_size = 65536};
        CHECK(aws_thread_init(&thread, aws_default_allocator()) == AWS_OP_SUCCESS);
        CHECK(CALL(i, aws_thread_launch)(&thread, s_wait, &s_semaphore, &options) == AWS_OP_SUCCESS);
        s_expect_threads((size_t)i + 1);
    }
    CALL(0, aws_thread_set_managed_join_timeout_ns)(1000000);
    CHECK(CALL(1, aws_thread_join_all_managed)() == AWS_OP_ERR);
    CALL(1, aws_thread_set_managed_join_timeout_ns)(0);
    for (int i = 0; i < 3; ++i) {
        sem_post(&s_semaphore);
    }
    CHECK(CALL(0, aws_thread_join_all_managed)() == AWS_OP_SUCCESS);
    s_expect_threads(0);
}

static void s_loop_threads(void) {
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(aws_default_allocator(), 1, NULL);
    s_expect_threads(1);
    struct aws_task task;
    aws_task_init(&task, s_on_loop, NULL, "task");
    aws_event_loop_schedule_task_now(aws_event_loop_group_get_loop_at(group, 0), &task);
    sem_wait(&s_semaphore);
    CHECK(s_lines > 0);
    aws_event_loop_group_release(group);
    CHECK(CALL(1, aws_thread_join_all_managed)() == AWS_OP_SUCCESS);
    s_expect_threads(0);
    CHECK(s_exits == 3 && s_order[0] == 2 && s_order[1] == 1 && s_order[2] == 0);
}

/* ---------------------------------------------------------------------------------------------------------------- */

static void s_one_logger(void) {
    for (int i = 0; i < 3; ++i) {
        CALL(i, aws_logger_set)(&s_logger);
        for (int reader = 0; reader < 3; ++reader) {
            CHECK(CALL(reader, aws_logger_get)() == &s_logger);
            CHECK(CALL(reader, aws_logger_get_conditional)(AWS_LS_COMMON_GENERAL, AWS_LL_TRACE) == &s_logger);
        }
        const int before = s_lines;
        CALL(1, external_log)();
        CHECK(s_lines == before + 1);
        CALL((i + 1) % 3, aws_logger_set)(NULL);
        CHECK(CALL(0, aws_logger_get)() == CALL(1, aws_logger_get)());
    }
}

static void s_started_and_ended(void) {
    aws_io_library_init(aws_default_allocator());
    CHECK(CALL(1, external_is_started)());
    s_expect_name(AWS_ERROR_OOM, "AWS_ERROR_OOM");
    s_expect_name(AWS_IO_SOCKET_TIMEOUT, "AWS_IO_SOCKET_TIMEOUT");

    aws_logger_set(&s_logger);
    s_managed_threads();
    s_loop_threads();
    aws_logger_set(NULL);

    aws_io_library_clean_up();
    CHECK(!CALL(1, external_is_started)());
    s_expect_name(AWS_IO_SOCKET_TIMEOUT, aws_error_name(-1));

    /* What the program started itself is not ended for it. */
    CALL(1, aws_common_library_init)(aws_default_allocator());
    CALL(0, aws_common_library_init)(aws_default_allocator());
    CALL(0, aws_common_library_clean_up)();
    CHECK(CALL(1, external_is_started)());
    CALL(1, aws_common_library_clean_up)();
}

int main(int argc, char **argv) {
    if (argc != 3) {
        return 2;
    }
    for (int i = 0; i < 2; ++i) {
        s_sides[i].library = dlopen(argv[i + 1], RTLD_NOW | RTLD_GLOBAL);
        if (s_sides[i].library == NULL) {
            fprintf(stderr, "%s\n", dlerror());
            return 2;
        }
    }
    sem_init(&s_semaphore, 0, 0);
    s_errors();
    s_names();
    s_one_logger();
    s_started_and_ended();
    return s_failed;
}
