// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common;

/// <summary>Single JSON values: making, reading, comparing and copying them.</summary>
internal static unsafe class Json
{
    /// <summary>Deeper trees are not parsed, written, compared or copied, for that would take too much stack.</summary>
    internal const int MostLevels = 1000;

    /// <summary>What two doubles may differ by, relative to the larger one, and still stand for the same number.</summary>
    private const double Precision = 2.220446049250313e-16;

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
        a != null && b != null && AreEqual((JsonNode*)a, (JsonNode*)b, is_case_sensitive, 0);

    internal static aws_json_value* Duplicate(aws_json_value* value)
    {
        JsonNode* copy = value == null ? null : Duplicate((JsonNode*)value, 0);
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

    internal static bool AreClose(double a, double b) =>
        Math.Abs(a - b) <= Math.Max(Math.Abs(a), Math.Abs(b)) * Precision;

    internal static aws_json_value* Public(JsonNode* node) => (aws_json_value*)node;

    internal static aws_json_value* Refuse() => (aws_json_value*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

    private static bool Is(aws_json_value* value, JsonType type) => value != null && ((JsonNode*)value)->Type == type;

    private static aws_json_value* New(aws_allocator* allocator, JsonType type) =>
        allocator == null ? Refuse() : Public(JsonNode.New(allocator, type));

    private static bool AreEqual(JsonNode* a, JsonNode* b, bool isCaseSensitive, int level)
    {
        if (a == b)
            return true;
        if (a->Type != b->Type || level > MostLevels)
            return false;

        return a->Type switch
        {
            JsonType.Number => AreClose(a->Number, b->Number),
            JsonType.String => ByteArray.Eq(a->Text.ptr, a->Text.len, b->Text.ptr, b->Text.len),
            JsonType.Array => HaveEqualElements(a, b, isCaseSensitive, level),
            JsonType.Object => HasMembersOf(a, b, isCaseSensitive, level) && HasMembersOf(b, a, isCaseSensitive, level),
            _ => true,
        };
    }

    private static bool HaveEqualElements(JsonNode* a, JsonNode* b, bool isCaseSensitive, int level)
    {
        if (a->Count != b->Count)
            return false;

        JsonNode* other = b->First;
        for (JsonNode* element = a->First; element != null; element = element->Next, other = other->Next)
        {
            if (!AreEqual(element, other, isCaseSensitive, level + 1))
                return false;
        }

        return true;
    }

    private static bool HasMembersOf(JsonNode* a, JsonNode* b, bool isCaseSensitive, int level)
    {
        for (JsonNode* member = b->First; member != null; member = member->Next)
        {
            JsonNode* other = JsonNode.Find(a, member->Key, isCaseSensitive);
            if (other == null || !AreEqual(member, other, isCaseSensitive, level + 1))
                return false;
        }

        return true;
    }

    /// <summary>NULL if it is too deep.</summary>
    private static JsonNode* Duplicate(JsonNode* original, int level)
    {
        if (level > MostLevels)
            return null;

        JsonNode* copy = JsonNode.New(original->Allocator, original->Type);
        copy->Number = original->Number;
        if (original->Type == JsonType.String)
            copy->Text = JsonNode.Copy(original->Allocator, original->Text);

        for (JsonNode* child = original->First; child != null; child = child->Next)
        {
            JsonNode* copied = Duplicate(child, level + 1);
            if (copied == null)
            {
                JsonNode.Destroy(copy);
                return null;
            }

            if (original->Type == JsonType.Object)
                copied->Key = JsonNode.Copy(copied->Allocator, child->Key);
            JsonNode.Append(copy, copied);
        }

        return copy;
    }
}
