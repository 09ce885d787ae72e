// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>Wiping of secrets.</summary>
internal static unsafe class SecureMemory
{
    /// <summary>
    /// aws_secure_zero: clears <paramref name="bufsize"/> bytes, also when nobody reads them any more; NULL is fine.
    /// </summary>
    // Not inlined, so that no caller's optimiser can see that the stores are dead.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Zero(void* pBuf, nuint bufsize)
    {
        if (pBuf != null)
            NativeMemory.Clear(pBuf, bufsize);
    }
}
