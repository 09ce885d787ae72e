// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Immutable strings in UTF-16, of which C programs of Windows have only pointers. The characters and a NUL follow the
/// struct in its block.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WideString
{
    private aws_allocator* _allocator;
    private nuint _length;

    /// <summary>From UTF-8; what is none becomes U+FFFD. NULL with the error raised for a bad argument.</summary>
    internal static WideString* FromUtf8(aws_allocator* allocator, aws_byte_cursor* text)
    {
        if (allocator == null || !ByteCursor.IsValid(text) || text->len > int.MaxValue)
            return (WideString*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        // No UTF-8 has more units in UTF-16 than bytes.
        WideString* wide = Allocate(allocator, text->len);
        Span<char> characters = new(CharactersOf(wide), (int)text->len);
        Utf8.ToUtf16(new ReadOnlySpan<byte>(text->ptr, (int)text->len), characters, out _, out int written);
        End(wide, (nuint)written);
        return wide;
    }

    /// <summary>A string of the library's, as <see cref="FromUtf8(aws_allocator*, aws_byte_cursor*)"/>.</summary>
    internal static WideString* FromUtf8(aws_allocator* allocator, aws_string* text)
    {
        if (text == null)
            return (WideString*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_cursor cursor = AwsString.ToCursor(text);
        return FromUtf8(allocator, &cursor);
    }

    /// <summary>A copy. NULL with the error raised for a bad argument.</summary>
    internal static WideString* FromCharacters(aws_allocator* allocator, char* characters, nuint length)
    {
        if (allocator == null || (characters == null && length != 0) || length > int.MaxValue)
            return (WideString*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        WideString* wide = Allocate(allocator, length);
        new ReadOnlySpan<char>(characters, (int)length).CopyTo(new Span<char>(CharactersOf(wide), (int)length));
        End(wide, length);
        return wide;
    }

    /// <summary>As <see cref="FromCharacters"/>; the cursor's length is in bytes.</summary>
    internal static WideString* FromCursor(aws_allocator* allocator, aws_byte_cursor* characters) =>
        ByteCursor.IsValid(characters)
            ? FromCharacters(allocator, (char*)characters->ptr, characters->len / sizeof(char))
            : (WideString*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

    /// <summary>To UTF-8; what is no UTF-16 becomes U+FFFD. NULL with the error raised for a bad argument.</summary>
    internal static aws_string* ToUtf8(aws_allocator* allocator, char* characters, nuint length)
    {
        if (allocator == null || characters == null || length > int.MaxValue / 3)
            return (aws_string*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        // Three bytes for a unit of UTF-16 at most.
        nuint capacity = length * 3;
        byte* text = (byte*)Allocator.Acquire(allocator, Math.Max(capacity, 1));
        ReadOnlySpan<char> source = new(characters, (int)length);
        Utf8.FromUtf16(source, new Span<byte>(text, (int)capacity), out _, out int written);
        aws_string* result = AwsString.NewFromArray(allocator, text, (nuint)written);
        Allocator.Release(allocator, text);
        return result;
    }

    /// <summary>As <see cref="ToUtf8(aws_allocator*, char*, nuint)"/>, up to a NUL.</summary>
    internal static aws_string* ToUtf8(aws_allocator* allocator, char* characters) => ToUtf8(
        allocator,
        characters,
        characters == null ? 0 : (nuint)MemoryMarshal.CreateReadOnlySpanFromNullTerminated(characters).Length);

    /// <summary>As <see cref="ToUtf8(aws_allocator*, char*, nuint)"/>; the cursor's length is in bytes.</summary>
    internal static aws_string* ToUtf8(aws_allocator* allocator, aws_byte_cursor* characters)
    {
        char none;
        if (!ByteCursor.IsValid(characters))
            return (aws_string*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        char* start = characters->len == 0 ? &none : (char*)characters->ptr;
        return ToUtf8(allocator, start, characters->len / sizeof(char));
    }

    internal static char* CharactersOf(WideString* wide) => wide == null ? null : (char*)(wide + 1);

    internal static nuint LengthOf(WideString* wide) => wide == null ? 0 : wide->_length;

    internal static bool IsValid(WideString* wide) => wide != null && CharactersOf(wide)[wide->_length] == 0;

    internal static void Destroy(WideString* wide)
    {
        if (wide != null)
            Allocator.Release(wide->_allocator, wide);
    }

    private static WideString* Allocate(aws_allocator* allocator, nuint capacity)
    {
        nuint size = (nuint)sizeof(WideString) + (capacity + 1) * sizeof(char);
        WideString* wide = (WideString*)Allocator.Acquire(allocator, size);
        wide->_allocator = allocator;
        return wide;
    }

    private static void End(WideString* wide, nuint length)
    {
        wide->_length = length;
        CharactersOf(wide)[length] = '\0';
    }
}
