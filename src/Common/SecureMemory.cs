// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class SecureMemory
{
    /// <summary>aws_secure_zero</summary>
    internal static void Zero(void* pBuf, nuint bufsize) => throw new System.NotImplementedException();
}
