/* SPDX-License-Identifier: Apache-2.0 */
/* A program written for aws-c-io; it knows nothing of us. */
#include <aws/io/event_loop.h>
#include <aws/io/io.h>

#include <stdio.h>

int main(void) {
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);
    struct aws_event_loop_group *loops = aws_event_loop_group_new_default(allocator, 1, NULL);
    if (loops == NULL) {
        return 1;
    }
    printf("%s answers\n", aws_event_loop_group_get_loop_count(loops) == 1 ? "libreseau" : "the stand-in");
    aws_event_loop_group_release(loops);
    aws_io_library_clean_up();
    return 0;
}
