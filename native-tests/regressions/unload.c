/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: unload LIBRESEAU. A program that is not linked with the library opens it, uses it and closes it, several
 * times, once while a loop runs. The library cannot be unloaded: it stays, works on, and is the same when it is opened
 * again.
 */
#include "opened_library.h"

#include <aws/common/allocator.h>
#include <aws/common/task_scheduler.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <semaphore.h>

static sem_t s_semaphore;

static void s_on_task(struct aws_task *task, void *arg, enum aws_task_status status) {
    (void)task;
    (void)arg;
    (void)status;
    sem_post(&s_semaphore);
}

int main(int argc, char **argv) {
    void *first = NULL;
    if (argc != 2 || sem_init(&s_semaphore, 0, 0) != 0) {
        return 2;
    }
    for (int i = 0; i < 5; ++i) {
        s_open(argv[1], i % 2 == 0 ? RTLD_LOCAL : RTLD_GLOBAL);
        if (first != NULL && first != s_find("aws_io_library_init")) {
            fprintf(stderr, "the library was unloaded\n");
            return 1;
        }
        first = s_find("aws_io_library_init");

        CALL(aws_io_library_init)(CALL(aws_default_allocator)());
        struct aws_event_loop_group *group =
            CALL(aws_event_loop_group_new_default)(CALL(aws_default_allocator)(), 1, NULL);
        struct aws_task task = {.fn = s_on_task};
        struct aws_event_loop *loop = CALL(aws_event_loop_group_get_loop_at)(group, 0);
        __typeof__(&aws_event_loop_schedule_task_now) schedule = CALL(aws_event_loop_schedule_task_now);
        __typeof__(&aws_event_loop_group_release) release = CALL(aws_event_loop_group_release);
        __typeof__(&aws_io_library_clean_up) clean_up = CALL(aws_io_library_clean_up);

        /* The loop's thread is in the library's code when the last handle is closed. */
        dlclose(s_library);
        schedule(loop, &task);
        sem_wait(&s_semaphore);
        if (i < 4) {
            release(group);
            clean_up();
        }
    }

    /* With the last loop alive. */
    return 7;
}
