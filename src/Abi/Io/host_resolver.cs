// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/host_resolver.h>.
global using unsafe aws_on_host_resolved_result_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_host_resolver*,
        Reseau.Native.Abi.aws_string*,
        int,
        Reseau.Native.Abi.aws_array_list*,
        void*,
        void>;
global using unsafe aws_resolve_host_implementation_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_allocator*,
        Reseau.Native.Abi.aws_string*,
        Reseau.Native.Abi.aws_array_list*,
        void*,
        int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_address_record_type : uint
{
    AWS_ADDRESS_RECORD_TYPE_A = 0,
    AWS_ADDRESS_RECORD_TYPE_AAAA = 1,
}

public enum aws_get_host_address_flags : uint
{
    AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A = 1,
    AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_address
{
    public aws_allocator* allocator;
    public aws_string* host;
    public aws_string* address;
    public aws_address_record_type record_type;
    public ulong expiry;
    public nuint use_count;
    public nuint connection_failure_count;
    public byte weight;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_resolver
{
    public aws_allocator* allocator;
    public void* impl;
    public aws_host_resolver_vtable* vtable;
    public aws_ref_count ref_count;
    public aws_shutdown_callback_options shutdown_options;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_resolution_config
{
    public aws_resolve_host_implementation_fn impl;
    public nuint max_ttl;
    public void* impl_data;
    public ulong resolve_frequency_ns;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_resolver_purge_host_options
{
    public aws_string* host;
    public aws_simple_completion_callback on_host_purge_complete_callback;
    public void* user_data;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_resolver_vtable
{
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, void> destroy;
    public delegate* unmanaged[Cdecl]<
        aws_host_resolver*, aws_string*, aws_on_host_resolved_result_fn, aws_host_resolution_config*, void*, int>
        resolve_host;
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_host_address*, int> record_connection_failure;
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, int> purge_cache;
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_simple_completion_callback, void*, int>
        purge_cache_with_callback;
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_host_resolver_purge_host_options*, int> purge_host_cache;
    public delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_string*, uint, nuint> get_host_address_count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_host_resolver_default_options
{
    public nuint max_entries;
    public aws_event_loop_group* el_group;
    public aws_shutdown_callback_options* shutdown_options;
    public aws_io_clock_fn system_clock_override_fn;
}
