/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The library's own copies of the functions whose bodies stand in public headers. Callers that cannot include C, and C
 * compiled with AWS_NO_STATIC_IMPL, link to them under the same names.
 *
 * AWS_EMIT_INLINE_COPIES turns "static inline" into an exported definition (see aws/common/exports.h), so that
 * including a header here is all it takes. A header belongs in the list if it declares functions with AWS_STATIC_IMPL.
 */
#undef AWS_NO_STATIC_IMPL
#define AWS_EMIT_INLINE_COPIES
#define AWS_COMMON_USE_IMPORT_EXPORT
#define AWS_COMMON_EXPORTS

#include <aws/common/array_list.h>
#include <aws/common/atomics.h>
#include <aws/common/byte_order.h>
#include <aws/common/clock.h>
#include <aws/common/encoding.h>
#include <aws/common/error.h>
#include <aws/common/linked_list.h>
#include <aws/common/math.h>
#include <aws/common/ring_buffer.h>
#include <aws/common/string.h>
#include <aws/common/zero.h>
