// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Mutex
{
    /// <summary>aws_mutex_init</summary>
    internal static int Init(aws_mutex* mutex) => throw new System.NotImplementedException();

    /// <summary>aws_mutex_clean_up</summary>
    internal static void CleanUp(aws_mutex* mutex) => throw new System.NotImplementedException();

    /// <summary>aws_mutex_lock</summary>
    internal static int Lock(aws_mutex* mutex) => throw new System.NotImplementedException();

    /// <summary>aws_mutex_try_lock</summary>
    internal static int TryLock(aws_mutex* mutex) => throw new System.NotImplementedException();

    /// <summary>aws_mutex_unlock</summary>
    internal static int Unlock(aws_mutex* mutex) => throw new System.NotImplementedException();
}
