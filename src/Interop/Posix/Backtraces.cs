// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

internal static unsafe partial class Libc
{
    [DllImport(Library)]
    internal static extern byte** backtrace_symbols(void** frames, int count);
}
