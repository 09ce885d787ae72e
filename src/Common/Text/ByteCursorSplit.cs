// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Text;

/// <summary>Splitting of text at a separator.</summary>
internal static unsafe partial class ByteCursor
{
    /// <summary>aws_byte_cursor_next_split: the same with a separator of one byte.</summary>
    internal static bool NextSplit(aws_byte_cursor* input_str, byte split_on, aws_byte_cursor* substr)
    {
        aws_byte_cursor separator = new() { ptr = &split_on, len = 1 };
        return NextSplitOnCursor(input_str, separator, substr);
    }

    /// <summary>
    /// aws_byte_cursor_next_split_on_cursor: <paramref name="substr"/> is all zero before the first call and becomes
    /// one piece after another. Text with n separators has n + 1 pieces, each of which may be empty; after the last one
    /// the function returns false and <paramref name="substr"/> is zero again. An empty separator separates nothing.
    /// The last piece leaves AWS_ERROR_STRING_MATCH_NOT_FOUND as last error, or for an empty separator
    /// AWS_ERROR_SHORT_BUFFER, as aws_byte_cursor_find_exact does; the function has not failed.
    /// </summary>
    internal static bool NextSplitOnCursor(
        aws_byte_cursor* input_str,
        aws_byte_cursor split_on,
        aws_byte_cursor* substr)
    {
        if (substr == null)
            return false;

        if (!IsValid(input_str) || !IsValid(&split_on))
        {
            *substr = default;
            return false;
        }

        // An input at NULL has one piece too, and it must not look like "before the first call".
        byte* start = input_str->ptr != null ? input_str->ptr : Literal.Of(""u8);
        byte* end = start + input_str->len;
        byte* next = substr->ptr == null ? start : substr->ptr + substr->len + split_on.len;
        bool isOver = substr->ptr != null && split_on.len == 0;
        if (isOver || next > end || next < start)
        {
            *substr = default;
            return false;
        }

        nuint left = (nuint)(end - next);
        nuint length = split_on.len == 0 || split_on.len > left
            ? ByteArray.NotFound
            : ByteArray.IndexOf(next, left, split_on.ptr, split_on.len);
        if (length == ByteArray.NotFound)
        {
            RaiseNoMatch(input_str, split_on);
            length = left;
        }

        substr->ptr = next;
        substr->len = length;
        return true;
    }

    /// <summary>An input at NULL is not searched.</summary>
    private static void RaiseNoMatch(aws_byte_cursor* input_str, aws_byte_cursor split_on)
    {
        if (split_on.len == 0)
            Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        else if (input_str->ptr != null)
            Errors.Raise(AWS_ERROR_STRING_MATCH_NOT_FOUND);
    }

    /// <summary>aws_byte_cursor_split_on_char: appends every piece, a cursor, to the list.</summary>
    internal static int SplitOnChar(aws_byte_cursor* input_str, byte split_on, aws_array_list* output) =>
        SplitOnCharN(input_str, split_on, 0, output);

    /// <summary>
    /// aws_byte_cursor_split_on_char_n: splits at the first <paramref name="n"/> separators, at all if it is zero; the
    /// last piece is the rest.
    /// </summary>
    internal static int SplitOnCharN(aws_byte_cursor* input_str, byte split_on, nuint n, aws_array_list* output)
    {
        if (!IsValid(input_str) || output == null || output->item_size < (nuint)sizeof(aws_byte_cursor))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint splitsLeft = n > 0 ? n : nuint.MaxValue;
        aws_byte_cursor piece = default;
        while (NextSplit(input_str, split_on, &piece))
        {
            bool isLast = splitsLeft-- == 0;
            if (isLast)
                piece.len = input_str->len - (nuint)(piece.ptr - input_str->ptr);
            if (ArrayList.PushBack(output, &piece) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
            if (isLast)
                break;
        }

        return AWS_OP_SUCCESS;
    }
}
