// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Json;

internal enum JsonType : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>What a program holds as an aws_json_value: a value and its place among others.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct JsonNode
{
    internal aws_allocator* Allocator;

    /// <summary>The array or object that it belongs to; that one destroys it.</summary>
    internal JsonNode* Parent;

    internal JsonNode* Next;

    /// <summary>Elements or members, in order.</summary>
    internal JsonNode* First;
    internal JsonNode* Last;
    internal nuint Count;

    /// <summary>A member's name and a string's bytes: owned, and a NUL follows each.</summary>
    internal aws_byte_cursor Key;
    internal aws_byte_cursor Text;

    internal double Number;
    internal JsonType Type;

    internal static JsonNode* New(aws_allocator* allocator, JsonType type)
    {
        JsonNode* node = Common.Allocator.New<JsonNode>(allocator);
        node->Allocator = allocator;
        node->Type = type;
        return node;
    }

    /// <summary>A string with a copy of the bytes.</summary>
    internal static JsonNode* NewString(aws_allocator* allocator, aws_byte_cursor bytes)
    {
        JsonNode* node = New(allocator, JsonType.String);
        node->Text = Copy(allocator, bytes);
        return node;
    }

    internal static aws_byte_cursor Copy(aws_allocator* allocator, aws_byte_cursor bytes)
    {
        byte* copy = (byte*)Common.Allocator.Acquire(allocator, bytes.len + 1);
        NativeMemory.Copy(bytes.ptr, copy, bytes.len);
        copy[bytes.len] = 0;
        return new aws_byte_cursor { ptr = copy, len = bytes.len };
    }

    internal static void Append(JsonNode* parent, JsonNode* child)
    {
        child->Parent = parent;
        if (parent->Last == null)
            parent->First = child;
        else
            parent->Last->Next = child;
        parent->Last = child;
        parent->Count++;
    }

    /// <summary>Takes a child out; it is the caller's then.</summary>
    internal static void Detach(JsonNode* child)
    {
        JsonNode* parent = child->Parent;
        JsonNode* before = null;
        for (JsonNode* node = parent->First; node != child; node = node->Next)
            before = node;

        if (before == null)
            parent->First = child->Next;
        else
            before->Next = child->Next;
        if (parent->Last == child)
            parent->Last = before;
        parent->Count--;
        child->Parent = child->Next = null;
    }

    /// <summary>The member with that key, NULL if there is none.</summary>
    internal static JsonNode* Find(JsonNode* parent, aws_byte_cursor key, bool isCaseSensitive)
    {
        for (JsonNode* node = parent->First; node != null; node = node->Next)
        {
            bool isSame = isCaseSensitive
                ? ByteArray.Eq(node->Key.ptr, node->Key.len, key.ptr, key.len)
                : ByteArray.EqIgnoreCase(node->Key.ptr, node->Key.len, key.ptr, key.len);
            if (isSame)
                return node;
        }

        return null;
    }

    /// <summary>
    /// The node that comes after <paramref name="node"/> in the text of <paramref name="root"/>, NULL after the last.
    /// </summary>
    internal static JsonNode* After(JsonNode* node, JsonNode* root, ref int level)
    {
        if (node->First != null)
        {
            level++;
            return node->First;
        }

        for (; node != root && node->Next == null; level--)
            node = node->Parent;
        return node == root ? null : node->Next;
    }

    /// <summary>Frees a node without a parent, and all below it. No recursion, for trees may be deep.</summary>
    internal static void Destroy(JsonNode* root)
    {
        JsonNode* node = root;
        while (node != null)
        {
            JsonNode* child = node->First;
            if (child != null)
            {
                node->First = child->Next;
                node = child;
                continue;
            }

            JsonNode* parent = node->Parent;
            Free(node);
            node = parent;
        }
    }

    private static void Free(JsonNode* node)
    {
        Common.Allocator.Release(node->Allocator, node->Key.ptr);
        Common.Allocator.Release(node->Allocator, node->Text.ptr);
        Common.Allocator.Release(node->Allocator, node);
    }
}
