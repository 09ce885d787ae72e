// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/future.h>.
global using unsafe aws_future_callback_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_future_impl_result_clean_up_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_future_impl_result_destroy_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_future_impl_result_release_fn = delegate* unmanaged[Cdecl]<void*, void*>;

namespace Reseau.Native.Abi;

public struct aws_future_impl;

public struct aws_future_size;

public struct aws_future_void;
