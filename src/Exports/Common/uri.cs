// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/uri.h&gt;.</summary>
public static unsafe class Exports_common_uri
{
    [UnmanagedCallersOnly(EntryPoint = "aws_uri_init_parse", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uri_init_parse(aws_uri* uri, aws_allocator* allocator, aws_byte_cursor* uri_str) => Uri.InitParse(uri, allocator, uri_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_init_from_builder_options", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uri_init_from_builder_options(aws_uri* uri, aws_allocator* allocator, aws_uri_builder_options* options) => Uri.InitFromBuilderOptions(uri, allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_uri_clean_up(aws_uri* uri) => Uri.CleanUp(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_scheme", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_scheme(aws_uri* uri) => Uri.Scheme(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_authority", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_authority(aws_uri* uri) => Uri.Authority(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_path", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_path(aws_uri* uri) => Uri.Path(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_query_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_query_string(aws_uri* uri) => Uri.QueryString(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_host_name", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_host_name(aws_uri* uri) => Uri.HostName(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_port", CallConvs = [typeof(CallConvCdecl)])]
    public static uint aws_uri_port(aws_uri* uri) => Uri.Port(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_path_and_query", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor* aws_uri_path_and_query(aws_uri* uri) => Uri.PathAndQuery(uri);

    [UnmanagedCallersOnly(EntryPoint = "aws_query_string_next_param", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_query_string_next_param(aws_byte_cursor query_string, aws_uri_param* param) => Uri.NextQueryParam(query_string, param);

    [UnmanagedCallersOnly(EntryPoint = "aws_query_string_params", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_query_string_params(aws_byte_cursor query_string, aws_array_list* out_params) => Uri.QueryParams(query_string, out_params);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_query_string_next_param", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_uri_query_string_next_param(aws_uri* uri, aws_uri_param* param) => Uri.QueryStringNextParam(uri, param);

    [UnmanagedCallersOnly(EntryPoint = "aws_uri_query_string_params", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_uri_query_string_params(aws_uri* uri, aws_array_list* out_params) => Uri.QueryStringParams(uri, out_params);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_encoding_uri_path", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_encoding_uri_path(aws_byte_buf* buffer, aws_byte_cursor* cursor) => Uri.AppendEncodingPath(buffer, cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_encoding_uri_param", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_encoding_uri_param(aws_byte_buf* buffer, aws_byte_cursor* cursor) => Uri.AppendEncodingParam(buffer, cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_decoding_uri", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_decoding_uri(aws_byte_buf* buffer, aws_byte_cursor* cursor) => Uri.AppendDecoding(buffer, cursor);
}
