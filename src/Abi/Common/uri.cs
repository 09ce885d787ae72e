// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/uri.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_uri
{
    public nuint self_size;
    public aws_allocator* allocator;
    public aws_byte_buf uri_str;
    public aws_byte_cursor scheme;
    public aws_byte_cursor authority;
    public aws_byte_cursor userinfo;
    public aws_byte_cursor user;
    public aws_byte_cursor password;
    public aws_byte_cursor host_name;
    public uint port;
    public aws_byte_cursor path;
    public aws_byte_cursor query_string;
    public aws_byte_cursor path_and_query;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_uri_param
{
    public aws_byte_cursor key;
    public aws_byte_cursor value;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_uri_builder_options
{
    public aws_byte_cursor scheme;
    public aws_byte_cursor path;
    public aws_byte_cursor host_name;
    public uint port;
    public aws_array_list* query_params;
    public aws_byte_cursor query_string;
}
