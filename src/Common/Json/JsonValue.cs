// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Json;

/// <summary>Single JSON values: making, reading, comparing and copying them.</summary>
internal static unsafe class JsonValue
{
    /// <summary>Trees with more levels of containers within the outermost one are not copied.</summary>
    private const int MaxCopiedLevels = 10000;

    internal static aws_json_value* NewString(aws_allocator* allocator, aws_byte_cursor text) =>
        allocator != null && ByteCursor.IsValid(&text) ? Public(JsonNode.NewString(allocator, text)) : Refuse();

    internal static aws_json_value* NewStringFromCStr(aws_allocator* allocator, byte* text) =>
        allocator != null && text != null ? Public(JsonNode.NewString(allocator, CursorOf(text))) : Refuse();

    internal static aws_json_value* NewNumber(aws_allocator* allocator, double number)
    {
        aws_json_value* value = New(allocator, JsonType.Number);
        if (value != null)
            ((JsonNode*)value)->Number = number;
        return value;
    }

    internal static aws_json_value* NewArray(aws_allocator* allocator) => New(allocator, JsonType.Array);

    internal static aws_json_value* NewBoolean(aws_allocator* allocator, bool boolean) =>
        New(allocator, boolean ? JsonType.True : JsonType.False);

    internal static aws_json_value* NewNull(aws_allocator* allocator) => New(allocator, JsonType.Null);

    internal static aws_json_value* NewObject(aws_allocator* allocator) => New(allocator, JsonType.Object);

    internal static int GetString(aws_json_value* value, aws_byte_cursor* output)
    {
        if (!IsString(value) || output == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *output = ((JsonNode*)value)->Text;
        return AWS_OP_SUCCESS;
    }

    internal static int GetNumber(aws_json_value* value, double* output)
    {
        if (!IsNumber(value) || output == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *output = ((JsonNode*)value)->Number;
        return AWS_OP_SUCCESS;
    }

    internal static int GetBoolean(aws_json_value* value, bool* output)
    {
        if (!IsBoolean(value) || output == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *output = Is(value, JsonType.True);
        return AWS_OP_SUCCESS;
    }

    internal static bool IsString(aws_json_value* value) => Is(value, JsonType.String);

    internal static bool IsNumber(aws_json_value* value) => Is(value, JsonType.Number);

    internal static bool IsArray(aws_json_value* value) => Is(value, JsonType.Array);

    internal static bool IsBoolean(aws_json_value* value) => Is(value, JsonType.True) || Is(value, JsonType.False);

    internal static bool IsNull(aws_json_value* value) => Is(value, JsonType.Null);

    internal static bool IsObject(aws_json_value* value) => Is(value, JsonType.Object);

    internal static bool Compare(aws_json_value* a, aws_json_value* b, bool is_case_sensitive) =>
        a != null && b != null && (a == b || JsonComparison.AreEqual((JsonNode*)a, (JsonNode*)b, is_case_sensitive));

    internal static aws_json_value* Duplicate(aws_json_value* value)
    {
        JsonNode* copy = value == null ? null : Duplicate((JsonNode*)value);
        return copy == null ? Refuse() : Public(copy);
    }

    /// <summary>A value that belongs to an array or object is left alone.</summary>
    internal static void Destroy(aws_json_value* value)
    {
        if (value == null)
            return;

        if (((JsonNode*)value)->Parent == null)
            JsonNode.Destroy((JsonNode*)value);
        else
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    internal static aws_byte_cursor CursorOf(byte* text) => new() { ptr = text, len = ByteArray.Length(text) };

    internal static aws_json_value* Public(JsonNode* node) => (aws_json_value*)node;

    internal static aws_json_value* Refuse() => (aws_json_value*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

    private static bool Is(aws_json_value* value, JsonType type) => value != null && ((JsonNode*)value)->Type == type;

    private static aws_json_value* New(aws_allocator* allocator, JsonType type) =>
        allocator == null ? Refuse() : Public(JsonNode.New(allocator, type));

    /// <summary>NULL if it is too deep.</summary>
    private static JsonNode* Duplicate(JsonNode* root)
    {
        JsonNode* copiedRoot = CopyAlone(root);
        JsonNode* above = copiedRoot;
        int levelAbove = 0;
        int level = 0;
        for (JsonNode* node = root; (node = JsonNode.After(node, root, ref level)) != null;)
        {
            if (level > MaxCopiedLevels)
            {
                JsonNode.Destroy(copiedRoot);
                return null;
            }

            for (; levelAbove >= level; levelAbove--)
                above = above->Parent;

            JsonNode* copy = CopyAlone(node);
            if (above->Type == JsonType.Object)
                copy->Key = JsonNode.Copy(copy->Allocator, node->Key);
            JsonNode.Append(above, copy);
            above = copy;
            levelAbove = level;
        }

        return copiedRoot;
    }

    /// <summary>Without what is below it.</summary>
    private static JsonNode* CopyAlone(JsonNode* original)
    {
        JsonNode* copy = JsonNode.New(original->Allocator, original->Type);
        copy->Number = original->Number;
        if (original->Type == JsonType.String)
            copy->Text = JsonNode.Copy(original->Allocator, original->Text);
        return copy;
    }
}
