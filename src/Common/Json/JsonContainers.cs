// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Common.Json;

/// <summary>JSON objects and arrays. Keys that differ only in the case of ASCII letters are the same key.</summary>
internal static unsafe class JsonContainers
{
    internal static int AddToObject(aws_json_value* container, aws_byte_cursor key, aws_json_value* value)
    {
        if (!JsonValue.IsObject(container) || !ByteCursor.IsValid(&key) || !CanJoin(container, value))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (JsonNode.Find((JsonNode*)container, key, isCaseSensitive: false) != null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        JsonNode* member = (JsonNode*)value;
        member->Key = JsonNode.Copy(member->Allocator, key);
        JsonNode.Append((JsonNode*)container, member);
        return AWS_OP_SUCCESS;
    }

    internal static int AddToObjectCStr(aws_json_value* container, byte* key, aws_json_value* value) => key == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : AddToObject(container, JsonValue.CursorOf(key), value);

    internal static aws_json_value* GetFromObject(aws_json_value* container, aws_byte_cursor key) =>
        JsonValue.IsObject(container) && ByteCursor.IsValid(&key)
            ? JsonValue.Public(JsonNode.Find((JsonNode*)container, key, isCaseSensitive: false))
            : JsonValue.Refuse();

    internal static aws_json_value* GetFromObjectCStr(aws_json_value* container, byte* key) =>
        key == null ? JsonValue.Refuse() : GetFromObject(container, JsonValue.CursorOf(key));

    internal static bool HasKey(aws_json_value* container, aws_byte_cursor key) =>
        JsonValue.IsObject(container) && ByteCursor.IsValid(&key) &&
        JsonNode.Find((JsonNode*)container, key, isCaseSensitive: false) != null;

    internal static bool HasKeyCStr(aws_json_value* container, byte* key) =>
        key != null && HasKey(container, JsonValue.CursorOf(key));

    internal static int RemoveFromObject(aws_json_value* container, aws_byte_cursor key)
    {
        JsonNode* member = (JsonNode*)GetFromObject(container, key);
        return member == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : Remove(member);
    }

    internal static int RemoveFromObjectCStr(aws_json_value* container, byte* key) => key == null
        ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
        : RemoveFromObject(container, JsonValue.CursorOf(key));

    internal static int IterateObject(
        aws_json_value* container, aws_json_on_member_encountered_const_fn onMember, void* userData)
    {
        if (!JsonValue.IsObject(container) || onMember == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        bool shouldContinue = true;
        JsonNode* member = ((JsonNode*)container)->First;
        for (; member != null && shouldContinue; member = member->Next)
        {
            aws_byte_cursor key = member->Key;
            if (onMember(&key, JsonValue.Public(member), &shouldContinue, userData) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
        }

        return AWS_OP_SUCCESS;
    }

    internal static int AddArrayElement(aws_json_value* array, aws_json_value* value)
    {
        if (!JsonValue.IsArray(array) || !CanJoin(array, value))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        JsonNode.Append((JsonNode*)array, (JsonNode*)value);
        return AWS_OP_SUCCESS;
    }

    internal static aws_json_value* GetArrayElement(aws_json_value* array, nuint index)
    {
        if (!JsonValue.IsArray(array))
            return JsonValue.Refuse();
        if (index >= ((JsonNode*)array)->Count)
            return (aws_json_value*)Errors.RaiseNull(AWS_ERROR_INVALID_INDEX);

        JsonNode* element = ((JsonNode*)array)->First;
        for (; index > 0; index--)
            element = element->Next;
        return JsonValue.Public(element);
    }

    internal static nuint GetArraySize(aws_json_value* array)
    {
        if (JsonValue.IsArray(array))
            return ((JsonNode*)array)->Count;

        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return 0;
    }

    internal static int RemoveArrayElement(aws_json_value* array, nuint index)
    {
        JsonNode* element = (JsonNode*)GetArrayElement(array, index);
        return element == null ? AWS_OP_ERR : Remove(element);
    }

    internal static int IterateArray(
        aws_json_value* array, aws_json_on_value_encountered_const_fn onValue, void* userData)
    {
        if (!JsonValue.IsArray(array) || onValue == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        bool shouldContinue = true;
        nuint index = 0;
        JsonNode* element = ((JsonNode*)array)->First;
        for (; element != null && shouldContinue; element = element->Next, index++)
        {
            if (onValue(index, JsonValue.Public(element), &shouldContinue, userData) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>A value has one place at most, and none within itself.</summary>
    private static bool CanJoin(aws_json_value* container, aws_json_value* value)
    {
        if (value == null || ((JsonNode*)value)->Parent != null)
            return false;

        JsonNode* above = (JsonNode*)container;
        while (above != null && above != (JsonNode*)value)
            above = above->Parent;
        return above == null;
    }

    private static int Remove(JsonNode* child)
    {
        JsonNode.Detach(child);
        JsonNode.Destroy(child);
        return AWS_OP_SUCCESS;
    }
}
