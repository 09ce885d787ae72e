/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

static bool s_is_open(void *gate) {
    return ((struct gate *)gate)->is_open;
}

void gate_open(struct gate *gate, int error) {
    aws_mutex_lock(&gate->mutex);
    gate->is_open = true;
    if (gate->error == 0) {
        gate->error = error;
    }
    aws_condition_variable_notify_all(&gate->opened);
    aws_mutex_unlock(&gate->mutex);
}

int gate_wait(struct gate *gate) {
    aws_mutex_lock(&gate->mutex);
    aws_condition_variable_wait_pred(&gate->opened, &gate->mutex, s_is_open, gate);
    gate->is_open = false;
    int error = gate->error;
    aws_mutex_unlock(&gate->mutex);
    return error;
}
