/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_FILE_UTILS_H
#define AWS_IO_FILE_UTILS_H

/* The file functions are part of the common library; this header keeps their former place working. */

#include <aws/common/file.h>

#endif /* AWS_IO_FILE_UTILS_H */
