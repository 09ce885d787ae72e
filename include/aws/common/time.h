/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_TIME_H
#define AWS_COMMON_TIME_H

/* Calendar conversions that every C library has, under one name each. Any thread may call. */

#include <aws/common/common.h>

#include <time.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/** Seconds from 1970-01-01 00:00:00 UTC to a date in UTC; -1 if a time_t cannot hold them. Normalises the fields. */
AWS_COMMON_API time_t aws_timegm(struct tm *const t);

/** The date of a time, in the local time zone and in UTC. */
AWS_COMMON_API void aws_localtime(time_t time, struct tm *t);
AWS_COMMON_API void aws_gmtime(time_t time, struct tm *t);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_TIME_H */
