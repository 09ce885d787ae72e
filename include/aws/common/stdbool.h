/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_STDBOOL_H
#define AWS_COMMON_STDBOOL_H

#include <stdbool.h>

#endif /* AWS_COMMON_STDBOOL_H */
