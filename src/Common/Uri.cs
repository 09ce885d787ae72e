// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Uri
{
    /// <summary>aws_uri_init_parse</summary>
    internal static int InitParse(aws_uri* uri, aws_allocator* allocator, aws_byte_cursor* uri_str) => throw new System.NotImplementedException();

    /// <summary>aws_uri_init_from_builder_options</summary>
    internal static int InitFromBuilderOptions(aws_uri* uri, aws_allocator* allocator, aws_uri_builder_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_uri_clean_up</summary>
    internal static void CleanUp(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_scheme</summary>
    internal static aws_byte_cursor* Scheme(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_authority</summary>
    internal static aws_byte_cursor* Authority(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_path</summary>
    internal static aws_byte_cursor* Path(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_query_string</summary>
    internal static aws_byte_cursor* QueryString(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_host_name</summary>
    internal static aws_byte_cursor* HostName(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_port</summary>
    internal static uint Port(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_uri_path_and_query</summary>
    internal static aws_byte_cursor* PathAndQuery(aws_uri* uri) => throw new System.NotImplementedException();

    /// <summary>aws_query_string_next_param</summary>
    internal static bool NextQueryParam(aws_byte_cursor query_string, aws_uri_param* param) => throw new System.NotImplementedException();

    /// <summary>aws_query_string_params</summary>
    internal static int QueryParams(aws_byte_cursor query_string, aws_array_list* out_params) => throw new System.NotImplementedException();

    /// <summary>aws_uri_query_string_next_param</summary>
    internal static bool QueryStringNextParam(aws_uri* uri, aws_uri_param* param) => throw new System.NotImplementedException();

    /// <summary>aws_uri_query_string_params</summary>
    internal static int QueryStringParams(aws_uri* uri, aws_array_list* out_params) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_encoding_uri_path</summary>
    internal static int AppendEncodingPath(aws_byte_buf* buffer, aws_byte_cursor* cursor) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_encoding_uri_param</summary>
    internal static int AppendEncodingParam(aws_byte_buf* buffer, aws_byte_cursor* cursor) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_decoding_uri</summary>
    internal static int AppendDecoding(aws_byte_buf* buffer, aws_byte_cursor* cursor) => throw new System.NotImplementedException();
}
