// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Bootstrap;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/io.h&gt;.</summary>
public static unsafe class Exports_io_io
{
    [UnmanagedCallersOnly(EntryPoint = "aws_io_library_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_io_library_init(aws_allocator* allocator) => IoLibrary.LibraryInit(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_io_library_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_io_library_clean_up() => IoLibrary.LibraryCleanUp();

    [UnmanagedCallersOnly(EntryPoint = "aws_io_fatal_assert_library_initialized", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_io_fatal_assert_library_initialized() => IoLibrary.FatalAssertLibraryInitialized();

    [UnmanagedCallersOnly(EntryPoint = "aws_io_error_code_is_retryable", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_io_error_code_is_retryable(int error_code) => IoLibrary.ErrorCodeIsRetryable(error_code);
}
