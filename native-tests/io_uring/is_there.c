/* SPDX-License-Identifier: Apache-2.0 */
/* Ends with 0 if this system lets us have rings of the kind that the library uses. */
#include <linux/io_uring.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    struct io_uring_params parameters;
    memset(&parameters, 0, sizeof(parameters));
    parameters.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_TASKRUN_FLAG |
                       IORING_SETUP_SUBMIT_ALL | IORING_SETUP_R_DISABLED;
    return syscall(SYS_io_uring_setup, 8, &parameters) < 0;
}
