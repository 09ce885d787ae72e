/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_EXAMPLES_GATE_H
#define RESEAU_EXAMPLES_GATE_H

#include <aws/common/condition_variable.h>
#include <aws/common/mutex.h>

/* One thread waits until another has opened the gate. */
struct gate {
    struct aws_mutex mutex;
    struct aws_condition_variable opened;
    bool is_open;
    int error;
};

#define GATE_INIT                                                                                                      \
    { AWS_MUTEX_INIT, AWS_CONDITION_VARIABLE_INIT, false, 0 }

/* Opens the gate; the first error given is kept. */
void gate_open(struct gate *gate, int error);

/* Waits until the gate is open, closes it again, and returns the error. */
int gate_wait(struct gate *gate);

#endif /* RESEAU_EXAMPLES_GATE_H */
