// SPDX-License-Identifier: Apache-2.0
using System.Runtime.Intrinsics.X86;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// Extensions of the processor: the system says which of its wide registers it saves, the processor has the rest.
/// </summary>
internal static class WindowsCpuFeatures
{
    private const uint PF_ARM_V8_CRYPTO = 30;
    private const uint PF_ARM_V8_CRC32 = 31;
    private const uint PF_SSE4_1 = 37;
    private const uint PF_SSE4_2 = 38;
    private const uint PF_AVX2 = 40;
    private const uint PF_AVX512F = 41;

    internal static bool Has(aws_cpu_feature_name feature) => feature switch
    {
        aws_cpu_feature_name.AWS_CPU_FEATURE_CLMUL => HasBit(leaf: 1, register: 2, bit: 1),
        aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_1 => IsPresent(PF_SSE4_1),
        aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_2 => IsPresent(PF_SSE4_2),
        aws_cpu_feature_name.AWS_CPU_FEATURE_AVX2 => IsPresent(PF_AVX2),
        aws_cpu_feature_name.AWS_CPU_FEATURE_AVX512 => IsPresent(PF_AVX512F),
        aws_cpu_feature_name.AWS_CPU_FEATURE_BMI2 => HasBit(leaf: 7, register: 1, bit: 8),
        aws_cpu_feature_name.AWS_CPU_FEATURE_VPCLMULQDQ => IsPresent(PF_AVX2) && HasBit(leaf: 7, register: 2, bit: 10),
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRC => IsPresent(PF_ARM_V8_CRC32),
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_PMULL => IsPresent(PF_ARM_V8_CRYPTO),
        aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRYPTO => IsPresent(PF_ARM_V8_CRYPTO),
        _ => false,
    };

    private static bool IsPresent(uint feature) => Kernel32.IsProcessorFeaturePresent(feature) != 0;

    /// <summary>A bit of what CPUID says: of EBX by register 1, of ECX by register 2.</summary>
    private static bool HasBit(int leaf, int register, int bit)
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < leaf)
            return false;

        (int _, int ebx, int ecx, int _) = X86Base.CpuId(leaf, 0);
        return ((register == 1 ? ebx : ecx) & (1 << bit)) != 0;
    }
}
