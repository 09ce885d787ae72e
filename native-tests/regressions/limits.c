/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: limits memory MIB | limits threads | limits sandbox | limits stacks. Takes something from the process, then
 * starts the library and ends it: so much address space that MIB are left; all further threads; membarrier() and locked
 * memory. Comparable libraries ended the program there, without a word. "stacks" starts the library first, and then
 * leaves no room for another stack of the default size: the loop group that is released next waited for ever for the
 * thread on which it ends.
 */
#define _GNU_SOURCE
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <semaphore.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STATUS = 7, CANNOT_TRY = 77 };

static void s_limit(int resource, rlim_t value) {
    struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
    if (setrlimit(resource, &limit) != 0) {
        exit(CANNOT_TRY);
    }
}

static void s_leave_address_space(rlim_t mib) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%lu", &pages) != 1) {
        exit(CANNOT_TRY);
    }
    fclose(file);
    s_limit(RLIMIT_AS, pages * (rlim_t)sysconf(_SC_PAGESIZE) + (mib << 20));
}

/* Limits on threads and on locked memory do not hold for root. */
static void s_leave_root(void) {
    const id_t nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0)) {
        exit(CANNOT_TRY);
    }
}

static void s_refuse_membarrier(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]), .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        exit(CANNOT_TRY);
    }
}

static void s_post(struct aws_task *task, void *ran, enum aws_task_status status) {
    (void)task;
    (void)status;
    sem_post(ran);
}

static void s_end_a_group_without_room(void) {
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(aws_default_allocator(), 1, NULL);

    /* What the loop's own thread takes when it starts is not to be taken from what is left. */
    sem_t ran;
    struct aws_task task;
    sem_init(&ran, 0, 0);
    aws_task_init(&task, s_post, &ran, "ran");
    aws_event_loop_schedule_task_now(aws_event_loop_group_get_loop_at(group, 0), &task);
    sem_wait(&ran);
    s_leave_address_space(6);
    aws_event_loop_group_release(group);
    aws_thread_join_all_managed();
}

int main(int count, char **words) {
    const char *what = count > 1 ? words[1] : "";
    if (strcmp(what, "memory") == 0 && count > 2) {
        s_leave_address_space(strtoul(words[2], NULL, 10));
    } else if (strcmp(what, "threads") == 0) {
        s_leave_root();
        s_limit(RLIMIT_NPROC, 0);
    } else if (strcmp(what, "sandbox") == 0) {
        s_leave_root();
        s_limit(RLIMIT_MEMLOCK, 0);
        s_refuse_membarrier();
    } else if (strcmp(what, "stacks") != 0) {
        return 1;
    }

    aws_io_library_init(aws_default_allocator());
    if (strcmp(what, "stacks") == 0) {
        s_end_a_group_without_room();
    }
    aws_io_library_clean_up();
    return STATUS;
}
