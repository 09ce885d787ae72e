/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_TRACING_H
#define AWS_IO_PRIVATE_TRACING_H

/*
 * Tracing by Intel's instrumentation interface is not part of this library; the header is here for sources that include
 * it, and the function does nothing.
 */

#include <aws/io/io.h>

/** Does nothing. */
static inline void aws_io_tracing_init(void) {
}

#endif /* AWS_IO_PRIVATE_TRACING_H */
