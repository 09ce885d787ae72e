/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has to happen around the managed runtime for the host's sake. Signal dispositions are the host's: the runtime
 * would ignore SIGPIPE for the whole process and take SIGSEGV, SIGFPE and SIGRTMIN when it starts, at a moment that no
 * host can foresee. The linker sends its calls here (--wrap), where they change nothing. SIGSEGV and SIGFPE the runtime
 * takes to make exceptions of faults; here nobody catches any, so that a fault is better left to the host, or ends the
 * process where it happens. By SIGRTMIN the garbage collector stops a thread: the handler is installed the first time
 * that it sends one, which in a library that allocates nothing managed is as good as never.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

int __real_sigaction(int number, const struct sigaction *action, struct sigaction *old);
int __real_pthread_kill(pthread_t thread, int number);

int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *old);
int __wrap_pthread_kill(pthread_t thread, int number);
void (*__wrap_signal(int number, void (*handler)(int)))(int);

static struct sigaction s_stop_thread;
static int s_is_wanted;
static atomic_bool s_is_installed;

int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *old) {
    if (action != NULL && number == SIGRTMIN) {
        s_stop_thread = *action;
        s_is_wanted = 1;
    }
    /* Where it cannot be asked, as beneath a preloaded sanitizer, there is nothing to go back to. */
    if (__real_sigaction(number, NULL, old) != 0 && old != NULL) {
        *old = (struct sigaction){.sa_handler = SIG_DFL};
    }
    return 0;
}

void (*__wrap_signal(int number, void (*handler)(int)))(int) {
    (void)handler;
    struct sigaction present;
    return __real_sigaction(number, NULL, &present) == 0 ? present.sa_handler : SIG_ERR;
}

int __wrap_pthread_kill(pthread_t thread, int number) {
    /* No lock, which a fork could copy while it is held: that two threads install the same does no harm. */
    if (number == SIGRTMIN && s_is_wanted && !s_is_installed) {
        s_is_installed = __real_sigaction(SIGRTMIN, &s_stop_thread, NULL) == 0;
    }
    return __real_pthread_kill(thread, number);
}
