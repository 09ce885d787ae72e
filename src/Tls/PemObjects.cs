// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Reading. Lines count without the white space around them; what stands between the objects is skipped, and the label
/// behind END is not looked at.
/// </summary>
internal static unsafe partial class Pem
{
    /// <summary>Wipes and frees the objects and the list. A list that was cleaned up before is allowed.</summary>
    internal static void ObjectsCleanUp(aws_array_list* pem_objects)
    {
        if (pem_objects == null)
            return;

        for (nuint i = 0; i < ArrayList.Length(pem_objects); i++)
        {
            aws_pem_object* item = (aws_pem_object*)ArrayList.ItemAt(pem_objects, i);
            ByteBuf.CleanUpSecure(&item->data);
            AwsString.Destroy(item->type_string);
        }

        ArrayList.CleanUp(pem_objects);
    }

    /// <summary>
    /// Makes a list of the objects in a text, decoded. AWS_ERROR_PEM_MALFORMED, and nothing to clean up, when there is
    /// none, one is cut off, or one is no base 64.
    /// </summary>
    internal static int ObjectsInitFromFileContents(
        aws_array_list* pem_objects, aws_allocator* allocator, aws_byte_cursor pem_cursor)
    {
        if (pem_objects == null || allocator == null || !ByteCursor.IsValid(&pem_cursor))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ArrayList.InitDynamic(pem_objects, allocator, 1, (nuint)sizeof(aws_pem_object)) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_byte_cursor rest = pem_cursor;
        bool isGood = true;
        while (isGood && TryFindBegin(&rest, out aws_byte_cursor label))
        {
            aws_pem_object item;
            isGood = TryRead(&rest, label, allocator, &item);
            if (isGood)
                ArrayList.PushBack(pem_objects, &item);
        }

        if (isGood && ArrayList.Length(pem_objects) > 0)
            return AWS_OP_SUCCESS;

        ObjectsCleanUp(pem_objects);
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_PEM, $"static: the text holds no PEM object, or a damaged one");
        return Errors.Raise(AWS_ERROR_PEM_MALFORMED);
    }

    /// <summary>The same for a file.</summary>
    internal static int ObjectsInitFromFilePath(aws_array_list* pem_objects, aws_allocator* allocator, byte* filename)
    {
        if (pem_objects == null || allocator == null || filename == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf content;
        if (ByteBuf.InitFromFile(&content, allocator, filename) != AWS_OP_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PEM, $"static: file '{filename}' cannot be read");
            *pem_objects = default;
            return AWS_OP_ERR;
        }

        int result = ObjectsInitFromFileContents(pem_objects, allocator, ByteCursor.FromBuf(&content));
        ByteBuf.CleanUpSecure(&content);
        if (result != AWS_OP_SUCCESS)
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PEM, $"static: file '{filename}' is no good PEM");
        return result;
    }

    // A BEGIN line that is no good ends the text: what came before it counts.
    private static bool TryFindBegin(aws_byte_cursor* rest, out aws_byte_cursor label)
    {
        label = default;
        while (TryTakeLine(rest, out aws_byte_cursor line))
        {
            if (StartsWith(line, Begin))
                return TryGetLabel(line, out label);
        }

        return false;
    }

    // One character, whichever it is, parts the label from BEGIN.
    private static bool TryGetLabel(aws_byte_cursor line, out aws_byte_cursor label)
    {
        label = default;
        nuint around = (nuint)(Begin.Length + 1 + Dashes.Length);
        aws_byte_cursor tail = new() { ptr = line.ptr + line.len - Dashes.Length, len = (nuint)Dashes.Length };
        if (line.len < around || !StartsWith(tail, Dashes))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PEM, $"static: a BEGIN line lacks its label or its end");
            return false;
        }

        label = new aws_byte_cursor { ptr = line.ptr + Begin.Length + 1, len = line.len - around };
        return true;
    }

    private static bool TryRead(
        aws_byte_cursor* rest, aws_byte_cursor label, aws_allocator* allocator, aws_pem_object* item)
    {
        aws_byte_cursor body = *rest;
        nuint length = 0;
        bool hasEnd = false;
        while (!hasEnd && TryTakeLine(rest, out aws_byte_cursor line))
        {
            hasEnd = StartsWith(line, End);
            length += line.len;
        }

        if (!hasEnd)
            return false;

        aws_byte_buf text;
        ByteBuf.Init(&text, allocator, length);
        while (TryTakeLine(&body, out aws_byte_cursor line) && !StartsWith(line, End))
            ByteBuf.Append(&text, &line);

        *item = default;
        bool isDecoded = TryDecode(&text, allocator, &item->data);
        ByteBuf.CleanUpSecure(&text);
        if (isDecoded)
        {
            item->type = TypeOf(label);
            item->type_string = AwsString.NewFromCursor(allocator, &label);
        }

        return isDecoded;
    }

    private static bool TryDecode(aws_byte_buf* text, aws_allocator* allocator, aws_byte_buf* data)
    {
        aws_byte_cursor digits = ByteCursor.FromBuf(text);
        nuint length;
        if (Base64.ComputeDecodedLen(&digits, &length) != AWS_OP_SUCCESS)
            return false;

        ByteBuf.Init(data, allocator, length);
        if (Base64.Decode(&digits, data) == AWS_OP_SUCCESS)
            return true;

        ByteBuf.CleanUpSecure(data);
        return false;
    }

    private static bool TryTakeLine(aws_byte_cursor* rest, out aws_byte_cursor line)
    {
        line = default;
        if (rest->len == 0)
            return false;

        // What is longer than a span is looked through piece by piece.
        nuint length = 0;
        int found = -1;
        while (found < 0 && length < rest->len)
        {
            int piece = (int)nuint.Min(rest->len - length, int.MaxValue);
            found = new ReadOnlySpan<byte>(rest->ptr + length, piece).IndexOf((byte)'\n');
            length += (nuint)(found < 0 ? piece : found);
        }

        line = Text.Trim(new aws_byte_cursor { ptr = rest->ptr, len = length });
        nuint taken = found < 0 ? length : length + 1;
        *rest = new aws_byte_cursor { ptr = rest->ptr + taken, len = rest->len - taken };
        return true;
    }

    private static bool StartsWith(aws_byte_cursor text, ReadOnlySpan<byte> prefix) =>
        text.len >= (nuint)prefix.Length && new ReadOnlySpan<byte>(text.ptr, prefix.Length).SequenceEqual(prefix);
}
