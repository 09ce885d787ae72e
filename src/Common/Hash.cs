// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Reseau.Native.Common;

/// <summary>
/// Hash and equality functions for hash tables. The same bytes have the same hash as C string, string or cursor. The
/// numbers may differ between versions of the library and are not to be stored.
/// </summary>
internal static unsafe class Hash
{
    // Odd numbers with about as many ones as zeros in every byte.
    private const ulong FirstKey = 0xA076_1D64_78BD_642F;
    private const ulong SecondKey = 0xE703_7ED1_A0B4_28DB;

    /// <summary>For tables that managed code makes.</summary>
    internal static aws_hash_fn StringFunction => &StringEntry;

    internal static aws_hash_callback_eq_fn StringEqFunction => &StringEqEntry;

    internal static aws_hash_callback_destroy_fn StringDestroyFunction => &StringDestroyEntry;

    internal static aws_hash_fn ByteCursorPtrFunction => &ByteCursorPtrEntry;

    internal static aws_hash_callback_eq_fn ByteCursorPtrEqFunction => &ByteCursorPtrEqEntry;

    internal static aws_hash_fn ByteCursorPtrIgnoreCaseFunction => &ByteCursorPtrIgnoreCaseEntry;

    internal static aws_hash_callback_eq_fn ByteCursorPtrEqIgnoreCaseFunction => &ByteCursorPtrEqIgnoreCaseEntry;

    internal static aws_hash_fn PtrFunction => &PtrEntry;

    internal static aws_hash_callback_eq_fn PtrEqFunction => &PtrEqEntry;

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
        item == null ? 0 : Digest((byte*)item, ByteArray.Length((byte*)item));

    /// <summary>aws_hash_string</summary>
    internal static ulong String(void* item)
    {
        aws_string* text = (aws_string*)item;
        return text == null ? 0 : Digest(text->bytes, text->len);
    }

    /// <summary>aws_hash_byte_cursor_ptr</summary>
    internal static ulong ByteCursorPtr(void* item)
    {
        aws_byte_cursor* cursor = (aws_byte_cursor*)item;
        return cursor == null ? 0 : Digest(cursor->ptr, cursor->len);
    }

    /// <summary>aws_hash_ptr: of the address, not of what is there.</summary>
    internal static ulong Ptr(void* item) => Mix((ulong)item, 0, FirstKey);

    /// <summary>aws_hash_combine: the order matters.</summary>
    internal static ulong Combine(ulong item1, ulong item2) => Mix(item1, item2, FirstKey);

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

    private static ulong Digest(byte* bytes, nuint length)
    {
        // No bytes are the same, wherever they are not: an empty text equals one without an address.
        if (bytes == null)
            length = 0;

        // The length tells apart what differs only in the zeros that fill the last block.
        ulong hash = FirstKey + length * SecondKey;
        for (; length > 16; bytes += 16, length -= 16)
            hash = Mix(Vector128.Load(bytes), hash);

        Vector128<byte> rest = default;
        NativeMemory.Copy(bytes, &rest, length);
        return Mix(rest, hash);
    }

    private static ulong Mix(Vector128<byte> block, ulong hash)
    {
        Vector128<ulong> words = block.AsUInt64();
        return Mix(words.GetElement(0), words.GetElement(1), hash);
    }

    /// <summary>
    /// Every bit of the 128-bit product depends on bits of both words; folding keeps them all. The sum keeps apart what
    /// has the same factors, or a factor of zero.
    /// </summary>
    private static ulong Mix(ulong first, ulong second, ulong hash)
    {
        ulong high = Math.BigMul(first ^ hash, second ^ SecondKey, out ulong low);
        return high ^ low ^ ((first + BitOperations.RotateLeft(hash, 32)) * FirstKey + second);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong StringEntry(void* item) => String(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool StringEqEntry(void* a, void* b) => CallbackStringEq(a, b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void StringDestroyEntry(void* item) => CallbackStringDestroy(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong ByteCursorPtrEntry(void* item) => ByteCursorPtr(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool ByteCursorPtrEqEntry(void* a, void* b) =>
        ByteCursor.Eq((aws_byte_cursor*)a, (aws_byte_cursor*)b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong ByteCursorPtrIgnoreCaseEntry(void* item) => ByteCursorPtrIgnoreCase(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool ByteCursorPtrEqIgnoreCaseEntry(void* a, void* b) =>
        ByteCursor.EqIgnoreCase((aws_byte_cursor*)a, (aws_byte_cursor*)b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong PtrEntry(void* item) => Ptr(item);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool PtrEqEntry(void* a, void* b) => a == b;
}
