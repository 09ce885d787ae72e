// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/json.h&gt;.</summary>
public static unsafe class Exports_common_json
{
    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_string(aws_allocator* allocator, aws_byte_cursor @string) =>
        JsonValue.NewString(allocator, @string);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_string_from_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_string_from_c_str(aws_allocator* allocator, byte* @string) =>
        JsonValue.NewStringFromCStr(allocator, @string);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_number", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_number(aws_allocator* allocator, double number) =>
        JsonValue.NewNumber(allocator, number);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_array", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_array(aws_allocator* allocator) => JsonValue.NewArray(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_boolean", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_boolean(aws_allocator* allocator, bool boolean) =>
        JsonValue.NewBoolean(allocator, boolean);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_null", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_null(aws_allocator* allocator) => JsonValue.NewNull(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_object", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_object(aws_allocator* allocator) => JsonValue.NewObject(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_get_string", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_get_string(aws_json_value* value, aws_byte_cursor* output) =>
        JsonValue.GetString(value, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_get_number", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_get_number(aws_json_value* value, double* output) => JsonValue.GetNumber(value, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_get_boolean", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_get_boolean(aws_json_value* value, bool* output) => JsonValue.GetBoolean(value, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_add_to_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_add_to_object(
        aws_json_value* @object, aws_byte_cursor key, aws_json_value* value) =>
        JsonContainers.AddToObject(@object, key, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_add_to_object_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_add_to_object_c_str(aws_json_value* @object, byte* key, aws_json_value* value) =>
        JsonContainers.AddToObjectCStr(@object, key, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_get_from_object", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_get_from_object(aws_json_value* @object, aws_byte_cursor key) =>
        JsonContainers.GetFromObject(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_get_from_object_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_get_from_object_c_str(aws_json_value* @object, byte* key) =>
        JsonContainers.GetFromObjectCStr(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_has_key", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_has_key(aws_json_value* @object, aws_byte_cursor key) =>
        JsonContainers.HasKey(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_has_key_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_has_key_c_str(aws_json_value* @object, byte* key) =>
        JsonContainers.HasKeyCStr(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_remove_from_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_remove_from_object(aws_json_value* @object, aws_byte_cursor key) =>
        JsonContainers.RemoveFromObject(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_remove_from_object_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_remove_from_object_c_str(aws_json_value* @object, byte* key) =>
        JsonContainers.RemoveFromObjectCStr(@object, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_const_iterate_object", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_const_iterate_object(
        aws_json_value* @object, aws_json_on_member_encountered_const_fn on_member, void* user_data) =>
        JsonContainers.IterateObject(@object, on_member, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_add_array_element", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_add_array_element(aws_json_value* array, aws_json_value* value) =>
        JsonContainers.AddArrayElement(array, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_get_array_element", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_get_array_element(aws_json_value* array, nuint index) =>
        JsonContainers.GetArrayElement(array, index);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_get_array_size", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_json_get_array_size(aws_json_value* array) => JsonContainers.GetArraySize(array);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_remove_array_element", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_value_remove_array_element(aws_json_value* array, nuint index) =>
        JsonContainers.RemoveArrayElement(array, index);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_const_iterate_array", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_json_const_iterate_array(
        aws_json_value* array, aws_json_on_value_encountered_const_fn on_value, void* user_data) =>
        JsonContainers.IterateArray(array, on_value, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_compare", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_compare(aws_json_value* a, aws_json_value* b, bool is_case_sensitive) =>
        JsonValue.Compare(a, b, is_case_sensitive);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_duplicate", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_duplicate(aws_json_value* value) => JsonValue.Duplicate(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_string", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_string(aws_json_value* value) => JsonValue.IsString(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_number", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_number(aws_json_value* value) => JsonValue.IsNumber(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_array", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_array(aws_json_value* value) => JsonValue.IsArray(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_boolean", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_boolean(aws_json_value* value) => JsonValue.IsBoolean(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_null", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_null(aws_json_value* value) => JsonValue.IsNull(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_is_object", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_json_value_is_object(aws_json_value* value) => JsonValue.IsObject(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_json_value_destroy(aws_json_value* value) => JsonValue.Destroy(value);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_json_string", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_json_string(aws_json_value* value, aws_byte_buf* output) =>
        JsonWriter.Append(value, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_json_string_formatted", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_json_string_formatted(aws_json_value* value, aws_byte_buf* output) =>
        JsonWriter.AppendFormatted(value, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_json_value_new_from_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_json_value* aws_json_value_new_from_string(aws_allocator* allocator, aws_byte_cursor @string) =>
        JsonParser.Parse(allocator, @string);
}
