// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/string.h&gt;.</summary>
public static unsafe class Exports_common_string
{
    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq(aws_string* a, aws_string* b) => AwsString.Eq(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_ignore_case(aws_string* a, aws_string* b) => AwsString.EqIgnoreCase(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_byte_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_byte_cursor(aws_string* str, aws_byte_cursor* cur) => AwsString.EqByteCursor(str, cur);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_byte_cursor_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_byte_cursor_ignore_case(aws_string* str, aws_byte_cursor* cur) => AwsString.EqByteCursorIgnoreCase(str, cur);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_byte_buf", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_byte_buf(aws_string* str, aws_byte_buf* buf) => AwsString.EqByteBuf(str, buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_byte_buf_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_byte_buf_ignore_case(aws_string* str, aws_byte_buf* buf) => AwsString.EqByteBufIgnoreCase(str, buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_c_str(aws_string* str, byte* c_str) => AwsString.EqCStr(str, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_eq_c_str_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_string_eq_c_str_ignore_case(aws_string* str, byte* c_str) => AwsString.EqCStrIgnoreCase(str, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_new_from_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_new_from_c_str(aws_allocator* allocator, byte* c_str) => AwsString.NewFromCStr(allocator, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_new_from_array", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_new_from_array(aws_allocator* allocator, byte* bytes, nuint len) => AwsString.NewFromArray(allocator, bytes, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_new_from_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_new_from_string(aws_allocator* allocator, aws_string* str) => AwsString.NewFromString(allocator, str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_new_from_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_new_from_cursor(aws_allocator* allocator, aws_byte_cursor* cursor) => AwsString.NewFromCursor(allocator, cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_new_from_buf", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_new_from_buf(aws_allocator* allocator, aws_byte_buf* buf) => AwsString.NewFromBuf(allocator, buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_string_destroy(aws_string* str) => AwsString.Destroy(str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_destroy_secure", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_string_destroy_secure(aws_string* str) => AwsString.DestroySecure(str);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_compare", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_string_compare(aws_string* a, aws_string* b) => AwsString.Compare(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_comparator_string", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_array_list_comparator_string(void* a, void* b) => AwsString.Comparator(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_from_whole_string", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_from_whole_string(aws_byte_buf* buf, aws_string* src) => AwsString.WriteWhole(buf, src);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_from_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_from_string(aws_string* src) => AwsString.ToCursor(src);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_clone_or_reuse", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_clone_or_reuse(aws_allocator* allocator, aws_string* str) => AwsString.CloneOrReuse(allocator, str);

    [UnmanagedCallersOnly(EntryPoint = "aws_secure_strlen", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_secure_strlen(byte* str, nuint max_read_len, nuint* str_len) => AwsString.SecureLength(str, max_read_len, str_len);

#if RESEAU_WINDOWS
    [UnmanagedCallersOnly(EntryPoint = "aws_string_convert_to_wstring", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_string_convert_to_wstring(aws_allocator* allocator, aws_string* to_convert) => WideString.FromUtf8(allocator, to_convert);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_convert_to_wchar_from_byte_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_string_convert_to_wchar_from_byte_cursor(aws_allocator* allocator, aws_byte_cursor* to_convert) => WideString.FromUtf8(allocator, to_convert);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_convert_from_wchar_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_convert_from_wchar_str(aws_allocator* allocator, void* to_convert) => WideString.ToUtf8(allocator, WideString.CharactersOf((WideString*)to_convert), WideString.LengthOf((WideString*)to_convert));

    [UnmanagedCallersOnly(EntryPoint = "aws_string_convert_from_wchar_byte_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_convert_from_wchar_byte_cursor(aws_allocator* allocator, aws_byte_cursor* to_convert) => WideString.ToUtf8(allocator, to_convert);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_convert_from_wchar_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_string* aws_string_convert_from_wchar_c_str(aws_allocator* allocator, char* to_convert) => WideString.ToUtf8(allocator, to_convert);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_new_from_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_wstring_new_from_cursor(aws_allocator* allocator, aws_byte_cursor* w_str_cur) => WideString.FromCursor(allocator, w_str_cur);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_new_from_array", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_wstring_new_from_array(aws_allocator* allocator, char* w_str, nuint length) => WideString.FromCharacters(allocator, w_str, length);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_wstring_destroy(void* str) => WideString.Destroy((WideString*)str);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static char* aws_wstring_c_str(void* str) => WideString.CharactersOf((WideString*)str);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_num_chars", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_wstring_num_chars(void* str) => WideString.LengthOf((WideString*)str);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_size_bytes", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_wstring_size_bytes(void* str) => WideString.LengthOf((WideString*)str) * sizeof(char);

    [UnmanagedCallersOnly(EntryPoint = "aws_wstring_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_wstring_is_valid(void* str) => WideString.IsValid((WideString*)str);
#endif
}
