// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>Reading, all objects of a text at once.</summary>
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

        PemReader reader = PemReader.OfLines(pem_cursor);
        bool isGood = true;
        while (isGood && reader.TryNext())
        {
            aws_pem_object item = default;
            isGood = reader.TryDecode(allocator, &item.data);
            if (!isGood)
                break;
            item.type = TypeOf(reader.Label);
            item.type_string = AwsString.NewFromCursor(allocator, &reader.Label);
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
}
