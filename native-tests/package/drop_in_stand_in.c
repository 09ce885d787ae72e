/* SPDX-License-Identifier: Apache-2.0 */
/* Has the name of aws-c-io's file and the few functions that the program calls; a group of it has 77 loops. */
#include <stddef.h>
#include <stdint.h>

struct aws_allocator;
struct aws_event_loop_group;

struct aws_allocator *aws_default_allocator(void) {
    return NULL;
}

void aws_io_library_init(struct aws_allocator *allocator) {
    (void)allocator;
}

void aws_io_library_clean_up(void) {
}

struct aws_event_loop_group *
aws_event_loop_group_new_default(struct aws_allocator *allocator, uint16_t loops, const void *shutdown_options) {
    (void)allocator;
    (void)loops;
    (void)shutdown_options;
    static int group;
    return (struct aws_event_loop_group *)&group;
}

size_t aws_event_loop_group_get_loop_count(struct aws_event_loop_group *group) {
    (void)group;
    return 77;
}

void aws_event_loop_group_release(struct aws_event_loop_group *group) {
    (void)group;
}
