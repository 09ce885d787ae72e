/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: leaks [COUNT]. Uses the library, with a loop and a resolver, and loses COUNT blocks of its own. It was the
 * managed runtime's first blocks that LeakSanitizer reported at the end, and by that it made the exit status its own.
 */
#include <aws/common/thread.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>

#include <stdlib.h>

static void *volatile s_block;

int main(int count, char **words) {
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(allocator, 1, NULL);
    struct aws_host_resolver_default_options options = {.max_entries = 1, .el_group = group};
    aws_host_resolver_release(aws_host_resolver_new_default(allocator, &options));
    aws_event_loop_group_release(group);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();

    for (int i = count > 1 ? atoi(words[1]) : 0; i > 0; --i) {
        s_block = malloc(100);
    }
    s_block = NULL;
    return 7;
}
