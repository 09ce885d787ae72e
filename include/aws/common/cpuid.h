/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CPUID_H
#define AWS_COMMON_CPUID_H

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Extensions that a processor may have. */
enum aws_cpu_feature_name {
    AWS_CPU_FEATURE_CLMUL,
    AWS_CPU_FEATURE_SSE_4_1,
    AWS_CPU_FEATURE_SSE_4_2,
    AWS_CPU_FEATURE_AVX2,
    AWS_CPU_FEATURE_AVX512,
    AWS_CPU_FEATURE_ARM_CRC,
    AWS_CPU_FEATURE_BMI2,
    AWS_CPU_FEATURE_VPCLMULQDQ,
    AWS_CPU_FEATURE_ARM_PMULL,
    AWS_CPU_FEATURE_ARM_CRYPTO,
    /** How many there are. */
    AWS_CPU_FEATURE_COUNT
};

AWS_EXTERN_C_BEGIN

/** True if processor and operating system offer the extension. False for a number that is none. Any thread may call. */
AWS_COMMON_API bool aws_cpu_has_feature(enum aws_cpu_feature_name feature_name);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_CPUID_H */
