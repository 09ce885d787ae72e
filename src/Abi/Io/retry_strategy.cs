// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/retry_strategy.h>.
global using unsafe aws_generate_random_fn = delegate* unmanaged[Cdecl]<void*, ulong>;
global using unsafe aws_retry_strategy_on_retry_ready_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_retry_token*, int, void*, void>;
global using unsafe aws_retry_strategy_on_retry_token_acquired_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_retry_strategy*,
        int,
        Reseau.Native.Abi.aws_retry_token*,
        void*,
        void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_retry_error_type : uint
{
    AWS_RETRY_ERROR_TYPE_TRANSIENT = 0,
    AWS_RETRY_ERROR_TYPE_THROTTLING = 1,
    AWS_RETRY_ERROR_TYPE_SERVER_ERROR = 2,
    AWS_RETRY_ERROR_TYPE_CLIENT_ERROR = 3,
}

public enum aws_exponential_backoff_jitter_mode : uint
{
    AWS_EXPONENTIAL_BACKOFF_JITTER_DEFAULT = 0,
    AWS_EXPONENTIAL_BACKOFF_JITTER_NONE = 1,
    AWS_EXPONENTIAL_BACKOFF_JITTER_FULL = 2,
    AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED = 3,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_retry_strategy
{
    public aws_allocator* allocator;
    public aws_retry_strategy_vtable* vtable;
    public aws_atomic_var ref_count;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_retry_token
{
    public aws_allocator* allocator;
    public aws_retry_strategy* retry_strategy;
    public aws_atomic_var ref_count;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_retry_strategy_vtable
{
    public delegate* unmanaged[Cdecl]<aws_retry_strategy*, void> destroy;
    public delegate* unmanaged[Cdecl]<
        aws_retry_strategy*, aws_byte_cursor*, aws_retry_strategy_on_retry_token_acquired_fn, void*, ulong, int>
        acquire_token;
    public delegate* unmanaged[Cdecl]<
        aws_retry_token*, aws_retry_error_type, aws_retry_strategy_on_retry_ready_fn, void*, int>
        schedule_retry;
    public delegate* unmanaged[Cdecl]<aws_retry_token*, int> record_success;
    public delegate* unmanaged[Cdecl]<aws_retry_token*, void> release_token;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_exponential_backoff_retry_options
{
    public aws_event_loop_group* el_group;
    public nuint max_retries;
    public uint backoff_scale_factor_ms;
    public uint max_backoff_secs;
    public aws_exponential_backoff_jitter_mode jitter_mode;
    public delegate* unmanaged[Cdecl]<ulong> generate_random;
    public aws_generate_random_fn generate_random_impl;
    public void* generate_random_user_data;
    public aws_shutdown_callback_options* shutdown_options;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_no_retry_options
{
    public aws_shutdown_callback_options* shutdown_options;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_standard_retry_options
{
    public aws_exponential_backoff_retry_options backoff_retry_options;
    public nuint initial_bucket_capacity;
}
