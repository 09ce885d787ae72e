// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/shared_library.h&gt;.</summary>
public static unsafe class Exports_io_shared_library
{
    [UnmanagedCallersOnly(EntryPoint = "aws_shared_library_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_shared_library_init(aws_shared_library* library, byte* library_path) => SharedLibrary.Init(library, library_path);

    [UnmanagedCallersOnly(EntryPoint = "aws_shared_library_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_shared_library_clean_up(aws_shared_library* library) => SharedLibrary.CleanUp(library);

    [UnmanagedCallersOnly(EntryPoint = "aws_shared_library_find_function", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_shared_library_find_function(aws_shared_library* library, byte* symbol_name, aws_generic_function* function_address) => SharedLibrary.FindFunction(library, symbol_name, function_address);
}
