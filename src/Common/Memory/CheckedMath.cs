// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Memory;

/// <summary>Arithmetic on sizes that may come from outside: the result, or AWS_ERROR_OVERFLOW_DETECTED.</summary>
internal static class CheckedMath
{
    /// <summary>False, with the error raised, when the sum does not fit.</summary>
    internal static bool TryAdd(nuint a, nuint b, out nuint sum)
    {
        sum = unchecked(a + b);
        if (sum >= a)
            return true;

        Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);
        return false;
    }

    /// <summary>False, with the error raised, when the product does not fit.</summary>
    internal static bool TryMultiply(nuint a, nuint b, out nuint product)
    {
        if (!Overflows(a, b, out product))
            return true;

        Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);
        return false;
    }

    internal static bool Overflows(nuint a, nuint b, out nuint product)
    {
        // Nearly always. A product of two words takes a detour through software where the processor is not known.
        if ((a | b) <= ushort.MaxValue)
        {
            product = a * b;
            return false;
        }

        if (nuint.Size == sizeof(ulong))
        {
            ulong high = Math.BigMul(a, b, out ulong low);
            product = (nuint)low;
            return high != 0;
        }

        ulong wide = (ulong)a * b;
        product = unchecked((nuint)wide);
        return wide > nuint.MaxValue;
    }

    internal static nuint MultiplySaturating(nuint a, nuint b) =>
        Overflows(a, b, out nuint product) ? nuint.MaxValue : product;

    internal static nuint AddSaturating(nuint a, nuint b)
    {
        nuint sum = unchecked(a + b);
        return sum >= a ? sum : nuint.MaxValue;
    }
}
