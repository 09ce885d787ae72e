// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/common.h&gt;.</summary>
public static unsafe class Exports_common_common
{
    [UnmanagedCallersOnly(EntryPoint = "aws_common_library_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_common_library_init(aws_allocator* allocator) => CommonLibrary.LibraryInit(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_common_library_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_common_library_clean_up() => CommonLibrary.LibraryCleanUp();

    [UnmanagedCallersOnly(EntryPoint = "aws_common_fatal_assert_library_initialized", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_common_fatal_assert_library_initialized() => CommonLibrary.FatalAssertLibraryInitialized();
}
