// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Comparison and search in native memory of any length, by the runtime's vector code. An array of no bytes may have a
/// NULL address; NULL with a length equals nothing.
/// </summary>
internal static unsafe class ByteArray
{
    // Larger ones are multiples of it.
    private const nuint SmallestPage = 4096;

    /// <summary>What a search returns when there is no match.</summary>
    internal static nuint NotFound => nuint.MaxValue;

    /// <summary>aws_array_eq</summary>
    internal static bool Eq(void* array_a, nuint len_a, void* array_b, nuint len_b)
    {
        if (len_a != len_b)
            return false;
        if (len_a == 0)
            return true;

        return array_a != null && array_b != null && SameBytes((byte*)array_a, (byte*)array_b, len_a);
    }

    /// <summary>aws_array_eq_ignore_case: the case of ASCII letters does not count.</summary>
    internal static bool EqIgnoreCase(void* array_a, nuint len_a, void* array_b, nuint len_b)
    {
        if (len_a != len_b)
            return false;
        if (len_a == 0)
            return true;

        return array_a != null && array_b != null && SameLetters((byte*)array_a, (byte*)array_b, len_a);
    }

    /// <summary>aws_array_eq_c_str: an array with a NUL inside equals no string.</summary>
    internal static bool EqCStr(void* array, nuint array_len, byte* c_str) =>
        c_str != null && Eq(array, array_len, c_str, Length(c_str));

    /// <summary>aws_array_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(void* array, nuint array_len, byte* c_str) =>
        c_str != null && EqIgnoreCase(array, array_len, c_str, Length(c_str));

    /// <summary>The length of a C string, which must not be NULL.</summary>
    internal static nuint Length(byte* text) => (nuint)MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text).Length;

    /// <summary>
    /// The length of a C string that may lack its end, or <see cref="NotFound"/> if there is none within
    /// <paramref name="most"/> bytes. Behind the end nothing has to be readable, so no page is touched that the string
    /// does not reach.
    /// </summary>
    internal static nuint Length(byte* text, nuint most)
    {
        nuint done = 0;
        while (done < most)
        {
            nuint step = Math.Min(most - done, SmallestPage - ((nuint)(text + done) & (SmallestPage - 1)));
            int index = new ReadOnlySpan<byte>(text + done, (int)step).IndexOf((byte)0);
            if (index >= 0)
                return done + (nuint)index;

            done += step;
        }

        return NotFound;
    }

    /// <summary>Less than, equal to or greater than zero, by the first differing byte and then by length.</summary>
    internal static int Compare(byte* a, nuint aLength, byte* b, nuint bLength)
    {
        nuint common = Math.Min(aLength, bLength);
        while (common > 0)
        {
            int step = (int)Math.Min(common, int.MaxValue);
            int order = new ReadOnlySpan<byte>(a, step).SequenceCompareTo(new ReadOnlySpan<byte>(b, step));
            if (order != 0)
                return order;

            a += step;
            b += step;
            common -= (nuint)step;
        }

        return aLength.CompareTo(bLength);
    }

    /// <summary>Where <paramref name="value"/> stands first, or <see cref="NotFound"/>.</summary>
    internal static nuint IndexOf(byte* bytes, nuint length, byte value)
    {
        nuint done = 0;
        while (done < length)
        {
            int step = (int)Math.Min(length - done, int.MaxValue);
            int index = new ReadOnlySpan<byte>(bytes + done, step).IndexOf(value);
            if (index >= 0)
                return done + (nuint)index;

            done += (nuint)step;
        }

        return NotFound;
    }

    /// <summary>Where the non-empty <paramref name="wanted"/> begins first, or <see cref="NotFound"/>.</summary>
    internal static nuint IndexOf(byte* bytes, nuint length, byte* wanted, nuint wantedLength)
    {
        if (length <= int.MaxValue && wantedLength <= int.MaxValue)
        {
            int index = new ReadOnlySpan<byte>(bytes, (int)length).IndexOf(
                new ReadOnlySpan<byte>(wanted, (int)wantedLength));
            return index >= 0 ? (nuint)index : NotFound;
        }

        for (nuint start = 0; length - start >= wantedLength; start++)
        {
            nuint next = IndexOf(bytes + start, length - start, *wanted);
            if (next == NotFound || length - (start += next) < wantedLength)
                return NotFound;
            if (SameBytes(bytes + start, wanted, wantedLength))
                return start;
        }

        return NotFound;
    }

    private static bool SameBytes(byte* a, byte* b, nuint length)
    {
        while (length > int.MaxValue)
        {
            if (!new ReadOnlySpan<byte>(a, int.MaxValue).SequenceEqual(new ReadOnlySpan<byte>(b, int.MaxValue)))
                return false;

            a += int.MaxValue;
            b += int.MaxValue;
            length -= int.MaxValue;
        }

        return new ReadOnlySpan<byte>(a, (int)length).SequenceEqual(new ReadOnlySpan<byte>(b, (int)length));
    }

    private static bool SameLetters(byte* a, byte* b, nuint length)
    {
        nuint i = 0;
        for (nuint width = (nuint)Vector128<byte>.Count; length - i >= width; i += width)
        {
            if (ToLower(Vector128.Load(a + i)) != ToLower(Vector128.Load(b + i)))
                return false;
        }

        for (; i < length; i++)
        {
            if (ToLower(a[i]) != ToLower(b[i]))
                return false;
        }

        return true;
    }

    internal static byte ToLower(byte value) => (uint)(value - 'A') < 26 ? (byte)(value | 0x20) : value;

    private static Vector128<byte> ToLower(Vector128<byte> value)
    {
        Vector128<byte> isCapital = Vector128.LessThan(value - Vector128.Create((byte)'A'), Vector128.Create((byte)26));
        return value | (isCapital & Vector128.Create((byte)0x20));
    }
}
