/* SPDX-License-Identifier: Apache-2.0 */
/* A process of Windows never comes out of a fork. */
const int *reseau_forks(void);
extern int reseau_fork_count;

int reseau_fork_count;

const int *reseau_forks(void) {
    return &reseau_fork_count;
}
