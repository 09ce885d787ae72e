/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks of a program's, one after the other: what leaves managed code calls them all. */
#include <aws/common/task_scheduler.h>

void reseau_run_tasks(struct aws_linked_list *tasks, aws_task_fn *ours, enum aws_task_status status);

/* Every call may add tasks to the list, take some out, and free what it was given. */
void reseau_run_tasks(struct aws_linked_list *tasks, aws_task_fn *ours, enum aws_task_status status) {
    while (tasks->head.next != &tasks->tail) {
        struct aws_linked_list_node *node = tasks->head.next;
        struct aws_task *task = AWS_CONTAINER_OF(node, struct aws_task, node);
        if (task->fn == ours || task->fn == NULL)
            return;

        tasks->head.next = node->next;
        node->next->prev = &tasks->head;
        node->next = NULL;
        node->prev = NULL;
        task->abi_extension.scheduled = false;
        task->fn(task, task->arg, status);
    }
}
