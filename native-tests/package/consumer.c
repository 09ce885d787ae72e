/* SPDX-License-Identifier: Apache-2.0 */
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <stdio.h>

int main(void) {
    aws_io_library_init(aws_default_allocator());
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(aws_default_allocator(), 1, NULL);
    printf("%zu loop\n", aws_event_loop_group_get_loop_count(loops));
    aws_event_loop_group_release(loops);
    aws_io_library_clean_up();
    return loops == NULL;
}
