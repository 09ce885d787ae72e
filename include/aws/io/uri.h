/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_URI_H
#define AWS_IO_URI_H

/* The URI functions are part of the common library; this header keeps their former place working. */

#include <aws/io/io.h>

#include <aws/common/uri.h>

#endif /* AWS_IO_URI_H */
