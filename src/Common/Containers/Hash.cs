// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// Hash and equality functions for hash tables. The same bytes have the same hash as C string, string or cursor.
/// </summary>
internal static unsafe class Hash
{
    // What the two words start from: for texts, and for addresses.
    private const uint TextLow = 0x885A_308D;
    private const uint TextHigh = 0x3243_F6A8;
    private const uint AddressLow = 0x28AE_D2A6;
    private const uint AddressHigh = 0x2B7E_1516;

    /// <summary>For tables that managed code makes.</summary>
    internal static aws_hash_fn StringFunction => &StringEntry;

    internal static aws_hash_callback_eq_fn StringEqFunction => &StringEqEntry;

    internal static aws_hash_callback_destroy_fn StringDestroyFunction => &StringDestroyEntry;

    internal static aws_hash_fn ByteCursorPtrIgnoreCaseFunction => &ByteCursorPtrIgnoreCaseEntry;

    internal static aws_hash_callback_eq_fn ByteCursorPtrEqIgnoreCaseFunction => &ByteCursorPtrEqIgnoreCaseEntry;

    /// <summary>
    /// aws_hash_array_ignore_case: arrays that differ only in the case of ASCII letters have one hash, which is the
    /// 64-bit FNV-1a of the small letters: callers know the numbers.
    /// </summary>
    internal static ulong ArrayIgnoreCase(void* array, nuint len)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        if (array == null)
            return hash;

        for (nuint i = 0; i < len; i++)
            hash = (hash ^ ByteArray.ToLower(((byte*)array)[i])) * 0x100_0000_01B3;
        return hash;
    }

    /// <summary>aws_hash_byte_cursor_ptr_ignore_case</summary>
    internal static ulong ByteCursorPtrIgnoreCase(void* item)
    {
        aws_byte_cursor* cursor = (aws_byte_cursor*)item;
        return cursor == null ? 0 : ArrayIgnoreCase(cursor->ptr, cursor->len);
    }

    /// <summary>aws_hash_c_string</summary>
    internal static ulong CString(void* item) =>
        item == null ? 0 : Text((byte*)item, ByteArray.Length((byte*)item));

    /// <summary>aws_hash_string</summary>
    internal static ulong String(void* item)
    {
        aws_string* text = (aws_string*)item;
        return text == null ? 0 : Text(text->bytes, text->len);
    }

    /// <summary>aws_hash_byte_cursor_ptr</summary>
    internal static ulong ByteCursorPtr(void* item)
    {
        aws_byte_cursor* cursor = (aws_byte_cursor*)item;
        return cursor == null ? 0 : Text(cursor->ptr, cursor->len);
    }

    /// <summary>aws_hash_ptr: of the address, not of what is there.</summary>
    internal static ulong Ptr(void* item) =>
        Digest((byte*)&item, (nuint)sizeof(void*), AddressLow, AddressHigh);

    /// <summary>aws_hash_combine: the order matters.</summary>
    internal static ulong Combine(ulong item1, ulong item2) =>
        Digest((byte*)&item1, sizeof(ulong), (uint)(item2 >> 32), (uint)item2);

    /// <summary>aws_hash_callback_c_str_eq</summary>
    internal static bool CallbackCStrEq(void* a, void* b) =>
        a == b || (a != null && ByteArray.EqCStr(a, ByteArray.Length((byte*)a), (byte*)b));

    /// <summary>aws_hash_callback_string_eq</summary>
    internal static bool CallbackStringEq(void* a, void* b) => AwsString.Eq((aws_string*)a, (aws_string*)b);

    /// <summary>aws_hash_callback_string_destroy</summary>
    internal static void CallbackStringDestroy(void* a) => AwsString.Destroy((aws_string*)a);

    /// <summary>aws_ptr_eq</summary>
    internal static bool PointerEquals(void* a, void* b) => a == b;

    /// <summary>aws_hash_uint64_t_by_identity: the number at the address is its own hash.</summary>
    internal static ulong Uint64TByIdentity(void* item) => item == null ? 0 : *(ulong*)item;

    /// <summary>aws_hash_compare_uint64_t_eq</summary>
    internal static bool CompareUint64TEq(void* a, void* b) =>
        a == b || (a != null && b != null && *(ulong*)a == *(ulong*)b);

    private static ulong Text(byte* bytes, nuint length) => Digest(bytes, length, TextLow, TextHigh);

    /// <summary>
    /// Bob Jenkins' lookup3, which is in the public domain, in its form with two words of 32 bits. The numbers are
    /// those of aws-c-common, and so the order in which a table's elements are found is the same.
    /// </summary>
    private static ulong Digest(byte* bytes, nuint length, uint low, uint high)
    {
        // No bytes are the same, wherever they are not: an empty text equals one without an address.
        if (bytes == null)
            length = 0;

        uint a = 0xDEADBEEF + (uint)length + low;
        uint b = a;
        uint c = a + high;
        for (; length > 12; bytes += 12, length -= 12)
        {
            a += Unsafe.ReadUnaligned<uint>(bytes);
            b += Unsafe.ReadUnaligned<uint>(bytes + 4);
            c += Unsafe.ReadUnaligned<uint>(bytes + 8);
            Mix(ref a, ref b, ref c);
        }

        if (length > 0)
        {
            uint* rest = stackalloc uint[3] { 0, 0, 0 };
            NativeMemory.Copy(bytes, rest, length);
            a += rest[0];
            b += rest[1];
            c += rest[2];
            Finish(ref a, ref b, ref c);
        }

        return (ulong)b << 32 | c;
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        MixOne(ref a, ref b, ref c, 4);
        MixOne(ref b, ref c, ref a, 6);
        MixOne(ref c, ref a, ref b, 8);
        MixOne(ref a, ref b, ref c, 16);
        MixOne(ref b, ref c, ref a, 19);
        MixOne(ref c, ref a, ref b, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MixOne(ref uint a, ref uint b, ref uint c, int rotation)
    {
        a = (a - c) ^ BitOperations.RotateLeft(c, rotation);
        c += b;
    }

    private static void Finish(ref uint a, ref uint b, ref uint c)
    {
        FinishOne(ref c, b, 14);
        FinishOne(ref a, c, 11);
        FinishOne(ref b, a, 25);
        FinishOne(ref c, b, 16);
        FinishOne(ref a, c, 4);
        FinishOne(ref b, a, 14);
        FinishOne(ref c, b, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishOne(ref uint word, uint other, int rotation) =>
        word = (word ^ other) - BitOperations.RotateLeft(other, rotation);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong StringEntry(void* item) => String(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool StringEqEntry(void* a, void* b) => CallbackStringEq(a, b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void StringDestroyEntry(void* item) => CallbackStringDestroy(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong ByteCursorPtrIgnoreCaseEntry(void* item) => ByteCursorPtrIgnoreCase(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool ByteCursorPtrEqIgnoreCaseEntry(void* a, void* b) =>
        ByteCursor.EqIgnoreCase((aws_byte_cursor*)a, (aws_byte_cursor*)b);
}
