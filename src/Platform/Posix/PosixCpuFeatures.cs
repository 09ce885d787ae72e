// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform.Posix;

/// <summary>
/// Extensions of the processor that it and the operating system both offer. The kernel's list is asked: a program
/// compiled ahead of time is not aware of extensions beyond those it was compiled for, and the processor alone does not
/// know whether the kernel saves its wide registers.
/// </summary>
internal static unsafe class PosixCpuFeatures
{
    private const int Loaded = 1 << 31;

    private static int s_features;

    /// <summary>Whether code may use an extension; false also for a number that names none.</summary>
    internal static bool Has(aws_cpu_feature_name feature)
    {
        if (feature >= aws_cpu_feature_name.AWS_CPU_FEATURE_COUNT)
            return false;

        // Whoever comes at the same time reads the same list.
        if (s_features == 0)
            s_features = Load();

        return (s_features & (1 << (int)feature)) != 0;
    }

    private static int Load()
    {
        Span<byte> buffer = stackalloc byte[8192];
        int length = KernelTextFile.Read(Literal.Of("/proc/cpuinfo"u8), buffer);
        ReadOnlySpan<byte> list = FirstList(buffer[..Math.Max(0, length)]);
        int features = Loaded;
        while (!list.IsEmpty)
        {
            int end = list.IndexOf((byte)' ');
            features |= Bit(end < 0 ? list : list[..end]);
            list = end < 0 ? default : list[(end + 1)..];
        }

        return features;
    }

    /// <summary>The extensions of the first processor; the others have the same.</summary>
    private static ReadOnlySpan<byte> FirstList(ReadOnlySpan<byte> text)
    {
        int start = text.IndexOf("\nflags"u8);
        if (start < 0)
            start = text.IndexOf("\nFeatures"u8);
        if (start < 0)
            return default;

        ReadOnlySpan<byte> line = text[(start + 1)..];
        int end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        return line[(line.IndexOf((byte)':') + 1)..];
    }

    private static int Bit(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("pclmulqdq"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_CLMUL;
        if (name.SequenceEqual("sse4_1"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_1;
        if (name.SequenceEqual("sse4_2"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_SSE_4_2;
        if (name.SequenceEqual("avx2"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_AVX2;
        if (name.SequenceEqual("avx512f"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_AVX512;
        if (name.SequenceEqual("bmi2"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_BMI2;
        if (name.SequenceEqual("vpclmulqdq"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_VPCLMULQDQ;
        if (name.SequenceEqual("crc32"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRC;
        if (name.SequenceEqual("pmull"u8))
            return 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_PMULL;

        return name.SequenceEqual("aes"u8) && System.Runtime.Intrinsics.Arm.ArmBase.IsSupported
            ? 1 << (int)aws_cpu_feature_name.AWS_CPU_FEATURE_ARM_CRYPTO
            : 0;
    }
}
