// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.Platform;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/base.h&gt;.</summary>
public static unsafe class Exports_reseau_base
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_error_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* reseau_error_name(long error) => ConnectionErrors.NameOf(error);

    [UnmanagedCallersOnly(EntryPoint = "reseau_error_text", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* reseau_error_text(long error) => ConnectionErrors.TextOf(error);

    [UnmanagedCallersOnly(EntryPoint = "reseau_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* reseau_version() => Literal.Of(LibraryVersion.Text);

    [UnmanagedCallersOnly(EntryPoint = "reseau_free", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_free(void* memory) => Heap.Free(memory);
}
